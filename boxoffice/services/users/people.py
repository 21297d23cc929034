"""Accounts as rows and as views, within a caller's transaction."""

from uuid import UUID

from sqlalchemy import func, select, update

from boxoffice.data.transaction import Transaction
from boxoffice.services.users.rules.roles import permissions_of
from boxoffice.services.users.tables import MemberRow, OrganizerRow, UserRow
from boxoffice.services.users.views import MembershipView, MeView, UserView


async def by_email(tx: Transaction, email: str) -> UserRow | None:
    """The account of a normalised address."""
    return await tx.session.scalar(select(UserRow).where(UserRow.email == email))


async def me(tx: Transaction, user: UserRow) -> MeView:
    """The account as its owner sees it."""
    return MeView(user=user_view(user), organizers=await memberships(tx, user.id))


def user_view(user: UserRow) -> UserView:
    return UserView(
        id=user.id,
        email=user.email,
        name=user.name,
        email_verified=user.email_verified_at is not None,
        platform_admin=user.platform_admin,
    )


async def memberships(tx: Transaction, user_id: UUID) -> list[MembershipView]:
    """The teams the user is in, by name."""
    rows = await tx.session.execute(
        select(OrganizerRow.id, OrganizerRow.slug, OrganizerRow.name, MemberRow.role)
        .join(MemberRow, MemberRow.organizer_id == OrganizerRow.id)
        .where(MemberRow.user_id == user_id)
        .order_by(OrganizerRow.name, OrganizerRow.id)
    )
    return [
        MembershipView(
            organizer_id=row.id,
            slug=row.slug,
            name=row.name,
            role=row.role,
            permissions=sorted(permissions_of(row.role)),
        )
        for row in rows
    ]


async def access_changed(tx: Transaction, user_id: UUID) -> None:
    """Make every process look again at what the user's tokens may do."""
    await tx.session.execute(
        update(UserRow)
        .where(UserRow.id == user_id)
        .values(access_changed_at=func.clock_timestamp())
        .execution_options(synchronize_session=False)
    )
