"""Teams: who is in, in which role, and why an organizer always has an owner."""

import asyncio
from uuid import UUID

import pytest

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.permissions import Permission
from boxoffice.services.users.rules.roles import ROLES, permissions_of
from tests.services.users.house import Guest, House, wrong_fields


class Team:
    """An organizer with Ada as its owner."""

    def __init__(self, ada: Guest, slug: str) -> None:
        self.ada = ada
        self.path = f"/organizers/{slug}/members"
        self.slug = slug

    async def add(self, guest: Guest, role: str) -> None:
        answer = await self.ada.post(self.path, {"email": guest.email, "role": role})
        assert answer.status_code == 201, answer.text

    async def roles(self) -> dict[str, str]:
        page = (await self.ada.get(self.path)).json()
        return {member["email"]: member["role"] for member in page["items"]}


@pytest.fixture
async def team(ada: Guest) -> Team:
    return Team(ada, await ada.organizer())


async def test_a_member_is_added_changed_and_removed(house: House, team: Team) -> None:
    grace = await house.member("Grace")
    added = await team.ada.post(team.path, {"email": grace.email.upper(), "role": "support"})
    assert added.status_code == 201
    member = added.json()
    assert (member["email"], member["name"], member["role"]) == (grace.email, "Grace", "support")
    assert (await grace.get("/me")).json()["organizers"][0]["role"] == "support"
    changed = await team.ada.browser.patch(f"{team.path}/{grace.id}", json={"role": "finance"})
    assert (changed.status_code, changed.json()) == (200, member | {"role": "finance"})
    assert await team.roles() == {team.ada.email: "owner", grace.email: "finance"}
    assert (await team.ada.browser.delete(f"{team.path}/{grace.id}")).status_code == 204
    assert await team.roles() == {team.ada.email: "owner"}
    assert (await house.told(grace.id))[-3:] == [
        "users.member_added.v1",
        "users.member_role_changed.v1",
        "users.member_removed.v1",
    ]


async def test_every_change_is_in_the_audit_log(house: House, team: Team) -> None:
    grace = await house.member()
    await team.add(grace, "door")
    await team.ada.browser.patch(f"{team.path}/{grace.id}", json={"role": "support"})
    await team.ada.browser.delete(f"{team.path}/{grace.id}")
    lines = await house.column(
        "SELECT action || ' ' || actor || ' ' || changes::text FROM data.audit_log "
        "WHERE subject = $1 AND action LIKE 'member.%' ORDER BY id",
        f"user:{grace.id}",
    )
    who = f"user:{team.ada.id}"
    assert lines == [
        f'member.added {who} {{"role": "door"}}',
        f'member.role_changed {who} {{"role": ["door", "support"]}}',
        f"member.removed {who} {{}}",
    ]


async def test_somebody_without_an_account_joins_by_registering(house: House, team: Team) -> None:
    grace = house.guest()
    await team.add(grace, "door")
    (invited,) = [m for m in (await team.ada.get(team.path)).json()["items"] if m["name"] == ""]
    assert UUID(invited["user_id"]) == await house.user_id(grace.email)
    assert await house.users.verification_mail_data(UUID(invited["user_id"])) is None
    await grace.register(name="Grace")
    await grace.verify()
    assert (await grace.log_in()).status_code == 200
    assert (await grace.get("/me")).json()["organizers"][0]["slug"] == team.slug


async def test_nobody_is_added_twice(house: House, team: Team) -> None:
    grace = await house.member()
    answers = await asyncio.gather(
        *(team.ada.post(team.path, {"email": grace.email, "role": "door"}) for _ in range(6))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"already_member"}


async def test_a_repeated_request_adds_once(house: House, team: Team) -> None:
    grace, key = await house.member(), str(new_id())
    body = {"email": grace.email, "role": "door"}
    answers = [
        await team.ada.browser.post(team.path, json=body, headers={"idempotency-key": key})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


async def test_the_last_owner_stays(team: Team) -> None:
    me = f"{team.path}/{team.ada.id}"
    for answer in (
        await team.ada.browser.delete(me),
        await team.ada.browser.patch(me, json={"role": "manager"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "last_owner")
    assert await team.roles() == {team.ada.email: "owner"}
    assert (await team.ada.browser.patch(me, json={"role": "owner"})).status_code == 200


async def test_an_invited_or_disabled_owner_is_no_owner_yet(house: House, team: Team) -> None:
    await team.add(house.guest(), "owner")
    grace = await house.member()
    await team.add(grace, "owner")
    await house.change(
        "UPDATE users.users SET disabled_at = clock_timestamp() WHERE id = $1", grace.id
    )
    assert (await team.ada.browser.delete(f"{team.path}/{team.ada.id}")).status_code == 409


@pytest.mark.parametrize("_", range(5))
async def test_owners_who_leave_together_cannot_all_leave(house: House, team: Team, _: int) -> None:
    owners = [team.ada, await house.member(), await house.member()]
    for owner in owners[1:]:
        await team.add(owner, "owner")
    answers = await asyncio.gather(
        *(owner.browser.delete(f"{team.path}/{owner.id}") for owner in owners)
    )
    assert sorted(answer.status_code for answer in answers) == [204, 204, 409]
    organizer = await house.users.organizer_by_slug(team.slug)
    left = await house.users.members_with(organizer.id, Permission.MEMBERS_MANAGE)
    assert len(left) == 1


async def test_only_owners_manage_the_team(house: House, team: Team) -> None:
    stranger, victim = await house.member(), await house.member()
    await team.add(victim, "door")
    body = {"email": stranger.email, "role": "owner"}

    async def tries(guest: Guest) -> set[int]:
        browser = guest.browser
        answers = (
            await browser.get(team.path),
            await browser.post(team.path, json=body),
            await browser.patch(f"{team.path}/{victim.id}", json={"role": "owner"}),
            await browser.delete(f"{team.path}/{victim.id}"),
        )
        return {answer.status_code for answer in answers}

    assert await tries(stranger) == {404}
    for role in set(ROLES) - {"owner"}:
        grace = await house.member()
        await team.add(grace, role)
        assert await tries(grace) == {403}, role
    assert (await team.roles())[victim.email] == "door"


async def test_a_member_of_another_team_is_not_found(house: House, team: Team) -> None:
    grace = await house.member()
    await grace.organizer()
    for user_id in (grace.id, new_id()):
        path = f"{team.path}/{user_id}"
        assert (await team.ada.browser.delete(path)).status_code == 404
        assert (await team.ada.browser.patch(path, json={"role": "door"})).status_code == 404
    assert len((await grace.get("/me")).json()["organizers"]) == 1


async def test_the_team_comes_in_pages(house: House, team: Team) -> None:
    for _ in range(4):
        await team.add(house.guest(), "door")
    seen: list[str] = []
    cursor = ""
    for left in (True, True, False):
        page = (await team.ada.get(f"{team.path}?limit=2{cursor}")).json()
        seen += [member["email"] for member in page["items"]]
        assert page["has_more"] is left
        cursor = f"&cursor={page['next_cursor']}"
    assert len(seen) == len(set(seen)) == 5
    assert seen[0] == team.ada.email
    for query in ("limit=0", "limit=101", "cursor=x", "cursor=WyJ4Il0", "cursor=%F0%9F%8E%B7"):
        assert (await team.ada.get(f"{team.path}?{query}")).status_code == 422


@pytest.mark.parametrize("body", [{"email": "x", "role": "door"}, {"email": "", "role": "owner"}])
async def test_a_member_has_an_address(team: Team, body: dict[str, str]) -> None:
    assert wrong_fields(await team.ada.post(team.path, body)) == {"/email": "bad_email"}


@pytest.mark.parametrize(
    "body",
    [
        {"email": "a@b.example", "role": "god"},
        {"email": "a@b.example"},
        {"email": "a@b.example", "role": "door", "organizer_id": str(new_id())},
    ],
)
async def test_only_the_fields_of_the_contract_pass(team: Team, body: dict[str, str]) -> None:
    assert (await team.ada.post(team.path, body)).status_code == 400


async def test_those_whom_a_permission_concerns_can_be_written_to(house: House, team: Team) -> None:
    support, door = await house.member("Sue"), await house.member("Doris")
    await team.add(support, "support")
    await team.add(door, "door")
    await team.add(house.guest(), "support")
    organizer = await house.users.organizer_by_slug(team.slug)
    contacts = await house.users.members_with(organizer.id, Permission.SUPPORT)
    assert contacts == [(team.ada.email, "Ada"), (support.email, "Sue")]
    assert await house.users.email_of(door.id) == door.email
    assert await house.users.email_of(new_id()) is None


def test_no_role_but_the_owner_manages_members() -> None:
    for role in ROLES:
        assert (Permission.MEMBERS_MANAGE in permissions_of(role)) == (role == "owner")
