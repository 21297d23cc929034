"""What the composition root hands to the gateway."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import msgspec
from litestar import Litestar, Router

from boxoffice.gateway.authentication import Authenticate
from boxoffice.gateway.authorization import Organizers
from boxoffice.gateway.health import Checks
from boxoffice.gateway.metrics import Gauges
from boxoffice.gateway.site.media import Media
from boxoffice.gateway.site.page import Sources
from boxoffice.kernel.keyring import Keyring

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


class GatewayParts(msgspec.Struct, frozen=True, kw_only=True):
    """Paths of `routers` begin with /api/v1. `services` are injected into handlers by name.

    `authenticate` turns an access token into an actor, perhaps from memory; `authenticate_afresh`
    never from memory. `organizers` finds an organizer by slug. `sources` feed pages, `media` serves
    blobs, and `web_folder` holds the built web app. `checks` decide readiness; `gauges` are
    measured when asked.
    """

    keyring: Keyring
    routers: Sequence[Router]
    services: Mapping[str, Any]
    authenticate: Authenticate
    authenticate_afresh: Authenticate
    organizers: Organizers
    sources: Sources
    media: Media
    web_folder: Path
    checks: Checks
    gauges: Gauges
    lifespans: Sequence[Lifespan] = ()
