"""`boxoffice import events`: reads the files, shows the progress, tells what became of the rows."""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec
from rich.console import Console
from rich.progress import Progress

from boxoffice.app.services import running_services
from boxoffice.cli.configured import configured
from boxoffice.cli.failure import ExitCode, Failure
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.events.api import (
    Defaults,
    ImportOptions,
    ImportReport,
    Problem,
    gather,
    is_currency,
    is_zone,
)
from boxoffice.settings import Settings

# Expected wherever several files speak of the same events; counted, but listed only when asked.
_QUIET = {"duplicate"}
_REASONS = {
    "dates": "over already",
    "place": "without a place",
    "online_link": "online without a link",
    "tickets": "without tickets on sale",
    "capacity": "with no tickets to give",
    "sale_window": "whose sale has ended",
}


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line asked for."""

    files: Sequence[Path]
    organizer: str
    tickets: int | None
    timezone: str
    currency: str
    then: Literal["leave", "publish"]
    run: Literal["for_real", "rehearsal"]
    form: Literal["text", "json"]
    notes: Literal["telling", "all"]


def import_events(request: Request, environ: Mapping[str, str]) -> ExitCode:
    """Import; problems go to standard error, the report to standard output."""
    _check(request)
    files = [(str(path), _content(path)) for path in request.files]
    with configured(environ) as settings:
        report = asyncio.run(_import(request, files, settings))
    if request.form == "json":
        sys.stdout.write(msgspec.json.encode(report).decode() + "\n")
    else:
        _list(report.problems, request)
        sys.stdout.write(_told(report, request))
    return ExitCode.FINDINGS if report.skipped else ExitCode.DONE


def _check(request: Request) -> None:
    if not is_zone(request.timezone):
        sentence = f"{request.timezone!r} is no time zone; give one like Europe/Berlin."
        raise Failure(ExitCode.USAGE, sentence)
    if not is_currency(request.currency):
        raise Failure(ExitCode.USAGE, f"{request.currency!r} is no currency; give one like EUR.")
    if request.then == "publish" and request.tickets is None:
        sentence = "An event needs tickets before it can be published: add --tickets N."
        raise Failure(ExitCode.USAGE, sentence)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Failure(ExitCode.USAGE, f"{path} cannot be read: {error.strerror}.") from error


async def _import(
    request: Request, files: Sequence[tuple[str, bytes]], settings: Settings
) -> ImportReport:
    defaults = Defaults(zone=request.timezone, currency=request.currency)
    options = ImportOptions(tickets=request.tickets, then=request.then, run=request.run)
    async with running_services(settings, process="import") as services:
        try:
            organizer = await services.users.organizer_by_slug(request.organizer)
        except NotFound as error:
            sentence = f"There is no organizer {request.organizer!r}; create it in the web app."
            raise Failure(ExitCode.USAGE, sentence) from error
        gathered = gather(files, defaults)
        console = Console(stderr=True)
        quiet = not console.is_terminal
        with Progress(console=console, transient=True, disable=quiet) as progress:
            task = progress.add_task("Importing", total=len(gathered.events))
            return await services.events.importer.run(
                organizer, gathered, options, lambda done: progress.advance(task, done)
            )


def _list(problems: Sequence[Problem], request: Request) -> None:
    for problem in problems:
        if request.notes == "all" or problem.code not in _QUIET:
            sys.stderr.write(f"{problem}\n")


def _told(report: ImportReport, request: Request) -> str:
    would = "Nothing was written; it would be:\n" if request.run == "rehearsal" else ""
    events = report.created + report.updated + report.unchanged
    lines = [
        f"{would}{_count(events, 'event')}",
        f"  read {_count(report.rows, 'row')} of {_count(report.files, 'file')}",
        f"  created {report.created}, updated {report.updated}, unchanged {report.unchanged}",
        f"  rows skipped {report.skipped}, rows that repeat another {report.duplicates}",
    ]
    if request.then == "publish":
        lines.append(f"  published {report.published}{_left(report)}")
    return "\n".join(lines) + "\n"


def _left(report: ImportReport) -> str:
    reasons = [f"{number} {_REASONS.get(code, code)}" for code, number in report.drafts.items()]
    return f"; left as drafts: {', '.join(reasons)}" if reasons else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
