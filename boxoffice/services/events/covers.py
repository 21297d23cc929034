"""Covers: the one picture of an event, in several sizes."""

import asyncio
from uuid import UUID

from sqlalchemy import exists, select

from boxoffice.data.blobs import PUBLIC, Blobs
from boxoffice.kernel.actors import Actor
from boxoffice.services.events.pictures import Picture, develop
from boxoffice.services.events.renditions import rendition_names
from boxoffice.services.events.tables import EventRow
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.workbench import Bench, Open


class Covers:
    """Puts and removes covers. Files come before the row that names them, and go after it."""

    def __init__(self, bench: Bench, blobs: Blobs) -> None:
        self._bench = bench
        self._blobs = blobs
        # Decoding takes memory and a processor: one at a time, the others wait.
        self._darkroom = asyncio.Semaphore(1)

    async def put(
        self, actor: Actor, organizer_id: UUID, event_id: UUID, data: bytes
    ) -> ManagedEvent:
        """Make `data` the event's cover; refuses what is no picture (see `pictures`)."""
        async with self._darkroom:
            picture = await asyncio.to_thread(develop, data)
        key = f"{PUBLIC}covers/{organizer_id}/{event_id}/{picture.digest}"
        await self._store(key, picture)
        replaced: list[str] = []

        async def show(event: Open) -> None:
            if event.row.cover_key == key:
                return
            replaced.extend(await _only_here(event))
            event.row.cover_key = key
            event.row.cover_width, event.row.cover_height = picture.width, picture.height
            event.note("event.cover_changed", cover=picture.digest)

        view = await self._bench.change(actor, organizer_id, event_id, show)
        await self._remove(*(old for old in replaced if old != key))
        return view

    async def delete(self, actor: Actor, organizer_id: UUID, event_id: UUID) -> ManagedEvent:
        """Remove the event's cover, if it has one."""
        removed: list[str] = []

        async def hide(event: Open) -> None:
            if event.row.cover_key is None:
                return
            removed.extend(await _only_here(event))
            event.row.cover_key = event.row.cover_width = event.row.cover_height = None
            event.note("event.cover_deleted")

        view = await self._bench.change(actor, organizer_id, event_id, hide)
        await self._remove(*removed)
        return view

    async def _store(self, key: str, picture: Picture) -> None:
        await asyncio.gather(
            *(
                self._blobs.put(f"{key}/{file.name}", file.data, file.content_type)
                for file in picture.renditions
            )
        )

    async def _remove(self, *keys: str | None) -> None:
        for key in filter(None, keys):
            for name in rendition_names():
                await self._blobs.delete(f"{key}/{name}")


async def _only_here(event: Open) -> list[str]:
    """The event's picture, unless a duplicate of the event shows it too."""
    row, key = EventRow, event.row.cover_key
    if key is None:
        return []
    shared = exists().where(
        row.organizer_id == event.row.organizer_id, row.cover_key == key, row.id != event.row.id
    )
    return [] if await event.tx.session.scalar(select(shared)) else [key]
