"""Copies of an event's rows for another event: with ids of their own, so much later."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast
from uuid import UUID

import msgspec
from sqlalchemy import inspect, select
from sqlalchemy.orm import InstrumentedAttribute

from boxoffice.data.tenancy import Base
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules.localtime import instant_of, is_in_reach, wall_clock_of
from boxoffice.services.events.tables import (
    OccurrenceRow,
    QuotaRow,
    QuotaTicketTypeRow,
    QuotaVariationRow,
    SeriesRow,
    TicketTypeRow,
)
from boxoffice.services.events.tables_presales import PresaleRow
from boxoffice.services.events.tables_prices import EventPricesRow, VoucherRow
from boxoffice.services.events.tables_questions import QuestionRow
from boxoffice.services.events.tables_seating import SeatingCategoryRow, SeatingRow
from boxoffice.services.events.writing import add

R = TypeVar("R", bound=Base)
# What a copy does not take over from the row it is made of.
_ITS_OWN = {"created_at", "changed_at", "published_at", "import_key", "import_digest"}


class Copy:
    """Copies rows that point at one another; what is pointed at is copied first."""

    def __init__(self, zone: str, delta: timedelta) -> None:
        self._zone = zone
        self.delta = delta
        self._ids: dict[UUID, UUID] = {}
        self._kin: dict[UUID, UUID] = {}

    def of(self, row: R, **changes: Any) -> R:
        """A new row with the same columns."""
        names = [column.key for column in inspect(type(row)).column_attrs]
        values = {name: getattr(row, name) for name in names if name not in _ITS_OWN}
        if "id" in values:
            self._ids[values["id"]] = new_id()
        values = {name: self.mapped(value) for name, value in values.items()}
        return type(row)(**values | changes)

    def type_of(self, kind: TicketTypeRow) -> TicketTypeRow:
        """The type with its sale window moved; it opens after none yet."""
        return self.of(
            kind,
            sales_start=self.later(kind.sales_start),
            sales_end=self.later(kind.sales_end),
            opens_after_id=None,
        )

    def date_of(self, date: OccurrenceRow, kept: dict[UUID, SeriesRow]) -> OccurrenceRow:
        """The date moved; in its series, if that was kept."""
        in_series = date.series_id in kept and date.slot is not None
        return self.of(
            date,
            starts_at=self.later(date.starts_at),
            ends_at=self.later(date.ends_at),
            doors_at=self.later(date.doors_at),
            sequence=0,
            postponed_from=None,
            series_id=kept[date.series_id].id if date.series_id and in_series else None,
            slot=date.slot + self.delta if date.slot and in_series else None,
        )

    def quota_of(self, quota: QuotaRow) -> QuotaRow:
        """The quota with nothing claimed."""
        kin = self._kin.setdefault(quota.kin or quota.id, new_id())
        return self.of(quota, claimed=0, ceiling=quota.capacity, kin=kin)

    def voucher_of(self, voucher: VoucherRow) -> VoucherRow:
        """The voucher, unused."""
        return self.of(
            voucher,
            used=0,
            spent=0,
            valid_from=self.later(voucher.valid_from),
            valid_until=self.later(voucher.valid_until),
        )

    def presale_of(self, presale: PresaleRow, event_id: UUID) -> PresaleRow:
        """The presale, which nobody has drawn."""
        # Its id is the event's, which `of` would replace.
        return PresaleRow(
            organizer_id=presale.organizer_id,
            id=event_id,
            opens_at=self.after(presale.opens_at),
            closes_at=self.after(presale.closes_at),
            mode=presale.mode,
            max_tickets=presale.max_tickets,
            total_tickets=presale.total_tickets,
            window_starts_at=self.after(presale.window_starts_at),
            window_minutes=presale.window_minutes,
            ticket_type_ids=self.mapped(presale.ticket_type_ids),
        )

    def later(self, moment: datetime | None) -> datetime | None:
        """The same distance by the clock from the copy's first date."""
        return None if moment is None else self.after(moment)

    def after(self, moment: datetime) -> datetime:
        """The same of a time that there is."""
        moved = instant_of(wall_clock_of(moment, self._zone) + self.delta, self._zone)
        if not is_in_reach(moved):
            raise _too_far()
        return moved

    def mapped(self, value: Any) -> Any:
        """The value with the ids of what was copied, also in lists."""
        if isinstance(value, list):
            values = cast("list[Any]", value)
            return [self._ids.get(one, one) for one in values]
        return self._ids.get(value, value) if isinstance(value, UUID) else value

    def document(self, value: Any) -> Any:
        """A JSON document with the ids of what was copied."""
        text = msgspec.json.encode(value).decode()
        for old, new in self._ids.items():
            text = text.replace(f'"{old}"', f'"{new}"')
        return msgspec.json.decode(text)


def _too_far() -> Invalid:
    return Invalid(errors=[FieldError("/starts_at", "bad_time", "That is too far away.")])


async def copy_types(tx: Transaction, copy: Copy, whole: WholeEvent) -> None:
    """Headings, ticket types and variations."""
    await add(tx, [copy.of(one) for one in whole.categories])
    types = [copy.type_of(kind) for kind in whole.ticket_types]
    await add(tx, types)
    for kind, copied in zip(whole.ticket_types, types, strict=True):
        copied.opens_after_id = copy.mapped(kind.opens_after_id)
    await add(tx, [copy.of(one) for one in whole.variations])
    for kind, copied in zip(whole.ticket_types, types, strict=True):
        if kind.extras is not None:
            copied.extras = copy.document(kind.extras)


async def copy_questions(tx: Transaction, copy: Copy, event_id: UUID) -> None:
    """What buyers and guests are asked; answers are not copied."""
    questions = await _rows(tx, QuestionRow, QuestionRow.event_id, [event_id])
    copies = [copy.of(one, depends_on_id=None) for one in questions]
    await add(tx, copies)
    for one, copied in zip(questions, copies, strict=True):
        copied.depends_on_id = copy.mapped(one.depends_on_id)


async def copy_stock(tx: Transaction, copy: Copy, dates: Collection[UUID]) -> None:
    """Seat maps in use and quotas, with what counts against them."""
    halls = await _rows(tx, SeatingRow, SeatingRow.occurrence_id, dates)
    categories = await _rows(
        tx, SeatingCategoryRow, SeatingCategoryRow.seating_id, [one.id for one in halls]
    )
    quotas = await _rows(tx, QuotaRow, QuotaRow.occurrence_id, dates)
    ids = [one.id for one in quotas]
    types = await _rows(tx, QuotaTicketTypeRow, QuotaTicketTypeRow.quota_id, ids)
    variations = await _rows(tx, QuotaVariationRow, QuotaVariationRow.quota_id, ids)
    await add(tx, [copy.of(one) for one in halls])
    await add(tx, [copy.of(one) for one in categories])
    await add(tx, [copy.quota_of(one) for one in quotas])
    await add(tx, [*(copy.of(one) for one in types), *(copy.of(one) for one in variations)])


async def copy_prices(tx: Transaction, copy: Copy, *, of_event: UUID, to_event: UUID) -> None:
    """Taxes, fees and discounts; of the vouchers those that many people use.

    A code for one ticket was given to one person, and what a voucher sets aside is not copied; nor
    is what is for seats, which are of one date.
    """
    for row in await _rows(tx, EventPricesRow, EventPricesRow.id, [of_event]):
        rules = copy.document(row.rules)
        await add(tx, [EventPricesRow(organizer_id=tx.tenant, id=to_event, rules=rules)])
    vouchers = await _rows(tx, VoucherRow, VoucherRow.event_id, [of_event])
    shared = [
        one
        for one in vouchers
        if one.max_uses > 1 and not one.early and one.on_stock != "reserve" and not one.seat_ids
    ]
    await add(tx, [copy.voucher_of(one) for one in shared if one.deleted_at is None])


async def copy_presale(tx: Transaction, copy: Copy, whole: WholeEvent, *, to_event: UUID) -> None:
    """How early access is given; who has registered is not copied."""
    if whole.presale is not None:
        await add(tx, [copy.presale_of(whole.presale, to_event)])


async def _rows(
    tx: Transaction,
    table: type[R],
    key: InstrumentedAttribute[UUID],
    ids: Collection[UUID],
) -> Sequence[R]:
    owner: Any = table
    rows = await tx.session.scalars(
        select(table).where(owner.organizer_id == tx.tenant, key.in_(ids)).order_by(key)
    )
    return rows.all()
