"""One check per part: each returns what it saw, or raises an `Ailment` or a `Concern`."""

import secrets
import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib
from valkey.asyncio import Valkey

import boxoffice
from boxoffice.cli.findings import Ailment, Concern
from boxoffice.data.blobs import Blobs
from boxoffice.kernel.keyring import Keyring, WeakSecret
from boxoffice.settings import Settings

_OLDEST_PYTHON = (3, 11)
_LITTLE_SPACE = 500 * 1024 * 1024
_PATIENCE = 10


async def python(_settings: Settings) -> str:
    if sys.version_info < _OLDEST_PYTHON:
        raise Ailment(f"version {sys.version.split()[0]}", "Use Python 3.11 or newer.")
    return sys.version.split()[0]


async def data_folder(settings: Settings) -> str:
    probe = settings.data / f".probe-{secrets.token_hex(4)}"
    try:
        probe.write_bytes(b"probe")
        probe.unlink()
    except OSError as error:
        raise Ailment(
            f"{settings.data}: {error.strerror}",
            "Make the folder writable, or point BOXOFFICE_DATA elsewhere.",
        ) from error
    free = shutil.disk_usage(settings.data).free
    if free < _LITTLE_SPACE:
        raise Concern(f"{free >> 20} MB left on the disk of {settings.data}", "Make space there.")
    return f"{settings.data}, {free >> 30} GB free"


async def redis(settings: Settings) -> str:
    client = Valkey.from_url(settings.redis_url, socket_connect_timeout=_PATIENCE)
    try:
        info: dict[str, Any] = await client.info("server")  # pyright: ignore[reportUnknownMemberType]
    except Exception as error:
        raise Ailment(
            str(error), "Check BOXOFFICE_REDIS_URL and that the server there is running."
        ) from error
    finally:
        await client.aclose()
    return str(info.get("valkey_version") or info.get("redis_version"))


async def blobs(settings: Settings) -> str:
    key, body = f"doctor/{secrets.token_hex(8)}.json", b'"probe"'
    try:
        store = Blobs(settings.blob_url)
        await store.put(key, body, "application/json")
        same = await store.get(key) == body
        await store.delete(key)
    except Exception as error:
        raise Ailment(
            str(error).splitlines()[0],
            "Check BOXOFFICE_BLOB_URL, and that its credentials may read, write and delete.",
        ) from error
    if not same:
        raise Ailment("what was written came back different", "Check the store itself.")
    return f"written, read and deleted at {urlsplit(settings.blob_url).scheme}://"


async def mail(settings: Settings) -> str:
    if settings.mail.smtp_url is None:
        if settings.environment == "development":
            return "no SMTP server: mail is caught and shown at /dev/mail"
        raise Ailment("nobody gets mail", "Set BOXOFFICE_SMTP_URL=smtp://user:password@host:587.")
    url = urlsplit(settings.mail.smtp_url)
    client = aiosmtplib.SMTP(
        hostname=url.hostname, port=url.port, use_tls=url.scheme == "smtps", timeout=_PATIENCE,
        username=unquote(url.username or "") or None, password=unquote(url.password or "") or None,
    )  # fmt: skip
    try:
        async with client:
            await client.noop()
    except (aiosmtplib.SMTPException, OSError) as error:
        raise Ailment(
            str(error), "Check BOXOFFICE_SMTP_URL: host, port, user, password."
        ) from error
    return f"{url.hostname} takes our mail"


async def secret_key(settings: Settings) -> str:
    try:
        Keyring(settings.secret_key)
    except WeakSecret as error:
        raise Ailment("too short", str(error)) from error
    return "long enough"


async def web_app(_settings: Settings) -> str:
    page = Path(boxoffice.__file__).parent / "web" / "dist" / "index.html"
    if not page.exists():
        raise Ailment(
            f"{page} is missing", "Build it with: make web (an installed package brings it along)."
        )
    return "built"
