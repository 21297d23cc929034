"""Whatever goes wrong under /api is a problem document, never HTML, never a bare string."""

import json
from typing import Any

import httpx2
import pytest
from asyncpg.exceptions import CannotConnectNowError, LockNotAvailableError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from tests.gateway.edge import API, PUBLIC_URL, Edge, purchase

REFUSED = [
    ("GET", "/nowhere", 404, "not_found"),
    ("GET", "/organizers/kulturhaus/orders/not-a-uuid", 404, "not_found"),
    ("PUT", "/things", 405, "method_not_allowed"),
    ("TRACE", "/things", 405, "method_not_allowed"),
    ("BREW", "/things", 405, "method_not_allowed"),
    ("GET", "/things?limit=many", 422, "invalid"),
    ("GET", "/things?limit=%00", 400, "malformed_request"),
    ("GET", "/thi%00ngs", 400, "malformed_request"),
    ("GET", "/sold-out", 409, "sold_out"),
    ("GET", "/broken", 500, "internal_error"),
    ("GET", "/me", 401, "not_authenticated"),
    ("POST", "/organizers/nobody/orders", 404, "organizer_not_found"),
]


def problem_of(answer: httpx2.Response) -> dict[str, Any]:
    """The problem document of a refusal, checked for what every one of them has."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["trace_id"] == answer.headers["x-request-id"]
    assert problem["type"] == f"{PUBLIC_URL}/api/docs/problems/{problem['code']}"
    assert problem["title"]
    assert problem["detail"]
    return problem


@pytest.mark.parametrize(("method", "path", "status", "code"), REFUSED)
async def test_every_refusal_is_a_problem_document(
    edge: Edge, method: str, path: str, status: int, code: str
) -> None:
    body = purchase() if method == "POST" else None
    answer = await edge.client().request(method, API + path, json=body)
    assert answer.status_code == status, answer.text
    assert problem_of(answer)["code"] == code


async def test_the_facts_of_a_refusal_are_members_of_its_document(edge: Edge) -> None:
    problem = problem_of(await edge.client().get(f"{API}/sold-out"))
    assert problem["wanted"] == 3
    assert problem["left"] == "00000000-0000-0000-0000-000000000001"


async def test_a_fault_of_ours_tells_the_client_nothing_about_our_insides(edge: Edge) -> None:
    answer = await edge.client().get(f"{API}/broken")
    assert "secret-inside" not in answer.text
    assert "Traceback" not in answer.text


async def test_a_fault_of_ours_is_logged_with_its_trace_id_and_traceback(
    edge: Edge, logged: list[dict[str, Any]]
) -> None:
    answer = await edge.client().get(f"{API}/broken")
    line = next(line for line in logged if line["event"] == "request failed")
    assert line["trace_id"] == answer.headers["x-request-id"]
    assert isinstance(line["exc_info"], RuntimeError)


@pytest.mark.parametrize(
    ("trouble", "status", "code"),
    [
        (ConnectionRefusedError("no database"), 503, "unavailable"),
        (TimeoutError(), 503, "unavailable"),
        (DBAPIError("", {}, Exception(), connection_invalidated=True), 503, "unavailable"),
        (DBAPIError("", {}, CannotConnectNowError()), 503, "unavailable"),
        (PoolTimeout(), 429, "busy"),
        (DBAPIError("", {}, LockNotAvailableError()), 429, "busy"),
        (DBAPIError("", {}, Exception()), 500, "internal_error"),
    ],
)
async def test_a_server_that_is_gone_or_overrun_is_worth_another_try(
    edge: Edge, trouble: Exception, status: int, code: str
) -> None:
    edge.ledger.trouble = trouble
    answer = await edge.client().post(f"{API}/organizers/kulturhaus/orders", json=purchase())
    assert (answer.status_code, problem_of(answer)["code"]) == (status, code)
    assert ("retry-after" in answer.headers) == (status != 500)


async def test_a_part_that_is_down_is_logged_in_a_line_and_not_with_a_traceback_each_time(
    edge: Edge, logged: list[dict[str, Any]]
) -> None:
    edge.ledger.trouble = ConnectionRefusedError("no database")
    await edge.client().post(f"{API}/organizers/kulturhaus/orders", json=purchase())
    line = next(line for line in logged if line["event"] == "request failed")
    assert line["error"] == "ConnectionRefusedError: no database"
    assert "exc_info" not in line


async def test_a_refused_method_names_the_allowed_ones(edge: Edge) -> None:
    answer = await edge.client().put(f"{API}/things")
    assert "GET" in answer.headers["allow"]


async def test_an_unauthenticated_answer_says_how_to_authenticate(edge: Edge) -> None:
    answer = await edge.client().get(f"{API}/me")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_the_type_of_a_problem_is_a_page_that_explains_it(edge: Edge) -> None:
    client = edge.client()
    problem = problem_of(await client.get(f"{API}/sold-out"))
    page = await client.get(problem["type"])
    assert page.status_code == 200
    assert "sold_out" in page.text
    assert "These tickets are gone." in page.text


async def test_an_unknown_problem_code_is_not_found(edge: Edge) -> None:
    answer = await edge.client().get("/api/docs/problems/no_such_code")
    assert problem_of(answer)["code"] == "not_found"


async def test_an_unknown_address_under_api_is_a_problem_and_no_page(edge: Edge) -> None:
    for path in ("/api/v2/things", "/api/nothing", "/assets/gone.js", "/media/none.webp"):
        assert problem_of(await edge.client().get(path))["status"] == 404


async def test_each_wrong_field_is_named_by_a_pointer(edge: Edge) -> None:
    url = f"{API}/organizers/kulturhaus/orders"
    wrong = purchase()
    wrong["items"][0]["quantity"] = "2"
    cases = [
        (json.dumps(wrong), "/items/0/quantity", "wrong_type"),
        (json.dumps({"items": []}), "/event_id", "missing"),
        (json.dumps(purchase(extra=1)), "/extra", "unknown_field"),
        (json.dumps(purchase(event_id="x")), "/event_id", "malformed"),
        (json.dumps(purchase(note="a\x00b")), "/note", "bad_character"),
        ("[]", "", "wrong_type"),
        ("", "", "missing"),
    ]
    for body, pointer, code in cases:
        answer = await edge.client().post(
            url, content=body, headers={"content-type": "application/json"}
        )
        assert answer.status_code == 422, (body, answer.text)
        (error,) = problem_of(answer)["errors"]
        assert (error["pointer"], error["code"]) == (pointer, code), answer.text
