"""At least once, at most once but for one gap, and one listener's trouble is no other's."""

import asyncio

from boxoffice.data.jobs import MAX_ATTEMPTS
from tests.services.notifications.post_office import PostOffice, Recorder

ADA = "ada@example.org"


async def test_a_repeated_fact_is_no_second_mail(office: PostOffice) -> None:
    recorder = Recorder()
    await office.buy(await office.desk(), ADA)
    await office.work(recorder.listener)
    await office.deliver_again()
    await office.work(recorder.listener)
    assert len(recorder.heard) == 2
    assert office.mail_server.recipients == {ADA: 1}
    assert await office.deliveries() == [("sent", 1)]


async def test_a_mail_server_in_trouble_is_asked_again(office: PostOffice) -> None:
    office.mail_server.answers = ["451 4.3.0 try later", "421 4.3.2 closing"]
    await office.buy(await office.desk(), ADA)
    await office.work()
    assert office.mail_server.recipients == {ADA: 1}
    assert await office.deliveries() == [("sent", 3)]


async def test_a_refused_sender_loses_no_mail(office: PostOffice) -> None:
    office.mail_server.sender_answer = "550 5.7.1 sender not allowed"
    await office.buy(await office.desk(), ADA)
    async with office.working() as worker:
        await office.until(lambda: failed_once(office), worker)
        office.mail_server.sender_answer = "250 OK"
        await office.until(office.idle, worker)
    assert office.mail_server.recipients == {ADA: 1}


async def test_a_rejected_address_is_written_down_and_not_tried_again(office: PostOffice) -> None:
    office.mail_server.rejects = {ADA}
    await office.buy(await office.desk(), ADA)
    await office.work()
    assert await office.deliveries() == [("rejected", 1)]
    office.mail_server.rejects = set()
    await office.deliver_again()
    await office.work()
    assert office.mail_server.taken == []


async def test_a_failing_listener_neither_blocks_nor_repeats_another(office: PostOffice) -> None:
    recorder = Recorder()
    office.mail_server.down = True
    await office.buy(await office.desk(), ADA)
    async with office.working(recorder.listener) as worker:
        await office.until(lambda: tried(office, 2), worker)
        assert len(recorder.heard) == 1
        office.mail_server.down = False
        await office.until(office.idle, worker)
    assert office.mail_server.recipients == {ADA: 1}
    assert len(recorder.heard) == 1


async def test_after_its_last_attempt_a_mail_is_parked_until_somebody_requeues_it(
    office: PostOffice,
) -> None:
    office.mail_server.down = True
    await office.buy(await office.desk(), ADA)
    async with office.working() as worker:
        await office.until(lambda: failed_once(office), worker)
        await office.rows(
            "UPDATE data.pgqueuer SET attempts = $1 WHERE status = 'queued'", MAX_ATTEMPTS
        )
        await office.until(lambda: parked(office), worker)
        assert await office.deliveries() == [("failed", 2)]
        assert await office.idle()
        office.mail_server.down = False
        await office.requeue(await office.parked())
        await office.until(office.idle, worker)
    assert office.mail_server.recipients == {ADA: 1}
    assert await office.deliveries() == [("sent", 3)]
    assert await office.parked() == []


async def test_a_worker_killed_after_the_servers_yes_repeats_under_the_same_message_id(
    office: PostOffice,
) -> None:
    office.mail_server.yes.clear()
    await office.buy(await office.desk(), ADA)
    async with office.worker_process() as doomed:
        await office.until(lambda: taken(office, 1), doomed)
    office.mail_server.yes.set()
    assert await office.deliveries() == [("sending", 1)]
    await office.expire_heartbeats()
    await office.rows(
        "UPDATE notifications.deliveries SET claimed_at = claimed_at - interval '91 seconds'"
    )
    await office.work()
    first, second = office.mail_server.to(ADA)
    assert first["Message-ID"] == second["Message-ID"]
    assert await office.deliveries() == [("sent", 2)]


async def test_nobody_overtakes_a_sender_that_may_be_alive(office: PostOffice) -> None:
    office.mail_server.yes.clear()
    await office.buy(await office.desk(), ADA)
    async with office.working() as slow:
        await office.until(lambda: taken(office, 1), slow)
        await office.expire_heartbeats()
        async with office.working() as rival:
            await office.until(lambda: put_off(office), rival)
            office.mail_server.yes.set()
            await office.until(office.idle, rival)
    assert office.mail_server.recipients == {ADA: 1}
    assert await office.deliveries() == [("sent", 1)]


async def test_many_workers_mail_each_order_once(office: PostOffice) -> None:
    desk = await office.desk()
    buyers = [f"buyer-{number}@example.org" for number in range(40)]
    await asyncio.gather(*(office.buy(desk, address) for address in buyers))
    async with office.working() as first, office.working(), office.working():
        await office.deliver_again()
        await office.until(office.idle, first)
    assert office.mail_server.recipients == dict.fromkeys(buyers, 1)


async def failed_once(office: PostOffice) -> bool:
    return await office.deliveries() == [("failed", 1)]


async def tried(office: PostOffice, times: int) -> bool:
    return any(attempts >= times for _, attempts in await office.deliveries())


async def taken(office: PostOffice, mails: int) -> bool:
    return len(office.mail_server.taken) >= mails


async def parked(office: PostOffice) -> bool:
    return bool(await office.parked())


async def put_off(office: PostOffice) -> bool:
    """Whether a job waits for a later attempt."""
    (jobs,) = await office.row("SELECT count(*) FROM data.pgqueuer WHERE attempts > 0")
    return jobs > 0
