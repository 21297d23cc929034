"""Time zones of cities and countries, from a small table beside this module."""

from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from boxoffice.services.events.rules.folding import fold

Kind = Literal["country", "region", "city"]


class Table(msgspec.Struct, frozen=True):
    """Names are folded. A country with several zones has none of its own."""

    countries: dict[str, tuple[str, str]]
    regions: dict[tuple[str, str], str]
    cities: dict[tuple[str, str], str]
    zones_of_city: dict[str, set[str]]


def zone_of(city: str | None, country: str | None) -> str | None:
    """The time zone of a place, as far as the table knows. `Austin, TX` names its state."""
    if not city and not country:
        return None
    table = _table()
    base, _, suffix = (city or "").partition(",")
    if not country:
        zones = table.zones_of_city.get(fold(base), set())
        return next(iter(zones)) if len(zones) == 1 else None
    code, zone = table.countries.get(fold(country), ("", ""))
    return (
        table.regions.get((code, fold(suffix)))
        or table.cities.get((code, fold(base)))
        or zone
        or None
    )


def is_country(name: str) -> bool:
    """Whether the table knows a country of this name."""
    return fold(name) in _table().countries


@cache
def _table() -> Table:
    table = Table({}, {}, {}, defaultdict(set))
    text = (
        files("boxoffice.services.events.importing")
        .joinpath("places.tsv")
        .read_text(encoding="utf-8")
    )
    for line in text.splitlines():
        if not line.startswith("#"):
            kind, code, zone, names = line.split("\t")
            for name in names.split(";"):
                _enter(table, kind, code, fold(name), zone)
    return table


def _enter(table: Table, kind: str, code: str, name: str, zone: str) -> None:
    if kind == "country":
        table.countries[name] = (code, zone)
    elif kind == "region":
        table.regions[code, name] = zone
    else:
        table.cities[code, name] = zone
        table.zones_of_city[name].add(zone)
