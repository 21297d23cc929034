"""Does what must hold at any moment hold in the database?"""

from sqlalchemy.exc import DBAPIError

from boxoffice.app.invariants import INVARIANTS
from boxoffice.cli.findings import Finding, State
from boxoffice.data.invariants import Sweep, Violation, sweep
from boxoffice.data.postgres import Database
from boxoffice.settings import Settings

_PART = "invariants"
_REMEDY = "Change nothing by hand yet: docs/proof.md says what to do when an invariant is broken."


async def invariants(settings: Settings) -> list[Finding]:
    """One finding if all hold, else one for each that is broken. Locks nothing."""
    db = Database(settings.database, application_name="doctor")
    try:
        return as_findings(await sweep(db, INVARIANTS))
    except (DBAPIError, OSError) as error:
        reason = str(error.orig) if isinstance(error, DBAPIError) else str(error)
        return [
            Finding(
                _PART,
                State.FAILURE,
                f"cannot be looked at: {reason}",
                "Mend what is said about PostgreSQL and the schema first.",
            )
        ]
    finally:
        await db.close()


def as_findings(found: Sweep) -> list[Finding]:
    """What people are told of a sweep."""
    if not found.violations:
        detail = f"all {len(found.costs)} hold ({found.seconds:.1f} s)"
        return [Finding(_PART, State.FINE, detail)]
    return [Finding(one.name, State.FAILURE, _told(one), _REMEDY) for one in found.violations]


def _told(one: Violation) -> str:
    rows = [f"{row.id} of organizer {row.organizer_id}: {row.found}" for row in one.offenders]
    return "\n    ".join([f"is broken. {one.promise}", *rows, *(["and more"] if one.more else [])])
