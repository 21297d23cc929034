"""Events as their organizers make and change them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, structs
from sqlalchemy import func, select, tuple_

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import DEFAULT_LIMIT, Page, check_limit, decode_cursor, page_of
from boxoffice.kernel.refusals import Conflict, FieldError, Invalid
from boxoffice.services.events import presenting
from boxoffice.services.events.bodies import ChangeEventBody, CreateEventBody
from boxoffice.services.events.dates.zones import keep_promises
from boxoffice.services.events.reading import WholeEvent, read_event, read_events
from boxoffice.services.events.rules import texts
from boxoffice.services.events.rules.checklist import broken_by_change, checklist
from boxoffice.services.events.rules.forms import EventFields, EventForm, VenueForm, check_event
from boxoffice.services.events.rules.lifecycle import EventStatus
from boxoffice.services.events.rules.localtime import wall_clock_of
from boxoffice.services.events.searching import Instant
from boxoffice.services.events.tables import OccurrenceRow
from boxoffice.services.events.views import ManagedEvent, ManagedEventRow
from boxoffice.services.events.workbench import Bench, Open
from boxoffice.services.events.writing import (
    FirstTicket,
    NewEvent,
    insert_events,
    new_slug,
    rewrite,
    taken_slugs,
    venue_form,
)


class WouldNotBeReady(Conflict):
    code = "would_not_be_ready"
    message = "A published event needs this; take it down first, or give another."


class Editing:
    """Creates, changes, reads and lists events."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def create(
        self,
        actor: Actor,
        organizer_id: UUID,
        body: CreateEventBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """A draft, with its first date and, if given, its first ticket type and quota."""
        fields, ticket = _form_of(body), _ticket_of(body)
        organizer = await self._bench.users.organizer(organizer_id)
        async with self._bench.db.begin(organizer_id) as tx:
            replayed = await tx.claim(once, ManagedEvent)
            if replayed is not None:
                return replayed
            slug = new_slug(fields.title, await taken_slugs(tx))
            draft = NewEvent(fields=fields, slug=slug, ticket=ticket)
            await insert_events(tx, [draft])
            tx.audit("event.created", actor=actor, subject=f"event:{draft.id}")
            whole = await read_event(tx, draft.id)
            view = self._bench.presenter.managed(whole, organizer, await tx.now())
            return await tx.keep(once, view, status=201)

    async def change(  # who changes what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: ChangeEventBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Change what the body names. The slug stays: links to the event keep working."""
        given = {name: value for name, value in structs.asdict(body).items() if value is not UNSET}

        async def edit(event: Open) -> None:
            await _edit(event, given)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)

    async def get(self, organizer_id: UUID, event_id: UUID) -> ManagedEvent:
        """The event with all its parts, or `NotFound`."""
        organizer = await self._bench.users.organizer(organizer_id)
        async with self._bench.db.begin(organizer_id) as tx:
            whole = await read_event(tx, event_id)
            return self._bench.presenter.managed(whole, organizer, await tx.now())

    async def list(
        self, organizer_id: UUID, *, limit: int = DEFAULT_LIMIT, cursor: str | None = None
    ) -> Page[ManagedEventRow]:
        """The organizer's events, the latest date first."""
        async with self._bench.db.begin(organizer_id) as tx:
            ids = await _latest_first(tx, limit=check_limit(limit), cursor=cursor)
            page = page_of(ids, limit=limit, position=tuple[datetime, UUID])
            whole = {one.event.id: one for one in await read_events(tx, [i for _, i in page.items])}
            now = await tx.now()
        return Page(
            items=[presenting.row(whole[event_id], now) for _, event_id in page.items],
            has_more=page.has_more,
            next_cursor=page.next_cursor,
        )


async def _latest_first(
    tx: Transaction, *, limit: int, cursor: str | None
) -> list[tuple[datetime, UUID]]:
    date = OccurrenceRow
    first = func.min(date.starts_at)
    statement = (
        select(first, date.event_id)
        .where(date.organizer_id == tx.organizer_id)
        .group_by(date.event_id)
        .order_by(first.desc(), date.event_id.desc())
        .limit(limit + 1)
    )
    if cursor:
        position = decode_cursor(cursor, tuple[Instant, UUID])
        statement = statement.having(tuple_(first, date.event_id) < position)
    return [(starts_at, event_id) for starts_at, event_id in await tx.session.execute(statement)]


def _form_of(body: CreateEventBody) -> EventFields:
    given: dict[str, Any] = structs.asdict(body)
    del given["ticket"]
    given["venue"] = _venue_form(body.venue)
    return check_event(EventForm(**given))


def _venue_form(venue: msgspec.Struct | None) -> VenueForm | None:
    return VenueForm(**structs.asdict(venue)) if venue is not None else None


def _ticket_of(body: CreateEventBody) -> FirstTicket | None:
    if body.ticket is None:
        return None
    try:
        name = texts.line("/ticket/name", body.ticket.name, most=texts.MAX_NAME, least=1)
    except FieldError as error:
        raise Invalid(errors=[error]) from error
    return FirstTicket(name=name, price=body.ticket.price, quantity=body.ticket.quantity)


async def _edit(event: Open, given: dict[str, Any]) -> None:
    if "max_per_person" in given:
        given = _limit_people(event, given)
    whole = await event.whole()
    before = _form_as_stored(whole)
    if "venue" in given:
        given = {**given, "venue": _venue_form(given["venue"])}
    form = structs.replace(before, **given)
    if form == before:
        return
    fields = _times_kept(check_event(form), whole, given)
    await keep_promises(event.tx, whole, fields)
    await rewrite(event.tx, whole, fields)
    await _keep_ready(event)
    event.note("event.changed", fields=sorted(given))


def _limit_people(event: Open, given: dict[str, Any]) -> dict[str, Any]:
    """Set how many one person may have of the event; the changes that are left."""
    most, others = given["max_per_person"], {**given}
    del others["max_per_person"]
    if event.row.max_per_person != most:
        event.row.max_per_person = most
        event.note("event.limit_changed", max_per_person=most)
    return others


def _form_as_stored(whole: WholeEvent) -> EventForm:
    event, date = whole.event, whole.first
    return EventForm(
        title=event.title,
        summary=event.summary,
        description=event.description,
        category=event.category,
        starts_at=wall_clock_of(date.starts_at, event.timezone).isoformat(timespec="minutes"),
        ends_at=wall_clock_of(date.ends_at, event.timezone).isoformat(timespec="minutes"),
        timezone=event.timezone,
        format=event.format,
        currency=event.currency,
        online_url=event.online_url,
        website=event.website,
        venue=venue_form(whole.venue),
    )


def _times_kept(fields: EventFields, whole: WholeEvent, given: dict[str, Any]) -> EventFields:
    """Times that were not given stay to the second, also in an hour that happens twice."""
    date, kept = whole.first, fields
    if not {"starts_at", "timezone"} & given.keys():
        kept = structs.replace(kept, starts_at=date.starts_at)
    if not {"ends_at", "timezone"} & given.keys():
        kept = structs.replace(kept, ends_at=date.ends_at)
    return kept if kept.starts_at < kept.ends_at else fields


async def _keep_ready(event: Open) -> None:
    if event.row.status != EventStatus.PUBLISHED:
        return
    items = checklist(presenting.event_facts(await event.whole()), now=await event.tx.now())
    broken = broken_by_change(items)
    if broken:
        raise WouldNotBeReady(broken[0].text, blockers=[item.code for item in broken])
