"""Quotas: how many there are, for one ticket type or several together."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import UNSET

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import FieldError, Invalid, NotFound
from boxoffice.services.events.bodies import ChangeQuotaBody, QuotaBody
from boxoffice.services.events.kept import marks
from boxoffice.services.events.locking import lock_quota, lock_quotas_of_types
from boxoffice.services.events.reading import WholeEvent
from boxoffice.services.events.rules import texts
from boxoffice.services.events.rules.quotas import ceiling_for
from boxoffice.services.events.tables import QuotaRow, VariationRow
from boxoffice.services.events.variations import link as link_variation
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench, Open
from boxoffice.services.events.writing import add, link

# What is sold or held elsewhere counts here as well, once per holder, type and variation. Seats are
# claimed one by one, so the units of a holder in one quota are added up first.
_COPY_CLAIMS = """
INSERT INTO events.claims
    (organizer_id, id, quota_id, kind, holder, ticket_type_id, variation_id, units, expires_at,
     paying, voucher_id)
SELECT organizer_id, gen_random_uuid(), $2, kind, holder, ticket_type_id, variation_id, units,
       expires_at, paying, voucher_id
FROM (
    SELECT DISTINCT ON (holder, ticket_type_id, variation_id, voucher_id)
           organizer_id, kind, holder, ticket_type_id, variation_id, units, expires_at, paying,
           voucher_id
    FROM (
        SELECT organizer_id, kind, holder, ticket_type_id, variation_id, quota_id,
               sum(units)::int AS units, expires_at, paying, voucher_id
        FROM events.claims
        WHERE organizer_id = $1 AND released_at IS NULL AND quota_id IN (
                  SELECT id FROM events.quotas
                  WHERE organizer_id = $1 AND id = ANY($4::uuid[]) AND occurrence_id = $6)
          AND (ticket_type_id = ANY($3::uuid[]) OR variation_id = ANY($5::uuid[]))
        GROUP BY organizer_id, kind, holder, ticket_type_id, variation_id, quota_id, expires_at,
                 paying, voucher_id) AS counted
    ORDER BY holder, ticket_type_id, variation_id, voucher_id, quota_id) AS standing
RETURNING units
"""


class Quotas:
    """Creates and changes quotas."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def create(  # who adds what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: QuotaBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """A further limit on these ticket types and variations together; what they have sold
        already counts.
        """

        async def edit(event: Open) -> None:
            whole = await event.whole()
            kinds, variations = _types_of(whole, body), _variations_of(whole, body)
            quotas = _new_quotas(whole, body)
            await _fill(event.tx, quotas, kinds, variations)
            event.note("quota.created", quota=body.name, capacity=body.capacity)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once, status=201)

    async def change(  # who changes what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        quota_id: UUID,
        body: ChangeQuotaBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Change name or capacity; below what is claimed nothing sells until enough comes back."""

        async def edit(event: Open) -> None:
            quotas = await _lock_for_change(event, quota_id, all_dates=body.all_dates)
            quota = quotas[quota_id]
            before = [(one.name, one.capacity) for one in quotas.values()]
            if body.name is not UNSET:
                quota.name = _name(body.name)
            if body.capacity is not UNSET:
                quota.capacity = body.capacity
            for copy in quotas.values():
                copy.name, copy.capacity = quota.name, quota.capacity
                copy.ceiling = ceiling_for(copy.capacity, claimed=copy.claimed)
            if before == [(one.name, one.capacity) for one in quotas.values()]:
                return
            await event.tx.session.flush()
            marks.tell(event.tx, await marks.keep(event.tx, list(quotas)))
            event.note("quota.changed", quota=quota.name, capacity=quota.capacity)

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)


async def _lock_for_change(event: Open, quota_id: UUID, *, all_dates: bool) -> dict[UUID, QuotaRow]:
    """The quota, with `all_dates` also its copies for the other dates, locked in their order."""
    whole = await event.whole()
    kin = next((one.kin or one.id for one in whole.quotas if one.id == quota_id), None)
    if kin is None:
        raise NotFound
    wanted = [quota_id]
    if all_dates:
        wanted = sorted(one.id for one in whole.quotas if (one.kin or one.id) == kin)
    locked = [await lock_quota(event.tx, whole.event.id, one) for one in wanted]
    return {one.id: one for one in locked if one is not None}


def _name(text: str) -> str:
    try:
        return texts.line("/name", text, most=texts.MAX_NAME, least=1)
    except FieldError as error:
        raise Invalid(errors=[error]) from error


def _types_of(whole: WholeEvent, body: QuotaBody) -> list[UUID]:
    known = {kind.id for kind in whole.ticket_types}
    if not known.issuperset(body.ticket_type_ids):
        sentence = "This event has no such ticket type."
        raise Invalid(errors=[FieldError("/ticket_type_ids", "unknown_ticket_type", sentence)])
    return list(dict.fromkeys(body.ticket_type_ids))


def _variations_of(whole: WholeEvent, body: QuotaBody) -> list[VariationRow]:
    """Those named; each of another type than the types named, lest a unit counts twice."""
    named = [one for one in whole.variations if one.id in body.variation_ids]
    if len(named) < len(set(body.variation_ids)):
        wrong = FieldError("/variation_ids", "unknown_variation", "This event has none such.")
        raise Invalid(errors=[wrong])
    if any(one.ticket_type_id in body.ticket_type_ids for one in named):
        sentence = "Name either the ticket type or variations of it."
        raise Invalid(errors=[FieldError("/variation_ids", "counted_twice", sentence)])
    return named


def _new_quotas(whole: WholeEvent, body: QuotaBody) -> list[QuotaRow]:
    """One for each date of the event, or for the date that is named."""
    dates = [one.id for one in whole.occurrences if body.occurrence_id in {None, one.id}]
    if not dates:
        wrong = FieldError("/occurrence_id", "unknown_date", "This event has no such date.")
        raise Invalid(errors=[wrong])
    kin, name = new_id(), _name(body.name)
    return [
        QuotaRow(
            organizer_id=whole.event.organizer_id,
            id=new_id(),
            event_id=whole.event.id,
            occurrence_id=date,
            name=name,
            capacity=body.capacity,
            ceiling=body.capacity,
            claimed=0,
            kin=kin,
        )
        for date in dates
    ]


async def _fill(
    tx: Transaction,
    quotas: Sequence[QuotaRow],
    kinds: Sequence[UUID],
    variations: Sequence[VariationRow],
) -> None:
    """Write the quotas and count against them what their types and variations have claimed
    elsewhere that day.

    Their other quotas are locked first: a sale under way either is counted here, or finds the new
    quota when it reads the types again.
    """
    locked = await lock_quotas_of_types(tx, [*kinds, *(one.ticket_type_id for one in variations)])
    await add(tx, quotas)
    await add(tx, [link(quota, kind) for quota in quotas for kind in kinds])
    await add(tx, [link_variation(one, quota.id) for quota in quotas for one in variations])
    if locked:
        ids = [one.id for one in variations]
        for quota in quotas:
            await _count_claims(tx, quota, (list(kinds), list(locked), ids))
        await marks.renew(tx, [*(quota.id for quota in quotas), *locked])


async def _count_claims(
    tx: Transaction, quota: QuotaRow, of: tuple[list[UUID], list[UUID], list[UUID]]
) -> None:
    """Count what is claimed of these (types, locked quotas, variations) on the quota's date."""
    copied = await tx.connection.exec_driver_sql(
        _COPY_CLAIMS, (quota.organizer_id, quota.id, *of, quota.occurrence_id)
    )
    claimed = sum(copied.scalars())
    quota.ceiling = ceiling_for(quota.capacity, claimed=claimed)
    quota.claimed = claimed
    await tx.session.flush()
