"""Accounts and organizers made from the inside, for the command line and the demo."""

from uuid import UUID

from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import SYSTEM
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import NotFound
from boxoffice.services.users import people
from boxoffice.services.users.directory import Directory
from boxoffice.services.users.organizers import Organizers, checked
from boxoffice.services.users.registration import Registrations
from boxoffice.services.users.rules.people import as_stored
from boxoffice.services.users.tables import UserRow
from boxoffice.services.users.views import OrganizerRef


class Provisioning:
    """Each verb gives what is there already, unchanged, or makes it."""

    def __init__(
        self,
        db: Database,
        *,
        registrations: Registrations,
        organizers: Organizers,
        directory: Directory,
    ) -> None:
        self._db = db
        self._registrations = registrations
        self._organizers = organizers
        self._directory = directory

    async def ensure_account(self, *, email: str, name: str, password: str) -> UUID:
        """The verified account of that address; its password is set only when it is made."""
        known_id = await self._proved(email)
        if known_id is not None:
            return known_id
        applicant = await self._registrations.check(email=email, password=password, name=name)
        async with self._db.begin_as_platform("provision an account") as tx:
            user_id, _ = await self._registrations.enter(tx, new_id(), applicant)
            user = await tx.session.get_one(UserRow, user_id, with_for_update=True)
            if user.email_verified_at is None:
                user.email_verified_at = await tx.now()
                tx.audit("user.provisioned", actor=SYSTEM, subject=f"user:{user_id}")
            return user_id

    async def ensure_platform_admin(self, *, email: str, name: str, password: str) -> UUID:
        """The same, for somebody who runs the platform."""
        user_id = await self.ensure_account(email=email, name=name, password=password)
        async with self._db.begin_as_platform("appoint a platform admin") as tx:
            user = await tx.session.get_one(UserRow, user_id, with_for_update=True)
            if not user.platform_admin:
                user.platform_admin = True
                await people.access_changed(tx, user_id)
                tx.audit("user.made_platform_admin", actor=SYSTEM, subject=f"user:{user_id}")
        return user_id

    async def ensure_organizer(self, *, slug: str, name: str, owner_id: UUID) -> OrganizerRef:
        """The organizer with that slug; made with this name and owner if there is none."""
        wanted = checked(name, slug)
        try:
            return await self._directory.by_slug(slug)
        except NotFound:
            organizer_id = new_id()
        async with self._db.begin(organizer_id) as tx:
            view = await self._organizers.open(tx, SYSTEM, organizer_id, wanted, owner_id=owner_id)
        self._directory.forget(view)
        return view

    async def _proved(self, email: str) -> UUID | None:
        async with self._db.begin_as_platform("find a provisioned account") as tx:
            user = await people.by_email(tx, as_stored(email))
        return user.id if user is not None and user.email_verified_at else None
