"""What every answer carries: a trace id, security headers, and a word on who may keep it."""

import asyncio
import io
import json
import logging
import re
import sys
from collections import deque
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import structlog

from boxoffice.gateway import logs
from boxoffice.gateway.logs import configure_logging
from tests.gateway.edge import API, Edge, purchase

PATHS = [
    f"{API}/things",
    f"{API}/nowhere",
    f"{API}/broken",
    f"{API}/me",
    "/",
    "/e/kulturhaus/night-train",
    "/e/kulturhaus/unknown",
    "/nowhere",
    "/assets/main-abc123.js",
    "/assets/gone.js",
    "/media/covers/train.webp",
    "/healthz",
    "/readyz",
    "/api/docs",
    "/api/openapi.json",
    "/sitemap.xml",
    "/robots.txt",
]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_is_traced_and_guarded(edge: Edge, path: str) -> None:
    for method in ("GET", "HEAD", "POST"):
        answer = await edge.client().request(method, path)
        assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["strict-transport-security"].startswith("max-age=63072000")
        assert "content-security-policy" in answer.headers
        assert "server" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
async def test_plain_http_promises_no_https(edge_with: Any, path: str) -> None:
    answer = await edge_with(public_url="http://localhost:8000").client().get(path)
    assert "strict-transport-security" not in answer.headers


async def test_no_page_runs_inline_scripts_but_the_one_known_by_its_hash(edge: Edge) -> None:
    for path in ("/", "/e/kulturhaus/night-train", "/nowhere", "/signin"):
        policy = (await edge.client().get(path)).headers["content-security-policy"]
        directives: dict[str, str] = {}
        for part in policy.split(";"):
            name, _, sources = part.strip().partition(" ")
            directives[name] = sources
        assert "unsafe-inline" not in policy
        assert "'unsafe-eval'" not in policy
        assert re.search(r"'sha256-[A-Za-z0-9+/]{43}='", directives["script-src"])
        assert directives["object-src"] == directives["base-uri"] == "'none'"
        assert directives["frame-ancestors"] == "'none'"


async def test_the_asset_host_is_allowed_where_it_is_needed(edge_with: Any) -> None:
    edge = edge_with(asset_base_url="https://cdn.example/boxoffice")
    answer = await edge.client().get("/")
    assert 'src="https://cdn.example/boxoffice/assets/main-abc123.js"' in answer.text
    assert "script-src 'self' https://cdn.example " in answer.headers["content-security-policy"]


async def test_answers_of_the_api_are_not_kept_unless_the_operation_says_so(edge: Edge) -> None:
    client = edge.client()
    assert (await client.get(f"{API}/things")).headers["cache-control"] == "no-store"
    assert (await client.get(f"{API}/cached")).headers["cache-control"] == "public, max-age=5"


async def test_a_harmless_request_id_is_taken_over(edge: Edge) -> None:
    for offered in ("abcdefgh", "client-2027.03_14", "a" * 64):
        answer = await edge.client().get(f"{API}/things", headers={"x-request-id": offered})
        assert answer.headers["x-request-id"] == answer.json()["trace_id"] == offered


@pytest.mark.parametrize("offered", ["", "short", "a" * 65, "a b c d e f", "<script>1", "é" * 10])
async def test_any_other_request_id_is_replaced(edge: Edge, offered: str) -> None:
    headers = {b"x-request-id": offered.encode("latin-1")}
    answer = await edge.client().get(f"{API}/things", headers=headers)
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])


async def test_a_head_answer_is_the_get_answer_without_its_body(edge: Edge) -> None:
    for path in (f"{API}/things", "/e/kulturhaus/night-train", "/assets/main-abc123.js"):
        get, head = await edge.client().get(path), await edge.client().head(path)
        assert head.status_code == get.status_code == 200
        assert head.content == b""
        assert head.headers["content-type"] == get.headers["content-type"]
        assert int(head.headers["content-length"]) > 0


async def test_a_log_line_knows_its_request_and_no_person(
    edge: Edge, logged: list[dict[str, Any]]
) -> None:
    body = purchase(note="ada@example.org")
    headers = {"order-token": "capability", "user-agent": "Ada's browser"}
    url = f"{API}/organizers/kulturhaus/orders?email=ada@example.org"
    answer = await edge.client(address="203.0.113.77").post(url, json=body, headers=headers)
    (line,) = [line for line in logged if line["event"] == "request"]
    assert line["trace_id"] == answer.headers["x-request-id"]
    assert line["operation"] == "open_order"
    assert line["route"] == "/api/v1/organizers/{organizer}/orders"
    assert line["status"] == 201
    for personal in ("ada@", "203.0.113.77", "capability", "browser"):
        assert personal not in str(line)


@pytest.fixture
def configured(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Iterator[pytest.CaptureFixture[bytes]]:
    """What a process writes that has configured its own logs."""
    handlers = logging.getLogger().handlers[:]
    monkeypatch.setattr(logs, "_quick", None)
    yield capfdbinary
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = handlers


async def test_a_machine_reads_the_same_of_a_request_and_before_what_comes_later(
    edge: Edge, logged: list[dict[str, Any]], configured: pytest.CaptureFixture[bytes]
) -> None:
    url = f"{API}/organizers/kulturhaus/orders"
    await edge.client().post(url, json=purchase())
    told = next(line for line in logged if line["event"] == "request")
    configure_logging(environment="production")
    answers = [await edge.client().post(url, json=purchase()) for _ in range(3)]
    structlog.get_logger("test").warning("later")
    *lines, later = map(json.loads, configured.readouterr().err.splitlines())
    assert [line["trace_id"] for line in lines] == [one.headers["x-request-id"] for one in answers]
    assert later["event"] == "later"
    for line in lines:
        assert line.keys() - {"timestamp", "level"} == told.keys() - {"log_level"}
        assert datetime.fromisoformat(line["timestamp"]).tzinfo
        assert line["level"] == "info"


async def test_a_line_that_comes_while_another_thread_writes_holds_up_none_that_follow() -> None:
    """The other thread has counted what waits, and goes on without it."""
    file = io.BytesIO()
    lines = logs.Lines(file)

    class Meanwhile(deque[bytes]):
        def popleft(self) -> bytes:
            if self[0] == b"thread":
                lines.soon(b"meanwhile")
            return super().popleft()

    lines._waiting = Meanwhile()
    lines.msg(b"thread")
    for line in (b"one", b"two"):
        lines.soon(line)
        await asyncio.sleep(0)
    assert file.getvalue().split() == [b"thread", b"meanwhile", b"one", b"two"]


@pytest.mark.parametrize(
    ("environment", "at_terminal"),
    [("production", True), ("development", False), ("development", True)],
)
def test_lines_are_json_except_for_developers_at_a_terminal(
    environment: str,
    at_terminal: bool,
    configured: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: at_terminal)
    configure_logging(environment=environment)
    structlog.get_logger("test").info("hello", answer=42)
    logging.getLogger("some.library").warning("watch %s", "out")
    lines = configured.readouterr().err.splitlines()
    if environment == "production" or not at_terminal:
        first, second = map(json.loads, lines)
        assert (first["event"], first["answer"], first["level"]) == ("hello", 42, "info")
        assert second["event"] == "watch out"
    else:
        assert b"hello" in lines[0]
