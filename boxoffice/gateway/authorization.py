"""Whether the actor may use the operation; checked before its handler runs.

ORDER_HOLDER passes here: the order's door in `bookings` looks at the capability, the visitor and
the role, and answers a stranger with 404.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol
from uuid import UUID

from boxoffice.gateway.operations import Operation
from boxoffice.gateway.visit import Visit
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.permissions import Permission
from boxoffice.kernel.refusals import NotAuthenticated, NotFound

_OPEN = {Permission.PUBLIC, Permission.VISITOR, Permission.ORDER_HOLDER}


class HasId(Protocol):
    @property
    def id(self) -> UUID: ...


Organizers = Callable[[str], Awaitable[HasId | None]]


class OrganizerNotFound(NotFound):
    code = "organizer_not_found"
    message = "No organizer has this name; check the address."


async def authorize(
    visit: Visit, operation: Operation, path_params: dict[str, Any], organizers: Organizers
) -> None:
    """Pass, or refuse: NotAuthenticated for nobody, NotFound for a stranger, Forbidden for a
    member.
    """
    permission = operation.permission
    if permission in _OPEN:
        return
    if visit.actor.user_id is None:
        raise NotAuthenticated
    if permission is Permission.SIGNED_IN:
        return
    if permission is Permission.PLATFORM:
        _demand_platform(visit.actor)
        return
    visit.actor.demand(permission, await organizer_id(visit, path_params, organizers))


async def organizer_id(visit: Visit, path_params: dict[str, Any], organizers: Organizers) -> UUID:
    """The id of the organizer whose slug is in the path; looked up once a request."""
    if visit.organizer_id is None:
        organizer = await organizers(str(path_params["organizer"]))
        if organizer is None:
            raise OrganizerNotFound
        visit.organizer_id = organizer.id
    return visit.organizer_id


def _demand_platform(actor: Actor) -> None:
    if not actor.platform_admin:
        raise NotFound
