"""What somebody does who wants early access: register, confirm, look, withdraw."""

from uuid import UUID

import msgspec

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.data.transience import retried
from boxoffice.services.bookings.facts import PresaleRegistrationMoved
from boxoffice.services.bookings.link_doors import LinkDoor
from boxoffice.services.bookings.links import OrderLinks
from boxoffice.services.bookings.people import checked_buyer
from boxoffice.services.bookings.persons import person_of
from boxoffice.services.bookings.presales.composing import RegistrationComposer
from boxoffice.services.bookings.presales.reading import (
    lock_registration,
    read_registration,
    standing_registration,
)
from boxoffice.services.bookings.presales.views import PresaleRegistrationView
from boxoffice.services.bookings.rules.presales import (
    NotRegistered,
    PresaleNotOpen,
    RegistrationOver,
    check_quantity,
)
from boxoffice.services.bookings.tables_presales import PresaleRegistration
from boxoffice.services.bookings.views import AcceptedView, BuyerView
from boxoffice.services.events.api import Events, Presale
from boxoffice.services.users.api import Users

_REGISTERED = "Almost done: we have mailed you a link. Open it and confirm your registration."
_STANDING = ("won", "lost", None)


class Register(msgspec.Struct, frozen=True, kw_only=True):
    """Who wants early access to what, for how many tickets."""

    event_id: UUID
    person: BuyerView
    quantity: int
    locale: str


class OpenedRegistration(msgspec.Struct, frozen=True, kw_only=True):
    """What a capability link opened."""

    organizer_id: UUID
    event_id: UUID
    id: UUID


class Registrations:
    """Registrations for early access, each opened by its capability link."""

    def __init__(
        self,
        *,
        db: Database,
        users: Users,
        events: Events,
        links: OrderLinks,
        composer: RegistrationComposer,
    ) -> None:
        self._db = db
        self._events = events
        self._door = LinkDoor(db=db, users=users, links=links, otherwise=NotRegistered)
        self._composer = composer

    async def register(
        self, organizer_id: UUID, command: Register, *, once: IdempotencyKey | None
    ) -> AcceptedView:
        """Register, which counts once it is confirmed; until then the newest answer counts. Who has
        confirmed already is only mailed their link again: the answer tells nobody who has.
        """
        person = checked_buyer(command.person)
        command = msgspec.structs.replace(command, person=person)
        return await retried(
            lambda: self._register(organizer_id, command, once),
            rivals=("presale_registrations_one_each",),
        )

    async def view(self, token: str) -> PresaleRegistrationView:
        """The registration that the link opens; `NotRegistered` for anything else."""
        door = await self._opened(token)
        return await self.one(door.organizer_id, door.id)

    async def one(self, organizer_id: UUID, registration_id: UUID) -> PresaleRegistrationView:
        """The registration, whoever asks; `NotRegistered` if there is none such."""
        async with self._db.begin(organizer_id) as tx:
            found = await self._composer.found(tx, await read_registration(tx, registration_id))
        return await self._composer.view(organizer_id, found)

    async def confirm(self, token: str) -> PresaleRegistrationView:
        """The address is its owner's: the registration counts from now on. Again changes nothing.

        `PresaleNotOpen` once early access has been given.
        """
        door = await self._opened(token)
        async with self._db.begin(door.organizer_id) as tx:
            # Whoever draws waits for us, or has drawn.
            presale = await self._events.presales.share(tx, door.event_id)
            one = await lock_registration(tx, door.id, event_id=door.event_id)
            if one.outcome not in _STANDING:
                raise RegistrationOver
            if one.confirmed_at is None:
                if presale.drawn_at is not None or not presale.published:
                    raise PresaleNotOpen
                one.confirmed_at = await tx.now()
                await tx.session.flush()
        return await self.one(door.organizer_id, door.id)

    async def withdraw(self, token: str) -> PresaleRegistrationView:
        """Want no early access any more; who had got it can buy early no more. Again changes
        nothing.
        """
        door = await self._opened(token)
        async with self._db.begin(door.organizer_id) as tx:
            await self._events.presales.share(tx, door.event_id)
            one = await lock_registration(tx, door.id, event_id=door.event_id)
            if one.outcome != "withdrawn":
                await end(tx, self._events, one, "withdrawn")
        return await self.one(door.organizer_id, door.id)

    async def _register(
        self, organizer_id: UUID, command: Register, once: IdempotencyKey | None
    ) -> AcceptedView:
        async with self._db.begin(organizer_id) as tx:
            if replayed := await tx.claim(once, AcceptedView):
                return replayed
            presale = await self._events.presales.share(tx, command.event_id)
            _check(presale, command.quantity)
            person = person_of(command.person.email)
            one = await standing_registration(tx, command.event_id, person)
            if one is None:
                one = _registration(organizer_id, command, person)
                tx.session.add(one)
            else:
                one = await lock_registration(tx, one.id, event_id=one.event_id)
                _answer_anew(one, command)
            await tx.session.flush()
            tx.tell(PresaleRegistrationMoved(organizer_id=organizer_id, registration_id=one.id))
            return await tx.keep(once, AcceptedView(message=_REGISTERED), status=202)

    async def _opened(self, token: str) -> OpenedRegistration:
        one = await self._door.opened(token, read_registration)
        return OpenedRegistration(organizer_id=one.organizer_id, event_id=one.event_id, id=one.id)


async def end(tx: Transaction, events: Events, one: PresaleRegistration, outcome: str) -> None:
    """The locked registration is over, and with it the pass; `RegistrationOver` if it was."""
    if one.outcome not in _STANDING:
        raise RegistrationOver
    if one.pass_id is not None:
        await events.presales.take_back(tx, one.pass_id)
    one.outcome, one.ended_at = outcome, await tx.now()
    await tx.session.flush()


def _check(presale: Presale, quantity: int) -> None:
    if presale.state != "open" or not presale.published:
        raise PresaleNotOpen
    check_quantity(quantity, most=presale.terms.max_tickets)


def _answer_anew(one: PresaleRegistration, command: Register) -> None:
    """What was answered last counts, but changes nothing that its owner has confirmed."""
    if one.outcome is None and one.confirmed_at is None:
        one.name, one.quantity = command.person.name, command.quantity
        one.locale = command.locale


def _registration(organizer_id: UUID, command: Register, person: UUID) -> PresaleRegistration:
    return PresaleRegistration(
        organizer_id=organizer_id,
        event_id=command.event_id,
        person=person,
        email=command.person.email,
        name=command.person.name,
        locale=command.locale,
        quantity=command.quantity,
    )
