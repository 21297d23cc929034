"""Searching what is published, over all organizers, with the counts that filters show."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Self, TypeVarTuple, cast
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, exists, func, or_, select, tuple_
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import TSQUERY

from boxoffice.data.blobs import Blobs
from boxoffice.data.postgres import Database
from boxoffice.data.transaction import Transaction
from boxoffice.kernel.money import Money
from boxoffice.kernel.pages import DEFAULT_LIMIT, Page, check_limit, decode_cursor, page_of
from boxoffice.kernel.refusals import FieldError, Invalid
from boxoffice.services.events.card_offers import read_offers
from boxoffice.services.events.renditions import cover_view
from boxoffice.services.events.rules import sales
from boxoffice.services.events.rules.folding import fold, tsquery
from boxoffice.services.events.rules.sales import OfferStateName
from boxoffice.services.events.tables import DiscoveryRow
from boxoffice.services.events.views import DiscoverView, EventCard, FacetValue, Format

Columns = TypeVarTuple("Columns")

# A position whose time says which instant it means.
Instant = Annotated[datetime, msgspec.Meta(tz=True)]

MAX_QUERY = 200
MAX_CITIES = 50


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What a visitor looks for. Days are local to each event; both ends count.

    `q`: every word, or a word beginning so, occurs in title, place, organizer, category or text.
    """

    q: str = ""
    city: str = ""
    country: str = ""
    category: str = ""
    free: bool | None = None
    date_from: date | None = None
    date_to: date | None = None
    organizer: str = ""
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None

    @classmethod
    def read(cls, texts: Mapping[str, str | None], *, limit: int = DEFAULT_LIMIT) -> Self:
        """The filters as they stand in a URL; `Invalid` for one that cannot be read."""
        given = {name: text for name, text in texts.items() if text}
        try:
            return msgspec.convert({**given, "limit": limit}, cls, strict=False)
        except msgspec.ValidationError as error:
            raise UnreadableFilter(f"This filter cannot be read: {error}.") from error


class UnreadableFilter(Invalid):
    code = "unreadable_filter"


class Searching:
    """Reads `events.discovery`; what can be bought right now is read from the stock."""

    def __init__(self, db: Database, blobs: Blobs) -> None:
        self._db = db
        self._blobs = blobs

    async def discover(self, filters: Filters) -> DiscoverView:
        """Events that are not over, the soonest first."""
        _check(filters)
        conditions = _conditions(filters)
        async with self._db.glance_as_platform("public discovery") as tx:
            page = await _page(tx, filters, list(conditions.values()))
            states = await read_offers(tx, page.items)
            total = await _scalar(tx, _where(select(func.count()), conditions.values()))
            cities = await _facet(tx, conditions, DiscoveryRow.city_key, DiscoveryRow.city)
            categories = await _facet(tx, conditions, DiscoveryRow.category, DiscoveryRow.category)
        return DiscoverView(
            items=[self._card(row, states[row.event_id]) for row in page.items],
            has_more=page.has_more,
            next_cursor=page.next_cursor,
            total=total,
            cities=cities,
            categories=categories,
        )

    def _card(self, row: DiscoveryRow, offers: list[tuple[OfferStateName, int]]) -> EventCard:
        cheapest = sales.cheapest(offers)
        return EventCard(
            organizer_slug=row.organizer_slug,
            organizer_name=row.organizer_name,
            slug=row.slug,
            title=row.title,
            summary=row.summary,
            category=row.category,
            starts_at=row.starts_at,
            ends_at=row.next_ends_at,
            timezone=row.timezone,
            format=cast("Format", row.format),
            city=row.city,
            country=row.country,
            venue_name=row.venue_name,
            cover=cover_view(
                self._blobs,
                key=row.cover_key,
                width=row.cover_width,
                height=row.cover_height,
                title=row.title,
            ),
            price_from=Money(amount=cheapest, currency=row.currency)
            if cheapest is not None
            else None,
            is_free=row.is_free,
            availability=sales.availability([state for state, _ in offers]),
            dates=row.dates,
        )


def _check(filters: Filters) -> None:
    check_limit(filters.limit)
    if len(filters.q) > MAX_QUERY:
        sentence = f"Search for at most {MAX_QUERY} characters."
        raise Invalid(errors=[FieldError("?q", "too_long", sentence)])
    if filters.date_from and filters.date_to and filters.date_to < filters.date_from:
        sentence = "The last day comes after the first."
        raise Invalid(errors=[FieldError("?date_to", "end_before_start", sentence)])


def _conditions(filters: Filters) -> dict[str, ColumnElement[bool]]:
    """The conditions by the filter they come from, so that a facet can leave out its own."""
    row, words = DiscoveryRow, tsquery(filters.q)
    asked = {
        "coming": (True, row.ends_at > func.now()),
        "q": (words, row.words.op("@@")(sql_cast(words, TSQUERY))),
        "city_key": (filters.city, row.city_key == fold(filters.city)),
        "country_key": (filters.country, row.country_key == fold(filters.country)),
        "category": (filters.category, row.category == filters.category),
        "free": (filters.free is not None, row.is_free == filters.free),
        "organizer": (filters.organizer, row.organizer_slug == filters.organizer),
        "date_from": (filters.date_from, row.last_day >= (filters.date_from or date.min)),
        "date_to": (filters.date_to, row.first_day <= (filters.date_to or date.max)),
        "days": (filters.date_from or filters.date_to, _takes_place_between(filters)),
    }
    return {name: condition for name, (given, condition) in asked.items() if given}


def _takes_place_between(filters: Filters) -> ColumnElement[bool]:
    """Of an event with several dates one must be on those days, not some before and some after."""
    day = func.unnest(DiscoveryRow.days).column_valued("day")
    wanted = day.between(filters.date_from or date.min, filters.date_to or date.max)
    return or_(DiscoveryRow.dates <= 1, exists(select(day).where(wanted)))


async def _page(
    tx: Transaction, filters: Filters, conditions: Sequence[ColumnElement[bool]]
) -> Page[DiscoveryRow]:
    row = DiscoveryRow
    statement = _where(select(row), conditions).order_by(row.starts_at, row.event_id)
    if filters.cursor:
        starts_at, event_id = decode_cursor(filters.cursor, tuple[Instant, UUID])
        statement = statement.where(tuple_(row.starts_at, row.event_id) > (starts_at, event_id))
    rows = (await tx.session.scalars(statement.limit(filters.limit + 1))).all()
    return page_of(list(rows), limit=filters.limit, position=_position)


def _position(row: DiscoveryRow) -> tuple[datetime, UUID]:
    return row.starts_at, row.event_id


async def _facet(
    tx: Transaction, conditions: dict[str, ColumnElement[bool]], key: Any, shown: Any
) -> list[FacetValue]:
    others = [condition for name, condition in conditions.items() if name != key.key]
    count = func.count()
    columns: Select[Any, Any] = select(func.min(shown), count)
    statement = (
        _where(columns, others)
        .where(key.is_not(None))
        .group_by(key)
        .order_by(count.desc(), key)
        .limit(MAX_CITIES)
    )
    return [
        FacetValue(value=value, count=number)
        for value, number in await tx.session.execute(statement)
    ]


def _where(
    statement: Select[*Columns], conditions: Iterable[ColumnElement[bool]]
) -> Select[*Columns]:
    return statement.select_from(DiscoveryRow).where(*conditions)


async def _scalar(tx: Transaction, statement: Select[int]) -> int:
    return (await tx.session.execute(statement)).scalar_one()
