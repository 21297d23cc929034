"""A weekly workshop over a change of the clocks: set up, sold, a place
filled from the waiting list, one date cancelled.

python docs/how-to/scripts/weekly-workshop.py http://localhost:8000
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from client import Organizer, Person, check, money, run, step, wait_for

ZONE = ZoneInfo("Europe/Berlin")
PLACES, PRICE = 6, 4500
Event = dict[str, Any]


def script(base_url: str) -> None:
    """From nothing to a series that sells."""
    team = Person.signed_up(base_url, "Toni Ton")
    workshop = Organizer(team, "Ton & Scherbe")
    event = series(workshop)
    event = published(workshop, event)
    buys(workshop, event)
    sells_out(workshop, event)
    cancels(workshop, event)


def series(workshop: Organizer) -> Event:
    """Every Wednesday at seven, six times, not on one of them; the clocks change in between."""
    first = change_of_clocks() - timedelta(days=18)
    starts, ends = f"{first}T19:00", f"{first}T21:30"
    event = workshop.team.post(
        f"{workshop.path}/events",
        {
            "title": "Pottery on Wednesdays",
            "summary": "Two and a half hours at the wheel, for beginners.",
            "category": "workshop",
            "starts_at": starts,
            "ends_at": ends,
            "timezone": str(ZONE),
            "venue": {"name": "Werkhof", "city": "Berlin", "country": "Germany"},
            "ticket": {"name": "Place at a wheel", "price": PRICE, "quantity": PLACES},
        },
    )
    holiday = first + timedelta(days=7)
    rule = {
        "rule": "FREQ=WEEKLY;COUNT=6",
        "starts_at": starts,
        "ends_at": ends,
        "excepted": [str(holiday)],
    }
    preview = workshop.team.post(workshop.event(event["id"], "/series/preview"), rule)
    check(len(preview["dates"]) == 5, "six Wednesdays but one are five dates")
    event = workshop.team.post(workshop.event(event["id"], "/series"), rule)
    dates = [local(one["starts_at"]) for one in event["occurrences"]]
    for one in dates:
        step(f"a date on {one:%A, %d %B %Y at %H:%M, UTC%z}")
    check({f"{one:%a %H:%M}" for one in dates} == {"Wed 19:00"}, "each is on Wednesday at seven")
    check(len({one.utcoffset() for one in dates}) == 2, "the clocks change between them")
    check(holiday not in {one.date() for one in dates}, "there is none on the holiday")
    return event


def published(workshop: Organizer, event: Event) -> Event:
    """On sale; the third date begins later than the others."""
    third = event["occurrences"][2]
    day = local(third["starts_at"]).date()
    path = workshop.event(event["id"], f"/occurrences/{third['id']}")
    workshop.team.patch(path, {"starts_at": f"{day}T19:30", "ends_at": f"{day}T22:00"})
    (rule,) = workshop.team.get(workshop.event(event["id"], "/series"))
    check([one["occurrence_id"] for one in rule["drifted"]] == [third["id"]], "one date differs")
    step(f"the date on {day:%d %B} begins at half past seven; the rule stays")
    event = workshop.team.post(workshop.event(event["id"], "/publish"))
    step(f"on sale: {workshop.team.base_url}{event['public_path']}")
    check(states(workshop, event) == ["few"] * 5, "the calendar shows five dates, few places each")
    return event


def buys(workshop: Organizer, event: Event) -> None:
    """A place before the change of the clocks and one after it; the calendar file says seven."""
    buyer = workshop.buyer()
    for number in (0, 4):
        day = event["occurrences"][number]
        order = workshop.pay(buyer, hold(workshop, buyer, event, day, 1))
        file = buyer.get(f"{workshop.path}/orders/{order['id']}/calendar.ics")
        clock = f"{local(day['starts_at']):%Y%m%dT%H%M%S}"
        check(clock.endswith("T190000"), "it begins at seven by the clock")
        check(f"DTSTART;TZID=Europe/Berlin:{clock}" in file, "the calendar file has that time")
        step(f"sold: {order['code']}, {local(day['starts_at']):%d %B at %H:%M}")


def sells_out(workshop: Organizer, event: Event) -> None:
    """All places of the second date but one are sold, and Bob thinks about that one; the other
    dates stay free.
    """
    ada, bob, day = workshop.buyer(), workshop.buyer(), event["occurrences"][1]
    workshop.pay(ada, hold(workshop, ada, event, day, PLACES - 1))
    last = hold(workshop, bob, event, day, 1)
    nobody_else_gets_it(workshop, event, day)
    shown = wait_for(
        lambda: (now := states(workshop, event))[1] == "sold_out" and now,
        "the calendar shows that the second date is sold out",
    )
    check(shown.count("sold_out") == 1, "only that one is")
    step(f"the date on {local(day['starts_at']):%d %B} is sold out, the others are not")
    fills_it_again(workshop, event, lambda: let_go(workshop, bob, last))


def fills_it_again(workshop: Organizer, event: Event, give_back: Callable[[], None]) -> None:
    """Carol waits for the second date. The place that Bob gives back is offered to her; nobody else
    can take it meanwhile.
    """
    carol, day, address = workshop.buyer(), event["occurrences"][1], f"{uuid4().hex}@example.org"
    workshop.team.patch(workshop.event(event["id"], "/waitlist-settings"), {"is_open": True})
    wants = {"event_id": event["id"], "occurrence_id": day["id"], "quantity": 1}
    carol.post(f"{workshop.path}/waitlist", {**wants, "email": address, "name": "Carol Shaw"})
    place = "/waitlist-links/" + carol.mailed_link(address, "/waitlist/").rpartition("/")[2]
    check(carol.get(place)["position"] == 1, "Carol is the first in line")
    give_back()
    offered = wait_for(
        lambda: (now := carol.get(place))["state"] == "offered" and now, "Carol is offered a place"
    )
    nobody_else_gets_it(workshop, event, day)
    order = workshop.pay(carol, carol.post(f"{place}/accept", {}))
    check(order["occurrence_id"] == day["id"], "her place is on that date")
    step(
        f"a place came back and was kept for Carol until {local(offered['offer']['ends_at']):%H:%M}"
    )
    nobody_else_gets_it(workshop, event, day)


def let_go(workshop: Organizer, buyer: Person, order: Any) -> None:
    """The buyer gives an order back before paying."""
    order = buyer.post(f"{workshop.path}/orders/{order['id']}/release")
    check(order["status"] == "cancelled", "the order is cancelled")


def nobody_else_gets_it(workshop: Organizer, event: Event, day: Event) -> None:
    """That date is sold out for everybody."""
    workshop.buyer().refused(
        "POST", f"{workshop.path}/orders", wish(event, day, 1), code="sold_out"
    )


def cancels(workshop: Organizer, event: Event) -> None:
    """The fourth date will not take place: a dry run, then the decision, then everybody has their
    money but for a fee of ten percent.
    """
    buyer, day = workshop.buyer(), event["occurrences"][3]
    order = workshop.pay(buyer, hold(workshop, buyer, event, day, 2))
    path = workshop.event(event["id"])
    policy = {
        "occurrence_ids": [day["id"]],
        "refund": "keep_fee",
        "keep_percent": 10,
        "message": "The kiln is broken. We are sorry.",
    }
    seen = workshop.team.post(f"{path}/cancellations/preview", policy)
    check(seen["refund"]["amount"] == 2 * PRICE * 9 // 10, "nine tenths would go back")
    step(f"a dry run: {seen['tickets']} tickets, {money(seen['refund'])} would go back")
    change = workshop.team.post(f"{path}/cancellations", policy)
    workshop.buyer().refused(
        "POST", f"{workshop.path}/orders", wish(event, day, 1), code="not_on_sale"
    )
    done = wait_for(
        lambda: finished(workshop.team.get(f"{path}/date-changes/{change['id']}")),
        "the cancellation is carried through",
    )
    check(done["refunded"] == seen["refund"], "what went back is what the dry run said")
    after = buyer.get(f"{workshop.path}/orders/{order['id']}")
    check(after["status"] == "cancelled", "the order is cancelled")
    step(
        f"that of {local(day['starts_at']):%d %B} is cancelled, {money(done['refunded'])} went back"
    )


def hold(workshop: Organizer, buyer: Person, event: Event, day: Event, places: int) -> Any:
    """An order that waits for its money."""
    return buyer.post(f"{workshop.path}/orders", wish(event, day, places))


def wish(event: Event, day: Event, places: int) -> Any:
    """So many places on that date."""
    (kind,) = event["ticket_types"]
    return {
        "event_id": event["id"],
        "occurrence_id": day["id"],
        "items": [{"ticket_type_id": kind["id"], "quantity": places}],
        "buyer": {"email": "ada@example.org", "name": "Ada Lovelace"},
    }


def states(workshop: Organizer, event: Event) -> list[str]:
    """What the public calendar says of each date."""
    first, last = (local(event["occurrences"][one]["starts_at"]).date() for one in (0, -1))
    path = f"/events/{workshop.slug}/{event['slug']}/calendar"
    query = {"from": str(first), "to": str(last)}
    return [one["state"] for one in workshop.buyer().get(path, **query)["slots"]]


def finished(change: Event) -> Event | None:
    """The change, once it is done."""
    return change if change["status"] == "done" else None


def local(moment: str) -> datetime:
    """On the clock at the workshop."""
    return datetime.fromisoformat(moment).astimezone(ZONE)


def change_of_clocks() -> date:
    """The next day on which the clocks change here, at least a month away."""
    today = datetime.now(ZONE).date()
    return next(
        day
        for day in (today + timedelta(days=ahead) for ahead in range(32, 400))
        if noon(day).utcoffset() != noon(day - timedelta(days=1)).utcoffset()
    )


def noon(day: date) -> datetime:
    """By the clock at the workshop."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)


if __name__ == "__main__":
    run(script)
