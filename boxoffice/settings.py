"""Everything the product is told from outside, gathered once from the environment.

Each section is defined by its owner; this module only reads the variables and names the one that is
wrong. docs/how-to/configure.md lists them for operators.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

import msgspec

from boxoffice.data.embedded.folder import DataFolder
from boxoffice.data.postgres import DatabaseSettings
from boxoffice.gateway.settings import GatewaySettings, RateLimits
from boxoffice.services.notifications.settings import MailSettings
from boxoffice.services.payments.settings import PaymentSettings
from boxoffice.services.users.settings import CookieSettings, UsersSettings

Environment = Literal["development", "production"]


class BadSetting(ValueError):
    """A variable is missing or wrong; the sentence names it and the remedy."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the composition root builds the product from."""

    environment: Environment
    data: Path
    port: int
    public_url: str
    secret_key: str
    database: DatabaseSettings
    redis_url: str
    blob_url: str
    mail: MailSettings
    payments: PaymentSettings
    users: UsersSettings
    gateway: GatewaySettings

    @classmethod
    def load(cls, environ: Mapping[str, str]) -> Self:
        """Read the environment. Raises `BadSetting`, or `FolderTrouble` for the data folder."""
        given = Given(environ)
        folder = DataFolder.of(environ)
        port = given.number("PORT", 8000, least=1, most=65535)
        public_url = given.url("PUBLIC_URL", "http", "https", default=f"http://localhost:{port}")
        environment = given.environment()
        redis_url = given.url("REDIS_URL", "redis", "rediss", "unix")
        gateway = _gateway(given, environment, public_url.rstrip("/"), redis_url)
        return cls(
            environment=environment,
            data=folder.path,
            port=port,
            public_url=public_url.rstrip("/"),
            secret_key=given.text("SECRET_KEY") or folder.vault.secret("secret_key"),
            database=_database(given),
            redis_url=redis_url,
            blob_url=given.text("BLOB_URL") or (folder.path / "blobs").as_uri(),
            mail=_mail(given),
            payments=_payments(given),
            users=UsersSettings(cookies=CookieSettings(secure=not gateway.plain_localhost)),
            gateway=gateway,
        )


class Given:
    """The variables `BOXOFFICE_…`, read with a complaint that names the variable."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def text(self, name: str, default: str = "") -> str:
        """The value without surrounding blanks; an empty one counts as not set."""
        return self._environ.get(f"BOXOFFICE_{name}", "").strip() or default

    def words(self, name: str) -> tuple[str, ...]:
        """The parts of a comma-separated list."""
        return tuple(part.strip() for part in self.text(name).split(",") if part.strip())

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        text = self.text(name, str(default))
        if not text.isdecimal() or not least <= int(text) <= most:
            raise BadSetting(f"BOXOFFICE_{name} must be a number from {least} to {most}.")
        return int(text)

    def url(self, name: str, *schemes: str, default: str | None = None) -> str:
        text = self.text(name, default or "")
        if not text:
            raise BadSetting(
                f"BOXOFFICE_{name} is not set: give a {schemes[0]}:// address, or use "
                "`boxoffice serve --development`, which brings servers of its own."
            )
        if urlsplit(text).scheme not in schemes:
            raise BadSetting(f"BOXOFFICE_{name} must begin with {schemes[0]}://.")
        return text

    def environment(self) -> Environment:
        text = self.text("ENVIRONMENT", "production")
        if text == "production":
            return "production"
        if text == "development":
            return "development"
        raise BadSetting("BOXOFFICE_ENVIRONMENT must be development or production.")


def _database(given: Given) -> DatabaseSettings:
    url = given.url("DATABASE_URL", "postgresql", "postgres")
    return DatabaseSettings(
        url=url,
        owner_url=given.url("DATABASE_OWNER_URL", "postgresql", "postgres", default=url),
        pool_size=given.number("DATABASE_POOL", 6, least=1, most=200),
    )


def _mail(given: Given) -> MailSettings:
    smtp = given.text("SMTP_URL")
    return MailSettings(
        smtp_url=given.url("SMTP_URL", "smtp", "smtps") if smtp else None,
        sender=given.text("MAIL_FROM", "Boxoffice <tickets@boxoffice.test>"),
    )


def _payments(given: Given) -> PaymentSettings:
    return PaymentSettings(
        providers=tuple(name for name in given.words("PAYMENTS") if name != "none"),
        practice_url=given.text("PRACTICE_URL"),
        practice_key=given.text("PRACTICE_KEY"),
        practice_webhook_secrets=given.words("PRACTICE_WEBHOOK_SECRETS"),
    )


def _gateway(
    given: Given, environment: Environment, public_url: str, redis_url: str
) -> GatewaySettings:
    standard = RateLimits()
    limits = {
        name: given.text(f"RATE_LIMITS_{name.upper()}", getattr(standard, name))
        for name in RateLimits.__struct_fields__
    }
    return GatewaySettings(
        public_url=public_url,
        environment=environment,
        cors_origins=given.words("CORS_ORIGINS"),
        trusted_proxies=given.words("TRUSTED_PROXIES"),
        asset_base_url=given.text("ASSET_BASE_URL").rstrip("/"),
        redis_url=redis_url,
        rate_limits=RateLimits(**limits),
        log_level=given.text("LOG_LEVEL", "info"),
    )
