"""`boxoffice seats …`: seating plans as files."""

import json
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Seating plans as files.", no_args_is_help=True)


@app.callback()
def seating() -> None:
    """Seating plans as files."""


@app.command()
def hall() -> None:
    """Print the seating plan of a concert hall: 2,000 seats in three categories."""
    # Only now: `--help` answers at once.
    from boxoffice.services.events.api import concert_hall, encoded  # noqa: PLC0415

    typer.echo(encoded(concert_hall()))


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A seating plan, JSON.", exists=True)],
) -> None:
    """Say everything that is wrong with a seating plan, as `place: code: sentence`.

    Ends with 1 if anything is.
    """
    from boxoffice.cli.failure import ExitCode  # noqa: PLC0415
    from boxoffice.services.events.api import check_plan  # noqa: PLC0415

    try:
        document = json.loads(file.read_bytes())
    except ValueError as error:
        typer.echo(f"{file}: not_json: {error}", err=True)
        raise typer.Exit(ExitCode.FINDINGS) from error
    report = check_plan(document)
    for finding in (*report.problems, *report.notes):
        typer.echo(f"{finding.path or '/'}: {finding.code}: {finding.message}", err=True)
    if report.plan is None:
        typer.echo(f"{report.problems_in_all} problems.", err=True)
        raise typer.Exit(ExitCode.FINDINGS)
    seats, categories = len(report.plan.seats()), len(report.plan.categories)
    typer.echo(f"{report.plan.name}: {seats:,} seats in {categories} categories.")
