"""What handlers may ask for by name besides their services: `actor`, `once`, `organizer_id`."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Litestar, Request
from litestar.di import Provide
from litestar.routes import HTTPRoute

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.gateway import idempotency
from boxoffice.gateway.authorization import Organizers
from boxoffice.gateway.authorization import organizer_id as find_organizer_id
from boxoffice.gateway.visit import visit_of
from boxoffice.kernel.actors import Actor

Parts = Mapping[str, Any]


def provided(services: Parts, organizers: Organizers) -> dict[str, Provide]:
    """Litestar's dependencies: each of `services` as it is, and what the gateway knows of the
    request.
    """

    async def organizer_id(request: Request[Any, Any, Any]) -> UUID:
        scope = request.scope
        return await find_organizer_id(visit_of(scope), scope["path_params"], organizers)

    of_gateway = {
        "actor": Provide(_actor, sync_to_thread=False),
        "once": Provide(_once),
        "organizer_id": Provide(organizer_id),
    }
    return {name: _constant(part) for name, part in services.items()} | of_gateway


def resolve_one_by_one(application: Litestar) -> None:
    """Litestar resolves independent dependencies in a task group, 90 µs for four that never wait.

    Ours are answered from memory, so each becomes a batch of its own, which is awaited directly.
    """
    for route in application.routes:
        if isinstance(route, HTTPRoute):
            for _, model in route.route_handler_map.values():
                model.dependency_batches = [
                    {one} for many in model.dependency_batches for one in many
                ]


def _actor(request: Request[Any, Any, Any]) -> Actor:
    return visit_of(request.scope).actor


async def _once(request: Request[Any, Any, Any]) -> IdempotencyKey | None:
    visit = visit_of(request.scope)
    key = idempotency.key_of(visit)
    if key is None:
        return None
    scope = request.scope
    target = scope["raw_path"] + b"?" + scope["query_string"]
    visit.once = idempotency.once(visit, key=key, target=target, body=await request.body())
    return visit.once


def _constant(part: Any) -> Provide:
    def provide() -> Any:
        return part

    return Provide(provide, sync_to_thread=False)
