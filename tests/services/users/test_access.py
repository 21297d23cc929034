"""What a token may do follows what its account may do, in every process, within seconds."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event

from boxoffice.data.postgres import Database
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import NotAuthenticated
from boxoffice.services.users import watch
from tests.services.users.house import Guest, House

LIMIT = 5.0


async def seconds_until(holds: Callable[[], Awaitable[bool]]) -> float:
    began = time.monotonic()
    while not await holds():
        assert time.monotonic() - began < LIMIT
        await asyncio.sleep(0.05)
    return time.monotonic() - began


async def refused(process: House, token: str) -> bool:
    try:
        await process.users.authenticate(token)
    except NotAuthenticated:
        return True
    return False


async def test_a_sign_out_is_felt_in_every_process(
    house: House, other_process: House, ada: Guest
) -> None:
    token = ada.session["access_token"]
    assert not await refused(other_process, token)
    await ada.post("/auth/logout")
    assert await refused(house, token)
    assert await seconds_until(lambda: refused(other_process, token)) < LIMIT


async def test_a_disabled_account_is_out_in_every_process(
    house: House, other_process: House, ada: Guest
) -> None:
    token = ada.session["access_token"]
    for process in (house, other_process):
        assert not await refused(process, token)
    await house.change(
        "UPDATE users.users SET disabled_at = clock_timestamp(), "
        "access_changed_at = clock_timestamp() WHERE id = $1",
        ada.id,
    )
    for process in (house, other_process):
        assert await seconds_until(lambda process=process: refused(process, token)) < LIMIT


async def test_a_copied_refresh_token_ends_the_access_tokens_too(
    other_process: House, ada: Guest
) -> None:
    token = ada.session["access_token"]
    assert not await refused(other_process, token)
    first = ada.session["refresh_token"]
    second = (await ada.refresh(first)).json()["refresh_token"]
    await ada.refresh(second)
    assert (await ada.refresh(first)).status_code == 401
    assert await seconds_until(lambda: refused(other_process, token)) < LIMIT


async def test_a_new_role_is_felt_in_every_process(
    house: House, other_process: House, ada: Guest
) -> None:
    slug = await ada.organizer()
    organizer = await house.users.organizer_by_slug(slug)
    grace = await house.member("Grace")
    token = grace.session["access_token"]

    async def may_scan() -> bool:
        actor = await other_process.users.authenticate(token)
        return actor.may(Permission.SCAN, organizer.id)

    async def may_not_scan() -> bool:
        return not await may_scan()

    assert not await may_scan()
    members = f"/organizers/{slug}/members"
    assert (await ada.post(members, {"email": grace.email, "role": "door"})).status_code == 201
    assert await seconds_until(may_scan) < LIMIT
    changed = await ada.browser.patch(f"{members}/{grace.id}", json={"role": "marketing"})
    assert changed.status_code == 200
    assert await seconds_until(may_not_scan) < LIMIT
    await ada.browser.patch(f"{members}/{grace.id}", json={"role": "door"})
    assert await seconds_until(may_scan) < LIMIT
    assert (await ada.browser.delete(f"{members}/{grace.id}")).status_code == 204
    assert await seconds_until(may_not_scan) < LIMIT


async def test_who_must_know_at_once_asks_afresh(
    house: House, other_process: House, ada: Guest
) -> None:
    token = ada.session["access_token"]
    await other_process.users.authenticate(token)
    slug = await ada.organizer()
    organizer = await house.users.organizer_by_slug(slug)
    actor = await other_process.users.authenticate_afresh(token)
    assert actor.may(Permission.MEMBERS_MANAGE, organizer.id)
    assert await other_process.users.authenticate(token) == actor


async def test_an_actor_knows_account_and_teams(house: House, ada: Guest) -> None:
    slug = await ada.organizer()
    actor = await house.users.authenticate(ada.session["access_token"])
    assert (actor.user_id, actor.platform_admin) == (ada.id, False)
    (membership,) = actor.memberships
    assert (membership.slug, membership.role) == (slug, "owner")
    assert Permission.MEMBERS_MANAGE in membership.permissions


async def test_a_remembered_token_costs_no_query(db: Database, ada: Guest) -> None:
    users, token = ada.house.users, ada.session["access_token"]
    await users.authenticate(token)
    statements = await statements_during(db, lambda: many(users.authenticate, token))
    looks = [text for text in statements if "access_changed_at >" in text]
    assert len(looks) <= 2
    assert not [text for text in statements if "users.sessions" in text]


async def many(ask: Callable[[str], Awaitable[Any]], token: str) -> None:
    for _ in range(500):
        await ask(token)


async def statements_during(db: Database, act: Callable[[], Awaitable[None]]) -> list[str]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(db.engine.sync_engine, "before_cursor_execute", note)
    try:
        await act()
    finally:
        event.remove(db.engine.sync_engine, "before_cursor_execute", note)
    return seen


async def test_a_process_that_slept_forgets_everything(
    other_process: House, ada: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = ada.session["access_token"]
    await other_process.users.authenticate(token)
    await ada.house.change(
        "UPDATE users.sessions SET ended_at = clock_timestamp() WHERE user_id = $1", ada.id
    )
    await ada.house.change(
        "UPDATE users.users SET access_changed_at = clock_timestamp() - interval '5 minutes' "
        "WHERE id = $1",
        ada.id,
    )
    now = time.monotonic
    monkeypatch.setattr(watch.time, "monotonic", lambda: now() + watch.WINDOW)
    assert await refused(other_process, token)
