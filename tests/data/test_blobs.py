"""One interface, three stores: a local folder, S3 and Azure Blob Storage."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from boxoffice.data.blobs import BadBlobUrl, BlobNotFound, Blobs, StoreUnavailable, content_type_of
from tests.emulators import azure, s3

JPEG = "image/jpeg"


@pytest.fixture(scope="module")
def local_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return (tmp_path_factory.mktemp("local") / "a b" / "blobs").as_uri()


@pytest.fixture(scope="module")
def s3_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with patch.dict(os.environ, s3.CREDENTIALS), s3.s3(tmp_path_factory.mktemp("s3")) as url:
        yield url


@pytest.fixture(scope="module")
def azure_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("azure")
    with patch.dict(os.environ, azure.CREDENTIALS), azure.azure(folder) as url:
        yield url


@pytest.fixture(params=["local_url", "s3_url", "azure_url"])
def blobs(request: pytest.FixtureRequest) -> Blobs:
    return Blobs(request.getfixturevalue(request.param))


async def test_what_is_put_can_be_read_replaced_and_deleted(blobs: Blobs) -> None:
    key = f"public/covers/{secrets.token_hex(8)}/960.jpg"
    await blobs.put(key, b"\xff\xd8first", JPEG)
    assert await blobs.get(key) == b"\xff\xd8first"
    await blobs.put(key, b"\xff\xd8second", JPEG)
    assert await blobs.get(key) == b"\xff\xd8second"
    await blobs.delete(key)
    with pytest.raises(BlobNotFound):
        await blobs.get(key)
    await blobs.delete(key)


async def test_a_blob_may_be_empty_or_large(blobs: Blobs) -> None:
    for data in (b"", secrets.token_bytes(7_000_000)):
        key = f"public/{secrets.token_hex(8)}.webp"
        await blobs.put(key, data, "image/webp")
        assert await blobs.get(key) == data


async def test_public_blobs_have_an_address_on_this_site(blobs: Blobs) -> None:
    key = f"public/covers/{secrets.token_hex(8)}.jpg"
    await blobs.put(key, b"picture", JPEG)
    path = blobs.url(key)
    assert path == "/media/" + key.removeprefix("public/")
    assert await blobs.public(path.removeprefix("/media/")) == (b"picture", JPEG)


@pytest.mark.parametrize(
    "path",
    ["", "/", ".", "..", "../x.pdf", "a/../../x.pdf", "covers", "x.html", "x.exe", "a//x.jpg",
     "%2e%2e/x.jpg", "a\\x.jpg", "é.jpg", "x\x00.jpg", "x\n.jpg", "a/" * 300 + "x.jpg"],
)  # fmt: skip
async def test_nothing_else_is_public(blobs: Blobs, path: str) -> None:
    await blobs.put("private/x.pdf", b"secret", "application/pdf")
    await blobs.put("x.pdf", b"secret", "application/pdf")
    with pytest.raises(BlobNotFound):
        await blobs.public(path)


async def test_private_blobs_have_no_address(blobs: Blobs) -> None:
    with pytest.raises(ValueError, match="not public"):
        blobs.url("private/x.pdf")


async def test_the_extension_is_the_content_type(blobs: Blobs) -> None:
    assert content_type_of("a/b.pdf") == "application/pdf"
    with pytest.raises(ValueError, match="extension"):
        await blobs.put("public/x.jpg", b"", "text/html")
    with pytest.raises(ValueError, match="not a key"):
        await blobs.put("public/../x.jpg", b"", JPEG)


@pytest.mark.parametrize(
    "url",
    ["", "/tmp/blobs", "gs://bucket", "s3://", "az://", "s3://key:secret@bucket",
     "s3://bucket?secret=1", "https://example.org/x"],
)  # fmt: skip
def test_an_address_that_names_no_store_is_refused(url: str) -> None:
    with pytest.raises(BadBlobUrl):
        Blobs(url)


async def test_a_store_that_does_not_answer_is_a_clear_refusal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in s3.CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    unreachable = Blobs("s3://bucket?endpoint=http://127.0.0.1:9")
    with pytest.raises(StoreUnavailable):
        await unreachable.get("public/x.jpg")


async def test_a_folder_is_made_and_used(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    await Blobs(folder.as_uri()).put("public/a/x.jpg", b"picture", JPEG)
    assert (folder / "public" / "a" / "x.jpg").read_bytes() == b"picture"
