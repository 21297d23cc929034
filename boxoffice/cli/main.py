"""The commands. Each imports what it needs when it is called, so that `--help` answers at once."""

import os
from typing import Annotated

import typer

from boxoffice.cli import imports, seats
from boxoffice.cli.failure import ExitCode, ending

app = typer.Typer(
    name="boxoffice",
    help="The box office for your events: one command opens it, the others look after it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """What the installed command runs."""
    ending(app)


@app.command()
def serve(
    *,
    development: Annotated[
        bool, typer.Option("--development", help="Bring all servers, demo data and a worker along.")
    ] = False,
    hot: Annotated[
        bool, typer.Option("--hot", help="Development that reloads whatever you change.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="How many HTTP server processes.")] = 1,
    host: Annotated[
        str, typer.Option(envvar="BOXOFFICE_HOST", help="Address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(envvar="BOXOFFICE_PORT", min=1, max=65535, help="Port to listen on.")
    ] = 8000,
    demo: Annotated[
        bool, typer.Option("--demo/--no-demo", help="In development: load demo data once.")
    ] = True,
) -> None:
    """Open the doors: serve the web app and the API."""
    from boxoffice.cli.run import Mode, Options
    from boxoffice.cli.serve import serve as run

    mode = Mode.HOT if hot else Mode.DEVELOPMENT if development else Mode.PRODUCTION
    first_step = "demo" if demo else "migrate"
    run(Options(mode, host, port, workers, first_step), os.environ)


@app.command()
def worker() -> None:
    """Work behind the answers: mails, retries, everything periodic."""
    from boxoffice.cli.work import work

    work(os.environ)


@app.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    from boxoffice.cli.migrate import migrate as run

    run(os.environ)
    typer.echo("The database is up to date.")


@app.command()
def demo() -> None:
    """Load something to look at: an organizer, events, and the logins to see them with."""
    from boxoffice.cli.demo import demo as run

    for role, login in run(os.environ)._asdict().items():
        typer.echo(f"{role}: {login.email} {login.password}")


@app.command()
def doctor(
    *,
    json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    invariants: Annotated[
        bool, typer.Option("--invariants", help="Also look whether what was sold adds up.")
    ] = False,
) -> None:
    """Check every part and say how to mend what is broken; ends with 1 if something is."""
    from boxoffice.cli.doctor import as_json, as_text, diagnose

    findings = diagnose(os.environ, invariants=invariants)
    typer.echo(as_json(findings) if json else as_text(findings))
    if any(finding.is_failure for finding in findings):
        raise typer.Exit(ExitCode.FINDINGS)


@app.command()
def openapi() -> None:
    """Print the API's description (OpenAPI 3.1)."""
    from boxoffice.cli.openapi import openapi as describe

    typer.echo(describe())


app.add_typer(imports.app, name="import")
app.add_typer(seats.app, name="seats")
