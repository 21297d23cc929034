"""Accounts and organizers made by the command line, and clockwork."""

import pytest

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import Invalid
from boxoffice.services.users.jobs import periodic
from tests.services.users.house import PASSWORD, Guest, House


def somebody(house: House, password: str = PASSWORD) -> tuple[Guest, dict[str, str]]:
    guest = house.guest()
    guest.password = password
    return guest, {"email": guest.email, "name": "Olga", "password": password}


async def test_a_provisioned_owner_signs_in_and_runs_the_organizer(house: House) -> None:
    guest, person = somebody(house)
    slug = f"demo-{new_id().hex[-8:]}"
    owner_id = await house.users.provisioning.ensure_account(**person)
    for _ in range(2):
        assert await house.users.provisioning.ensure_account(**person) == owner_id
        organizer = await house.users.provisioning.ensure_organizer(
            slug=slug, name="Demo", owner_id=owner_id
        )
        assert organizer.slug == slug
    assert (await guest.log_in()).status_code == 200
    (team,) = guest.session["me"]["organizers"]
    assert (team["slug"], team["role"]) == (slug, "owner")
    assert "users.user_registered.v1" not in await house.told(owner_id)


async def test_provisioning_again_changes_no_password(house: House) -> None:
    guest, person = somebody(house)
    first = await house.users.provisioning.ensure_account(**person)
    again = await house.users.provisioning.ensure_account(
        **person | {"password": "eleven loud geese", "name": "Other"}
    )
    assert first == again
    assert (await guest.log_in()).status_code == 200
    assert guest.session["me"]["user"]["name"] == "Olga"


async def test_a_platform_admin_is_known_as_one(house: House) -> None:
    guest, person = somebody(house)
    await house.users.provisioning.ensure_account(**person)
    await guest.log_in()
    token = guest.session["access_token"]
    assert not (await house.users.authenticate(token)).platform_admin
    for _ in range(2):
        await house.users.provisioning.ensure_platform_admin(**person)
    assert (await house.users.authenticate_afresh(token)).platform_admin
    assert (await guest.get("/me")).json()["user"]["platform_admin"] is True


async def test_operators_choose_good_passwords_too(house: House) -> None:
    _, person = somebody(house, "password")
    with pytest.raises(Invalid):
        await house.users.provisioning.ensure_account(**person)


async def test_tidying_runs_by_the_clock(house: House) -> None:
    (job,) = periodic(house.users)
    assert job.name == "users.tidy_sessions"
    assert len(job.schedule.split()) == 5
    await job.run()
