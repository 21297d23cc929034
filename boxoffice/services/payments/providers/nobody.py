# ruff: noqa: ARG002  # the arguments are the port's
"""No provider: free orders only."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from uuid import UUID

from boxoffice.kernel.refusals import NotFound
from boxoffice.services.payments.providers.port import (
    ChargeOrder,
    Hint,
    HoldOrder,
    ProviderCharge,
    ProviderUnreached,
    RefundOrder,
)
from boxoffice.services.payments.views import PaymentMethodView


class Nobody:
    """Stands where a `CardProvider` would; `methods` is empty and nothing can be charged."""

    name = "nobody"
    holds_for = None

    def methods(self) -> list[PaymentMethodView]:
        return []

    async def charge(self, order: ChargeOrder) -> ProviderCharge:
        raise ProviderUnreached

    async def capture(self, order: HoldOrder) -> ProviderCharge:
        raise ProviderUnreached

    async def void(self, order: HoldOrder) -> ProviderCharge:
        raise ProviderUnreached

    async def find(self, organizer_id: UUID, payment_id: UUID) -> ProviderCharge | None:
        raise ProviderUnreached

    async def read(self, organizer_id: UUID, charge_id: str) -> ProviderCharge | None:
        raise ProviderUnreached

    async def charges_since(self, moment: datetime) -> AsyncIterator[ProviderCharge]:
        return
        yield

    async def refund(self, order: RefundOrder) -> str:
        raise ProviderUnreached

    def read_webhook(self, organizer_id: UUID, headers: Mapping[str, str], body: bytes) -> Hint:
        raise NotFound

    async def close(self) -> None:
        pass
