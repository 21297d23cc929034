"""What staff do with gift cards. All of it is in the audit log, and no code ever is."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import UNSET
from sqlalchemy import Select, func, or_, select

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.money import Money
from boxoffice.kernel.pages import Page, check_limit, decode_cursor, page_of
from boxoffice.services.payments.gift_cards import ledger
from boxoffice.services.payments.gift_cards.bodies import (
    AdjustGiftCardBody,
    ChangeGiftCardBody,
    GiftCardBody,
    VoidGiftCardBody,
)
from boxoffice.services.payments.gift_cards.codes import CardCodes, code_hash
from boxoffice.services.payments.gift_cards.issuing import NewCard, issue
from boxoffice.services.payments.gift_cards.ledger import Movement
from boxoffice.services.payments.gift_cards.refusals import GiftCardVoid
from boxoffice.services.payments.gift_cards.rules import (
    EntryKind,
    check_adjustment,
    check_issue,
    code_key,
)
from boxoffice.services.payments.gift_cards.views import (
    GiftCardDetailView,
    GiftCardView,
    IssuedGiftCardView,
    OutstandingView,
)
from boxoffice.services.payments.tables_gift_cards import GiftCardRow


class ManagingGiftCards:
    """An organizer's cards; each use case names the organizer that it serves."""

    def __init__(self, db: Database, codes: CardCodes) -> None:
        self._db = db
        self._codes = codes

    async def list(
        self, organizer_id: UUID, *, q: str, limit: int, cursor: str | None
    ) -> Page[GiftCardView]:
        """Newest first; `q` is a whole code, the end of one, or part of a note."""
        check_limit(limit)
        (before,) = decode_cursor(cursor, tuple[UUID]) if cursor else (None,)
        async with self._db.begin(organizer_id) as tx:
            found = await tx.session.scalars(_listed(organizer_id, q, before).limit(limit + 1))
            now = await tx.now()
            views = [ledger.view(row, now=now) for row in found]
        return page_of(views, limit=limit, position=lambda view: (view.id,))

    async def outstanding(self, organizer_id: UUID) -> Sequence[OutstandingView]:
        """What is owed on cards that can be spent, by currency."""
        card = GiftCardRow
        async with self._db.begin(organizer_id) as tx:
            now = await tx.now()
            found = await tx.session.execute(
                select(card.currency, func.sum(card.balance), func.count())
                .where(card.organizer_id == organizer_id, card.balance > 0)
                .where(card.voided_at.is_(None), card.for_tests.is_(False))
                .where(or_(card.expires_at.is_(None), card.expires_at > now))
                .group_by(card.currency)
                .order_by(card.currency)
            )
            return [
                OutstandingView(amount=Money(amount=int(owed), currency=currency), cards=cards)
                for currency, owed, cards in found
            ]

    async def get(self, organizer_id: UUID, card_id: UUID) -> GiftCardDetailView:
        """The card and its entries, or `GiftCardNotFound`."""
        async with self._db.begin(organizer_id) as tx:
            return await self._detail(tx, card_id)

    async def issue(
        self,
        actor: Actor,
        organizer_id: UUID,
        body: GiftCardBody,
        *,
        once: IdempotencyKey | None,
    ) -> IssuedGiftCardView:
        """A new card with its code. The code is not kept with the key: it is derived anew."""
        async with self._db.begin(organizer_id) as tx:
            if replayed := await tx.claim(once, GiftCardView):
                return await self._with_code(tx, replayed)
            row = await issue(tx, self._codes, _new(body, actor))
            worth = {"value": body.value.amount, "currency": body.value.currency}
            _note(tx, actor, "gift_card.issued", row.id, **worth, for_tests=body.for_tests)
            view = await tx.keep(once, ledger.view(row, now=await tx.now()), status=201)
            return await self._with_code(tx, view)

    async def reveal(self, actor: Actor, organizer_id: UUID, card_id: UUID) -> IssuedGiftCardView:
        """The card's whole code once more, for its owner who has lost it."""
        async with self._db.begin(organizer_id) as tx:
            view = ledger.view(await ledger.find(tx, card_id), now=await tx.now())
            _note(tx, actor, "gift_card.revealed", card_id)
            return await self._with_code(tx, view)

    async def change(
        self, actor: Actor, organizer_id: UUID, card_id: UUID, body: ChangeGiftCardBody
    ) -> GiftCardDetailView:
        """Another note, another end; money that has expired does not come back by itself."""
        async with self._db.begin(organizer_id) as tx:
            row = await ledger.lock_one(tx, card_id)
            told: dict[str, object] = {}
            if body.note is not UNSET and row.note != body.note.strip():
                row.note = body.note.strip()
                told["note"] = True
            if body.expires_at is not UNSET and row.expires_at != body.expires_at:
                check_issue(expires_at=body.expires_at, now=await tx.now())
                told["expires_at"] = _told(body.expires_at)
                row.expires_at = body.expires_at
            await tx.session.flush()
            if told:
                _note(tx, actor, "gift_card.changed", card_id, **told)
            return await self._detail(tx, card_id)

    async def adjust(
        self,
        actor: Actor,
        organizer_id: UUID,
        card_id: UUID,
        body: AdjustGiftCardBody,
        *,
        once: IdempotencyKey | None,
    ) -> GiftCardDetailView:
        """So much more on the card, or less: never below nothing, never on one that is void."""
        async with self._db.begin(organizer_id) as tx:
            row = await ledger.lock_one(tx, card_id)
            if replayed := await tx.claim(once, GiftCardDetailView):
                return replayed
            if row.voided_at is not None:
                raise GiftCardVoid
            check_adjustment(body.amount, balance=row.balance)
            movement = Movement(
                kind=EntryKind.ADJUSTED,
                amount=body.amount,
                because=body.because.strip(),
                made_by=actor.label,
            )
            await ledger.book(tx, card_id, movement)
            _note(tx, actor, "gift_card.adjusted", card_id, by=body.amount, because=body.because)
            return await tx.keep(once, await self._detail(tx, card_id))

    async def void(
        self,
        actor: Actor,
        organizer_id: UUID,
        card_id: UUID,
        body: VoidGiftCardBody,
        *,
        once: IdempotencyKey | None,
    ) -> GiftCardDetailView:
        """Nobody pays with it any more, and what is left on it is gone; orders stay paid."""
        async with self._db.begin(organizer_id) as tx:
            row = await ledger.lock_one(tx, card_id)
            if replayed := await tx.claim(once, GiftCardDetailView):
                return replayed
            left = row.balance
            if row.voided_at is not None and not left:
                raise GiftCardVoid
            row.voided_at = row.voided_at or await tx.now()
            if left:
                because = body.because.strip()
                movement = Movement(
                    kind=EntryKind.VOIDED, amount=-left, because=because, made_by=actor.label
                )
                await ledger.book(tx, card_id, movement)
            await tx.session.flush()
            _note(tx, actor, "gift_card.voided", card_id, left=left, because=body.because)
            return await tx.keep(once, await self._detail(tx, card_id))

    async def code(self, organizer_id: UUID, card_id: UUID) -> IssuedGiftCardView:
        """The card with its code, for services that tell its owner; asks nobody."""
        async with self._db.begin(organizer_id) as tx:
            view = ledger.view(await ledger.find(tx, card_id), now=await tx.now())
            return await self._with_code(tx, view)

    async def _detail(self, tx: Transaction, card_id: UUID) -> GiftCardDetailView:
        row = await ledger.find(tx, card_id)
        return GiftCardDetailView(
            card=ledger.view(row, now=await tx.now()), entries=await ledger.entries(tx, row)
        )

    async def _with_code(self, tx: Transaction, view: GiftCardView) -> IssuedGiftCardView:
        row = await ledger.find(tx, view.id)
        return IssuedGiftCardView(card=view, code=self._codes.of(tx.tenant, view.id, row.code_hash))


def _listed(organizer_id: UUID, q: str, before: UUID | None) -> Select[GiftCardRow]:
    card = GiftCardRow
    listed = select(card).where(card.organizer_id == organizer_id).order_by(card.id.desc())
    if before is not None:
        listed = listed.where(card.id < before)
    if words := q.strip():
        listed = listed.where(
            or_(
                card.code_hash == code_hash(organizer_id, words),
                card.code_end == code_key(words),
                card.note.icontains(words, autoescape=True),
            )
        )
    return listed


def _new(body: GiftCardBody, actor: Actor) -> NewCard:
    return NewCard(
        value=Money(amount=body.value.amount, currency=body.value.currency),
        expires_at=body.expires_at,
        note=body.note,
        for_tests=body.for_tests,
        made_by=actor.label,
    )


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _note(tx: Transaction, actor: Actor, action: str, card_id: UUID, **changes: object) -> None:
    """Codes are worth money: the log names the card by its id."""
    tx.audit(action, actor=actor, subject=f"gift_card:{card_id}", changes=changes)
