"""How often one may ask: per address, per person, over all processes, or alone."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from msgspec.structs import replace
from valkey.asyncio import Valkey
from valkey.exceptions import ValkeyError

from boxoffice.gateway.shared_windows import SharedWindows
from boxoffice.gateway.windows import MOST_KEYS, Rule, Windows
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.permissions import Permission
from tests.gateway.edge import API, PLENTY, Edge, purchase
from tests.support.servers import Servers

ORDERS = f"{API}/organizers/kulturhaus/orders"
Build = Callable[..., Edge]


async def test_an_answer_says_what_is_left(edge_with: Build) -> None:
    edge = edge_with(rate_limits=replace(PLENTY, read="3/minute"))
    left = [
        (await edge.client().get(f"{API}/things")).headers["ratelimit"].split(";")[1]
        for _ in range(3)
    ]
    assert left == ["r=2", "r=1", "r=0"]


async def test_who_asks_too_often_is_told_when_to_come_back(edge_with: Build) -> None:
    edge = edge_with(rate_limits=replace(PLENTY, read="2/minute"))
    client = edge.client()
    answers = [await client.get(f"{API}/things") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert answers[-1].json()["code"] == "rate_limited"
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert answers[-1].headers["ratelimit-policy"] == '"read";q=2;w=60'


async def test_neighbours_have_a_turn_of_their_own(edge_with: Build) -> None:
    edge = edge_with(rate_limits=replace(PLENTY, read="1/minute"))
    for address in ("198.51.100.1", "198.51.100.2", "2001:db8:0:1::1", "2001:db8:0:2::1"):
        assert (await edge.client(address=address).get(f"{API}/things")).status_code == 200
    same_house = edge.client(address="2001:db8:0:2:ffff::9")
    assert (await same_house.get(f"{API}/things")).status_code == 429


async def test_guessing_passwords_is_slowed_down_whatever_header_is_forged(
    edge_with: Build,
) -> None:
    edge = edge_with(rate_limits=replace(PLENTY, auth="5/minute"))
    statuses = [
        (
            await edge.client().post(
                f"{API}/auth/login",
                headers={
                    "x-forwarded-for": f"203.0.113.{n}",
                    "forwarded": f"for=203.0.113.{n}",
                    "x-real-ip": f"203.0.113.{n}",
                },
            )
        ).status_code
        for n in range(8)
    ]
    assert statuses == [201] * 5 + [429] * 3


async def test_behind_a_trusted_proxy_each_client_counts_for_itself(edge_with: Build) -> None:
    edge = edge_with(
        rate_limits=replace(PLENTY, auth="1/minute"), trusted_proxies=("198.51.100.0/24",)
    )
    for n in range(5):
        answer = await edge.client().post(
            f"{API}/auth/login", headers={"x-forwarded-for": f"10.9.9.9, 203.0.113.{n}"}
        )
        assert answer.status_code == 201


async def test_a_visitor_cannot_multiply_orders_by_changing_address(edge_with: Build) -> None:
    edge = edge_with(rate_limits=replace(PLENTY, write="3/minute"))
    first = edge.client()
    await first.post(ORDERS, json=purchase())
    cookie = {"cookie": f"__Host-boxoffice_visitor={first.cookies['__Host-boxoffice_visitor']}"}
    statuses = [
        (await edge.client(address=f"203.0.113.{n}").post(ORDERS, json=purchase(), headers=cookie))
        for n in range(5)
    ]
    assert [answer.status_code for answer in statuses] == [201] * 3 + [429] * 2
    assert edge.ledger.effects == 4


async def test_throwing_the_cookie_away_does_not_help(edge_with: Build) -> None:
    edge = edge_with(rate_limits=replace(PLENTY, write_address="3/minute"))
    answers = [await edge.client().post(ORDERS, json=purchase()) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [201] * 3 + [429] * 2


async def test_staff_at_one_door_count_per_account(edge_with: Build) -> None:
    edge = edge_with(rate_limits=replace(PLENTY, staff="2/minute"))
    statuses: list[int] = []
    for token in (edge.accounts.sign_in(Permission.MEMBERS_MANAGE) for _ in range(2)):
        client = edge.client(authorization=f"Bearer {token}")
        for _ in range(3):
            url = f"{API}/organizers/kulturhaus/members/{new_id()}"
            statuses.append((await client.delete(url)).status_code)
    assert statuses == [204, 204, 429] * 2


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


RULE = Rule(name="test", amount=10, seconds=60)


def test_a_new_window_begins_at_nought_and_forgets_the_old_one() -> None:
    clock = Clock()
    windows = Windows(clock)
    assert [windows.count(RULE, "a").hits for _ in range(3)] == [1, 2, 3]
    clock.now += windows.count(RULE, "a").resets_in
    assert windows.count(RULE, "a").hits == 1


def test_memory_is_bounded_however_many_addresses_there_are() -> None:
    windows = Windows(Clock())
    for n in range(MOST_KEYS + 10):
        windows.count(RULE, str(n))
    assert windows.count(RULE, "one more").hits == 1
    assert windows.count(RULE, "one more").hits == 1
    assert windows.count(RULE, "0").hits == 2


@pytest.fixture
async def processes(servers: Servers) -> AsyncIterator[list[SharedWindows]]:
    """The counters of two processes over one server."""
    both = [SharedWindows(Valkey.from_url(servers.redis_url)) for _ in range(2)]
    yield both
    for process in both:
        await process.close()


async def test_who_asks_seldom_is_counted_at_home_and_told_whole_when_it_becomes_often(
    processes: list[SharedWindows],
) -> None:
    here, there = processes
    key, rule = new_id().hex, replace(RULE, amount=160)
    for _ in range(10):
        await here.hit(rule, key)
    await here.exchange()
    assert (await there.hit(rule, key)).hits == 1
    await here.hit(rule, key)
    await here.exchange()
    for _ in range(10):
        await there.hit(rule, key)
    await there.exchange()
    assert (await there.hit(rule, key)).hits == 23


async def test_processes_count_together(processes: list[SharedWindows]) -> None:
    here, there = processes
    key = new_id().hex
    for _ in range(4):
        await here.hit(RULE, key)
        await there.hit(RULE, key)
    await here.exchange()
    await there.exchange()
    assert (await there.hit(RULE, key)).hits == 9
    await there.exchange()
    await here.hit(RULE, key)
    await here.exchange()
    assert (await here.hit(RULE, key)).hits == 11


async def test_counters_leave_the_server_by_themselves(
    processes: list[SharedWindows], servers: Servers
) -> None:
    key = new_id().hex
    await processes[0].hit(RULE, key)
    await processes[0].exchange()
    async with Valkey.from_url(servers.redis_url) as server:
        (name,) = [name async for name in server.scan_iter(f"boxoffice:limits:test:*:{key}")]
        assert 0 < await server.ttl(name) <= 60


async def test_without_the_server_each_process_counts_alone_and_catches_up_later(
    servers: Servers,
) -> None:
    nobody = Valkey.from_url("redis://127.0.0.1:1", socket_connect_timeout=0.2)
    windows = SharedWindows(nobody)
    key = new_id().hex
    assert [(await windows.hit(RULE, key)).hits for _ in range(3)] == [1, 2, 3]
    with pytest.raises(ValkeyError):
        await windows.exchange()
    assert (await windows.hit(RULE, key)).hits == 4
    await windows.close()


async def test_the_product_answers_while_the_counter_server_is_gone(edge_with: Build) -> None:
    edge = edge_with(
        redis_url="redis://127.0.0.1:1", rate_limits=replace(PLENTY, write_address="2/minute")
    )
    async with edge.app.lifespan():
        answers = [await edge.client().post(ORDERS, json=purchase()) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]


async def test_closing_ends_the_exchange_even_where_the_client_swallows_the_cancellation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = asyncio.Event()

    async def deaf(**_: object) -> list[int]:
        asked.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError as error:
            raise ConnectionError from error
        return []

    server = Valkey()
    monkeypatch.setattr(server, "register_script", lambda _: deaf)
    windows = SharedWindows(server)
    await windows.hit(RULE, "somebody")
    await asked.wait()
    await asyncio.wait_for(windows.close(), 5)
