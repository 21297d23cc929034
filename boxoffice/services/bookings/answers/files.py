"""Files that answers consist of: recognised by their content, kept out of public sight."""

import io
import unicodedata
from uuid import UUID

import msgspec
from PIL import Image, UnidentifiedImageError

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.refusals import Invalid, TooLarge

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_NAME = 150
_IMAGES = {
    "JPEG": (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    "PNG": (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    "WEBP": (b"RIFF", "image/webp", ".webp"),
}
_PDF, _PDF_END, _PDF_TAIL = b"%PDF-", b"%%EOF", 2_048
_NAMES = """
SELECT id, name FROM bookings.answer_files WHERE organizer_id = $1 AND order_id = $2
"""


class FileTooLarge(TooLarge):
    code = "file_too_large"
    message = f"A file may have {MAX_BYTES // 1024**2} MB; save it smaller."


class NotAFile(Invalid):
    code = "unknown_file_type"
    message = "Upload a PDF or a JPEG, PNG or WebP picture; this file is none that can be read."


class Recognised(msgspec.Struct, frozen=True, kw_only=True):
    """What a file is by its content."""

    content_type: str
    extension: str


def recognise(data: bytes) -> Recognised:
    """What the file is, or the refusal that says what would do; pictures are opened, not drawn."""
    if len(data) > MAX_BYTES:
        raise FileTooLarge
    if data.startswith(_PDF):
        if _PDF_END not in data[-_PDF_TAIL:]:
            raise NotAFile
        return Recognised(content_type="application/pdf", extension=".pdf")
    for kind, (magic, content_type, extension) in _IMAGES.items():
        if data.startswith(magic):
            _open(data, kind)
            return Recognised(content_type=content_type, extension=extension)
    raise NotAFile


def _open(data: bytes, kind: str) -> None:
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise FileTooLarge
            image.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileTooLarge from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise NotAFile from error


def clean_name(name: str | None, extension: str) -> str:
    """The file's own name, without folders and with the extension of what it is."""
    base = unicodedata.normalize("NFC", name or "").replace("\\", "/").rpartition("/")[2]
    stem = base.rpartition(".")[0] or base
    printable = "".join(char for char in stem if char.isprintable() and char not in '"<>:|?*')
    return f"{printable.strip()[:MAX_NAME] or 'file'}{extension}"


async def file_names(tx: Transaction, order_id: UUID) -> dict[UUID, str]:
    """The names of the files that were uploaded to the order."""
    rows = await tx.connection.exec_driver_sql(_NAMES, (tx.tenant, order_id))
    return {row.id: row.name for row in rows}
