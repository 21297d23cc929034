"""Who works for an organizer, and in which role."""

from uuid import UUID

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import Page, check_limit, decode_cursor, page_of
from boxoffice.kernel.permissions import Permission
from boxoffice.services.users import members, people
from boxoffice.services.users.access import Access
from boxoffice.services.users.facts import MemberRemoved, MemberRoleChanged
from boxoffice.services.users.rules.fields import Form
from boxoffice.services.users.rules.people import normalise_email
from boxoffice.services.users.rules.roles import Role, roles_with
from boxoffice.services.users.tables import MemberRow
from boxoffice.services.users.views import Contact, MemberView


class Teams:
    """The door to every member's row; each verb but `contacts` asks who is asking."""

    def __init__(self, db: Database, access: Access) -> None:
        self._db = db
        self._access = access

    async def page(
        self, actor: Actor, organizer_id: UUID, *, limit: int, cursor: str | None
    ) -> Page[MemberView]:
        """The team, first joined first."""
        actor.demand(Permission.MEMBERS_MANAGE, organizer_id)
        wanted = members.team(organizer_id).order_by(MemberRow.id).limit(check_limit(limit) + 1)
        if cursor is not None:
            (after,) = decode_cursor(cursor, tuple[UUID])
            wanted = wanted.where(MemberRow.id > after)
        async with self._db.begin(organizer_id) as tx:
            rows = list(await tx.session.execute(wanted))
        found = page_of(rows, limit=limit, position=_position)
        return Page(
            items=[members.view_of(row) for row in found.items],
            has_more=found.has_more,
            next_cursor=found.next_cursor,
        )

    async def add(
        self,
        actor: Actor,
        organizer_id: UUID,
        *,
        email: str,
        role: Role,
        once: IdempotencyKey | None,
    ) -> MemberView:
        """The new member, who need not have an account yet; `AlreadyMember` for one of the team."""
        actor.demand(Permission.MEMBERS_MANAGE, organizer_id)
        address = _checked(email)
        async with self._db.begin(organizer_id) as tx:
            replay = await tx.claim(once, MemberView)
            if replay is not None:
                return replay
            view = await members.join(
                tx, actor, organizer_id, await members.user_of(tx, address), role
            )
            await tx.keep(once, view, status=201)
        self._access.forget(view.user_id)
        return view

    async def change_role(
        self, actor: Actor, organizer_id: UUID, user_id: UUID, role: Role
    ) -> MemberView:
        """The member in the new role; `LastOwner` if nobody could manage the team any more."""
        actor.demand(Permission.MEMBERS_MANAGE, organizer_id)
        async with self._db.begin(organizer_id) as tx:
            member = await members.locked(tx, organizer_id, user_id)
            old, member.role = member.role, role
            if old == role:
                return members.view_of(await members.row_of(tx, organizer_id, user_id))
            await tx.session.flush()
            await members.demand_owner(tx, organizer_id)
            await people.access_changed(tx, user_id)
            tx.tell(MemberRoleChanged(organizer_id=organizer_id, user_id=user_id))
            changes = {"role": [old, role]}
            tx.audit("member.role_changed", actor=actor, subject=f"user:{user_id}", changes=changes)
            view = members.view_of(await members.row_of(tx, organizer_id, user_id))
        self._access.forget(user_id)
        return view

    async def remove(self, actor: Actor, organizer_id: UUID, user_id: UUID) -> None:
        """The member leaves the team; `LastOwner` if nobody could manage it any more."""
        actor.demand(Permission.MEMBERS_MANAGE, organizer_id)
        async with self._db.begin(organizer_id) as tx:
            member = await members.locked(tx, organizer_id, user_id)
            await tx.session.delete(member)
            await tx.session.flush()
            await members.demand_owner(tx, organizer_id)
            await people.access_changed(tx, user_id)
            tx.tell(MemberRemoved(organizer_id=organizer_id, user_id=user_id))
            tx.audit("member.removed", actor=actor, subject=f"user:{user_id}")
        self._access.forget(user_id)

    async def contacts(self, organizer_id: UUID, permission: Permission) -> list[Contact]:
        """The members whose role grants `permission`, for writing to them."""
        async with self._db.begin(organizer_id) as tx:
            rows = await tx.session.execute(
                members.team(organizer_id)
                .where(MemberRow.role.in_(roles_with(permission)), *members.CAN_SIGN_IN)
                .order_by(MemberRow.id)
            )
            return [Contact(email=row.email, name=row.name) for row in rows]


def _position(row: members.TeamRow) -> tuple[UUID]:
    return (row.id,)


def _checked(email: str) -> str:
    form = Form()
    address = form.read(normalise_email, email)
    if address is None:
        raise form.refusal()
    return address
