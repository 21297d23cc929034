"""Ticket types: what a buyer chooses from."""

from typing import Any
from uuid import UUID

from msgspec import UNSET, structs
from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Conflict, FieldError, Invalid, NotFound
from boxoffice.services.events.bodies import ChangeTicketTypeBody, TicketTypeBody
from boxoffice.services.events.extras.editing import ExtrasOfTypes, check_free, stored
from boxoffice.services.events.locking import lock_quotas_of_types
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules import texts
from boxoffice.services.events.rules.extras.extras import Extras
from boxoffice.services.events.rules.forms import Checker
from boxoffice.services.events.rules.localtime import is_in_reach
from boxoffice.services.events.tables import (
    ClaimRow,
    QuotaTicketTypeRow,
    TicketTypeRow,
)
from boxoffice.services.events.ticket_settings import check_settings
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench, Open
from boxoffice.services.events.writing import add, delete_unused_quotas, own_quotas

MAX_TICKET_TYPES = 100
MAX_TYPE_TEXT = 2_000


class TicketTypeInUse(Conflict):
    code = "ticket_type_in_use"
    message = "Orders hold this ticket type; take it off sale instead."


class TicketTypeAwaited(Conflict):
    code = "ticket_type_awaited"
    message = "Another ticket type opens after this one; let that one open otherwise first."


class TooManyTicketTypes(Conflict):
    code = "too_many_ticket_types"
    message = f"An event has at most {MAX_TICKET_TYPES} ticket types."


class TicketTypes:
    """Creates, changes and deletes ticket types; `extras` sets what comes with them."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self.extras = ExtrasOfTypes(bench)

    async def create(  # who adds what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: TicketTypeBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """A type with a quota of its own, or one that counts against the event's `quota_ids`."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            kind = _new_type(whole, body)
            _check(whole, kind)
            _check_stock(whole, body)
            await add(event.tx, [kind])
            await _count(event.tx, whole, kind, body)
            event.note("ticket_type.created", ticket_type=kind.name, price=kind.price_amount)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once, status=201)

    async def change(  # who changes what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        ticket_type_id: UUID,
        body: ChangeTicketTypeBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Change what the body names; orders keep the price they were opened with."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            kind = _type_of(whole, ticket_type_id)
            changes = _changes(whole, kind, body)
            for name, value in changes.items():
                setattr(kind, name, value)
            _check(whole, kind)
            if changes:
                event.note("ticket_type.changed", ticket_type=kind.name, fields=sorted(changes))

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)

    async def delete(
        self, actor: Actor, organizer_id: UUID, event_id: UUID, ticket_type_id: UUID
    ) -> ManagedEvent:
        """Delete the type and quotas that only it counted against; refused once it is in orders."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            kind = _type_of(whole, ticket_type_id)
            if any(one.opens_after_id == kind.id for one in whole.ticket_types):
                raise TicketTypeAwaited
            check_free(whole, kind.id)
            await _delete(event.tx, kind)
            event.note("ticket_type.deleted", ticket_type=kind.name)

        try:
            return await self._bench.change(actor, organizer_id, event_id, edit)
        except IntegrityError as error:
            raise TicketTypeInUse from error


def _type_of(whole: WholeEvent, ticket_type_id: UUID) -> TicketTypeRow:
    for kind in whole.ticket_types:
        if kind.id == ticket_type_id:
            return kind
    raise NotFound


def _new_type(whole: WholeEvent, body: TicketTypeBody) -> TicketTypeRow:
    if len(whole.ticket_types) >= MAX_TICKET_TYPES:
        raise TooManyTicketTypes
    return TicketTypeRow(
        organizer_id=whole.event.organizer_id,
        id=new_id(),
        event_id=whole.event.id,
        name=body.name,
        description=body.description,
        price_amount=body.price,
        min_per_order=body.min_per_order,
        max_per_order=body.max_per_order,
        sales_start=body.sales_start,
        sales_end=body.sales_end,
        pricing=body.pricing,
        suggested_amount=body.suggested_price,
        category_id=body.category_id,
        visibility=body.visibility,
        access_code=body.access_code,
        opens_after_id=body.opens_after_id,
        max_per_person=body.max_per_person,
        extras=None if body.admits else stored(Extras(admits=False)),
        needs_approval=body.needs_approval,
        position=max((kind.position for kind in whole.ticket_types), default=-1) + 1,
    )


def _changes(whole: WholeEvent, kind: TicketTypeRow, body: ChangeTicketTypeBody) -> dict[str, Any]:
    given = {name: value for name, value in structs.asdict(body).items() if value is not UNSET}
    if "admits" in given:
        extras = structs.replace(whole.extras_of(kind), admits=given.pop("admits"))
        given["extras"] = stored(extras)
    for name, column in (("price", "price_amount"), ("suggested_price", "suggested_amount")):
        if name in given:
            given[column] = given.pop(name)
    return {name: value for name, value in given.items() if getattr(kind, name) != value}


def _check(whole: WholeEvent, kind: TicketTypeRow) -> None:
    check = Checker()
    kind.name = check(lambda: texts.line("/name", kind.name, most=texts.MAX_NAME, least=1), "")
    kind.description = check(
        lambda: texts.paragraphs("/description", kind.description, most=MAX_TYPE_TEXT), ""
    )
    check(lambda: _check_numbers(kind), None)
    check(lambda: _check_window(kind), None)
    check_settings(check, whole, kind)
    check.finish()


def _check_numbers(kind: TicketTypeRow) -> None:
    if kind.max_per_order < kind.min_per_order:
        raise FieldError("/max_per_order", "out_of_range", "At least `min_per_order`.")


def _check_window(kind: TicketTypeRow) -> None:
    for name in ("sales_start", "sales_end"):
        moment = getattr(kind, name)
        if moment is None:
            continue
        if moment.tzinfo is None or not is_in_reach(moment):
            raise FieldError(
                f"/{name}", "bad_time", "Give a time with an offset, like 2027-03-14T19:00:00Z."
            )
    if kind.sales_start and kind.sales_end and kind.sales_end <= kind.sales_start:
        raise FieldError("/sales_end", "end_before_start", "The sale ends after it starts.")


def _check_stock(whole: WholeEvent, body: TicketTypeBody) -> None:
    known = {quota.id for quota in whole.quotas}
    if body.quantity is not None and body.quota_ids:
        wrong = FieldError("/quota_ids", "contradiction", "Give `quantity` or `quota_ids`.")
    elif body.quantity is None and not body.quota_ids:
        wrong = FieldError("/quantity", "missing", "Say how many there are.")
    elif not known.issuperset(body.quota_ids):
        wrong = FieldError("/quota_ids", "unknown_quota", "This event has no such quota.")
    else:
        return
    raise Invalid(errors=[wrong])


async def _count(
    tx: Transaction, whole: WholeEvent, kind: TicketTypeRow, body: TicketTypeBody
) -> None:
    if body.quantity is not None:
        own = own_quotas(kind, whole.occurrences, quantity=body.quantity)
        await add(tx, [quota for quota, _ in own])
        await add(tx, [counted for _, counted in own])
        return
    await add(
        tx,
        [
            QuotaTicketTypeRow(
                organizer_id=kind.organizer_id, quota_id=quota_id, ticket_type_id=kind.id
            )
            for quota_id in whole.on_all_dates(body.quota_ids)
        ],
    )


async def _delete(tx: Transaction, kind: TicketTypeRow) -> None:
    """Under the locks of its quotas, so that no claim for it can appear meanwhile."""
    quota_ids = await lock_quotas_of_types(tx, [kind.id])
    claim = ClaimRow
    claimed = await tx.session.scalar(
        select(
            exists().where(
                claim.organizer_id == kind.organizer_id,
                claim.quota_id.in_(quota_ids),
                claim.ticket_type_id == kind.id,
                claim.released_at.is_(None),
            )
        )
    )
    if claimed:
        raise TicketTypeInUse
    await tx.session.execute(
        delete(TicketTypeRow).where(
            TicketTypeRow.organizer_id == kind.organizer_id, TicketTypeRow.id == kind.id
        )
    )
    await delete_unused_quotas(tx, quota_ids)
