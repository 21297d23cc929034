"""How an event's waiting list works: the organizer's choice."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from boxoffice.data.idempotency import IdempotencyKey
from boxoffice.kernel.actors import Actor
from boxoffice.services.events.bodies import Body
from boxoffice.services.events.kept import marks
from boxoffice.services.events.rules.waiting import Mode
from boxoffice.services.events.stock import Stock
from boxoffice.services.events.views import ManagedEvent
from boxoffice.services.events.waitlist.line import rank_anew, types_in_line
from boxoffice.services.events.waitlist.whole import lock_whole
from boxoffice.services.events.workbench import Bench, Open

Minutes = Annotated[int, Meta(ge=5, le=20160, description="How long an offer lasts.")]


class WaitlistBody(Body, frozen=True, kw_only=True):
    """What is absent stays. A closed list takes nobody on and offers nothing by itself; what is
    free is then everybody's.
    """

    is_open: bool | UnsetType = UNSET
    mode: Mode | UnsetType = UNSET
    offer_minutes: Minutes | UnsetType = UNSET


class WaitlistSettings:
    """Opens, closes and arranges waiting lists."""

    def __init__(self, bench: Bench, stock: Stock) -> None:
        self._bench = bench
        self._stock = stock

    async def change(  # who changes what, under which key
        self,
        actor: Actor,
        organizer_id: UUID,
        event_id: UUID,
        body: WaitlistBody,
        *,
        once: IdempotencyKey | None = None,
    ) -> ManagedEvent:
        """Change what the body names. Another mode ranks all who wait anew."""

        async def edit(event: Open) -> None:
            mode = event.row.waitlist_mode
            if not _apply(event, body):
                return
            await event.tx.session.flush()
            kinds = await types_in_line(event.tx, event_id)
            shelf = await lock_whole(event.tx, self._stock, kinds)
            if event.row.waitlist_mode != mode:
                await rank_anew(event.tx, event_id, event.row.waitlist_mode)
            marks.tell(event.tx, await marks.renew(event.tx, shelf.quotas))

        return await self._bench.change(actor, organizer_id, event_id, edit, once=once)


def _apply(event: Open, body: WaitlistBody) -> bool:
    """Whether anything changed."""
    given = {k: v for k, v in msgspec.structs.asdict(body).items() if v is not UNSET}
    columns = {
        "is_open": "waitlist_open",
        "mode": "waitlist_mode",
        "offer_minutes": "waitlist_minutes",
    }
    changed = {k: v for k, v in given.items() if getattr(event.row, columns[k]) != v}
    for name, value in changed.items():
        setattr(event.row, columns[name], value)
    if changed:
        event.note("waitlist.changed", **changed)
    return bool(changed)
