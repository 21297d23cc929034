"""The files of answers: uploaded, and fetched by the buyer and the organizer's staff only."""

import asyncio
from uuid import UUID

import msgspec
from sqlalchemy import func, select

from boxoffice.data.blobs import Blobs
from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import Conflict, NotFound
from boxoffice.services.bookings.answers.files import Recognised, clean_name, recognise
from boxoffice.services.bookings.answers.views import AnswerFileView
from boxoffice.services.bookings.doors import OrderDoor
from boxoffice.services.bookings.reading import lock_orders
from boxoffice.services.bookings.tables_answers import AnswerFile

MAX_FILES = 100
_LEFT_OVER = """
SELECT organizer_id, id, blob_key FROM bookings.answer_files f
WHERE uploaded_at < clock_timestamp() - interval '1 day' AND NOT EXISTS (
    SELECT FROM bookings.answers a WHERE a.organizer_id = f.organizer_id AND a.file_id = f.id)
ORDER BY uploaded_at LIMIT 500
"""
_FORGET = """
DELETE FROM bookings.answer_files f
WHERE f.organizer_id = $1 AND f.id = $2 AND NOT EXISTS (
    SELECT FROM bookings.answers a WHERE a.organizer_id = f.organizer_id AND a.file_id = f.id)
RETURNING f.id
"""


class TooManyFiles(Conflict):
    code = "too_many_files"
    message = f"At most {MAX_FILES} files can be uploaded to an order."


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A file with what a browser is told about it."""

    name: str
    content_type: str
    data: bytes


class Uploads:
    """Files come before the row that names them, and go after it."""

    def __init__(self, db: Database, blobs: Blobs, door: OrderDoor) -> None:
        self._db = db
        self._blobs = blobs
        self._door = door

    async def put(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, *, name: str | None, data: bytes
    ) -> AnswerFileView:
        """Keep the file; its id is then the value of an answer. Refuses what is none of its kinds,
        whatever it is called.
        """
        async with self._db.begin(organizer_id) as tx:
            await self._door.read(tx, actor, order_id, staff=Permission.ORDERS_WRITE)
        known = await asyncio.to_thread(recognise, data)
        file = _row(organizer_id, order_id, name, known, size=len(data))
        view = AnswerFileView(
            id=file.id, name=file.name, content_type=file.content_type, size=file.size
        )
        await self._blobs.put(file.blob_key, data, file.content_type)
        async with self._db.begin(organizer_id) as tx:
            await lock_orders(tx, organizer_id, [order_id])
            count = await tx.session.scalar(
                select(func.count()).where(
                    AnswerFile.organizer_id == organizer_id, AnswerFile.order_id == order_id
                )
            )
            if (count or 0) >= MAX_FILES:
                raise TooManyFiles
            tx.session.add(file)
        return view

    async def fetch(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, file_id: UUID
    ) -> Fetched:
        """The file; `OrderNotFound` for strangers, `NotFound` for another order's."""
        async with self._db.begin(organizer_id) as tx:
            await self._door.read(tx, actor, order_id)
            file = await tx.session.scalar(
                select(AnswerFile).where(
                    AnswerFile.organizer_id == organizer_id,
                    AnswerFile.id == file_id,
                    AnswerFile.order_id == order_id,
                )
            )
            if file is None:
                raise NotFound
            name, kind, key = file.name, file.content_type, file.blob_key
        return Fetched(name=name, content_type=kind, data=await self._blobs.get(key))

    async def forget_left_over(self) -> None:
        """Up to 500 files that no answer names a day after they came."""
        async with self._db.begin_as_platform("find left-over files") as tx:
            rows = (await tx.connection.exec_driver_sql(_LEFT_OVER)).all()
        for row in rows:
            async with self._db.begin(row.organizer_id) as tx:
                gone = await tx.connection.exec_driver_sql(_FORGET, (row.organizer_id, row.id))
                forgotten = gone.first() is not None
            if forgotten:
                await self._blobs.delete(row.blob_key)


def _row(
    organizer_id: UUID, order_id: UUID, name: str | None, known: Recognised, *, size: int
) -> AnswerFile:
    file_id = new_id()
    return AnswerFile(
        organizer_id=organizer_id,
        id=file_id,
        order_id=order_id,
        name=clean_name(name, known.extension),
        content_type=known.content_type,
        size=size,
        blob_key=f"answers/{organizer_id}/{order_id}/{file_id}{known.extension}",
    )
