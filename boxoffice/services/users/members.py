"""Members as rows, within a caller's transaction."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlalchemy.dialects.postgresql import insert

from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.users import people
from boxoffice.services.users.facts import MemberAdded
from boxoffice.services.users.refusals import AlreadyMember
from boxoffice.services.users.rules.roles import Role, demand_owner_left
from boxoffice.services.users.tables import MemberRow, UserRow
from boxoffice.services.users.views import MemberView

TeamRow = Row[UUID, UUID, str, str, str, datetime]
CAN_SIGN_IN = (UserRow.email_verified_at.is_not(None), UserRow.disabled_at.is_(None))


async def user_of(tx: Transaction, email: str) -> UUID:
    """The account of that address; an unknown one is entered, to be taken over by registering."""
    await tx.session.execute(
        insert(UserRow)
        .values(id=new_id(), email=email, name="")
        .on_conflict_do_nothing(index_elements=[UserRow.email])
    )
    user = await people.by_email(tx, email)
    if user is None:
        raise NotFound
    return user.id


async def join(
    tx: Transaction, actor: Actor, organizer_id: UUID, user_id: UUID, role: Role
) -> MemberView:
    """Put the user into the team, or `AlreadyMember`."""
    joined = await tx.session.scalar(
        insert(MemberRow)
        .values(organizer_id=organizer_id, id=new_id(), user_id=user_id, role=role)
        .on_conflict_do_nothing(index_elements=[MemberRow.organizer_id, MemberRow.user_id])
        .returning(MemberRow.id)
    )
    if joined is None:
        raise AlreadyMember
    await people.access_changed(tx, user_id)
    tx.tell(MemberAdded(organizer_id=organizer_id, user_id=user_id))
    tx.audit("member.added", actor=actor, subject=f"user:{user_id}", changes={"role": role})
    return view_of(await row_of(tx, organizer_id, user_id))


async def locked(tx: Transaction, organizer_id: UUID, user_id: UUID) -> MemberRow:
    """The member, with all owners locked before: who decides about the last one decides alone."""
    mine = MemberRow.organizer_id == organizer_id
    await tx.session.execute(
        select(MemberRow.id)
        .where(mine, MemberRow.role == "owner")
        .order_by(MemberRow.id)
        .with_for_update()
    )
    member = await tx.session.scalar(
        select(MemberRow).where(mine, MemberRow.user_id == user_id).with_for_update()
    )
    if member is None:
        raise NotFound
    return member


async def demand_owner(tx: Transaction, organizer_id: UUID) -> None:
    """`LastOwner` unless an owner who can sign in is left."""
    owners = await tx.session.scalar(
        select(func.count())
        .select_from(MemberRow)
        .join(UserRow, UserRow.id == MemberRow.user_id)
        .where(MemberRow.organizer_id == organizer_id, MemberRow.role == "owner", *CAN_SIGN_IN)
    )
    demand_owner_left(owners=owners or 0)


def team(organizer_id: UUID) -> Select[UUID, UUID, str, str, str, datetime]:
    """The rows that `view_of` understands."""
    return (
        select(
            MemberRow.id,
            MemberRow.user_id,
            UserRow.email,
            UserRow.name,
            MemberRow.role,
            MemberRow.created_at,
        )
        .join(UserRow, UserRow.id == MemberRow.user_id)
        .where(MemberRow.organizer_id == organizer_id)
    )


async def row_of(tx: Transaction, organizer_id: UUID, user_id: UUID) -> TeamRow:
    found = await tx.session.execute(team(organizer_id).where(MemberRow.user_id == user_id))
    return found.one()


def view_of(row: TeamRow) -> MemberView:
    return MemberView(
        user_id=row.user_id,
        email=row.email,
        name=row.name,
        role=row.role,
        joined_at=row.created_at,
    )
