"""What the gateway is told from outside."""

from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

import msgspec


class RateLimits(msgspec.Struct, frozen=True, kw_only=True):
    """How often, each as `20/minute` or `5/second`; windows are fixed and counted over all
    processes.

    `auth` counts per address, `write` per account or visitor, `write_address` per address, `staff`
    per account, `hook` (webhooks of payment providers) per address. `read` counts per address and
    process.
    """

    auth: str = "20/minute"
    write: str = "120/minute"
    write_address: str = "1200/minute"
    staff: str = "3000/minute"
    hook: str = "6000/minute"
    read: str = "3000/minute"


class GatewaySettings(msgspec.Struct, frozen=True, kw_only=True):
    """`public_url` is how browsers reach us, without a trailing slash; it decides cookies and HSTS.

    `cors_origins` are exact origins that may read answers with credentials. `trusted_proxies` and
    `metrics_networks` are CIDR networks. `asset_base_url` serves the built web files when they live
    on another host. `max_body_bytes` bounds a body unless its operation says otherwise.
    """

    public_url: str
    environment: Literal["development", "production"] = "production"
    cors_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    metrics_networks: tuple[str, ...] = ("127.0.0.0/8", "::1/128")
    asset_base_url: str = ""
    redis_url: str | None = None
    rate_limits: RateLimits = RateLimits()
    max_body_bytes: int = 1024 * 1024
    log_level: str = "info"

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def plain_localhost(self) -> bool:
        """Whether browsers talk plain HTTP to this very machine: there alone cookies go without
        Secure.
        """
        return not self.https and is_local(urlsplit(self.public_url).hostname or "")


def is_local(host: str) -> bool:
    """Whether `host` names this machine: `localhost` or a loopback address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
