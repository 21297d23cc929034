"""What stock decides on and what comes of it, in memory."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from boxoffice.kernel.money import Money
from boxoffice.services.events.rules.amounts import Pricing
from boxoffice.services.events.rules.extras.extras import NO_EXTRAS, Demanded, Extras
from boxoffice.services.events.rules.pricing.basket import Priced
from boxoffice.services.events.rules.pricing.book import NO_RULES, PriceBook
from boxoffice.services.events.rules.pricing.vouchers import Use, Voucher
from boxoffice.services.events.rules.seats.choosing import BestAvailable, ChosenSeat, SeatShelf
from boxoffice.services.events.rules.selling import Expected
from boxoffice.services.events.rules.variations import VariationFacts

Bound = Literal["add_on", "content"]
ClaimKind = Literal["order", "block", "offer", "voucher"]
_STAFF = ("block", "voucher")


class WantedLine(msgspec.Struct, frozen=True, kw_only=True):
    """So many of one ticket type, in one variation if it has any; where seats are numbered, those
    `seats`, or the `best` there are.

    `price` is what the buyer chose to give for one, in minor units, where they may choose.
    """

    ticket_type_id: UUID
    quantity: int
    variation_id: UUID | None = None
    price: int | None = None
    seats: tuple[UUID, ...] = ()
    best: BestAvailable | None = None
    # Another date than the want's; then the want is `spread`.
    occurrence_id: UUID | None = None
    # Comes with that line of the want, counted from 0; so many with each of its units.
    parent: int | None = None
    # Of what is bound to another line: its price if that is set, and how it came there.
    set_price: int | None = None
    bound: Bound | None = None
    demanded: Demanded | None = None


class Want(msgspec.Struct, frozen=True, kw_only=True):
    """What one holder (an order) asks for: ticket types and how many of each, all or nothing.

    `expires_at` None takes the units for good. `late` skips the sale window: the money is already
    here. The staff's `block` and `voucher` skip it too. `access_code` reveals hidden types;
    `person` is whom limits per person count.
    """

    holder: UUID
    event_id: UUID
    occurrence_id: UUID | None
    lines: tuple[WantedLine, ...]
    expires_at: datetime | None
    late: bool = False
    access_code: str | None = None
    person: UUID | None = None
    # A total of zero takes the units for good.
    keep_if_free: bool = False
    voucher_codes: tuple[str, ...] = ()
    # What the buyer was shown, if they say so; another total is refused.
    expected: Expected | None = None
    # What the order's vouchers gave it before, to be taken again; for late orders.
    uses: tuple[Use, ...] = ()
    kind: ClaimKind = "order"
    # Some lines are for other dates than `occurrence_id`.
    spread: bool = False
    # Some lines have a parent.
    nested: bool = False
    # Units of quotas that it has given up for itself; see `exchanging`.
    own: tuple[tuple[UUID, int], ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it has to keep to the rules of the sale."""
        return not self.late and self.kind not in _STAFF

    @property
    def dates(self) -> list[UUID] | None:
        """Every date that it is for; None if it leaves that open."""
        if self.occurrence_id is None:
            return None
        named = (line.occurrence_id for line in self.lines if self.spread)
        return list({self.occurrence_id, *filter(None, named)})


class TicketTypeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket type as the sale needs it; `quotas` are all it counts against.

    For open pricing `price` is the least that a buyer may give. `opens_after` is the type that
    must be over first. The dates are those of its event on which nothing is sold (any more).
    """

    id: UUID
    event_id: UUID
    name: str
    price: Money
    published: bool
    on_sale: bool
    min_per_order: int
    max_per_order: int
    sales_start: datetime | None
    sales_end: datetime | None
    quotas: tuple[UUID, ...]
    cancelled_dates: frozenset[UUID] = frozenset()
    past_dates: frozenset[UUID] = frozenset()
    pricing: Pricing = "fixed"
    hidden: bool = False
    access_code: str | None = None
    opens_after: UUID | None = None
    max_per_person: int | None = None
    event_max_per_person: int | None = None
    variations: tuple[VariationFacts, ...] = ()
    book: PriceBook = NO_RULES
    extras: Extras = NO_EXTRAS

    @property
    def all_quotas(self) -> list[UUID]:
        """What it or one of its variations counts against."""
        return [*self.quotas, *(quota for one in self.variations for quota in one.quotas)]

    @property
    def limits_people(self) -> bool:
        return self.max_per_person is not None or self.event_max_per_person is not None


class QuotaState(msgspec.Struct, kw_only=True):
    """A locked quota; `claimed` follows the decisions of the flush. With a `seating_id` its units
    are that date's seats.
    """

    id: UUID
    occurrence_id: UUID
    capacity: int
    claimed: int
    seating_id: UUID | None = None

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.claimed)


class PricedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A granted line with the price of one unit, and where seats are numbered a seat for each."""

    ticket_type_id: UUID
    name: str
    quantity: int
    price: Money
    variation_id: UUID | None = None
    variation_name: str | None = None
    seats: tuple[ChosenSeat, ...] = ()
    occurrence_id: UUID | None = None
    # Comes with that line, counted from 0; `bundled` if as part of a bundle.
    parent: int | None = None
    bundled: bool = False
    admits: bool = True
    demanded: Demanded | None = None


class NewClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One claim row to write."""

    quota_id: UUID
    ticket_type_id: UUID | None
    variation_id: UUID | None = None
    holder: UUID
    units: int
    expires_at: datetime | None
    seat_id: UUID | None = None
    kind: ClaimKind = "order"
    # Units that a voucher had set aside: they are counted already and return to it.
    voucher_id: UUID | None = None
    # Units that a voucher lets in beyond the capacity.
    beyond: int = 0


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """What a want costs. `priced` is None for late orders: they cost what they did."""

    lines: tuple[PricedLine, ...]
    priced: Priced | None
    book: PriceBook
    uses: tuple[Use, ...]
    # Lines may have parents, or admit nobody.
    extras: bool = False


class Granted(Quoted, frozen=True, kw_only=True):
    """A want that is met in full."""

    holder: UUID
    occurrence_id: UUID
    claims: tuple[NewClaim, ...]
    expires_at: datetime | None


class Shelf(msgspec.Struct, kw_only=True):
    """What a flush decides on: the locked quotas, the types as read after the lock, the database's
    time. Whoever limits people fills `taken`: what each person has of an event, by type.
    """

    quotas: dict[UUID, QuotaState]
    types: Mapping[UUID, TicketTypeFacts]
    now: datetime
    taken: Mapping[tuple[UUID, UUID], Mapping[UUID, int]] = {}
    # Locked as well, if any want names one.
    vouchers: list[Voucher] = msgspec.field(default_factory=list[Voucher])
    # By seating, the seats that the wants are about.
    seats: Mapping[UUID, SeatShelf] = {}
    # Quotas for whose units people wait, and what of those is kept for them: counted as claimed.
    listed: set[UUID] = msgspec.field(default_factory=set[UUID])
    reserved: Mapping[UUID, int] = {}
    # Some type has extras.
    extras: bool = False
    # Types that come in bundles, whose quotas are not locked.
    unlocked: Mapping[UUID, frozenset[UUID]] = {}

    @property
    def has_lapsed_uses(self) -> bool:
        """Whether a voucher still counts uses of orders whose time is over."""
        return any(one.lapsed for one in self.vouchers)
