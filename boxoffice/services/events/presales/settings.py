"""How an event gives early access: the organizer's choice."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.services.events.bodies import Body
from boxoffice.services.events.presales_views import terms_of
from boxoffice.services.events.rules.presales import (
    NoPresale,
    PresaleDrawn,
    PresaleInUse,
    PresaleMode,
    Terms,
    check_terms,
)
from boxoffice.services.events.tables_presales import PresaleRow
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench, Open

Tickets = Annotated[int, Meta(ge=1, le=100, description="How many one person may ask for.")]
Total = Annotated[int, Meta(ge=1, le=1_000_000, description="How many get early access, at most.")]
Minutes = Annotated[int, Meta(ge=5, le=43_200, description="How long early access lasts.")]
Types = Annotated[tuple[UUID, ...], Meta(max_length=100)]


class PresaleBody(Body, frozen=True, kw_only=True):
    """People register from `opens_at` to `closes_at`; whoever gets early access may buy for
    `window_minutes` from `window_starts_at`, before the sale to everybody begins. Without a
    `total_tickets` all get it. No `ticket_type_ids`: all types that everybody may buy.
    """

    opens_at: datetime
    closes_at: datetime
    window_starts_at: datetime
    window_minutes: Minutes = 1440
    mode: PresaleMode = "draw"
    max_tickets: Tickets = 2
    total_tickets: Total | None = None
    ticket_type_ids: Types = ()

    def terms(self) -> Terms:
        return Terms(**msgspec.structs.asdict(self))


class PresaleSettings:
    """Opens presales, arranges them, and takes them back."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def put(  # who sets what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: PresaleBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Give early access on these terms; `PresaleDrawn` once it has been given."""

        async def edit(event: Open) -> None:
            terms = body.terms()
            whole = await event.whole()
            public = [kind.id for kind in whole.ticket_types if kind.visibility == "public"]
            check_terms(terms, public=public)
            await _put(event, terms)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)

    async def remove(self, actor: Actor, organizer_id: UUID, event_id: UUID) -> ManagedEvent:
        """Give none after all; `PresaleInUse` once anybody has registered."""

        async def edit(event: Open) -> None:
            row = await lock_row(event.tx, event_id)
            if row is None:
                raise NoPresale
            await event.tx.session.delete(row)
            await event.tx.session.flush()
            event.note("presale.removed")

        try:
            return await self._bench.change(actor, organizer_id, event_id, edit)
        except IntegrityError as error:
            if "presale_registrations_presale" in str(error.orig):
                raise PresaleInUse from error
            raise


async def lock_row(tx: Transaction, event_id: UUID) -> PresaleRow | None:
    """The event's presale, locked against registrations and the draw."""
    return await tx.session.scalar(
        select(PresaleRow)
        .where(PresaleRow.organizer_id == tx.organizer_id, PresaleRow.id == event_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


async def _put(event: Open, terms: Terms) -> None:
    tx, values = event.tx, msgspec.structs.asdict(terms)
    values["ticket_type_ids"] = list(terms.ticket_type_ids)
    row = await lock_row(tx, event.row.id)
    if row is None:
        tx.session.add(PresaleRow(organizer_id=tx.tenant, id=event.row.id, **values))
    elif row.drawn_at is not None:
        raise PresaleDrawn
    elif terms_of(row) == terms:
        return
    else:
        for name, value in values.items():
            setattr(row, name, value)
    event.note("presale.changed", **values)
