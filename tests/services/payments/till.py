"""One organizer's till: payments as bookings use them, with a look into the rows."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.keyring import Keyring
from boxoffice.kernel.money import Money
from boxoffice.services.payments.api import Payments, PaymentStatus, PaymentView, RefundView
from boxoffice.services.payments.providers.port import CardProvider
from boxoffice.services.users.tables import OrganizerRow
from tests.support.card_company import CardCompany, Webhook, until
from tests.support.charging import charge

KEYRING = Keyring("a root secret that is long enough for tests")
PRICE = Money(amount=4200, currency="EUR")


class Till:
    """Made with `open`, which also makes its organizer."""

    def __init__(self, db: Database, company: CardCompany, provider: CardProvider) -> None:
        self.db, self.company, self.provider = db, company, provider
        self.organizer_id = new_id()
        self.payments = Payments(db, provider, KEYRING)

    @classmethod
    async def open(cls, db: Database, company: CardCompany, provider: CardProvider) -> "Till":
        till = cls(db, company, provider)
        async with db.begin(till.organizer_id) as tx:
            slug = f"till-{till.organizer_id}"
            tx.session.add(OrganizerRow(id=till.organizer_id, slug=slug, name="Till"))
        return till

    async def charge(
        self,
        source: str = "practice_ok",
        *,
        reference: UUID | None = None,
        amount: Money = PRICE,
        once: IdempotencyKey | None = None,
    ) -> PaymentView:
        return await charge(
            self.payments,
            self.db,
            self.organizer_id,
            reference=reference or new_id(),
            amount=amount,
            source=source,
            once=once,
        )

    async def hold(self, source: str = "practice_ok", *, reference: UUID) -> PaymentView:
        """A card is to hold the price."""
        async with self.db.begin(self.organizer_id) as tx:
            begun = await self.payments.authorisations.begin(
                tx, reference=reference, amount=PRICE, source=source, once=None
            )
        return await self.payments.finish(begun)

    async def refund(
        self,
        reference: UUID,
        amount: int = PRICE.amount,
        *,
        key: str = "",
        payment_id: UUID | None = None,
    ) -> list[RefundView]:
        return await self.payments.refund(
            self.organizer_id,
            reference=reference,
            amount=Money(amount=amount, currency="EUR"),
            key=key or str(new_id()),
            payment_id=payment_id,
        )

    async def now(self, reference: UUID, payment: PaymentView) -> PaymentView:
        """The payment as it stands now."""
        return await self.payments.payment(self.organizer_id, reference, payment.id)

    async def receive(self, webhook: Webhook) -> None:
        """The webhook comes in."""
        await self.payments.webhooks.receive(
            self.organizer_id, "practice", webhook.headers, webhook.body
        )

    async def facts(self) -> list[str]:
        """The names of what was reported, in order, without version."""
        rows = await self.sql("SELECT name FROM data.outbox WHERE organizer_id = :o ORDER BY id")
        return [name.split(".")[1] for (name,) in rows]

    async def effects(self) -> list[str]:
        """What became of the webhooks."""
        rows = await self.sql(
            "SELECT outcome FROM payments.provider_events WHERE organizer_id = :o ORDER BY id"
        )
        return [outcome for (outcome,) in rows]

    async def age(self, by: timedelta) -> None:
        """Let everything of this organizer have happened earlier."""
        earlier = "SET created_at = created_at - CAST(:by AS interval) WHERE organizer_id = :o"
        await self.sql(f"UPDATE payments.payments {earlier}", by=by)
        await self.sql(f"UPDATE payments.refunds {earlier}", by=by)

    def charged(self) -> list[tuple[Any, ...]]:
        """Status and amount of this organizer's charges in the company's own book."""
        return self.company.book(
            "SELECT status, amount, amount_refunded FROM charges WHERE merchant = ? ORDER BY seq",
            self.organizer_id,
        )

    async def sql(self, statement: str, **values: object) -> list[Any]:
        """Rows, behind the service's back; `:o` is the organizer."""
        async with self.db.begin(self.organizer_id) as tx:
            result = await tx.connection.execute(
                text(statement), {"o": self.organizer_id, **values}
            )
            return list(result) if result.returns_rows else []


def once(key: str = "", *, fingerprint: bytes = b"the request") -> IdempotencyKey:
    """A caller's idempotency key."""
    return IdempotencyKey(scope="visitor:1", key=key or str(new_id()), fingerprint=fingerprint)


async def statuses(till: Till, reference: UUID) -> list[str]:
    return [str(one.status) for one in await till.payments.of(till.organizer_id, reference)]


async def outcomes_of_asking(till: Till) -> list[str]:
    rows = await till.sql(
        "SELECT outcome FROM payments.payment_attempts WHERE organizer_id = :o ORDER BY id"
    )
    return [outcome for (outcome,) in rows]


async def written_down(till: Till, reference: UUID, *, key: str | None = None) -> UUID:
    """An intent whose process died before it asked."""
    payment_id = new_id()
    await till.sql(
        "INSERT INTO payments.payments (organizer_id, id, reference, provider, status, live,"
        " amount, currency, once_key, once_fingerprint) VALUES"
        " (:o, :id, :reference, 'practice', 'created', true, 4200, 'EUR', :key, 'the request')",
        id=payment_id,
        reference=reference,
        key=key,
    )
    return payment_id


async def all_came(till: Till) -> None:
    """Wait until the company's book says of every charge that its money came."""
    await until(lambda: all(status == "succeeded" for status, _, _ in till.charged()))


async def slow_payment(till: Till, source: str = "practice_slow") -> tuple[UUID, PaymentView]:
    """One that is under way: its webhooks will say how it ends."""
    await till.company.treat(till.organizer_id, slow_seconds=0.1)
    reference = new_id()
    payment = await till.charge(source, reference=reference)
    assert payment.status is PaymentStatus.PENDING
    return reference, payment
