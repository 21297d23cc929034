"""An event's cover."""

from dataclasses import dataclass
from uuid import UUID

from litestar import delete, put
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, MultipartBody

from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.events.api import Events
from boxoffice.services.events.pictures import MAX_BYTES
from boxoffice.services.events.routes.managed import EVENT
from boxoffice.services.events.views import ManagedEvent

_COVER = f"{EVENT}/cover"
# A form's boundaries and headers come on top of the picture.
_MAX_BODY = MAX_BYTES + 64 * 1024


@dataclass
class CoverForm:
    """`image` is a JPEG, PNG or WebP file."""

    image: UploadFile


@put(
    _COVER,
    operation_id="upload_cover",
    summary="Give the event a cover; the picture is checked and made anew in several sizes",
    opt=requires(Permission.EVENTS_WRITE),
    request_max_body_size=_MAX_BODY,
)
async def upload_cover(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
    data: MultipartBody[CoverForm],
) -> ManagedEvent:
    return await events.covers.put(actor, organizer_id, event_id, await data.image.read())


@delete(
    _COVER,
    status_code=200,
    operation_id="delete_cover",
    summary="Remove the event's cover",
    opt=requires(Permission.EVENTS_WRITE),
)
async def delete_cover(
    events: NamedDependency[Events],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    event_id: FromPath[UUID],
) -> ManagedEvent:
    return await events.covers.delete(actor, organizer_id, event_id)


handlers = [upload_cover, delete_cover]
