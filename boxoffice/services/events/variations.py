"""Variations of ticket types: sizes, age groups; each may cost something else and run out."""

from typing import Any
from uuid import UUID

from msgspec import UNSET, structs
from sqlalchemy import delete, exists, select

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Conflict, FieldError, Invalid, NotFound
from boxoffice.services.events.extras.editing import check_variation_free
from boxoffice.services.events.inventory_bodies import ChangeVariationBody, VariationBody
from boxoffice.services.events.locking import lock_quotas_of_types
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules import texts
from boxoffice.services.events.rules.forms import Checker
from boxoffice.services.events.rules.quotas import ceiling_for
from boxoffice.services.events.tables import (
    ClaimRow,
    QuotaRow,
    QuotaVariationRow,
    TicketTypeRow,
    VariationRow,
)
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench, Open
from boxoffice.services.events.writing import add, delete_unused_quotas

MAX_VARIATIONS = 100


class VariationInUse(Conflict):
    code = "variation_in_use"
    message = "Orders hold this variation; take it off sale instead."


class TooManyVariations(Conflict):
    code = "too_many_variations"
    message = f"A ticket type has at most {MAX_VARIATIONS} variations; delete one first."


class Variations:
    """Creates, changes and deletes variations."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def create(  # who adds what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        ticket_type_id: UUID,
        body: VariationBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """One more choice, after all others; from the first on buyers must choose."""

        async def edit(event: Open) -> None:
            whole = await event.whole()
            kind = _type_of(whole, ticket_type_id)
            row = _new(whole, kind, body)
            _check(row)
            _check_quotas(whole, kind, body)
            await add(event.tx, [row])
            await _count(event.tx, whole, row, body)
            event.note("variation.created", ticket_type=kind.name, variation=row.name)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once, status=201)

    async def change(  # noqa: PLR0913  # who changes what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        ticket_type_id: UUID,
        variation_id: UUID,
        body: ChangeVariationBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Change what the body names; orders keep the price they were opened with."""

        async def edit(event: Open) -> None:
            row = _found(await event.whole(), ticket_type_id, variation_id)
            changes = _changes(row, body)
            for name, value in changes.items():
                setattr(row, name, value)
            _check(row)
            if changes:
                event.note("variation.changed", variation=row.name, fields=sorted(changes))

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)

    async def delete(
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        ticket_type_id: UUID,
        variation_id: UUID,
    ) -> ManagedEvent:
        """Delete the variation and quotas that only it counted against; refused while orders hold
        it.
        """

        async def edit(event: Open) -> None:
            whole = await event.whole()
            row = _found(whole, ticket_type_id, variation_id)
            check_variation_free(whole, variation_id)
            await _delete(event.tx, row)
            event.note("variation.deleted", variation=row.name)

        return await self._bench.change(actor, organizer_id, event_id, edit)


def _type_of(whole: WholeEvent, ticket_type_id: UUID) -> TicketTypeRow:
    for kind in whole.ticket_types:
        if kind.id == ticket_type_id:
            return kind
    raise NotFound


def _found(whole: WholeEvent, ticket_type_id: UUID, variation_id: UUID) -> VariationRow:
    for row in whole.variations_of(ticket_type_id):
        if row.id == variation_id:
            return row
    raise NotFound


def _new(whole: WholeEvent, kind: TicketTypeRow, body: VariationBody) -> VariationRow:
    there = whole.variations_of(kind.id)
    if len(there) >= MAX_VARIATIONS:
        raise TooManyVariations
    return VariationRow(
        organizer_id=kind.organizer_id,
        id=new_id(),
        ticket_type_id=kind.id,
        name=body.name,
        price_amount=body.price,
        position=max((row.position for row in there), default=-1) + 1,
    )


def _changes(row: VariationRow, body: ChangeVariationBody) -> dict[str, Any]:
    given = {name: value for name, value in structs.asdict(body).items() if value is not UNSET}
    if "price" in given:
        given["price_amount"] = given.pop("price")
    return {name: value for name, value in given.items() if getattr(row, name) != value}


def _check(row: VariationRow) -> None:
    check = Checker()
    row.name = check(lambda: texts.line("/name", row.name, most=texts.MAX_NAME, least=1), "")
    check.finish()


def _check_quotas(whole: WholeEvent, kind: TicketTypeRow, body: VariationBody) -> None:
    """Its own quotas are the event's, and none that its type counts against already."""
    known = {quota.id for quota in whole.quotas}
    if not known.issuperset(body.quota_ids):
        wrong = FieldError("/quota_ids", "unknown_quota", "This event has no such quota.")
    elif not {quota.id for quota in whole.quotas_of(kind.id)}.isdisjoint(body.quota_ids):
        wrong = FieldError("/quota_ids", "counted_twice", "The type counts against it already.")
    elif any(quota.seating_id for quota in whole.quotas if quota.id in body.quota_ids):
        wrong = FieldError("/quota_ids", "numbered_seats", "The units of this quota are seats.")
    else:
        return
    raise Invalid(errors=[wrong])


async def _count(
    tx: Transaction, whole: WholeEvent, row: VariationRow, body: VariationBody
) -> None:
    quota_ids = whole.on_all_dates(body.quota_ids)
    if body.quantity is not None:
        own = _own_quotas(whole, row, body.quantity)
        await add(tx, own)
        quota_ids += [quota.id for quota in own]
    await add(tx, [link(row, quota_id) for quota_id in quota_ids])


def link(row: VariationRow, quota_id: UUID) -> QuotaVariationRow:
    """The variation counts against the quota."""
    return QuotaVariationRow(
        organizer_id=row.organizer_id,
        quota_id=quota_id,
        variation_id=row.id,
        ticket_type_id=row.ticket_type_id,
    )


def _own_quotas(whole: WholeEvent, row: VariationRow, quantity: int) -> list[QuotaRow]:
    """One for each date of the event."""
    kind, kin = _type_of(whole, row.ticket_type_id), new_id()
    return [
        QuotaRow(
            organizer_id=row.organizer_id,
            id=new_id(),
            event_id=whole.event.id,
            occurrence_id=date.id,
            name=f"{kind.name}: {row.name}"[: texts.MAX_NAME],
            capacity=quantity,
            ceiling=ceiling_for(quantity, claimed=0),
            kin=kin,
        )
        for date in whole.occurrences
    ]


async def _delete(tx: Transaction, row: VariationRow) -> None:
    """Under the locks of its type's quotas, so that no claim for it can appear meanwhile."""
    quota_ids = await lock_quotas_of_types(tx, [row.ticket_type_id])
    claim = ClaimRow
    claimed = await tx.session.scalar(
        select(
            exists().where(
                claim.organizer_id == row.organizer_id,
                claim.quota_id.in_(quota_ids),
                claim.variation_id == row.id,
                claim.released_at.is_(None),
            )
        )
    )
    if claimed:
        raise VariationInUse
    await tx.session.execute(
        delete(VariationRow).where(
            VariationRow.organizer_id == row.organizer_id, VariationRow.id == row.id
        )
    )
    await delete_unused_quotas(tx, quota_ids)
