"""What answers at fixed paths beside the API."""

from boxoffice.gateway.addresses import Networks
from boxoffice.gateway.answer import Answer
from boxoffice.gateway.health import Health
from boxoffice.gateway.metrics import CONTENT_TYPE, Meter
from boxoffice.gateway.pages import Hall, Room
from boxoffice.gateway.security_headers import SecurityHeaders
from boxoffice.gateway.site.docs import OPENAPI_PATH, PATH, PROBLEMS_PATH, Docs
from boxoffice.gateway.site.media import Media, media_answer
from boxoffice.gateway.site.robots import Sitemap
from boxoffice.gateway.site.stored import Stored
from boxoffice.gateway.visit import Header, Visit
from boxoffice.kernel.refusals import NotFound

_NO_STORE: Header = (b"cache-control", b"no-store")


def operator_rooms(
    health: Health, meter: Meter, metrics_networks: Networks, security: SecurityHeaders
) -> dict[str, Room]:
    """For those who run the product. Measurements are told to `metrics_networks` only."""

    async def alive(_: Visit) -> Answer:
        return health.alive()

    async def ready(_: Visit) -> Answer:
        return await health.ready()

    async def metrics(visit: Visit) -> Answer:
        if not metrics_networks.contains(visit.address):
            raise NotFound
        headers = [(b"content-type", CONTENT_TYPE), _NO_STORE, *security.data]
        return Answer(kind="metrics", status=200, headers=headers, body=meter.text())

    return {"/healthz": alive, "/readyz": ready, "/metrics": metrics}


def reader_rooms(docs: Docs, sitemap: Sitemap, robots: Answer) -> dict[str, Room]:
    """For developers and search engines."""

    async def site_map(visit: Visit) -> Answer:
        return await sitemap.answer(visit.headers)

    return {
        "/robots.txt": _always(robots),
        "/sitemap.xml": site_map,
        OPENAPI_PATH: _always(docs.openapi()),
        PATH: _always(docs.index()),
        PROBLEMS_PATH: _always(docs.problems()),
    }


def halls(docs: Docs, media: Media, security: SecurityHeaders) -> dict[str, Hall]:
    """What answers whole prefixes."""

    async def problem(code: str) -> Answer:
        return docs.problem(code)

    async def blob(path: str) -> Answer:
        return media_answer(*await media(path), security.file)

    return {f"{PROBLEMS_PATH}/": problem, "/media/": blob}


def _always(answer: Answer) -> Room:
    stored = Stored(answer)

    async def room(visit: Visit) -> Answer:
        return stored.answer(visit.headers)

    return room
