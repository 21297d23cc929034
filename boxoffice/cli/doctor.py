"""`boxoffice doctor`: is every part in place, and if not, what mends it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence

from boxoffice.cli import check_invariants, check_postgres, checks
from boxoffice.cli.configured import configured
from boxoffice.cli.failure import Failure
from boxoffice.cli.findings import Ailment, Concern, Finding, State
from boxoffice.data.embedded.trouble import ServerTrouble
from boxoffice.settings import Settings

Check = Callable[[Settings], Awaitable[str]]
_PARTS: Sequence[tuple[str, Check]] = (
    ("Python", checks.python),
    ("data folder", checks.data_folder),
    ("PostgreSQL", check_postgres.postgres),
    ("schema", check_postgres.schema),
    ("Redis or Valkey", checks.redis),
    ("blobs", checks.blobs),
    ("mail", checks.mail),
    ("secret key", checks.secret_key),
    ("web app", checks.web_app),
)
_MARKS = {State.FINE: "✓", State.WARNING: "!", State.FAILURE: "✗"}


def diagnose(environ: Mapping[str, str], *, invariants: bool = False) -> list[Finding]:
    """All findings, on request those about what must hold in the rows of the database as well.
    Servers that no address was given for are started for the occasion.
    """
    try:
        with configured(environ) as settings:
            return asyncio.run(_examine(settings, invariants=invariants))
    except (ServerTrouble, Failure) as trouble:
        return [Finding("set-up", State.FAILURE, "Boxoffice cannot start", str(trouble))]


def as_text(findings: Sequence[Finding]) -> str:
    """One line per part, and the remedy below it where one is needed."""
    width = max(len(finding.part) for finding in findings)
    lines: list[str] = []
    for finding in findings:
        lines.append(f"{_MARKS[finding.state]} {finding.part:<{width}}  {finding.detail}")
        if finding.remedy:
            lines.append(f"{'':<{width + 4}}→ {finding.remedy}")
    return "\n".join(lines)


def as_json(findings: Sequence[Finding]) -> str:
    """A list of `{part, state, detail, remedy}`."""
    return json.dumps([finding._asdict() for finding in findings], indent=2)


async def _examine(settings: Settings, *, invariants: bool) -> list[Finding]:
    found = [await _finding(part, check, settings) for part, check in _PARTS]
    return found + (await check_invariants.invariants(settings) if invariants else [])


async def _finding(part: str, check: Check, settings: Settings) -> Finding:
    try:
        return Finding(part, State.FINE, await check(settings))
    except Concern as concern:
        return Finding(part, State.WARNING, concern.detail, concern.remedy)
    except Ailment as ailment:
        return Finding(part, State.FAILURE, ailment.detail, ailment.remedy)
