"""Tax rules: an organizer's, used by the price rules of its events."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import convert, to_builtins
from sqlalchemy import delete, select

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Conflict, FieldError, Invalid, NotFound
from boxoffice.services.events import discovery
from boxoffice.services.events.facts import EventChanged
from boxoffice.services.events.price_bodies import ChangeTaxRuleBody, TaxRuleBody, given
from boxoffice.services.events.price_views import TaxRulesView, TaxRuleView
from boxoffice.services.events.reading import read_events
from boxoffice.services.events.rules import texts
from boxoffice.services.events.rules.lifecycle import EventStatus
from boxoffice.services.events.rules.pricing.taxes import TaxCase
from boxoffice.services.events.tables_prices import TaxRuleRow
from boxoffice.services.events.workbench import Bench

MAX_TAX_RULES = 100
# Events whose rules name the tax rule: its id occurs nowhere else in them.
_USERS_OF = """
SELECT id FROM events.event_prices
WHERE organizer_id = $1 AND strpos(rules::text, $2) > 0 ORDER BY id
"""


class TaxRuleInUse(Conflict):
    code = "tax_rule_in_use"
    message = "Events use this tax rule; give them another one first."


class TooManyTaxRules(Conflict):
    code = "too_many_tax_rules"
    message = f"An organizer has at most {MAX_TAX_RULES} tax rules."


class TaxRules:
    """Creates, changes and deletes tax rules. Orders keep the tax that they were opened with."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def list(self, organizer_id: UUID) -> TaxRulesView:
        """All of them, the oldest first."""
        async with self._bench.db.begin(organizer_id) as tx:
            return TaxRulesView(items=[_view(row) for row in await _read(tx)])

    async def create(
        self,
        actor: Actor,
        organizer_id: UUID,
        body: TaxRuleBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> TaxRuleView:
        """A rule that no event uses yet."""
        async with self._bench.db.begin(organizer_id) as tx:
            if replayed := await tx.claim(once, TaxRuleView):
                return replayed
            if len(await _read(tx)) >= MAX_TAX_RULES:
                raise TooManyTaxRules
            row = TaxRuleRow(
                organizer_id=organizer_id,
                id=new_id(),
                name=_name(body.name),
                rate=body.rate,
                inclusive=body.inclusive,
                country=body.country,
                cases=to_builtins(body.cases),
            )
            tx.session.add(row)
            _note(tx, actor, row, "tax_rule.created")
            return await tx.keep(once, _view(row), status=201)

    async def change(
        self, actor: Actor, organizer_id: UUID, tax_rule_id: UUID, body: ChangeTaxRuleBody
    ) -> TaxRuleView:
        """Change what the body names, in all events that use the rule."""
        async with self._bench.db.begin(organizer_id) as tx:
            row = await _lock(tx, tax_rule_id)
            before = _view(row)
            for name, value in given(body).items():
                setattr(row, name, _name(str(value)) if name == "name" else to_builtins(value))
            await tx.session.flush()
            if _view(row) == before:
                return before
            _note(tx, actor, row, "tax_rule.changed")
            await self._show(tx, await _users_of(tx, tax_rule_id))
        self._bench.shown.clear()
        return _view(row)

    async def delete(self, actor: Actor, organizer_id: UUID, tax_rule_id: UUID) -> TaxRulesView:
        """Delete a rule that no event uses; what is left."""
        async with self._bench.db.begin(organizer_id) as tx:
            row = await _lock(tx, tax_rule_id)
            if await _users_of(tx, tax_rule_id):
                raise TaxRuleInUse
            await tx.session.execute(
                delete(TaxRuleRow).where(
                    TaxRuleRow.organizer_id == organizer_id, TaxRuleRow.id == tax_rule_id
                )
            )
            _note(tx, actor, row, "tax_rule.deleted")
            return TaxRulesView(items=[_view(one) for one in await _read(tx)])

    async def _show(self, tx: Transaction, event_ids: Sequence[UUID]) -> None:
        """Bring what the public sees of these events in step."""
        organizer = await self._bench.users.organizer(tx.tenant)
        whole = [
            one
            for one in await read_events(tx, event_ids)
            if one.event.status == EventStatus.PUBLISHED
        ]
        await discovery.publish(tx, whole, organizer)
        tx.tell(*(EventChanged(organizer_id=tx.tenant, event_id=one.event.id) for one in whole))


async def lock_used(tx: Transaction, tax_rule_ids: set[UUID]) -> set[UUID]:
    """Those of the rules that exist; none of them is deleted while this transaction runs."""
    rows = await tx.session.scalars(
        select(TaxRuleRow.id)
        .where(TaxRuleRow.organizer_id == tx.organizer_id, TaxRuleRow.id.in_(tax_rule_ids))
        .order_by(TaxRuleRow.id)
        .with_for_update(read=True)
    )
    return set(rows)


async def _users_of(tx: Transaction, tax_rule_id: UUID) -> Sequence[UUID]:
    rows = await tx.connection.exec_driver_sql(_USERS_OF, (tx.tenant, str(tax_rule_id)))
    return list(rows.scalars())


async def _lock(tx: Transaction, tax_rule_id: UUID) -> TaxRuleRow:
    row = await tx.session.scalar(
        select(TaxRuleRow)
        .where(TaxRuleRow.organizer_id == tx.organizer_id, TaxRuleRow.id == tax_rule_id)
        .with_for_update()
    )
    if row is None:
        raise NotFound
    return row


async def _read(tx: Transaction) -> Sequence[TaxRuleRow]:
    rows = await tx.session.scalars(
        select(TaxRuleRow).where(TaxRuleRow.organizer_id == tx.organizer_id).order_by(TaxRuleRow.id)
    )
    return list(rows)


def _name(text: str) -> str:
    try:
        return texts.line("/name", text, most=texts.MAX_NAME, least=1)
    except FieldError as error:
        raise Invalid(errors=[error]) from error


def _note(tx: Transaction, actor: Actor, row: TaxRuleRow, action: str) -> None:
    changes = {
        "tax_rule": row.name,
        "rate": row.rate,
        "inclusive": row.inclusive,
        "cases": row.cases,
    }
    tx.audit(action, actor=actor, subject=f"tax_rule:{row.id}", changes=changes)


def _view(row: TaxRuleRow) -> TaxRuleView:
    return TaxRuleView(
        id=row.id,
        name=row.name,
        rate=row.rate,
        inclusive=row.inclusive,
        country=row.country,
        cases=convert(row.cases, list[TaxCase]),
    )
