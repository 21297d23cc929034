"""Opening an account: nobody learns whether an address has one; only its owner can confirm it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.keyring import Keyring
from boxoffice.services.users.links import Registration, VerificationLinks
from tests.services.users.house import KEYRING, PASSWORD, Guest, House, wrong_fields


async def test_who_proved_the_address_signs_in(house: House) -> None:
    guest = house.guest()
    registered = await guest.register(name="  Ada Lovelace ")
    assert registered.status_code == 201
    assert registered.json() == {
        "user": {
            "id": str(await house.user_id(guest.email)),
            "email": guest.email,
            "name": "Ada Lovelace",
            "email_verified": False,
            "platform_admin": False,
        },
        "organizers": [],
    }
    verified = await guest.verify()
    assert verified.status_code == 200
    assert verified.json()["user"]["email_verified"] is True
    assert (await guest.log_in()).status_code == 200


async def test_an_unproved_address_signs_nobody_in(house: House) -> None:
    guest = house.guest()
    await guest.register()
    answer = await guest.log_in()
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")


async def test_a_known_address_gets_the_same_answer_as_a_new_one(house: House, ada: Guest) -> None:
    stranger = house.guest()
    new = await stranger.register()
    unproved = await stranger.register()
    known = await stranger.register(email=ada.email)
    assert [answer.status_code for answer in (new, unproved, known)] == [201, 201, 201]
    assert len({answer.json()["user"]["id"] for answer in (new, unproved, known)}) == 3
    for answer in (unproved, known):
        assert shape(answer.json()) == shape(new.json())
        assert answer.headers.keys() == new.headers.keys()


async def test_a_known_address_costs_the_same_work_as_a_new_one(
    house: House, ada: Guest, hashing: list[str]
) -> None:
    """Time would tell who has an account, and nearly all of it goes into hashing."""
    work: list[list[str]] = []
    for email in (f"{new_id().hex}@example.org", ada.email):
        hashing.clear()
        await house.guest().register(email=email)
        work.append(list(hashing))
    assert work[0] == work[1] != []


async def test_only_the_owner_hears_that_an_account_exists(house: House, ada: Guest) -> None:
    await house.guest().register(email=ada.email.upper(), name="Mallory", password="a thief's idea")
    assert (await house.told(ada.id))[-1] == "users.registration_repeated.v1"
    assert (await ada.get("/me")).json()["user"]["name"] == "Ada"
    assert (await ada.log_in()).status_code == 200


async def test_the_last_registration_of_an_unproved_address_counts(house: House) -> None:
    first, second = house.guest(), house.guest()
    second.email, second.password = first.email, "eleven loud geese"
    await first.register()
    old_mail = await house.users.verification_mail_data(await house.user_id(first.email))
    await second.register(name="Grace")
    assert old_mail is not None
    refused = await first.post("/auth/verify-email", {"token": old_mail.token})
    assert (refused.status_code, refused.json()["code"]) == (422, "link_invalid")
    assert (await second.verify()).json()["user"]["name"] == "Grace"
    assert (await first.log_in()).status_code == 401
    assert (await second.log_in()).status_code == 200


async def test_twenty_registrations_of_one_address_at_once_make_one_account(house: House) -> None:
    guest = house.guest()
    answers = await asyncio.gather(*(guest.register() for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    user_id = await house.user_id(guest.email)
    assert await house.told(user_id) == ["users.user_registered.v1"] * 20


async def test_a_link_works_once(house: House) -> None:
    guest = house.guest()
    await guest.register()
    mail = await house.users.verification_mail_data(await house.user_id(guest.email))
    assert mail is not None
    assert (mail.email, mail.name) == (guest.email, "Ada")
    answers = await asyncio.gather(
        *(guest.post("/auth/verify-email", {"token": mail.token}) for _ in range(5))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 410, 410, 410, 410]
    assert {a.json()["code"] for a in answers if a.status_code == 410} == {"link_used"}
    assert await house.users.verification_mail_data(await house.user_id(guest.email)) is None


@pytest.mark.parametrize(
    ("age", "status"),
    [(timedelta(hours=23, minutes=59), 200), (timedelta(hours=24, seconds=1), 410)],
)
async def test_a_link_lasts_a_day(house: House, age: timedelta, status: int) -> None:
    guest = house.guest()
    await guest.register()
    user_id = await house.user_id(guest.email)
    (password_hash,) = await house.column(
        "SELECT password_hash FROM users.users WHERE id = $1", user_id
    )
    registration = Registration(user_id=user_id, email=guest.email, password_hash=password_hash)
    token = VerificationLinks(KEYRING).write(
        registration, expires_at=datetime.now(UTC) - age + timedelta(hours=24)
    )
    answer = await guest.post("/auth/verify-email", {"token": token})
    assert answer.status_code == status


async def test_forged_links_are_refused(house: House, ada: Guest) -> None:
    guest = house.guest()
    await guest.register()
    user_id = await house.user_id(guest.email)
    mail = await house.users.verification_mail_data(user_id)
    assert mail is not None
    token = mail.token
    foreign = VerificationLinks(Keyring("another root secret just as long as ours"))
    forged = [
        "", "x", "ä" * 72, "\0" * 72, token[:-1], token + "A", token + "=", token[:-1] + "~",
        token[1:] + token[0], "A" * len(token), "_" * len(token), token.swapcase(),
        ada.session["refresh_token"], ada.session["access_token"],
        foreign.write(
            Registration(user_id=user_id, email=guest.email, password_hash=""),
            expires_at=datetime.now(UTC) + timedelta(hours=1),
        ),
    ]  # fmt: skip
    for text in forged:
        answer = await guest.post("/auth/verify-email", {"token": text})
        assert (answer.status_code, answer.json()["code"]) == (422, "link_invalid"), text
    assert (await guest.verify()).status_code == 200


async def test_every_wrong_field_is_named(house: House) -> None:
    answer = await house.guest().register(email="nobody", name=" ", password="short")
    assert wrong_fields(answer) == {
        "/email": "bad_email",
        "/name": "missing",
        "/password": "too_short",
    }


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "12345678",
        "qwertyuiop",
        "letmein123",
        "boxoffice2026!",
        "Ada.Lovelace.1815",
        "a" * 64,
    ],
)
async def test_easy_passwords_are_refused(house: House, password: str) -> None:
    answer = await house.guest().register(name="Ada Lovelace", password=password)
    assert wrong_fields(answer) == {"/password": "weak_password"}


async def test_nothing_that_was_typed_is_kept_in_the_clear(house: House, ada: Guest) -> None:
    kept = await house.column(
        "SELECT row_to_json(u)::text FROM users.users u WHERE id = $1 UNION ALL "
        "SELECT row_to_json(s)::text FROM users.sessions s WHERE user_id = $1 UNION ALL "
        "SELECT o.payload::text FROM data.outbox o WHERE payload->>'user_id' = $1::text UNION ALL "
        "SELECT row_to_json(a)::text FROM data.audit_log a WHERE subject = 'user:' || $1::text",
        ada.id,
    )
    assert len(kept) >= 5
    secrets = (PASSWORD, ada.session["refresh_token"], ada.session["access_token"])
    assert not [secret for secret in secrets if secret in "".join(kept)]
    assert not [text for text in kept[1:] if ada.email in text]


def shape(value: object) -> object:
    """A JSON value without what differs between two accounts."""
    if isinstance(value, dict):
        return {name: shape(member) for name, member in value.items()}
    return type(value)
