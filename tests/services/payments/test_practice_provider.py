"""The practice adapter keeps the contract."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from boxoffice.services.payments.providers.port import CardProvider
from boxoffice.services.payments.providers.practice import PracticeProvider
from tests.services.payments.provider_contract import ProviderContract
from tests.support.card_company import KEY, SECRET, CardCompany, PostBox, Webhook, free_port


class TestPracticeProvider(ProviderContract):
    good, refused, slow = "practice_ok", "practice_declined", "practice_slow"
    uncapturable = "practice_uncapturable"

    @pytest.fixture(autouse=True)
    def _other_side(self, company: CardCompany, post_box: PostBox) -> None:
        self.company, self.post_box = company, post_box

    @pytest.fixture
    async def provider(self, company: CardCompany) -> AsyncIterator[CardProvider]:
        provider = company.provider()
        yield provider
        await provider.close()

    async def webhooks_of(self, organizer_id: UUID, number: int) -> list[Webhook]:
        return await self.post_box.arrived(organizer_id, number)

    async def unreachable(self) -> CardProvider:
        url = f"http://127.0.0.1:{free_port()}"
        return PracticeProvider(url, key=KEY, webhook_secrets=[SECRET])

    async def unanswering(self, organizer_id: UUID) -> tuple[CardProvider, str]:
        await self.company.treat(organizer_id, late_seconds=2)
        return self.company.provider(seconds=0.3), "practice_timeout"

    async def test_a_wrong_key_is_not_a_charge(self) -> None:
        provider = PracticeProvider(self.company.url, key="guess", webhook_secrets=[SECRET])
        with pytest.raises(Exception, match="401"):
            await provider.find(UUID(int=1), UUID(int=2))
        await provider.close()
