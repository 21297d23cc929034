"""What operators look at: is it alive, is it ready, how does it do."""

import re
from typing import Any

from boxoffice.gateway.site.shell import hash_source
from tests.gateway.edge import API, Edge, purchase


async def test_it_is_alive_whatever_happens_around_it(edge: Edge) -> None:
    edge.sick |= {"database", "cache"}
    answer = await edge.client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_it_is_ready_when_every_part_works(edge: Edge) -> None:
    answer = await edge.client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "parts": {"database": "ok", "cache": "ok"}}


async def test_it_says_which_part_does_not_work_and_nothing_more(edge: Edge) -> None:
    edge.sick.add("database")
    answer = await edge.client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"] == {"database": "does not work", "cache": "ok"}
    assert "password" not in answer.text


async def test_a_crowd_asking_whether_it_is_ready_does_not_make_work(edge: Edge) -> None:
    client = edge.client()
    assert (await client.get("/readyz")).status_code == 200
    edge.sick.add("database")
    assert (await client.get("/readyz")).status_code == 200


async def test_measurements_go_by_route_and_never_by_path(edge: Edge) -> None:
    client = edge.client(address="127.0.0.1")
    for number in range(3):
        await client.post(f"{API}/organizers/kulturhaus/orders", json=purchase())
        await client.get(f"{API}/nowhere/{number}")
        await client.get(f"/e/kulturhaus/unknown-{number}")
        await client.request(f"INVENTED{number}", f"{API}/things")
    text = (await client.get("/metrics")).text
    route = 'method="POST",route="/api/v1/organizers/{organizer}/orders",status="201"'
    assert f"boxoffice_http_request_seconds_count{{{route}}} 3.0" in text
    assert "boxoffice_pool_in_use 3.0" in text
    assert "boxoffice_http_requests_in_flight 1.0" in text
    for word in ("nowhere", "unknown", "INVENTED"):
        assert word not in text


async def test_measurements_are_told_to_the_configured_networks_only(edge_with: Any) -> None:
    edge = edge_with(metrics_networks=("10.0.0.0/8",))
    for address, status in (("10.1.2.3", 200), ("127.0.0.1", 404), ("198.51.100.7", 404)):
        assert (await edge.client(address=address).get("/metrics")).status_code == status


async def test_the_openapi_document_describes_every_operation(edge: Edge) -> None:
    document = (await edge.client().get("/api/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    names = {operation["operationId"] for operation in operations}
    assert {"list_things", "open_order", "remove_member"} <= names
    for operation in operations:
        assert operation["summary"]
        assert operation["x-permission"]
        problem = operation["responses"]["default"]["content"]["application/problem+json"]
        assert problem["schema"] == {"$ref": "#/components/schemas/Problem"}


async def test_the_openapi_document_tells_which_operations_take_a_key(edge: Edge) -> None:
    document = (await edge.client().get("/api/openapi.json")).json()
    order = document["paths"]["/api/v1/organizers/{organizer}/orders"]["post"]
    names = [parameter["name"] for parameter in order["parameters"]]
    assert "Idempotency-Key" in names
    log_in = document["paths"]["/api/v1/auth/login"]["post"]
    assert "parameters" not in log_in


async def test_the_documentation_needs_no_script_and_nothing_from_elsewhere(edge: Edge) -> None:
    page = await edge.client().get("/api/docs")
    assert page.status_code == 200
    assert "<code>/api/v1/organizers/{organizer}/orders</code>" in page.text
    assert '<a href="#shape-OpenBody">OpenBody</a>' in page.text
    assert '<details id="shape-OpenBody">' in page.text
    for absent in ("<script", "http:", "https:", "src=", "style="):
        assert absent not in page.text
    policy = page.headers["content-security-policy"]
    (style,) = re.findall("<style>(.*?)</style>", page.text)
    assert hash_source(style) in policy


async def test_litestars_own_schema_routes_do_not_exist(edge: Edge) -> None:
    for path in ("/schema", "/schema/openapi.json", "/schema/redoc"):
        assert (await edge.client().get(path)).status_code == 404
