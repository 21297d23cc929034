"""Puts the site together: everything but the API."""

from litestar import Litestar

from boxoffice.gateway.addresses import Networks
from boxoffice.gateway.health import Health
from boxoffice.gateway.metrics import Meter
from boxoffice.gateway.openapi import openapi_document
from boxoffice.gateway.pages import Site
from boxoffice.gateway.parts import GatewayParts
from boxoffice.gateway.problems import Problems
from boxoffice.gateway.rate_limits import RateLimiter
from boxoffice.gateway.rooms import halls, operator_rooms, reader_rooms
from boxoffice.gateway.security_headers import SecurityHeaders
from boxoffice.gateway.settings import GatewaySettings
from boxoffice.gateway.site.docs import Docs
from boxoffice.gateway.site.files import Files
from boxoffice.gateway.site.preloads import preloads_at
from boxoffice.gateway.site.renderer import Renderer
from boxoffice.gateway.site.robots import Sitemap, robots_text
from boxoffice.gateway.site.router import Router
from boxoffice.gateway.site.shell import Shell
from boxoffice.gateway.site.templates import Templates
from boxoffice.gateway.site.web_pages import WebPages


def build_site(
    settings: GatewaySettings,
    parts: GatewayParts,
    api: Litestar,
    *,
    limiter: RateLimiter,
    problems: Problems,
    meter: Meter,
) -> Site:
    """The site of a declared application."""
    security = SecurityHeaders(settings)
    files = Files(parts.web_folder, security.file)
    docs = Docs(openapi_document(api), security)
    sitemap = Sitemap(parts.sources.discover, settings.public_url, security.data)
    operators = operator_rooms(
        Health(parts.checks, security.data), meter, Networks(settings.metrics_networks), security
    )
    readers = reader_rooms(docs, sitemap, robots_text(settings.public_url, security.data))
    return Site(
        web=_web(settings, parts, security, limiter),
        files=files,
        rooms=operators | readers,
        halls=halls(docs, parts.media, security),
        problems=problems,
        security=security,
    )


def _web(
    settings: GatewaySettings, parts: GatewayParts, security: SecurityHeaders, limiter: RateLimiter
) -> WebPages:
    shell = Shell.at(parts.web_folder, asset_base_url=settings.asset_base_url)
    templates = Templates.of(parts.web_folder / "first-screens")
    preloads = preloads_at(parts.web_folder, asset_base_url=settings.asset_base_url)
    headers = security.page(scripts=shell.scripts, styles=shell.styles)
    return WebPages(
        Router(parts.sources, settings.public_url),
        Renderer(shell, templates, preloads, headers),
        limiter,
        base_url=settings.public_url,
    )
