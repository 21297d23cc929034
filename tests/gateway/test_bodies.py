"""JSON that is malformed, ambiguous or a bomb is refused with 4xx, and quickly."""

import json
from collections.abc import AsyncIterator
from time import thread_time
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.gateway.bodies import screen
from boxoffice.kernel.permissions import ORGANIZER_PERMISSIONS
from boxoffice.kernel.refusals import Refusal
from tests.gateway.edge import API, Edge, purchase

ORDERS = f"{API}/organizers/kulturhaus/orders"
JSON = {"content-type": "application/json"}
GOOD = json.dumps(purchase()).encode()
UUID = b'"01a204f7-419d-739a-8ba6-61787294be8e"'

BOMBS = {
    "arrays 10,000 deep": b"[" * 10_000,
    "closed arrays 10,000 deep": b"[" * 10_000 + b"]" * 10_000,
    "objects 10,000 deep": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "deep inside a known field": b'{"event_id":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "one member twice": GOOD[:-1] + b', "note": "a", "note": "b"}',
    "one member twice inside": b'{"event_id":' + UUID + b',"items":[{"quantity":1,"quantity":2}]}',
    "not a number": GOOD[:-1] + b', "note": NaN}',
    "infinity": GOOD[:-1] + b', "note": Infinity}',
    "minus infinity": GOOD[:-1] + b', "note": -Infinity}',
    "beyond a double": GOOD[:-1] + b', "note": 1e400}',
    "a number of a million digits": b'{"event_id":' + b"9" * 900_000 + b"}",
    "beyond 64 bits": b'{"event_id":' + UUID + b',"items":[{"quantity":99999999999999999999}]}',
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "UTF-16": GOOD.decode().encode("utf-16"),
    "invalid UTF-8": b'{"note":"\xff\xfe"}',
    "overlong UTF-8": b'{"note":"\xc0\xaf"}',
    "a lone surrogate": b'{"note":"\\ud800"}',
    "NUL in a text": GOOD[:-1] + b', "note": "a\\u0000b"}',
    "NUL in a name": GOOD[:-1] + b', "no\\u0000te": "a"}',
    "a raw control character": GOOD[:-1] + b', "note": "a\x01b"}',
    "a trailing comma": GOOD[:-1] + b",}",
    "a comment": GOOD + b"// hello",
    "two documents": GOOD + GOOD,
    "half a document": GOOD[: len(GOOD) // 2],
    "an array for a scalar": GOOD[:-1] + b', "note": ["a", "b"]}',
    "a list for the object": b"[" + GOOD + b"]",
    "null": b"null",
    "a bare string": b'"hello"',
    "a prototype": GOOD[:-1] + b', "__proto__": {"admin": true}}',
    "100,000 members": b'{"a0":0' + b"".join(b',"a%d":0' % n for n in range(1, 60_000)) + b"}",
}


@pytest.mark.parametrize("name", BOMBS)
async def test_a_bad_body_is_refused_quickly(edge: Edge, name: str) -> None:
    client = edge.client()
    started = thread_time()
    answer = await client.post(ORDERS, content=BOMBS[name], headers=JSON)
    seconds = thread_time() - started
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.json()["code"] in {"malformed_body", "invalid"}
    assert edge.ledger.effects == 0
    assert seconds < 0.5


async def test_ten_megabytes_are_too_large(edge: Edge) -> None:
    answer = await edge.client().post(ORDERS, content=b" " * 10_000_000, headers=JSON)
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


async def test_a_body_without_a_length_is_cut_off_at_the_limit(edge: Edge) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(200):
            yield b" " * 10_000

    answer = await edge.client().post(ORDERS, content=chunks(), headers=JSON)
    assert answer.status_code == 413


@pytest.mark.parametrize(("parts", "read"), [(0, 0), (9, 9), (200, 0)])
async def test_whoever_is_refused_unread_has_sent_all_before_it_unless_that_is_too_much(
    edge: Edge, parts: int, read: int
) -> None:
    sent = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(parts):
            sent += 1
            yield b" " * 10_000

    headers = JSON | {"content-length": str(parts * 10_000)}
    answer = await edge.client().post(f"{API}/things", content=chunks(), headers=headers)
    assert (answer.status_code, sent) == (405, read)


async def test_an_operation_may_allow_more(edge: Edge) -> None:
    token = edge.accounts.sign_in(*ORGANIZER_PERMISSIONS)
    client = edge.client(authorization=f"Bearer {token}")
    url = f"{API}/organizers/kulturhaus/cover"
    answer = await client.put(url, files={"image": ("a.png", b"x" * 2_000_000, "image/png")})
    assert (answer.status_code, answer.json()["note"]) == (200, "2000000")
    answer = await client.put(url, files={"image": ("a.png", b"x" * 4_000_000, "image/png")})
    assert answer.status_code == 413


async def test_only_json_is_taken_for_json(edge: Edge) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "", "application/xml"):
        answer = await edge.client().post(ORDERS, content=GOOD, headers={"content-type": kind})
        assert answer.status_code == 415, kind
    for charset in ("utf-16", "latin-1"):
        kind = f"application/json; charset={charset}"
        answer = await edge.client().post(ORDERS, content=GOOD, headers={"content-type": kind})
        assert answer.status_code == 415, charset
    kind = 'application/json; charset="UTF-8"'
    answer = await edge.client().post(ORDERS, content=GOOD, headers={"content-type": kind})
    assert answer.status_code == 201


async def test_too_many_parts_of_a_form_are_refused(edge: Edge) -> None:
    token = edge.accounts.sign_in(*ORGANIZER_PERMISSIONS)
    client = edge.client(authorization=f"Bearer {token}")
    files = [(f"f{n}", (f"{n}.png", b"x", "image/png")) for n in range(100)]
    answer = await client.put(f"{API}/organizers/kulturhaus/cover", files=files)
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "body", [b"", b"--x", b"--x\r\n\r\n", b"--x\r\nContent-Disposition: form-data"]
)
async def test_a_broken_form_is_refused(edge: Edge, body: bytes) -> None:
    token = edge.accounts.sign_in(*ORGANIZER_PERMISSIONS)
    client = edge.client(authorization=f"Bearer {token}")
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "application/json"):
        answer = await client.put(
            f"{API}/organizers/kulturhaus/cover", content=body, headers={"content-type": kind}
        )
        assert 400 <= answer.status_code < 500, (kind, answer.text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.integers(-(10**17), 10**17),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_screening_refuses_only_what_holds_a_nul(value: object) -> None:
    body = json.dumps(value).encode()
    if "\\u0000" in body.decode().replace("\\\\", ""):
        with pytest.raises(Refusal):
            screen(body)
    else:
        screen(body)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_screening(body: bytes) -> None:
    try:
        screen(body)
    except Refusal:
        return


async def test_a_client_that_leaves_amid_its_body_is_no_fault_of_ours(edge: Edge) -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": ORDERS,
        "raw_path": ORDERS.encode(),
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"content-length", b"100")],
        "client": ("198.51.100.7", 1),
    }
    await cast("Any", edge.app)(scope, receive, send)
    assert sent[0]["status"] == 400
    assert b"client_left" in sent[1]["body"]
