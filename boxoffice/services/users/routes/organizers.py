"""Organizers and their teams."""

from uuid import UUID

import msgspec
from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import DEFAULT_LIMIT, Page
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.users.api import Users
from boxoffice.services.users.rules.roles import Role
from boxoffice.services.users.views import MemberView, OrganizerView

_ORGANIZER = "/organizers/{organizer:str}"
_MEMBERS = _ORGANIZER + "/members"
_MEMBER = _MEMBERS + "/{user_id:uuid}"


class CreateOrganizerBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without a `slug` one is made from the name."""

    name: str
    slug: str | None = None


class AddMemberBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    email: str
    role: Role


class ChangeRoleBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    role: Role


@post(
    "/organizers",
    operation_id="create_organizer",
    summary="Become an organizer",
    opt=requires(Permission.SIGNED_IN),
)
async def create_organizer(
    users: NamedDependency[Users],
    actor: NamedDependency[Actor],
    data: JSONBody[CreateOrganizerBody],
    once: NamedDependency[IdempotencyKey | None],
) -> OrganizerView:
    """Whoever asks becomes its owner."""
    return await users.organizers.create(actor, name=data.name, slug=data.slug, once=once)


@get(
    _ORGANIZER,
    operation_id="get_organizer",
    summary="An organizer as anybody may see it",
    opt=requires(Permission.PUBLIC),
)
async def get_organizer(users: NamedDependency[Users], organizer: FromPath[str]) -> OrganizerView:
    return await users.organizer_by_slug(organizer)


@get(
    _MEMBERS,
    operation_id="list_members",
    summary="The team",
    opt=requires(Permission.MEMBERS_MANAGE),
)
async def list_members(
    users: NamedDependency[Users],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    limit: FromQuery[int] = DEFAULT_LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Page[MemberView]:
    return await users.teams.page(actor, organizer_id, limit=limit, cursor=cursor)


@post(
    _MEMBERS,
    operation_id="add_member",
    summary="Add somebody to the team",
    opt=requires(Permission.MEMBERS_MANAGE),
)
async def add_member(
    users: NamedDependency[Users],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    data: JSONBody[AddMemberBody],
    once: NamedDependency[IdempotencyKey | None],
) -> MemberView:
    """Whoever has no account yet is in the team after registering with this address."""
    return await users.teams.add(actor, organizer_id, email=data.email, role=data.role, once=once)


@patch(
    _MEMBER,
    operation_id="change_member_role",
    summary="Give a member another role",
    opt=requires(Permission.MEMBERS_MANAGE),
)
async def change_member_role(
    users: NamedDependency[Users],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    user_id: FromPath[UUID],
    data: JSONBody[ChangeRoleBody],
) -> MemberView:
    """The last owner stays one."""
    return await users.teams.change_role(actor, organizer_id, user_id, data.role)


@delete(
    _MEMBER,
    operation_id="remove_member",
    summary="Take a member out of the team",
    opt=requires(Permission.MEMBERS_MANAGE),
)
async def remove_member(
    users: NamedDependency[Users],
    actor: NamedDependency[Actor],
    organizer_id: NamedDependency[UUID],
    user_id: FromPath[UUID],
) -> None:
    """The last owner cannot leave."""
    await users.teams.remove(actor, organizer_id, user_id)


handlers = [
    create_organizer,
    get_organizer,
    list_members,
    add_member,
    change_member_role,
    remove_member,
]
