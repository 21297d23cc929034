"""L1: 20,000 people, 2,000 numbered seats, and three of ten want one of the same fifty."""

from bench import limit
from bench.halls import open_hall
from bench.results import Check, Findings, Goal, no_faults, row_of
from bench.scenario import Scenario, Stage, clock, figures
from bench.seat_buyers import SeatSale, seat_checks

_NAME = "seat_rush"
_ROWS, _SEATS, _CLIENTS = 40, 50, 512
_PATIENCE_SECONDS = 120.0


async def run(stage: Stage) -> Findings:
    hall = open_hall(stage.product, title="Seat rush", rows=_ROWS, seats=_SEATS)
    sale = SeatSale(hall, hot=50, hot_share=0.3, seed=1)
    sale.since = clock()
    load, row = await stage.measure(
        _NAME, sale.people(stage.buyers), clients=_CLIENTS, seconds=_PATIENCE_SECONDS
    )
    admitted = ("201", "409")
    hold = row_of(f"{_NAME}_hold", load, clients=_CLIENTS, label="hold")
    hold.p95_ms = round(load.percentile_ms(0.95, "hold", admitted), 2)
    hold.p99_ms = round(load.percentile_ms(0.99, "hold", admitted), 2)
    sold_out = max((at for at, _ in sale.won), default=0.0)
    per_s = len(sale.won) / sold_out if sold_out else 0.0
    row.figures = figures(
        buyers=len(stage.buyers), seats=hall.count, sold=len(sale.won), gave_up=sale.gave_up,
        seconds_to_sell_out=sold_out, seats_per_s=per_s, seconds_to_serve_all=load.seconds,
        times_pgbench_best=per_s / (limit.best(stage.limits, "seat") or 1.0),
    )  # fmt: skip
    found = await stage.product.claimed(hall.event["id"])
    return Findings(
        rows=[row, hold, row_of(f"{_NAME}_seats", load, clients=_CLIENTS, label="seats")],
        checks=[
            *seat_checks(_NAME, (seat for _, seat in sale.won), seats=hall.count),
            Check(what=f"{_NAME}: units taken", found=found, wanted=hall.count),
            no_faults(_NAME, load),
        ],
        goals=[
            Goal(what="seats sold in the rush", found=round(per_s, 1), unit="/s", at_least=1_000.0),
            Goal(what="the rush, all 20,000 served", found=round(load.seconds, 2), unit="s",
                 at_most=60.0),
            Goal(what="the rush, hold p95", found=hold.p95_ms, unit="ms", at_most=500.0),
            Goal(what="the rush, hold p99", found=hold.p99_ms, unit="ms", at_most=1_500.0),
        ],
    )  # fmt: skip


SCENARIO = Scenario(
    name=_NAME,
    about="20,000 buyers want 2,000 numbered seats, 30 % of them one of the same 50.",
    run=run,
    buyers=20_000,
    kinds=("seat",),
)
