"""Becoming an organizer, and finding one."""

import asyncio

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from boxoffice.data.postgres import Database
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.users import directory
from tests.services.users.house import Guest, House, wrong_fields


async def test_the_creator_is_the_owner(ada: Guest) -> None:
    name = f"Café Zürich {new_id().hex[-8:]}"
    answer = await ada.post("/organizers", {"name": f" {name} "})
    assert answer.status_code == 201
    organizer = answer.json()
    assert organizer == {
        "id": organizer["id"],
        "slug": name.lower().replace("é", "e").replace("ü", "u").replace(" ", "-"),
        "name": name,
        "description": "",
        "contact_email": None,
    }
    (team,) = (await ada.get("/me")).json()["organizers"]
    assert (team["slug"], team["role"], team["name"]) == (organizer["slug"], "owner", name)
    assert {"members:manage", "events:write", "scan"} <= set(team["permissions"])
    async with ada.house.client() as anybody:
        seen = await anybody.get(f"/organizers/{organizer['slug']}")
    assert (seen.status_code, seen.json()) == (200, organizer)


async def test_nobody_becomes_an_organizer_without_an_account(house: House) -> None:
    assert (await house.guest().post("/organizers", {"name": "X"})).status_code == 401


async def test_equal_names_get_different_slugs(ada: Guest) -> None:
    name = f"Hall {new_id().hex[-8:]}"
    answers = await asyncio.gather(*(ada.post("/organizers", {"name": name}) for _ in range(12)))
    assert {answer.status_code for answer in answers} == {201}
    base = name.lower().replace(" ", "-")
    slugs = {answer.json()["slug"] for answer in answers}
    assert len(slugs) == 12
    assert {base, f"{base}-2", f"{base}-9"} <= slugs


async def test_a_wanted_slug_is_given_or_refused(ada: Guest) -> None:
    slug = f"hall-{new_id().hex[-8:]}"
    answers = await asyncio.gather(
        *(ada.post("/organizers", {"name": "Hall", "slug": slug}) for _ in range(5))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"slug_taken"}


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("api", "reserved_slug"),
        ("me", "reserved_slug"),
        ("e", "bad_slug"),
        ("Hall", "bad_slug"),
        ("../etc", "bad_slug"),
        ("a--b", "bad_slug"),
        ("-ab", "bad_slug"),
        ("halle-ö", "bad_slug"),
        ("x" * 64, "bad_slug"),
        ("hall\n", "bad_slug"),
    ],
)
async def test_some_slugs_nobody_gets(ada: Guest, slug: str, code: str) -> None:
    answer = await ada.post("/organizers", {"name": "Hall", "slug": slug})
    assert wrong_fields(answer) == {"/slug": code}


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "missing"), (" \t ", "missing"), ("x" * 201, "too_long"), ("a\0b", "bad_character")],
)
async def test_an_organizer_has_a_name(ada: Guest, name: str, code: str) -> None:
    assert wrong_fields(await ada.post("/organizers", {"name": name})) == {"/name": code}


@pytest.mark.parametrize("name", ["東京ホール", "O'Brien & Søn", "مسرح", "API", "🎷", "Null"])
async def test_every_script_can_name_an_organizer(ada: Guest, name: str) -> None:
    answer = await ada.post("/organizers", {"name": name})
    assert answer.status_code == 201
    assert answer.json()["name"] == name


async def test_a_repeated_request_makes_one_organizer(ada: Guest) -> None:
    body, key = {"name": f"Hall {new_id().hex[-8:]}"}, str(new_id())
    answers = await asyncio.gather(
        *(
            ada.browser.post("/organizers", json=body, headers={"idempotency-key": key})
            for _ in range(8)
        )
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len((await ada.get("/me")).json()["organizers"]) == 1


@pytest.mark.parametrize("slug", ["nobody-here", "NOBODY", "a%00b", "%2e%2e", "ö", "x" * 5000])
async def test_an_unknown_organizer_is_not_found(house: House, slug: str) -> None:
    assert (await house.guest().get(f"/organizers/{slug}")).status_code == 404


async def test_finding_an_organizer_again_costs_no_query(
    db: Database, house: House, ada: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug, unknown = await ada.organizer(), f"nobody-{new_id().hex[-8:]}"
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    async def ask() -> None:
        found = await house.users.organizer_by_slug(slug)
        assert (await house.users.organizer(found.id)).slug == slug
        with pytest.raises(NotFound):
            await house.users.organizer_by_slug(unknown)

    event.listen(Engine, "before_cursor_execute", note)
    await asyncio.gather(*(ask() for _ in range(50)))
    await ask()
    event.remove(Engine, "before_cursor_execute", note)
    assert len([text for text in statements if "users.organizers" in text]) == 3
    assert directory.FRESH_SECONDS <= 5


async def test_an_organizer_that_was_asked_for_before_is_known_once_it_exists(
    house: House, ada: Guest
) -> None:
    slug = f"hall-{new_id().hex[-8:]}"
    assert (await ada.get(f"/organizers/{slug}")).status_code == 404
    await ada.post("/organizers", {"name": "Hall", "slug": slug})
    assert (await ada.get(f"/organizers/{slug}")).status_code == 200
    organizer = await house.users.organizer_by_slug(slug)
    with pytest.raises(NotFound):
        await house.users.organizer(new_id())
    assert await house.told(ada.id) == [
        "users.user_registered.v1",
        "users.email_verified.v1",
        "users.member_added.v1",
    ]
    assert await house.column(
        "SELECT name FROM data.outbox WHERE organizer_id = $1 ORDER BY name", organizer.id
    ) == ["users.member_added.v1", "users.organizer_created.v1"]
