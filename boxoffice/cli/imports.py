"""`boxoffice import …`: the command group."""

import os
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Bring data in from elsewhere.", no_args_is_help=True)


@app.callback()
def bring_in() -> None:
    """Bring data in from elsewhere."""


@app.command()
def events(  # noqa: PLR0913  # one per option
    files: Annotated[list[Path], typer.Argument(help="Conference JSON, iCalendar or CSV.")],
    *,
    organizer: Annotated[str, typer.Option(help="Slug of the organizer who gets the events.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    publish: Annotated[
        bool, typer.Option("--publish", help="Publish what is ready; needs --tickets.")
    ] = False,
    tickets: Annotated[
        int | None,
        typer.Option(min=0, max=1_000_000, help="Give events a free ticket type, so many of each."),
    ] = None,
    timezone: Annotated[
        str, typer.Option(help="Zone of events whose place tells none, like Europe/Berlin.")
    ] = "UTC",
    currency: Annotated[str, typer.Option(help="Currency of the events, like EUR.")] = "EUR",
    json: Annotated[bool, typer.Option("--json", help="The report as JSON.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="List repeated rows too.")
    ] = False,
) -> None:
    """Import events; importing a file again changes its events instead of doubling them.

    Rows with problems are listed as `file:line: code: sentence`. Ends with 1 if rows were skipped.
    """
    # Only now: `--help` answers at once.
    from boxoffice.cli.import_events import Request, import_events  # noqa: PLC0415

    request = Request(
        files=files,
        organizer=organizer,
        tickets=tickets,
        timezone=timezone,
        currency=currency,
        then="publish" if publish else "leave",
        run="rehearsal" if dry_run else "for_real",
        form="json" if json else "text",
        notes="all" if verbose else "telling",
    )
    raise typer.Exit(import_events(request, os.environ))
