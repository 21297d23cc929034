"""What other services may ask of payments."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.keyring import Keyring
from boxoffice.kernel.money import Money
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.payments import rows
from boxoffice.services.payments.authorisations import Authorisations
from boxoffice.services.payments.books import Books
from boxoffice.services.payments.charges import Charges
from boxoffice.services.payments.crediting import Crediting
from boxoffice.services.payments.foreseeing import foreseen
from boxoffice.services.payments.gift_cards.desk import GiftCards
from boxoffice.services.payments.gift_cards.refusals import GiftCardNotUsedHere
from boxoffice.services.payments.gift_cards.rules import split as split_over_cards
from boxoffice.services.payments.gift_cards.spending import Paying, SpendingGiftCards
from boxoffice.services.payments.gift_cards.views import CardPart, GiftCardUse, IssuedGiftCardView
from boxoffice.services.payments.opening import Begun, repeated
from boxoffice.services.payments.promising import promise
from boxoffice.services.payments.providers import UnknownProvider, provider_for
from boxoffice.services.payments.providers.port import CardProvider
from boxoffice.services.payments.refunds import Refunds
from boxoffice.services.payments.refusals import (
    AlreadyPaid,
    NoPaymentMethods,
    NothingToPay,
    NothingToRefund,
    PaymentUnderWay,
    TooMuchToRefund,
    TooMuchToShare,
)
from boxoffice.services.payments.rules import PaymentStatus, RefundParts, RefundStatus, Standing
from boxoffice.services.payments.settings import PaymentSettings
from boxoffice.services.payments.sharing import pass_on, share
from boxoffice.services.payments.views import (
    PartView,
    PaymentMethodView,
    PaymentView,
    PracticeSource,
    RefundView,
)
from boxoffice.services.payments.webhooks import Webhooks

__all__ = [
    "AlreadyPaid",
    "Authorisations",
    "Begun",
    "CardPart",
    "CardProvider",
    "GiftCardNotUsedHere",
    "GiftCardUse",
    "IssuedGiftCardView",
    "NoPaymentMethods",
    "NothingToPay",
    "NothingToRefund",
    "PartView",
    "Paying",
    "PaymentMethodView",
    "PaymentSettings",
    "PaymentStatus",
    "PaymentUnderWay",
    "PaymentView",
    "Payments",
    "PracticeSource",
    "RefundParts",
    "RefundStatus",
    "RefundView",
    "SpendingGiftCards",
    "Standing",
    "TooMuchToRefund",
    "TooMuchToShare",
    "UnknownProvider",
    "provider_for",
    "split_over_cards",
]


class Payments:
    """Money for a `reference` of the caller's, and back.

    Built with `provider_for(settings)`. `finish` and `refund` go over the network, so never call
    them in a transaction. `gift_cards` are a way to pay of their own; `authorisations` hold money
    before it is taken.
    """

    def __init__(self, db: Database, provider: CardProvider, keyring: Keyring) -> None:
        self._db, self._provider = db, provider
        self.gift_cards = GiftCards(db, keyring)
        self._charges = Charges(db, provider)
        self.authorisations = Authorisations(db, provider, self._charges)
        self._refunds = Refunds(db, provider)
        self._crediting = Crediting(db, self.gift_cards.codes)
        self.webhooks = Webhooks(db, provider, self._refunds)
        self.books = Books(db, provider, self._charges, self._refunds, self.authorisations)

    def methods(self) -> list[PaymentMethodView]:
        """How one can pay; empty when no provider is set up."""
        return self._provider.methods()

    async def begin(
        self,
        tx: Transaction,
        *,
        reference: UUID,
        amount: Money,
        source: str,
        once: IdempotencyKey | None,
        purpose: UUID | None = None,
    ) -> Begun:
        """Write down, in the caller's transaction, that `amount` is to be taken from `source`;
        `finish` it after the commit. So what you change because money is on its way and the payment
        itself are true together, or neither is. With a `purpose` it is for something that the
        reference came to cost more later, paid apart: what comes does not count for the reference
        until you `take_in` the payment. Lock what the reference names before.

        The same key gives the payment of its first request, `KeyInUse` while that is being asked
        for, `KeyReused` for another request. Else refuses with `PaymentUnderWay`, `AlreadyPaid`,
        `NothingToPay`, `NoPaymentMethods`.
        """
        return await self._charges.begin(
            tx, reference=reference, amount=amount, source=source, once=once, purpose=purpose
        )

    async def finish(self, begun: Begun) -> PaymentView:
        """Ask the provider for what has begun, or tell what came of it before.

        The view is `succeeded`; `failed` with its `decline_code` (`provider_unreached`: nothing was
        charged); or `pending` while the provider ponders or did not answer: PaymentSucceeded or
        PaymentFailed follows. If you never come to this, PaymentFailed follows as well, unless the
        request is repeated.
        """
        return await self._charges.finish(begun)

    async def refund(
        self,
        organizer_id: UUID,
        *,
        reference: UUID,
        amount: Money,
        key: str,
        payment_id: UUID | None = None,
    ) -> list[RefundView]:
        """Give `amount` back, once per `key`, from `payment_id` or from the newest payments first.

        Usually one view, `succeeded`; `created` while the provider does not answer: it is asked
        until it does. `TooMuchToRefund` if less has come; `KeyReused` for another amount.
        """
        return await self._refunds.refund(
            organizer_id, reference=reference, amount=amount, key=key, payment_id=payment_id
        )

    async def refund_as_gift_card(
        self, organizer_id: UUID, *, reference: UUID, amount: Money, key: str, note: str
    ) -> list[RefundView]:
        """Give `amount` back as one new gift card, once per `key`; asks nobody outside. As for
        `refund`, the newest payments count first. `GiftCardIssued` is told, for the code has to
        reach its owner; `TooMuchToRefund`, `KeyReused`. What a card for tests has paid goes back to
        that card; there is no new one if nothing else has come.
        """
        return await self._crediting.refund(
            organizer_id, reference=reference, amount=amount, key=key, note=note
        )

    async def promise_refund(
        self,
        tx: Transaction,
        *,
        reference: UUID,
        amount: Money,
        key: str,
        payment_id: UUID | None = None,
    ) -> list[UUID]:
        """Promise `amount` back in the caller's transaction, once per `key`; `TooMuchToRefund`.
        From `payment_id`, or from the newest payments first that are the reference's.

        The promise counts at once and is kept whatever happens: call `finish_refunds` after the
        commit, or leave it to the clockwork. Lock what the reference names before.
        """
        return await promise(tx, tx.tenant, reference, amount, key, payment_id)

    async def finish_refunds(
        self, organizer_id: UUID, refund_ids: Sequence[UUID]
    ) -> list[RefundView]:
        """Ask for promised refunds. One that gets no answer stays `created` and is asked again."""
        return [await self._refunds.finish(organizer_id, one) for one in refund_ids]

    async def share(
        self, tx: Transaction, payment_id: UUID, shares: Mapping[UUID, Money]
    ) -> dict[UUID, PartView]:
        """Move parts of a payment's money to other references, in the caller's transaction: each of
        `shares` (by reference, more than nothing) becomes a payment of that reference's own, which
        can be refunded and shared on. What is not named stays with the payment.

        Every call moves anew, so lock what the references name before, and know what you have done.
        `TooMuchToShare` if less has come and is still here, or it came `apart`; `NotFound`.
        """
        return await share(tx, payment_id, shares)

    async def pass_on(
        self,
        tx: Transaction,
        *,
        reference: UUID,
        to: UUID,
        amount: Money,
        payment_id: UUID | None,
    ) -> list[PartView]:
        """Move `amount` of what came for `reference` to another reference, or as much of it as is
        still here: out of the payment that is named, what gift cards paid, what was taken in and
        parts, chosen as for refunds. Lock what both references name before.
        """
        return await pass_on(tx, reference=reference, to=to, amount=amount, payment_id=payment_id)

    async def of(self, organizer_id: UUID, reference: UUID) -> list[PaymentView]:
        """The payments for a reference, oldest first."""
        async with self._db.begin(organizer_id) as tx:
            return _views(await rows.of_reference(tx, organizer_id, reference))

    async def payment(self, organizer_id: UUID, reference: UUID, payment_id: UUID) -> PaymentView:
        """One payment for that reference, or `NotFound`."""
        async with self._db.begin(organizer_id) as tx:
            row = await rows.find(tx, organizer_id, payment_id)
            if row is None or row.reference != reference:
                raise NotFound
            return rows.view(row)

    async def amount_of(self, tx: Transaction, payment_id: UUID) -> Money:
        """What a payment is of, as the caller's transaction sees it, or `NotFound`."""
        return (await rows.shown(tx, tx.tenant, payment_id)).amount

    async def is_live(
        self, tx: Transaction, reference: UUID, *, purpose: UUID | None = None
    ) -> bool:
        """Whether a payment through the provider stands for it, or is being made."""
        return await rows.is_live(tx, reference, purpose)

    async def take_in(self, tx: Transaction, payment_id: UUID) -> None:
        """What came for its purpose counts for the reference from now on. Lock what the reference
        names before.
        """
        await rows.take_in(tx, tx.tenant, payment_id)

    async def standing(
        self, tx: Transaction, organizer_id: UUID, reference: UUID
    ) -> Standing | None:
        """What has come for the reference itself and gone back, as the caller's transaction sees
        it; None: nothing.
        """
        return rows.standing(await rows.of_reference(tx, organizer_id, reference))

    async def locked_standing(
        self, tx: Transaction, organizer_id: UUID, reference: UUID
    ) -> Standing | None:
        """`standing`, of payments that stay as they are until the caller's transaction ends."""
        return rows.standing(await rows.lock_of_reference(tx, organizer_id, reference))

    async def repeated(
        self, organizer_id: UUID, reference: UUID, once: IdempotencyKey | None
    ) -> PaymentView | None:
        """The payment that the request with this key began before, as it stands now."""
        async with self._db.begin(organizer_id) as tx:
            return await repeated(tx, reference, once)

    async def lock(self, tx: Transaction, reference: UUID) -> None:
        """Let nobody else give money of the reference back until this transaction ends: for whoever
        decides by `standing` what to promise.
        """
        await rows.lock_of_reference(tx, tx.tenant, reference)

    async def standings(
        self, tx: Transaction, organizer_id: UUID, references: Collection[UUID]
    ) -> dict[UUID, Standing]:
        """The same for many references at once; one without payments is left out."""
        return await rows.standings(tx, organizer_id, references)

    async def foreseen(
        self, tx: Transaction, amounts: Mapping[UUID, int]
    ) -> dict[UUID, RefundParts]:
        """What refunds of these amounts, by reference, would be made of; promises nothing."""
        return await foreseen(tx, amounts)

    async def close(self) -> None:
        """Let go of the provider's connections."""
        await self._provider.close()


def _views(found: Sequence[rows.PaymentRow]) -> list[PaymentView]:
    return [rows.view(row) for row in found]
