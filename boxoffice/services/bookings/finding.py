"""Finding orders again: by link, by account or visitor, by e-mail, and the organizer's list."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, delete, func, or_, select

from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.actors import Actor
from boxoffice.kernel.money import Money
from boxoffice.kernel.pages import Page, check_limit, decode_cursor, page_of
from boxoffice.services.bookings.composing import Composer
from boxoffice.services.bookings.facts import OrderLinksRequested
from boxoffice.services.bookings.links import read_token
from boxoffice.services.bookings.people import checked_address
from boxoffice.services.bookings.reading import read_order, read_orders
from boxoffice.services.bookings.rules import (
    OrderNotFound,
    OrderPaymentStatus,
    OrderRefundStatus,
    OrderStatus,
    shown_status,
)
from boxoffice.services.bookings.tables import LinkRequest, Order, OrderPosition
from boxoffice.services.bookings.views import AcceptedView, OrderRow, OrderView
from boxoffice.services.users.api import Users

S = TypeVar("S", bound=Select[*tuple[Any, ...]])
_SENT = "If there are orders for this address, their links are on the way to it."
_MAX_LINKS = 50


class RequestedLink(msgspec.Struct, frozen=True, kw_only=True):
    """One order in the mail that answers "find my orders"."""

    event_title: str
    order_code: str
    starts_at: datetime
    timezone: str
    token: str


class RequestedLinks(msgspec.Struct, frozen=True, kw_only=True):
    """To whom, and which orders; none means: send nothing."""

    email: str
    links: list[RequestedLink]


class Finding:
    """Reads across orders. What spans organizers runs as the platform, by name."""

    def __init__(self, db: Database, users: Users, composer: Composer) -> None:
        self._db = db
        self._users = users
        self._composer = composer

    async def by_token(self, token: str) -> OrderView:
        """The order a capability link opens; `OrderNotFound` for anything else."""
        link = read_token(token)
        organizer = await self._users.organizer_by_slug(link.organizer_slug)
        async with self._db.begin(organizer.id) as tx:
            found = await read_orders(tx, organizer.id, [link.order_id])
            now = await tx.now()
        order = found.get(link.order_id)
        if order is None or not self._composer.opens(link, organizer, order):
            raise OrderNotFound
        return await self._composer.one(organizer.id, order, now=now)

    async def mine(self, actor: Actor, *, limit: int, cursor: str | None) -> Page[OrderView]:
        """Orders of this account and this visitor, newest first."""
        check_limit(limit)
        owners = [owner for owner in (actor.user_id, actor.visitor_id) if owner]
        query = _newest_first(
            select(Order.organizer_id, Order.id).where(Order.buyer_id.in_(owners)), cursor
        )
        async with self._db.begin_as_platform("list a buyer's orders") as tx:
            rows = list((await tx.session.execute(query.limit(limit + 1))).all())
        page = page_of(rows, limit=limit, position=_place)
        views = [await self.one(row.organizer_id, row.id) for row in page.items]
        return Page(items=views, has_more=page.has_more, next_cursor=page.next_cursor)

    async def request_links(self, email: str) -> AcceptedView:
        """Mail the links of all orders to `email`; the answer is the same if there are none."""
        address = checked_address(email, pointer="/email")
        async with self._db.begin_as_platform("find orders by e-mail") as tx:
            request = LinkRequest(email=address)
            tx.session.add(request)
            await tx.session.flush()
            tx.tell(OrderLinksRequested(organizer_id=None, request_id=request.id))
        return AcceptedView(message=_SENT)

    async def requested_links(self, request_id: UUID) -> RequestedLinks | None:
        """What to mail for a request; None once the request is forgotten."""
        async with self._db.begin_as_platform("find orders by e-mail") as tx:
            request = await tx.session.get(LinkRequest, request_id)
            if request is None:
                return None
            rows = await tx.session.execute(
                select(Order.organizer_id, Order.id)
                .where(func.lower(Order.buyer_email) == request.email.lower())
                .where(Order.status.in_([OrderStatus.CONFIRMED, OrderStatus.AWAITING_PAYMENT]))
                .order_by(Order.id.desc())
                .limit(_MAX_LINKS)
            )
            found = rows.all()
        views = [await self.one(row.organizer_id, row.id) for row in found]
        return RequestedLinks(email=request.email, links=[_link(view) for view in views])

    async def forget_requests(self) -> None:
        """Delete link requests older than a day."""
        async with self._db.begin_as_platform("forget old link requests") as tx:
            await tx.session.execute(
                delete(LinkRequest).where(
                    LinkRequest.created_at < func.now() - func.make_interval(0, 0, 0, 1)
                )
            )

    async def list_for_organizer(  # the list's filters, all by name
        self,
        organizer_id: UUID,
        *,
        event_id: UUID | None,
        status: OrderStatus | None,
        q: str | None,
        limit: int,
        cursor: str | None,
    ) -> Page[OrderRow]:
        """The organizer's orders, newest first; `q` matches code, name or address."""
        check_limit(limit)
        query = select(Order).where(Order.organizer_id == organizer_id)
        if event_id:
            query = query.where(Order.event_id == event_id)
        if status:
            query = query.where(Order.status == status.value)
        if q:
            query = query.where(_matches(q.strip()))
        async with self._db.begin(organizer_id) as tx:
            rows = list(await tx.session.scalars(_newest_first(query, cursor).limit(limit + 1)))
            units = await _units(tx, organizer_id, [row.id for row in rows])
            now = await tx.now()
        known = await self._composer.known(organizer_id, {row.event_id for row in rows})
        page = page_of(rows, limit=limit, position=_place)
        items = [
            _row(row, known.events[row.event_id].title, units.get(row.id, 0), now=now)
            for row in page.items
        ]
        return Page(items=items, has_more=page.has_more, next_cursor=page.next_cursor)

    async def one(self, organizer_id: UUID, order_id: UUID) -> OrderView:
        """The order, whoever asks; `OrderNotFound` if there is none such."""
        async with self._db.begin(organizer_id) as tx:
            order = await read_order(tx, organizer_id, order_id)
            now = await tx.now()
        return await self._composer.one(organizer_id, order, now=now)


def _place(row: Any) -> tuple[UUID]:
    return (row.id,)


def _newest_first(query: S, cursor: str | None) -> S:
    if cursor:
        (last,) = decode_cursor(cursor, tuple[UUID])
        query = query.where(Order.id < last)
    return query.order_by(Order.id.desc())


def _matches(q: str) -> ColumnElement[bool]:
    escaped = q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = f"%{escaped}%"
    return or_(
        Order.code == q.upper(), Order.buyer_name.ilike(pattern), Order.buyer_email.ilike(pattern)
    )


async def _units(tx: Transaction, organizer_id: UUID, order_ids: list[UUID]) -> dict[UUID, int]:
    rows = await tx.session.execute(
        select(OrderPosition.order_id, func.count().label("units"))
        .where(OrderPosition.organizer_id == organizer_id, OrderPosition.order_id.in_(order_ids))
        .where(OrderPosition.cancelled_at.is_(None))
        .group_by(OrderPosition.order_id)
    )
    return {row.order_id: row.units for row in rows}


def _row(order: Order, title: str, units: int, *, now: datetime) -> OrderRow:
    return OrderRow(
        id=order.id,
        code=order.code,
        event_id=order.event_id,
        event_title=title,
        buyer_name=order.buyer_name,
        buyer_email=order.buyer_email,
        status=shown_status(
            OrderStatus(order.status), hold_expires_at=order.hold_expires_at, now=now
        ),
        payment_status=OrderPaymentStatus(order.payment_status),
        refund_status=OrderRefundStatus(order.refund_status),
        total=Money(amount=order.total_amount, currency=order.currency),
        tickets=units,
        created_at=order.created_at,
    )


def _link(view: OrderView) -> RequestedLink:
    return RequestedLink(
        event_title=view.event_title,
        order_code=view.code,
        starts_at=view.starts_at,
        timezone=view.timezone,
        token=view.token,
    )
