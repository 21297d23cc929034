"""The book of deliveries is kept for ninety days."""

from tests.services.notifications.post_office import PostOffice


async def test_deliveries_are_forgotten_after_ninety_days(office: PostOffice) -> None:
    desk = await office.desk()
    for number in range(3):
        await office.buy(desk, f"buyer-{number}@example.org")
    await office.work()
    await office.rows(
        "UPDATE notifications.deliveries SET claimed_at = claimed_at - interval '90 days' "
        "WHERE id = (SELECT min(id::text)::uuid FROM notifications.deliveries)"
    )
    async with office.notifying() as notifications:
        await notifications.deliveries.forget_old()
    assert await office.deliveries() == [("sent", 1), ("sent", 1)]
