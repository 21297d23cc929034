"""Staying signed in: each refresh token works once, and a copy ends the session."""

import asyncio

import httpx2
import pytest

from boxoffice.kernel.keyring import Keyring
from boxoffice.services.users.links import RefreshToken, RefreshTokens
from tests.services.users.house import Guest, House


async def works(ada: Guest, access_token: str) -> bool:
    async with ada.house.client() as program:
        headers = {"authorization": f"Bearer {access_token}"}
        return (await program.get("/me", headers=headers)).status_code == 200


async def pass_time(house: House, ada: Guest, seconds: float) -> None:
    """Move the user's sessions into the past."""
    await house.change(
        "UPDATE users.sessions SET rotated_at = rotated_at - make_interval(secs => $2), "
        "created_at = created_at - make_interval(secs => $2), "
        "expires_at = expires_at - make_interval(secs => $2) WHERE user_id = $1",
        ada.id,
        seconds,
    )


async def test_a_refresh_gives_both_tokens_anew(ada: Guest) -> None:
    first = ada.session["refresh_token"]
    answer = await ada.refresh(first)
    assert answer.status_code == 200
    renewed = answer.json()
    assert renewed["refresh_token"] != first
    assert renewed["me"] == ada.session["me"]
    assert (renewed["token_type"], renewed["expires_in"]) == ("Bearer", 900)
    assert await works(ada, renewed["access_token"])


async def test_a_browser_refreshes_with_its_cookie(ada: Guest) -> None:
    answer = await ada.post("/auth/refresh", {})
    assert answer.status_code == 200
    assert ada.browser.cookies["__Host-boxoffice_refresh"] == answer.json()["refresh_token"]
    again = await ada.post("/auth/refresh", {"refresh_token": None})
    assert again.status_code == 200
    assert again.json()["refresh_token"] != answer.json()["refresh_token"]


async def test_ten_tabs_at_once_share_one_successor(ada: Guest) -> None:
    token = ada.session["refresh_token"]
    for _ in range(5):
        answers = await asyncio.gather(*(ada.refresh(token) for _ in range(10)))
        assert [answer.status_code for answer in answers] == [200] * 10
        successors = {answer.json()["refresh_token"] for answer in answers}
        assert len(successors) == 1
        assert successors != {token}
        (token,) = successors
    generations = await ada.house.column(
        "SELECT generation FROM users.sessions WHERE user_id = $1", ada.id
    )
    assert generations == [5]


async def test_the_predecessor_works_for_ten_seconds(house: House, ada: Guest) -> None:
    first = ada.session["refresh_token"]
    second = (await ada.refresh(first)).json()["refresh_token"]
    await pass_time(house, ada, 8)
    assert (await ada.refresh(first)).json()["refresh_token"] == second
    await pass_time(house, ada, 3)
    answer = await ada.refresh(first)
    assert (answer.status_code, answer.json()["code"]) == (401, "session_over")


async def test_a_copy_that_comes_back_ends_the_whole_family(house: House, ada: Guest) -> None:
    answers = [ada.session]
    for _ in range(3):
        answers.append(
            (await ada.refresh(answers[-1]["refresh_token"])).json()
        )  # each needs the one before
    tokens = [answer["refresh_token"] for answer in answers]
    assert await works(ada, answers[-1]["access_token"])
    assert (await ada.refresh(tokens[1])).status_code == 401
    assert [(await ada.refresh(token)).status_code for token in tokens] == [401] * 4
    assert not await works(house_of_another(house, ada), answers[-1]["access_token"])
    because = await house.column(
        "SELECT ended_because FROM users.sessions WHERE user_id = $1", ada.id
    )
    assert because == ["token_reused"]


def house_of_another(house: House, ada: Guest) -> Guest:
    """The same account in front of a process that remembers nothing."""
    guest = Guest(House(house.db))
    guest.session = ada.session
    return guest


async def test_thief_and_owner_racing_end_up_with_one_chain_or_none(ada: Guest) -> None:
    token = ada.session["refresh_token"]
    second = (await ada.refresh(token)).json()["refresh_token"]
    third = (await ada.refresh(second)).json()["refresh_token"]
    answers = await asyncio.gather(*(ada.refresh(text) for text in [token, third] * 10))
    assert {answer.status_code for answer in answers} <= {200, 401}
    assert (await ada.refresh(third)).status_code == 401


async def test_another_session_of_the_account_lives_on(ada: Guest) -> None:
    phone = ada.session
    laptop = (await ada.log_in()).json()
    second = (await ada.refresh(phone["refresh_token"])).json()["refresh_token"]
    await ada.refresh(second)
    await ada.refresh(phone["refresh_token"])
    assert (await ada.refresh(second)).status_code == 401
    assert (await ada.refresh(laptop["refresh_token"])).status_code == 200


@pytest.mark.parametrize(("seconds", "status"), [(30 * 86400 - 5, 200), (30 * 86400 + 1, 401)])
async def test_a_session_lasts_thirty_days(
    house: House, ada: Guest, seconds: int, status: int
) -> None:
    await pass_time(house, ada, seconds)
    assert (await ada.refresh(ada.session["refresh_token"])).status_code == status


async def test_refreshing_does_not_prolong_a_session(house: House, ada: Guest) -> None:
    await pass_time(house, ada, 29 * 86400)
    token = (await ada.refresh(ada.session["refresh_token"])).json()["refresh_token"]
    await pass_time(house, ada, 86400 + 1)
    assert (await ada.refresh(token)).status_code == 401


async def test_forged_refresh_tokens_are_refused(house: House, ada: Guest) -> None:
    token = ada.session["refresh_token"]
    (session_id,) = await house.column("SELECT id FROM users.sessions WHERE user_id = $1", ada.id)
    foreign = RefreshTokens(Keyring("another root secret just as long as ours"))
    forged = [
        "x", "ä" * 70, "\0" * 70, token[:-1], token + "A", token + "=", " " + token,
        token[:10] + ("A" if token[10] != "A" else "B") + token[11:],
        foreign.write(RefreshToken(session_id=session_id, generation=0)),
        ada.session["access_token"], "." * 70, "A" * 70, "=" * 70, "A" * 100_000,
    ]  # fmt: skip
    for text in forged:
        answer = await ada.refresh(text)
        assert (answer.status_code, answer.json()["code"]) == (401, "session_over"), text[:80]
    assert (await ada.refresh(token)).status_code == 200


async def test_without_any_token_there_is_nothing_to_refresh(house: House) -> None:
    assert (await house.guest().post("/auth/refresh", {})).status_code == 401


async def test_signing_out_ends_the_session_and_takes_the_cookies_back(ada: Guest) -> None:
    kept = ada.session
    answer = await ada.post("/auth/logout")
    assert (answer.status_code, answer.content) == (204, b"")
    assert not dict(ada.browser.cookies)
    assert not await works(ada, kept["access_token"])
    assert (await ada.refresh(kept["refresh_token"])).status_code == 401
    assert (await ada.post("/auth/logout")).status_code == 204


async def test_a_program_signs_out_with_its_bearer_token(ada: Guest) -> None:
    async with ada.house.client() as program:
        answer = await program.post("/auth/logout", headers=ada.bearer)
    assert answer.status_code == 204
    assert not await works(ada, ada.session["access_token"])


async def test_signing_out_with_rubbish_is_no_mistake(house: House) -> None:
    async with house.client() as program:
        for headers in (
            {"authorization": "Bearer x.y.z"},
            {"cookie": "__Host-boxoffice_refresh=x"},
        ):
            answer: httpx2.Response = await program.post("/auth/logout", headers=headers)
            assert answer.status_code == 204


async def test_a_disabled_account_cannot_refresh(house: House, ada: Guest) -> None:
    await house.change(
        "UPDATE users.users SET disabled_at = clock_timestamp() WHERE id = $1", ada.id
    )
    assert (await ada.refresh(ada.session["refresh_token"])).status_code == 401


async def test_old_sessions_are_tidied_away(house: House, ada: Guest) -> None:
    await ada.log_in()
    await ada.post("/auth/logout")
    await house.change(
        "UPDATE users.sessions SET ended_at = ended_at - interval '25 hours' WHERE user_id = $1",
        ada.id,
    )
    assert await house.users.sessions.tidy() >= 1
    left = await house.column("SELECT ended_at FROM users.sessions WHERE user_id = $1", ada.id)
    assert left == [None]
