"""What a basket would cost, without holding anything."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from boxoffice.data.postgres import Database
from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.bookings.bills import costs_of, discount_of
from boxoffice.services.bookings.pricing import charges_of, positions_of
from boxoffice.services.bookings.rules import check_quantities
from boxoffice.services.bookings.snapshots import PositionSnapshot
from boxoffice.services.bookings.views import QuoteLineView, QuoteView
from boxoffice.services.events.api import Stock, Want, WantedLine, by_first_date, quote


class Quoting:
    """Prices baskets as opening an order would; whether there are tickets left is not asked."""

    def __init__(self, db: Database, stock: Stock) -> None:
        self._db = db
        self._stock = stock

    async def quote(
        self,
        organizer_id: UUID,
        *,
        event_id: UUID,
        occurrence_id: UUID | None,
        lines: Sequence[WantedLine],
        access_code: str | None,
        voucher_codes: Sequence[str],
    ) -> QuoteView:
        """Refused as opening the order would be: sale window, quantities, vouchers."""
        check_quantities([line.quantity for line in lines])
        dated = by_first_date(lines, occurrence_id)
        want = Want(
            holder=new_id(),
            event_id=event_id,
            occurrence_id=dated.first,
            lines=dated.lines,
            spread=bool(dated.others),
            expires_at=None,
            access_code=access_code,
            voucher_codes=tuple(voucher_codes),
            nested=any(line.parent is not None for line in lines),
        )
        async with self._db.begin(organizer_id) as tx:
            shelf = await self._stock.look(tx, want)
        quoted = quote(shelf, want)
        currency = quoted.lines[0].price.currency
        positions = positions_of(quoted)
        costs = costs_of(positions, charges_of(quoted), currency=currency)
        return QuoteView(
            total=costs.total,
            net=costs.net,
            tax=costs.tax,
            fees=costs.fees,
            taxes=costs.taxes,
            reductions=costs.reductions,
            lines=_lines(positions, currency),
        )


def _lines(positions: Sequence[PositionSnapshot], currency: str) -> list[QuoteLineView]:
    alike: defaultdict[object, list[PositionSnapshot]] = defaultdict(list)
    for one in positions:
        alike[one.ticket_type_id, one.variation_id, one.list_price.amount].append(one)
    return [
        QuoteLineView(
            ticket_type_id=units[0].ticket_type_id,
            ticket_type_name=units[0].ticket_type_name,
            variation_id=units[0].variation_id,
            variation_name=units[0].variation_name,
            quantity=len(units),
            list_price=units[0].list_price,
            discount=_sum((discount_of(unit) for unit in units), currency),
            tax=_sum((unit.tax for unit in units), currency),
            price=_sum((unit.price for unit in units), currency),
        )
        for units in alike.values()
    ]


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return sum(amounts, Money.zero(currency))
