"""Units that vouchers set aside: claims of kind `voucher`, one for each voucher and quota."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Conflict
from boxoffice.services.events.kept import marks
from boxoffice.services.events.rules.shelf import QuotaState, Shelf
from boxoffice.services.events.rules.stock import ChooseOccurrence
from boxoffice.services.events.stock import Stock
from boxoffice.services.events.tables_prices import VoucherRow

_CLAIM = """
WITH made AS (
    INSERT INTO events.claims
        (organizer_id, id, quota_id, kind, holder, ticket_type_id, units, expires_at)
    SELECT $1, c.id, c.quota_id, 'voucher', c.holder, c.ticket_type_id, c.units, c.expires_at
    FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::timestamptz[])
         AS c(id, quota_id, holder, ticket_type_id, units, expires_at))
UPDATE events.quotas q SET claimed = q.claimed + $8::int
WHERE q.organizer_id = $1 AND q.id = ANY($9::uuid[])
"""
_RESIZE = """
WITH sized AS (
    UPDATE events.claims SET units = units + $3::int, expires_at = $4
    WHERE organizer_id = $1 AND holder = $2 AND kind = 'voucher' AND released_at IS NULL
    RETURNING quota_id)
UPDATE events.quotas q
SET claimed = q.claimed + $3::int,
    ceiling = CASE WHEN $3::int < 0
        THEN greatest(q.capacity, least(q.ceiling, q.claimed + $3::int)) ELSE q.ceiling END
FROM sized WHERE q.organizer_id = $1 AND q.id = sized.quota_id
"""
_STANDING = """
SELECT quota_id, units FROM events.claims
WHERE organizer_id = $1 AND holder = $2 AND kind = 'voucher' AND released_at IS NULL
"""


class NotEnoughToReserve(Conflict):
    code = "not_enough_to_reserve"
    message = "There are not enough tickets left to set aside; choose fewer uses."


class SettingAside:
    """Makes, resizes and ends what vouchers reserve."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock

    async def set_aside(
        self, tx: Transaction, vouchers: Sequence[VoucherRow], *, occurrence_id: UUID | None
    ) -> None:
        """Reserve each new voucher's uses in every quota of its type; `NotEnoughToReserve`."""
        kind = vouchers[0].ticket_type_ids[0]
        shelf = await self._stock.lock_types(tx, [kind])
        quotas = _of_date(shelf, kind, occurrence_id)
        uses = vouchers[0].max_uses
        await self._make_room(tx, shelf, quotas, uses * len(vouchers))
        claims = [(voucher, quota.id) for voucher in vouchers for quota in quotas]
        await tx.connection.exec_driver_sql(
            _CLAIM,
            (
                tx.tenant,
                [new_id() for _ in claims],
                [quota for _, quota in claims],
                [voucher.id for voucher, _ in claims],
                [kind for _ in claims],
                [uses for _ in claims],
                [voucher.valid_until for voucher, _ in claims],
                uses * len(vouchers),
                [quota.id for quota in quotas],
            ),
        )
        await marks.keep(tx, shelf.quotas)

    async def lock(self, tx: Transaction, event_id: UUID, voucher_id: UUID) -> Shelf:
        """Lock the quotas in which the voucher may have set units aside, before its own row."""
        kinds = await tx.session.scalar(
            select(VoucherRow.ticket_type_ids).where(
                VoucherRow.organizer_id == tx.organizer_id,
                VoucherRow.event_id == event_id,
                VoucherRow.id == voucher_id,
                VoucherRow.on_stock == "reserve",
            )
        )
        return await self._stock.lock_types(tx, kinds or [])

    async def resize(self, tx: Transaction, shelf: Shelf, voucher: VoucherRow, *, by: int) -> None:
        """More or fewer units, as its uses grow or shrink, until its new end."""
        rows = (await tx.connection.exec_driver_sql(_STANDING, (tx.tenant, voucher.id))).all()
        if any(row.units + by < 0 for row in rows):
            raise NotEnoughToReserve(
                "Orders or blocks have these uses; wait until they have ended."
            )
        quotas = [shelf.quotas[row.quota_id] for row in rows]
        if by > 0:
            await self._make_room(tx, shelf, quotas, by)
        await tx.connection.exec_driver_sql(
            _RESIZE, (tx.tenant, voucher.id, by, voucher.valid_until)
        )
        marks.tell(tx, await marks.keep(tx, shelf.quotas))

    async def _make_room(
        self, tx: Transaction, shelf: Shelf, quotas: Sequence[QuotaState], units: int
    ) -> None:
        if any(quota.free < units for quota in quotas):
            for quota, freed in (
                await self._stock.release_lapsed(tx, shelf.quotas, shelf.now)
            ).items():
                shelf.quotas[quota].claimed -= freed
        left = min((quota.free for quota in quotas), default=0)
        if left < units:
            raise NotEnoughToReserve(wanted=units, left=left)


def _of_date(shelf: Shelf, kind: UUID, occurrence_id: UUID | None) -> list[QuotaState]:
    """The type's own quotas for that date."""
    facts = shelf.types.get(kind)
    own = [shelf.quotas[quota] for quota in facts.quotas] if facts else []
    dates = {quota.occurrence_id for quota in own}
    if occurrence_id is None and len(dates) > 1:
        raise ChooseOccurrence
    chosen = occurrence_id or next(iter(dates), None)
    quotas = [quota for quota in own if quota.occurrence_id == chosen]
    if not quotas:
        raise NotEnoughToReserve("Nothing of this ticket type is sold for that date.")
    return quotas
