"""Vouchers: codes that make tickets cheaper, set some aside, or sell beyond the capacity."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id, new_voucher_code
from boxoffice.kernel.pages import Page, check_limit, decode_cursor, page_of
from boxoffice.kernel.refusals import Conflict
from boxoffice.services.events.price_bodies import (
    ChangeVoucherBody,
    VoucherBody,
    VouchersBody,
    VoucherTerms,
    given,
)
from boxoffice.services.events.price_views import VouchersView, VoucherView
from boxoffice.services.events.reading import WholeEvent, lock_event, read_event
from boxoffice.services.events.rules.lifecycle import EventCancelled, EventStatus
from boxoffice.services.events.rules.pricing.vouchers import code_key
from boxoffice.services.events.rules.voucher_forms import (
    Limits,
    check_change,
    check_seats,
    check_terms,
    checked_code,
    checked_prefix,
)
from boxoffice.services.events.seating.reading import date_of
from boxoffice.services.events.seats.floors import Floors
from boxoffice.services.events.seats_aside import set_seats_aside, sold_lines
from boxoffice.services.events.setting_aside import SettingAside
from boxoffice.services.events.stock import Stock
from boxoffice.services.events.tables import EventRow
from boxoffice.services.events.tables_prices import VoucherRow
from boxoffice.services.events.voucher_reading import lock_voucher, read_vouchers
from boxoffice.services.events.workbench import Bench


class VoucherCodeTaken(Conflict):
    code = "voucher_code_taken"
    message = "This event has a voucher with this code already; choose another one."


class Vouchers:
    """Creates, changes and deletes vouchers. Lock order: event, quotas and seats, vouchers."""

    def __init__(self, bench: Bench, stock: Stock, floors: Floors) -> None:
        self._bench = bench
        self._stock = stock
        self._floors = floors
        self._aside = SettingAside(stock)

    async def list(
        self, organizer_id: UUID, event_id: UUID, *, q: str, limit: int, cursor: str | None
    ) -> Page[VoucherView]:
        """The event's vouchers, newest first; `q` occurs in code or note."""
        check_limit(limit)
        (before,) = decode_cursor(cursor, tuple[UUID]) if cursor else (None,)
        async with self._bench.db.begin(organizer_id) as tx:
            views = await read_vouchers(tx, event_id, q=q, before=before, limit=limit + 1)
        return page_of(views, limit=limit, position=lambda view: (view.id,))

    async def create(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: VoucherBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> VoucherView:
        """One voucher, with the code given or one that nobody guesses."""
        code = checked_code(body.code) if body.code else new_voucher_code()
        made = await self._create(actor, organizer_id, event_id, body, [code], once=once)
        return made.items[0]

    async def create_many(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: VouchersBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> VouchersView:
        """As many vouchers as `count` says, all on the same terms; all or none."""
        prefix = checked_prefix(body.prefix)
        codes = [f"{prefix}{new_voucher_code()}" for _ in range(body.count)]
        return await self._create(actor, organizer_id, event_id, body, codes, once=once)

    async def change(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        voucher_id: UUID,
        body: ChangeVoucherBody,
    ) -> VoucherView:
        """Change what the body names; never below what has been used and spent."""
        async with self._bench.db.begin(organizer_id) as tx:
            event = await _open(tx, event_id)
            shelf = await self._aside.lock(tx, event_id, voucher_id)
            row = await lock_voucher(tx, event_id, voucher_id)
            before, changes = row.max_uses, list[str]()
            for name, value in given(body).items():
                if getattr(row, name) != value:
                    changes.append(name)
                    setattr(row, name, value)
            check_change(_limits(row), used=row.used, spent=row.spent)
            await tx.session.flush()
            if row.on_stock == "reserve":
                await self._aside.resize(tx, shelf, row, by=row.max_uses - before)
            if changes:
                _note(tx, actor, event, "voucher.changed", [row], fields=sorted(changes))
            (view,) = await read_vouchers(tx, event_id, ids=[voucher_id])
        self._bench.shown.forget(organizer_id, event_id, event.slug)
        return view

    async def delete(
        self, actor: Actor, organizer_id: UUID, event_id: UUID, voucher_id: UUID
    ) -> None:
        """Delete it; what it had set aside is for sale again, orders that used it stay."""
        async with self._bench.db.begin(organizer_id) as tx:
            event = await _open(tx, event_id)
            await self._stock.standing(tx, [voucher_id])
            row = await lock_voucher(tx, event_id, voucher_id)
            await self._stock.release(tx, [voucher_id])
            row.deleted_at = await tx.now()
            _note(tx, actor, event, "voucher.deleted", [row])
        self._bench.shown.forget(organizer_id, event_id, event.slug)

    async def _create(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        terms: VoucherTerms,
        codes: Sequence[str],
        *,
        once: IdempotencyKey | None,
    ) -> VouchersView:
        try:
            async with self._bench.db.begin(organizer_id) as tx:
                if replayed := await tx.claim(once, VouchersView):
                    return replayed
                event = await _open(tx, event_id)
                whole = await read_event(tx, event_id)
                rows = [_row(organizer_id, event_id, terms, code) for code in codes]
                check_terms(
                    _limits(rows[0]),
                    ticket_type_ids=terms.ticket_type_ids,
                    known=[kind.id for kind in whole.ticket_types],
                    reserves=terms.on_stock == "reserve" and not terms.seats,
                )
                if terms.seats:
                    await self._for_seats(tx, whole, terms, rows)
                elif terms.on_stock == "reserve":
                    await self._aside.set_aside(tx, rows, occurrence_id=terms.occurrence_id)
                tx.session.add_all(rows)
                await tx.session.flush()
                _note(tx, actor, event, "voucher.created", rows)
                views = await read_vouchers(tx, event_id, ids=[row.id for row in rows])
                made = await tx.keep(once, VouchersView(items=views), status=201)
        except IntegrityError as error:
            if "vouchers_code" in str(error.orig):
                raise VoucherCodeTaken from error
            raise
        self._bench.shown.forget(organizer_id, event_id, event.slug)
        return made

    async def _for_seats(
        self, tx: Transaction, whole: WholeEvent, terms: VoucherTerms, rows: Sequence[VoucherRow]
    ) -> None:
        reserves = terms.on_stock == "reserve"
        lines = await sold_lines(tx, self._floors, whole, terms.seats, terms.occurrence_id)
        check_seats(
            {line.ticket_type_id: line.seats for line in lines},
            ticket_type_ids=terms.ticket_type_ids,
            max_uses=terms.max_uses,
            reserves=reserves,
            vouchers=len(rows),
        )
        if reserves:
            (voucher,), (line,) = rows, lines
            voucher.max_uses, voucher.ticket_type_ids = line.quantity, [line.ticket_type_id]
            date = date_of(whole, terms.occurrence_id)
            await set_seats_aside(tx, self._stock, voucher, line, date)


async def _open(tx: Transaction, event_id: UUID) -> EventRow:
    event = await lock_event(tx, event_id)
    if event.status == EventStatus.CANCELLED:
        raise EventCancelled
    return event


def _row(organizer_id: UUID, event_id: UUID, terms: VoucherTerms, code: str) -> VoucherRow:
    return VoucherRow(
        organizer_id=organizer_id,
        id=new_id(),
        event_id=event_id,
        code=code,
        code_key=code_key(code),
        note=terms.note.strip(),
        effect=terms.effect,
        value=terms.value,
        budget=terms.budget,
        max_uses=terms.max_uses,
        max_per_order=terms.max_per_order,
        valid_from=terms.valid_from,
        valid_until=terms.valid_until,
        ticket_type_ids=list(dict.fromkeys(terms.ticket_type_ids)),
        on_stock=terms.on_stock,
        seat_ids=list(terms.seats),
    )


def _limits(row: VoucherRow) -> Limits:
    return Limits(
        effect=row.effect,
        value=row.value,
        budget=row.budget,
        max_uses=row.max_uses,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        seats=len(row.seat_ids) if row.on_stock == "reserve" else 0,
    )


def _note(
    tx: Transaction,
    actor: Actor,
    event: EventRow,
    action: str,
    rows: Sequence[VoucherRow],
    **changes: object,
) -> None:
    """Codes are worth money: the log names the vouchers by their ids."""
    told = {"vouchers": len(rows), "first": str(rows[0].id), **changes}
    tx.audit(action, actor=actor, subject=f"event:{event.id}", changes=told)
