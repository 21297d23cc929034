"""Other origins read our answers only when they are configured, letter by letter."""

from collections.abc import Callable

import pytest

from boxoffice.gateway.cors import BadOrigin, Cors
from tests.gateway.edge import API, Edge

ALLOWED = "https://shop.example"
OTHERS = [
    "null",
    "https://evil.example",
    "http://shop.example",
    "https://shop.example:8443",
    "https://shop.example.evil.example",
    "https://evilshop.example",
    "https://shop.exampleevil",
    "https://sub.shop.example",
    "https://user@shop.example",
    "https://shop.example/",
    "https://SHOP.example",
    "https://shop.example,https://evil.example",
    "https://shop.example https://evil.example",
    "https://shop%2eexample",
    "*",
    "",
    "https://tickets.example",
]


@pytest.fixture
def open_edge(edge_with: Callable[..., Edge]) -> Edge:
    return edge_with(cors_origins=(ALLOWED,))


@pytest.mark.parametrize("origin", OTHERS)
async def test_no_other_origin_is_allowed(open_edge: Edge, origin: str) -> None:
    asks = {"origin": origin, "access-control-request-method": "POST"}
    for answer in (
        await open_edge.client().get(f"{API}/things", headers={"origin": origin}),
        await open_edge.client().options(f"{API}/things", headers=asks),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert answer.headers["vary"] == "Origin"


async def test_the_configured_origin_reads_answers_with_credentials(open_edge: Edge) -> None:
    for path, status in (("/things", 200), ("/sold-out", 409), ("/me", 401), ("/nowhere", 404)):
        answer = await open_edge.client().get(API + path, headers={"origin": ALLOWED})
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == ALLOWED
        assert answer.headers["access-control-allow-credentials"] == "true"
        assert "X-Request-Id" in answer.headers["access-control-expose-headers"]


async def test_the_configured_origin_may_ask_with_our_headers(open_edge: Edge) -> None:
    headers = {
        "origin": ALLOWED,
        "access-control-request-method": "POST",
        "access-control-request-headers": "idempotency-key",
    }
    answer = await open_edge.client().options(f"{API}/organizers/x/orders", headers=headers)
    assert answer.status_code == 204
    assert "Idempotency-Key" in answer.headers["access-control-allow-headers"]
    assert "POST" in answer.headers["access-control-allow-methods"]


async def test_without_configuration_nobody_is_allowed(edge: Edge) -> None:
    answer = await edge.client().get(f"{API}/things", headers={"origin": ALLOWED})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "origin", ["*", "null", "shop.example", "https://shop.example/", "https://*.example", "ftp://x"]
)
def test_what_is_no_exact_origin_cannot_be_configured(origin: str) -> None:
    with pytest.raises(BadOrigin, match="BOXOFFICE_CORS_ORIGINS"):
        Cors([origin])
