"""Paid purchases with the practice card company, and the mails that they leave behind."""

from bench.buyers import an_order
from bench.results import Findings, Row, no_faults
from bench.scenario import Scenario, Stage, figures
from bench.steps import by_card

_NAME, _CLIENTS, _MAIL_SECONDS = "paid_purchase", 64, 20.0


async def run(stage: Stage) -> Findings:
    event = stage.product.event(title="Paid", price=2_500)
    people = by_card(stage.crowd(), an_order(event))
    load, row = await stage.measure(_NAME, people, clients=_CLIENTS)
    done = load.count("pay", "200")
    row.per_s = round(done / load.seconds, 1)
    return Findings(rows=[row, await _mails(stage)], checks=[no_faults(_NAME, load)], goals=[])


async def _mails(stage: Stage) -> Row:
    """At what rate the mails of what was just sold leave, each with its tickets as a PDF."""
    before = stage.costs()
    first, last, seconds = await stage.product.drain(most_seconds=_MAIL_SECONDS)
    row = Row(name="mails", per_s=round((first - last) / seconds, 1))
    row.figures = figures(waiting_at_first=first, waiting_at_last=last, seconds=seconds)
    return stage.priced(row, before)


SCENARIO = Scenario(
    name="paid",
    about="64 buyers hold a ticket and pay by card; then their mails leave.",
    run=run,
)
