"""Seats of one date that a voucher is for, and their setting aside: claims of kind `voucher`."""

from collections.abc import Sequence
from uuid import UUID

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.refusals import Refusal
from boxoffice.services.events.kept import marks
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules.seats.refusals import NotSeated
from boxoffice.services.events.rules.shelf import NewClaim, Want, WantedLine
from boxoffice.services.events.seating.reading import date_of, seating_row
from boxoffice.services.events.seats.claims import lines_of
from boxoffice.services.events.seats.floors import Floors
from boxoffice.services.events.stock import Stock, write_claims
from boxoffice.services.events.tables_prices import VoucherRow


async def sold_lines(
    tx: Transaction,
    floors: Floors,
    whole: WholeEvent,
    seat_ids: Sequence[UUID],
    occurrence_id: UUID | None,
) -> tuple[WantedLine, ...]:
    """The seats of that date, or the first, by ticket type; `NotSeated` and `UnknownSeat`."""
    row = await seating_row(tx, date_of(whole, occurrence_id))
    if row is None:
        raise NotSeated("This date has no seats; make the voucher for ticket types.")
    return lines_of(await floors.seating(tx, row.id), seat_ids)


async def set_seats_aside(
    tx: Transaction, stock: Stock, voucher: VoucherRow, line: WantedLine, occurrence_id: UUID
) -> None:
    """Nobody else gets these seats until the voucher ends; `SeatTaken` if somebody has one.

    In the seats' own quota a claim of no units stays as long as the voucher sets anything aside.
    """
    want = Want(
        holder=voucher.id,
        event_id=voucher.event_id,
        occurrence_id=occurrence_id,
        lines=(line,),
        expires_at=voucher.valid_until,
        kind="voucher",
    )
    shelf = await stock.lock_types(tx, [line.ticket_type_id])
    (outcome,) = await stock.claim(tx, shelf, [want])
    if isinstance(outcome, Refusal):
        raise outcome
    seated = {claim.quota_id for claim in outcome.claims if claim.seat_id is not None}
    write_claims(tx, [_anchor(voucher, line, quota) for quota in seated])
    await marks.keep(tx, shelf.quotas)


def _anchor(voucher: VoucherRow, line: WantedLine, quota_id: UUID) -> NewClaim:
    return NewClaim(
        quota_id=quota_id,
        ticket_type_id=line.ticket_type_id,
        holder=voucher.id,
        units=0,
        expires_at=voucher.valid_until,
        kind="voucher",
    )
