"""All of it, once: what is already there stays as its owner has left it."""

from uuid import UUID

from boxoffice.app.services import Services, running_services
from boxoffice.demo import people
from boxoffice.demo.programme import programme
from boxoffice.demo.staging import Stagehand
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import MAX_LIMIT
from boxoffice.settings import Settings


async def load(
    settings: Settings,
    *,
    organizer_email: str,
    organizer_password: str,
    admin_email: str,
    admin_password: str,
) -> None:
    """The two logins, the demo organizer and its programme, in a migrated database.

    Passwords count only when the accounts are made. Once the whole programme was loaded nothing of
    it is made again, whatever its owner has done to it since.
    """
    async with running_services(settings, process="demo") as services:
        await people.make_admin(services.users, people.Login(admin_email, admin_password))
        owner_id = await people.make_owner(
            services.users, people.Login(organizer_email, organizer_password)
        )
        organizer = await people.make_organizer(services.users, owner_id)
        actor = Actor(user_id=owner_id)
        await _stage_all(Stagehand(services, actor, organizer.id))


async def _stage_all(stagehand: Stagehand) -> None:
    known = await _known(stagehand.services, stagehand.organizer_id)
    shows = programme()
    if shows[-1].slug in known:
        return
    for show in shows:
        await stagehand.stage(show, known.get(show.slug))


async def _known(services: Services, organizer_id: UUID) -> dict[str, UUID]:
    """The organizer's events by slug, which they keep for good."""
    known: dict[str, UUID] = {}
    cursor = None
    while True:
        page = await services.events.editing.list(organizer_id, limit=MAX_LIMIT, cursor=cursor)
        known |= {row.slug: row.id for row in page.items}
        if not page.has_more:
            return known
        cursor = page.next_cursor
