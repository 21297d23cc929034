"""Dates and prices in words, the same words that the web app uses: the first screen must not
change.

Dates are those of the event's own time zone.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from boxoffice.kernel.money import Money

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_TO = "\N{EN DASH}"
_EVENING = timedelta(hours=12)
_SYMBOLS = {
    "AUD": "A$",
    "BRL": "R$",
    "CAD": "CA$",
    "CNY": "CN¥",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "ILS": "₪",
    "INR": "₹",
    "JPY": "¥",
    "KRW": "₩",
    "MXN": "MX$",
    "NZD": "NZ$",
    "PHP": "₱",
    "TWD": "NT$",
    "USD": "$",
    "VND": "₫",
    "XAF": "FCFA\N{NO-BREAK SPACE}",
    "XCD": "EC$",
    "XOF": "F\N{NARROW NO-BREAK SPACE}CFA\N{NO-BREAK SPACE}",
    "XPF": "CFPF\N{NO-BREAK SPACE}",
}


def date_text(at: datetime, zone: str) -> str:
    """`Sat 14 Mar 2027`."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{_WEEKDAYS[local.weekday()]} {_day_month_year(local)}"


def day_text(at: datetime, zone: str) -> str:
    """`Sat 14 Mar`, where the year stands above."""
    return date_text(at, zone)[:-5]


def month_text(at: datetime, zone: str) -> str:
    """`March 2027`."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{_MONTH_NAMES[local.month - 1]} {local.year}"


def time_text(at: datetime, zone: str) -> str:
    """`19:00`."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def date_time_text(at: datetime, zone: str) -> str:
    """`Sat 14 Mar 2027, 19:00`."""
    return f"{date_text(at, zone)}, {time_text(at, zone)}"


def day_span_text(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """`Sat 14 Mar 2027`, or from which day to which when it takes several."""
    if _is_one_day(starts_at, ends_at, zone):
        return date_text(starts_at, zone)
    start, end = starts_at.astimezone(ZoneInfo(zone)), ends_at.astimezone(ZoneInfo(zone))
    if start.year != end.year:
        return f"{_day_month_year(start)} {_TO} {_day_month_year(end)}"
    if start.month != end.month:
        return f"{start.day} {_MONTHS[start.month - 1]} {_TO} {_day_month_year(end)}"
    return f"{start.day}{_TO}{_day_month_year(end)}"


def card_date_text(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """`Sat 14 Mar 2027, 19:00`, or the days when it takes several."""
    if _is_one_day(starts_at, ends_at, zone):
        return date_time_text(starts_at, zone)
    return day_span_text(starts_at, ends_at, zone)


def hours_text(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """The hours of one day, `23:00 → Sun 04:00`, or `starts 09:00` for several days."""
    start, end = starts_at.astimezone(ZoneInfo(zone)), ends_at.astimezone(ZoneInfo(zone))
    if start.date() == end.date():
        return f"{start:%H:%M}{_TO}{end:%H:%M}"
    if _is_one_day(starts_at, ends_at, zone):
        return f"{start:%H:%M} → {_WEEKDAYS[end.weekday()]} {end:%H:%M}"
    return f"starts {start:%H:%M}"


def zone_text(zone: str) -> str:
    """What people call the zone: `Berlin time`."""
    if "/" not in zone or zone.startswith("Etc/"):
        return "UTC"
    return f"{zone.rpartition('/')[2].replace('_', ' ')} time"


def amount_input(money: Money) -> str:
    """As one would type it: `12.50`, `12`, `0`."""
    whole, fraction = divmod(money.amount, 10**money.exponent)
    return f"{whole}.{fraction:0{money.exponent}d}" if fraction else str(whole)


def money_text(money: Money) -> str:
    """`€84.00`, `¥8,400`, `KWD 1.250`."""
    sign = "-" if money.amount < 0 else ""
    whole, fraction = divmod(abs(money.amount), 10**money.exponent)
    digits = f"{whole:,}" + (f".{fraction:0{money.exponent}d}" if money.exponent else "")
    symbol = _SYMBOLS.get(money.currency, f"{money.currency}\N{NO-BREAK SPACE}")
    return f"{sign}{symbol}{digits}"


def price_text(price: Money) -> str:
    """`Free` where there is nothing to pay."""
    return "Free" if price.is_zero else money_text(price)


def _day_month_year(local: datetime) -> str:
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def _is_one_day(starts_at: datetime, ends_at: datetime, zone: str) -> bool:
    """An evening may end after midnight and is still one evening."""
    start, end = starts_at.astimezone(ZoneInfo(zone)), ends_at.astimezone(ZoneInfo(zone))
    if start.date() == end.date():
        return True
    return ends_at - starts_at < _EVENING and f"{end:%H:%M}" <= "06:00"
