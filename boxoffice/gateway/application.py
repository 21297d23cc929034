"""Assembles the gateway around the services' routers. The composition root passes parts, nothing
else.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar
from valkey.asyncio import Valkey

from boxoffice.gateway.authentication import Authentication
from boxoffice.gateway.bodies import StrictRequest
from boxoffice.gateway.checkpoint import Checkpoint
from boxoffice.gateway.cookies import Cookies
from boxoffice.gateway.cors import Cors
from boxoffice.gateway.csrf import Csrf
from boxoffice.gateway.dressing import Dressing
from boxoffice.gateway.front import Front
from boxoffice.gateway.injection import provided, resolve_one_by_one
from boxoffice.gateway.metrics import Meter
from boxoffice.gateway.operations import declare
from boxoffice.gateway.parts import GatewayParts
from boxoffice.gateway.problems import Problems
from boxoffice.gateway.rate_limits import Counters, RateLimiter
from boxoffice.gateway.security_headers import SecurityHeaders
from boxoffice.gateway.settings import GatewaySettings
from boxoffice.gateway.shared_answers import SharedAnswers
from boxoffice.gateway.shared_windows import SharedWindows
from boxoffice.gateway.shedding import Shedding
from boxoffice.gateway.site.docs import PROBLEMS_PATH
from boxoffice.gateway.sites import build_site
from boxoffice.gateway.visitors import Visitors
from boxoffice.gateway.windows import Windows

MULTIPART_PARTS = 20
REDIS_PATIENCE_SECONDS = 1.0


def create_application(settings: GatewaySettings, parts: GatewayParts) -> Litestar:
    """The ASGI application: front, pages and the API. Refuses an operation without a permission."""
    counters = _shared_counters(settings)
    limiter = RateLimiter(settings.rate_limits, near=Windows(), shared=counters)
    cookies = Cookies.of(settings)
    csrf = Csrf(parts.keyring, cookies)
    problems = Problems(f"{settings.public_url}{PROBLEMS_PATH}")
    api = _api(settings, parts, _checkpoint(parts, limiter, csrf, cookies), problems, counters)
    shedding = Shedding(declare(api))
    resolve_one_by_one(api)
    meter = Meter({**parts.gauges, "boxoffice_http_entries_refused": lambda: shedding.refused})
    dressing = Dressing(SecurityHeaders(settings), Cors(settings.cors_origins), csrf)
    api.asgi_handler = Front(
        api.asgi_handler,
        build_site(settings, parts, api, limiter=limiter, problems=problems, meter=meter),
        dressing=dressing,
        problems=problems,
        shared=SharedAnswers(dressing),
        shedding=shedding,
        meter=meter,
        trusted_proxies=settings.trusted_proxies,
        largest_body=settings.max_body_bytes,
    )
    return api


def _api(
    settings: GatewaySettings,
    parts: GatewayParts,
    checkpoint: Checkpoint,
    problems: Problems,
    counters: Counters,
) -> Litestar:
    return Litestar(
        route_handlers=list(parts.routers),
        dependencies=provided(parts.services, parts.organizers),
        middleware=[checkpoint.middleware],
        exception_handlers={Exception: problems.handler},
        request_class=StrictRequest,
        request_max_body_size=settings.max_body_bytes,
        multipart_form_part_limit=MULTIPART_PARTS,
        lifespan=[*parts.lifespans, lambda _: _closing(counters)],
        openapi_config=None,
        logging_config=None,
    )


def _checkpoint(
    parts: GatewayParts, limiter: RateLimiter, csrf: Csrf, cookies: Cookies
) -> Checkpoint:
    authentication = Authentication(
        parts.authenticate, parts.authenticate_afresh, Visitors(parts.keyring), cookies
    )
    return Checkpoint(authentication, limiter, csrf, parts.organizers)


def _shared_counters(settings: GatewaySettings) -> Windows | SharedWindows:
    if settings.redis_url is None:
        return Windows()
    server = Valkey.from_url(
        settings.redis_url,
        socket_timeout=REDIS_PATIENCE_SECONDS,
        socket_connect_timeout=REDIS_PATIENCE_SECONDS,
    )
    return SharedWindows(server)


@asynccontextmanager
async def _closing(counters: Counters) -> AsyncIterator[None]:
    yield
    if isinstance(counters, SharedWindows):
        await counters.close()
