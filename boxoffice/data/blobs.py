"""Blobs: files that are not rows, in a local folder, S3 or Azure Blob Storage behind one interface.

A key is a relative path with an extension, and the extension is the content type: a local folder
keeps none, so none is asked of any store. Keys below `public/` may be shown to everybody; the
gateway serves them under `/media/`.
"""

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import AzureStore, LocalStore, ObjectStore, S3Store

from boxoffice.kernel.refusals import NotFound, Unavailable

PUBLIC = "public/"
MEDIA_PATH = "/media/"

CONTENT_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".webp": "image/webp",
}
_TIMEOUTS = {"connect_timeout": "3s", "timeout": "30s"}


class BadBlobUrl(ValueError):
    """`BOXOFFICE_BLOB_URL` names no store that we can use."""


class BlobNotFound(NotFound):
    code = "blob_not_found"
    message = "There is no file at this address."


class StoreUnavailable(Unavailable):
    code = "blob_store_unavailable"
    message = "The file store does not answer right now; try again shortly."


class Blobs:
    """The files of one store.

    `url` is `file:///folder`, `s3://bucket/prefix` or `az://container/prefix`; `?endpoint=http://…`
    leads to an S3 or Azure lookalike, `&region=` and `&account=` say the rest. Credentials come
    from the environment (`AWS_…`, `AZURE_STORAGE_…`) or the machine's identity, never from the URL.
    """

    def __init__(self, url: str) -> None:
        self._store = _store_for(url)

    async def put(self, key: str, data: bytes, content_type: str) -> None:
        """Store `data`; it is complete or absent. The key's extension must be of `content_type`."""
        if content_type_of(key) != content_type:
            raise ValueError(f"{key} does not have the extension of {content_type}")
        local = isinstance(self._store, LocalStore)
        attributes = None if local else {"Content-Type": content_type}
        await _answered(obstore.put_async(self._store, _checked(key), data, attributes=attributes))

    async def get(self, key: str) -> bytes:
        """The whole blob; `BlobNotFound` if there is none."""
        found = await _answered(obstore.get_async(self._store, _checked(key)))
        return bytes(await _answered(found.bytes_async()))

    async def delete(self, key: str) -> None:
        """Forget the blob, if it is there."""
        try:
            await _answered(obstore.delete_async(self._store, _checked(key)))
        except BlobNotFound:
            return

    def url(self, key: str) -> str:
        """Where anybody can see a public blob: a path of this site."""
        if not key.startswith(PUBLIC):
            raise ValueError(f"{key} is not public")
        return MEDIA_PATH + key.removeprefix(PUBLIC)

    async def public(self, path: str) -> tuple[bytes, str]:
        """What `/media/{path}` shows, with its content type; `BlobNotFound` for any other path."""
        key = PUBLIC + path
        if not _is_key(key):
            raise BlobNotFound
        return await self.get(key), content_type_of(key)


def content_type_of(key: str) -> str:
    """The content type that the key's extension stands for."""
    return CONTENT_TYPES[PurePosixPath(key).suffix]


def _checked(key: str) -> str:
    if not _is_key(key):
        raise ValueError(f"{key!r} is not a key of a blob")
    return key


def _is_key(key: str) -> bool:
    path = PurePosixPath(key)
    clean = key.isascii() and key.isprintable() and "\\" not in key and "%" not in key
    return (
        clean
        and str(path) == key
        and not path.is_absolute()
        and ".." not in path.parts
        and path.suffix in CONTENT_TYPES
        and len(key) <= 500
    )


async def _answered(asked: Any) -> Any:
    """The store's answer; its troubles become ours."""
    try:
        return await asked
    except FileNotFoundError as error:
        raise BlobNotFound from error
    except (BaseError, OSError) as error:
        raise StoreUnavailable from error


def _store_for(url: str) -> ObjectStore:
    parts = urlsplit(url)
    if parts.scheme == "file":
        return LocalStore(unquote(parts.path), mkdir=True)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if parts.username or not parts.netloc:
        raise BadBlobUrl("Name the bucket or container in BOXOFFICE_BLOB_URL, and no credentials.")
    if parts.scheme == "s3":
        return _s3(parts, options)
    if parts.scheme == "az":
        return _azure(parts, options)
    raise BadBlobUrl("BOXOFFICE_BLOB_URL begins with file://, s3:// or az://.")


def _s3(parts: SplitResult, options: dict[str, str]) -> S3Store:
    config = _config(options, endpoint="endpoint", region="region")
    return S3Store(
        parts.netloc, prefix=_prefix(parts), config=config, client_options=_client(options)
    )


def _azure(parts: SplitResult, options: dict[str, str]) -> AzureStore:
    config = _config(options, endpoint="endpoint", account="account_name")
    return AzureStore(
        parts.netloc, prefix=_prefix(parts), config=config, client_options=_client(options)
    )


def _config(options: dict[str, str], **known: str) -> Any:
    unknown = set(options) - set(known)
    if unknown:
        raise BadBlobUrl(f"BOXOFFICE_BLOB_URL has an unknown option: {', '.join(unknown)}.")
    return {known[name]: value for name, value in options.items()}


def _client(options: dict[str, str]) -> Any:
    return {**_TIMEOUTS, "allow_http": options.get("endpoint", "").startswith("http://")}


def _prefix(parts: SplitResult) -> str | None:
    return unquote(parts.path).strip("/") or None
