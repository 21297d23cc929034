"""The organizer's applications: who asks for what, in their own words, and what the team thinks."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_

from boxoffice.data.postgres import Database
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.pages import Page, check_limit, decode_cursor, page_of
from boxoffice.services.bookings.answers import storing
from boxoffice.services.bookings.answers.views import AnswerView
from boxoffice.services.bookings.approving import rows
from boxoffice.services.bookings.approving.applying import view_of
from boxoffice.services.bookings.approving.views import ApplicationRow, AppliedTicketView
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.people import checked_message
from boxoffice.services.bookings.reading import lock_orders, read_orders
from boxoffice.services.bookings.rules import ApplicationState, OrderStatus
from boxoffice.services.bookings.snapshots import OrderSnapshot
from boxoffice.services.bookings.tables import Order
from boxoffice.services.bookings.tables_approving import Application
from boxoffice.services.bookings.views import full_name

_UNSCORED = -1


class Applications:
    """Reads them, and notes what the team thinks of them."""

    def __init__(self, db: Database, composer: Composer) -> None:
        self._db = db
        self._composer = composer

    async def page(  # the list's filters, all by name
        self,
        organizer_id: UUID,
        *,
        event_id: UUID | None,
        state: ApplicationState,
        by_score: bool,
        limit: int,
        cursor: str | None,
    ) -> Page[ApplicationRow]:
        """Those in that state, in the order they came, or the best first."""
        check_limit(limit)
        score = func.coalesce(Application.score, _UNSCORED)
        query = (
            select(Application)
            .join(Order, and_(Order.organizer_id == Application.organizer_id, _SAME))
            .where(Application.organizer_id == organizer_id, _in_state(state))
            .order_by(*([score.desc()] if by_score else []), Application.id)
        )
        if event_id:
            query = query.where(Application.event_id == event_id)
        if cursor:
            query = _after(query, score, cursor, by_score=by_score)
        async with self._db.begin(organizer_id) as tx:
            found = list(await tx.session.scalars(query.limit(limit + 1)))
            ids = [row.id for row in found]
            orders = await read_orders(tx, organizer_id, ids)
            answers = await storing.read(tx, ids)
            now = await tx.now()
        known = await self._composer.known(organizer_id, {row.event_id for row in found})
        page = page_of(found, limit=limit, position=_place)
        items = [
            _row(
                row, orders[row.id], answers[row.id], known.events[row.event_id].title, now=now
            )
            for row in page.items
        ]  # fmt: skip
        return Page(items=items, has_more=page.has_more, next_cursor=page.next_cursor)

    async def assess(
        self, actor: Actor, organizer_id: UUID, order_id: UUID, *, score: int | None, note: str
    ) -> ApplicationRow:
        """What the team thinks of it; its buyer never sees that."""
        note = checked_message(note, pointer="/note")
        async with self._db.begin(organizer_id) as tx:
            await lock_orders(tx, organizer_id, [order_id])
            row = await rows.find(tx, order_id)
            changed = (row.score, row.note) != (score, note)
            row.score, row.note = score, note
            await tx.session.flush()
            order = (await read_orders(tx, organizer_id, [order_id]))[order_id]
            answers = await storing.read(tx, [order_id])
            if changed:
                tx.audit(
                    "order.assessed",
                    actor=actor,
                    subject=f"order:{order_id}",
                    changes={"score": score},
                )
            now = await tx.now()
        known = await self._composer.known(organizer_id, [row.event_id])
        title = known.events[row.event_id].title
        return _row(row, order, answers[order_id], title, now=now)


_SAME = Order.id == Application.id
_LIVE = Order.hold_expires_at > func.clock_timestamp()


def _in_state(state: ApplicationState) -> ColumnElement[bool]:
    """`rules.application_state`, as the database asks it."""
    undecided, status = Application.approved.is_(None), Order.status
    waiting = OrderStatus.AWAITING_APPROVAL
    conditions: dict[ApplicationState, ColumnElement[bool]] = {
        ApplicationState.APPROVED: or_(
            Application.approved.is_(True), and_(undecided, status == OrderStatus.CONFIRMED)
        ),
        ApplicationState.DENIED: or_(
            Application.approved.is_(False), and_(undecided, status == OrderStatus.REJECTED)
        ),
        ApplicationState.WAITING: and_(undecided, status == waiting, _LIVE),
        ApplicationState.WITHDRAWN: and_(undecided, status == OrderStatus.CANCELLED),
        ApplicationState.LAPSED: and_(
            undecided, or_(status == OrderStatus.EXPIRED, and_(status == waiting, ~_LIVE))
        ),
    }
    return conditions[state]


def _after(
    query: Select[Application], score: ColumnElement[int], cursor: str, *, by_score: bool
) -> Select[Application]:
    best, last = decode_cursor(cursor, tuple[int, UUID])
    if not by_score:
        return query.where(Application.id > last)
    return query.where(tuple_(-score, Application.id) > tuple_(-best, last))


def _place(row: Any) -> tuple[int, UUID]:
    return _UNSCORED if row.score is None else row.score, row.id


def _row(
    row: Application,
    order: OrderSnapshot,
    answers: Sequence[AnswerView],
    title: str,
    *,
    now: datetime,
) -> ApplicationRow:
    shown = view_of(order, row, now=now)
    positions = order.positions or order.cancelled
    counted = Counter(full_name(one.ticket_type_name, one.variation_name) for one in positions)
    return ApplicationRow(
        order_id=order.id,
        order_code=order.code,
        event_id=order.event_id,
        event_title=title,
        state=shown.state,
        buyer_name=order.buyer.name if order.buyer else "",
        buyer_email=order.buyer.email if order.buyer else "",
        tickets=[AppliedTicketView(name=name, quantity=n) for name, n in counted.items()],
        total=order.total,
        message=shown.message,
        answers=list(answers),
        score=row.score,
        note=row.note,
        answer=shown.answer,
        sent_at=shown.sent_at,
        due_at=shown.due_at,
        decided_at=shown.decided_at,
        payment_status=order.payment_status,
        card=shown.card,
    )
