"""L8: 10,000 people come in by twenty gates; a tenth of the tickets are shown twice, and five gates
are offline at first.
"""

from bench import limit
from bench.buyers import an_order
from bench.gates import Doors, door_checks, rush, ticket_buyers
from bench.people import play
from bench.results import Check, Findings, Goal, no_faults
from bench.scenario import Scenario, Stage, figures

_NAME, _TICKETS, _PER_ORDER = "check_in", 10_000, 10
_GATES, _OFFLINE, _SCANNERS = 20, 5, 3
_CONFLICT = "already_admitted"


async def run(stage: Stage) -> Findings:
    event = stage.product.event(title="Check-in", quantity=_TICKETS)
    codes: list[str] = []
    body = an_order(event, quantity=_PER_ORDER)
    orders = _TICKETS // _PER_ORDER
    await play(stage.port, ticket_buyers(stage.crowd(), body, orders, codes), clients=32)
    coming = rush(codes, gates=_GATES, offline=_OFFLINE, twice=0.1, seed=3)
    doors = Doors(stage.product.token, event["id"])
    online, row = await stage.measure(
        _NAME, doors.people(coming.online), clients=(_GATES - _OFFLINE) * _SCANNERS, seconds=0
    )
    synced, sync_row = await stage.measure(
        f"{_NAME}_sync", doors.people(coming.offline), clients=_OFFLINE * _SCANNERS, seconds=0
    )
    told = [verdict for attempt, verdict in doors.refused if attempt.offline and _tells(verdict)]
    row.figures = figures(
        tickets=len(codes), gates=_GATES, scanners=_GATES * _SCANNERS,
        refused_twice=len(doors.refused) - len(told),
        times_pgbench=row.per_s / (limit.at(stage.limits, "scan", 64) or 1.0),
        times_pgbench_best=row.per_s / (limit.best(stage.limits, "scan") or 1.0),
    )  # fmt: skip
    sync_row.figures = figures(seconds=synced.seconds, conflicts=len(told))
    totals = stage.product.call("GET", f"/api/v1/organizers/demo/events/{event['id']}/scan-totals")
    return Findings(
        rows=[row, sync_row],
        checks=[
            *door_checks(_NAME, doors.admitted, len(told), codes=_TICKETS, rush=coming),
            Check(what=f"{_NAME}: inside, as the totals say", found=totals["admitted"],
                  wanted=_TICKETS),
            no_faults(_NAME, online), no_faults(f"{_NAME}_sync", synced),
        ],
        goals=[
            Goal(what="scans", found=row.per_s, unit="/s", at_least=3_000.0),
            Goal(what="online scan p99", found=row.p99_ms, unit="ms", at_most=150.0),
            Goal(what="five gates' scans told and judged", found=round(synced.seconds, 2), unit="s",
                 at_most=5.0),
        ],
    )  # fmt: skip


def _tells(verdict: dict[str, object]) -> bool:
    """Whether it says that somebody else was let in before, and where."""
    return verdict["reason"] == _CONFLICT and bool(verdict["first_gate"])


SCENARIO = Scenario(
    name=_NAME,
    about="10,000 tickets at 20 gates of 3 scanners, 10 % shown twice, 5 gates offline at first.",
    run=run,
    kinds=("scan",),
)
