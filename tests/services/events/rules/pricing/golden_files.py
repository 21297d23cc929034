"""Baskets with their rules and what they must cost, one JSON file each.

Names stand for ids; a unit whose third value is true comes with another ticket, and a fourth one
names another date than the order's. `expected` tells
every amount, so that a file can be checked with a pencil.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import msgspec

from boxoffice.services.events.rules.pricing.basket import Priced, Unit, price
from boxoffice.services.events.rules.pricing.book import PriceBook
from boxoffice.services.events.rules.pricing.vouchers import Voucher, redeem

FOLDER = Path(__file__).parent / "golden"
_NOW = datetime(2027, 3, 1, tzinfo=UTC)


def files() -> list[Path]:
    return sorted(FOLDER.glob("*.json"))


def named(name: str) -> UUID:
    return uuid5(NAMESPACE_OID, name)


def priced(basket: dict[str, Any]) -> Priced:
    """What the basket of a file costs."""
    units = [
        Unit(named(kind), amount, bound=any(more[:1]), date=named(more[1]) if more[1:] else None)
        for kind, amount, *more in basket["units"]
    ]
    vouchers = [
        msgspec.convert(_with_ids(one) | {"event_id": named("event")}, Voucher)
        for one in basket.get("vouchers", [])
    ]
    redeemed = redeem(vouchers, units, now=_NOW)
    return price(units, _book(basket), redeemed.reductions)


def told(result: Priced) -> dict[str, Any]:
    """The result as files tell it."""
    return {
        "units": [
            {
                "list": unit.list_price,
                "off": {one.name: one.amount for one in unit.reductions},
                "price": unit.price,
                "tax": unit.tax,
            }
            for unit in result.units
        ],
        "fees": [
            {"name": fee.name, "payer": fee.payer, "price": fee.price, "tax": fee.tax}
            for fee in result.fees
        ],
        "net": result.total - result.tax,
        "tax": result.tax,
        "total": result.total,
        "inexact": result.inexact,
    }


def _book(basket: dict[str, Any]) -> PriceBook:
    rules = dict(basket.get("rules", {}))
    for part in ("fees", "discounts"):
        rules[part] = [_with_ids(one | {"id": one["name"]}) for one in rules.get(part, [])]
    if "tax" in rules:
        rules["tax_rule_id"] = named(rules.pop("tax"))
    rules["type_taxes"] = {
        str(named(kind)): tax and str(named(tax))
        for kind, tax in rules.get("type_taxes", {}).items()
    }
    taxes = [_with_ids(tax | {"id": tax["name"]}) for tax in basket.get("taxes", [])]
    return msgspec.convert({"rules": rules, "taxes": taxes}, PriceBook)


def _with_ids(document: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {"id": document.get("code"), **document}
    plain["id"] = named(str(plain["id"]))
    if "tax" in plain:
        plain["tax_rule_id"] = named(plain.pop("tax"))
    if "types" in plain:
        plain["ticket_type_ids"] = [named(kind) for kind in plain.pop("types")]
    return plain
