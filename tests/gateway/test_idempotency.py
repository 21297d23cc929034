"""An Idempotency-Key acts once; the gateway says whose key it is and what was asked with it."""

import secrets
from uuid import uuid4

import pytest

from boxoffice.gateway.idempotency import demand_unguessable
from boxoffice.gateway.refusals import WeakIdempotencyKey
from boxoffice.kernel.ids import new_id
from tests.gateway.edge import API, Edge, purchase

ORDERS = f"{API}/organizers/kulturhaus/orders"


async def test_a_retry_with_the_visitor_cookie_gets_the_first_answer_again(edge: Edge) -> None:
    client, key, body = edge.client(), str(uuid4()), purchase()
    first = await client.post(ORDERS, json=body, headers={"idempotency-key": key})
    again = await client.post(ORDERS, json=body, headers={"idempotency-key": key})
    assert first.json() == again.json()
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert edge.ledger.effects == 1


async def test_a_retry_whose_cookie_got_lost_gets_the_first_answer_again(edge: Edge) -> None:
    key, body = str(uuid4()), purchase()
    for _ in range(3):
        answer = await edge.client().post(ORDERS, json=body, headers={"idempotency-key": key})
        assert answer.status_code == 201
    assert edge.ledger.effects == 1


async def test_the_same_key_of_another_visitor_is_another_key(edge: Edge) -> None:
    key = str(uuid4())
    alice, bob = edge.client(), edge.client()
    for client in (alice, bob):
        await client.post(ORDERS, json=purchase())
    answers = [
        await client.post(ORDERS, json=purchase(), headers={"idempotency-key": key})
        for client in (alice, bob)
    ]
    scopes = {answer.json()["scope"] for answer in answers}
    assert len(scopes) == 2
    assert edge.ledger.effects == 4


async def test_an_account_uses_its_key_on_all_its_devices(edge: Edge) -> None:
    token = edge.accounts.sign_in()
    key, body = "easy", purchase()
    for _ in range(2):
        client = edge.client(authorization=f"Bearer {token}")
        answer = await client.post(ORDERS, json=body, headers={"idempotency-key": key})
        assert answer.json()["scope"] == f"user:{edge.accounts.actors[token].user_id}"
    assert edge.ledger.effects == 1


async def test_a_guessable_key_of_nobody_is_refused(edge: Edge) -> None:
    for path in (ORDERS, f"{API}/reports"):
        body = purchase() if path == ORDERS else None
        answer = await edge.client().post(path, json=body, headers={"idempotency-key": "order-1"})
        assert (answer.status_code, answer.json()["code"]) == (400, "weak_idempotency_key")
    assert edge.ledger.effects == 0


async def test_an_unguessable_key_of_nobody_has_a_scope_of_its_own(edge: Edge) -> None:
    headers = {"idempotency-key": f'"{uuid4()}"'}
    answer = await edge.client().post(f"{API}/reports", headers=headers)
    assert answer.json()["scope"] == "anonymous"


@pytest.mark.parametrize("key", ["", " ", '""', "a" * 256, "a b", "a\x7fb", "ключ", "a\tb"])
async def test_a_key_is_visible_text_of_reasonable_length(edge: Edge, key: str) -> None:
    headers = {b"idempotency-key": key.encode()}
    answer = await edge.client().post(f"{API}/reports", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_idempotency_key")


def test_random_keys_are_unguessable_and_counted_ones_are_not() -> None:
    for strong in (str(uuid4()), uuid4().hex, secrets.token_urlsafe(24), secrets.token_hex(16)):
        demand_unguessable(strong)
    for weak in (str(new_id()), "1" * 60, "order-2027-000001", "ab" * 40, secrets.token_hex(8)):
        with pytest.raises(WeakIdempotencyKey):
            demand_unguessable(weak)
