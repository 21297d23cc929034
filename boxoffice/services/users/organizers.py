"""Opening an organizer: a name, an address of its own, and its first owner."""

import secrets
from collections.abc import Iterator
from uuid import UUID

import msgspec
from sqlalchemy.dialects.postgresql import insert

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.refusals import NotAuthenticated
from boxoffice.services.users import people
from boxoffice.services.users.access import Access
from boxoffice.services.users.directory import Directory, view_of
from boxoffice.services.users.facts import MemberAdded, OrganizerCreated
from boxoffice.services.users.refusals import SlugTaken
from boxoffice.services.users.rules.fields import Form
from boxoffice.services.users.rules.people import tidy_name
from boxoffice.services.users.rules.slugs import demand_slug, slug_from
from boxoffice.services.users.tables import MemberRow, OrganizerRow
from boxoffice.services.users.views import OrganizerView

_NUMBERED = 9


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """An organizer to open; without `slug` one is made from the name."""

    name: str
    slug: str | None


class Organizers:
    """Opens organizers."""

    def __init__(self, db: Database, directory: Directory, access: Access) -> None:
        self._db = db
        self._directory = directory
        self._access = access

    async def create(
        self, actor: Actor, *, name: str, slug: str | None, once: IdempotencyKey | None
    ) -> OrganizerView:
        """The new organizer, owned by who asks; `SlugTaken` if the wanted slug is."""
        if actor.user_id is None:
            raise NotAuthenticated
        wanted = checked(name, slug)
        organizer_id = new_id()
        async with self._db.begin(organizer_id) as tx:
            replay = await tx.claim(once, OrganizerView)
            if replay is not None:
                return replay
            view = await self.open(tx, actor, organizer_id, wanted, owner_id=actor.user_id)
            await tx.keep(once, view, status=201)
        self._directory.forget(view)
        self._access.forget(actor.user_id)
        return view

    async def open(
        self, tx: Transaction, actor: Actor, organizer_id: UUID, wanted: Wanted, *, owner_id: UUID
    ) -> OrganizerView:
        """The organizer and its owner, in the caller's transaction."""
        row = await _insert_first_free(tx, organizer_id, wanted)
        tx.session.add(MemberRow(organizer_id=organizer_id, user_id=owner_id, role="owner"))
        await people.access_changed(tx, owner_id)
        tx.tell(
            OrganizerCreated(organizer_id=organizer_id),
            MemberAdded(organizer_id=organizer_id, user_id=owner_id),
        )
        tx.audit(
            "organizer.created",
            actor=actor,
            subject=f"organizer:{organizer_id}",
            changes={"slug": row.slug, "owner": str(owner_id)},
        )
        return view_of(row)


def checked(name: str, slug: str | None) -> Wanted:
    """The wish with its fields made right, or `Invalid`."""
    form = Form()
    right_name = form.read(tidy_name, name)
    right_slug = form.read(demand_slug, slug) if slug else None
    if right_name is None or (slug and right_slug is None):
        raise form.refusal()
    return Wanted(name=right_name, slug=right_slug)


async def _insert_first_free(tx: Transaction, organizer_id: UUID, wanted: Wanted) -> OrganizerRow:
    for slug in _candidates(wanted):
        row = await tx.session.scalar(
            insert(OrganizerRow)
            .values(id=organizer_id, slug=slug, name=wanted.name)
            .on_conflict_do_nothing(index_elements=[OrganizerRow.slug])
            .returning(OrganizerRow)
        )
        if row is not None:
            return row
    raise SlugTaken


def _candidates(wanted: Wanted) -> Iterator[str]:
    """The wanted slug alone; else the name's, plain, numbered, and at last with random letters."""
    if wanted.slug:
        yield wanted.slug
        return
    base = slug_from(wanted.name)
    if base:
        yield base
        yield from (f"{base}-{number}" for number in range(2, _NUMBERED + 1))
    yield f"{base or 'organizer'}-{secrets.token_hex(3)}"
