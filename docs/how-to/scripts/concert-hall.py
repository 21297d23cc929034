"""A concert hall of 2,000 numbered seats: set up from a seating-plan file, four of them sold.

python docs/how-to/scripts/concert-hall.py http://localhost:8000
"""

import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from client import Organizer, Person, check, money, run, step

# What each category costs, in minor units.
PRICES = {"Premium": 8900, "Standard": 5900, "Balcony": 3900}
SEATS = {"Premium": 400, "Standard": 600, "Balcony": 1000}
PARTY = 4
Json = dict[str, Any]


def script(base_url: str) -> None:
    """From nothing to a party of four side by side."""
    team = Person.signed_up(base_url, "Clara Haas")
    hall = Organizer(team, "Haus am See")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "hall.json"
        file.write_text(json.dumps(plan()))
        seat_map = imported(hall, file)
    event = published(hall, with_seats(hall, concert(hall), seat_map))
    order = sells(hall, event)
    taken(hall, event, order)


def plan() -> Json:
    """The hall as a seating plan: 25 rows of 40 in the stalls, 20 rows of 50 on the balcony."""
    stalls = [
        row(number, 40, "Premium" if number <= 10 else "Standard", zone="stalls")
        for number in range(1, 26)
    ]
    balcony = [row(number, 50, "Balcony", zone="balcony") for number in range(1, 21)]
    return {
        "name": "Haus am See",
        "categories": [
            {"name": "Premium", "color": "#8c1d40"},
            {"name": "Standard", "color": "#1d5c8c"},
            {"name": "Balcony", "color": "#3d7a35"},
        ],
        "zones": [
            {"name": "Stalls", "position": {"x": 200, "y": 100}, "rows": stalls},
            {"name": "Balcony", "position": {"x": 100, "y": 900}, "rows": balcony},
        ],
        "size": {"width": 1600, "height": 1600},
    }


def row(number: int, seats: int, category: str, *, zone: str) -> Json:
    """One row of seats, 24 apart."""
    return {
        "row_number": str(number),
        "position": {"x": 0, "y": number * 28},
        "seats": [
            {
                "seat_guid": f"{zone}-{number}-{seat}",
                "seat_number": str(seat),
                "position": {"x": seat * 24, "y": 0},
                "category": category,
            }
            for seat in range(1, seats + 1)
        ],
    }


def imported(hall: Organizer, file: Path) -> Json:
    """The file becomes a seat map of the organizer."""
    seat_map = hall.team.post(f"{hall.path}/seat-maps", {"plan": json.loads(file.read_text())})
    step(f"{seat_map['name']}: a seat map with {seat_map['seats']} seats")
    check(seat_map["seats"] == sum(SEATS.values()), "the file has two thousand seats")
    return seat_map


def concert(hall: Organizer) -> Json:
    """An evening with a ticket type for each category; how many there are the map will say."""
    day = (datetime.now(UTC) + timedelta(days=120)).date()
    event = hall.team.post(
        f"{hall.path}/events",
        {
            "title": "The Planets",
            "summary": "Holst, with the choir of the house.",
            "category": "music",
            "starts_at": f"{day}T20:00",
            "ends_at": f"{day}T22:15",
            "timezone": "Europe/Berlin",
            "venue": {"name": "Haus am See", "city": "Konstanz", "country": "Germany"},
        },
    )
    for name, price in PRICES.items():
        body = {"name": name, "price": price, "quantity": 1}
        event = hall.team.post(hall.event(event["id"], "/ticket-types"), body)
    return event


def with_seats(hall: Organizer, event: Json, seat_map: Json) -> Json:
    """Each category is sold as the ticket type of its name."""
    types = {kind["name"]: kind["id"] for kind in event["ticket_types"]}
    body = {"seat_map_id": seat_map["id"], "categories": types}
    event = hall.team.put(hall.event(event["id"], "/seating"), body)
    capacities = {quota["name"]: quota["capacity"] for quota in event["quotas"]}
    check(capacities == SEATS, "each ticket type has as many places as its category has seats")
    for name, seats in capacities.items():
        step(f"{name}: {seats} seats at {PRICES[name] / 100:.2f}")
    return event


def published(hall: Organizer, event: Json) -> Json:
    """On sale."""
    event = hall.team.post(hall.event(event["id"], "/publish"))
    step(f"on sale: {hall.team.base_url}{event['public_path']}")
    return event


def sells(hall: Organizer, event: Json) -> Json:
    """The best available for a party of four: side by side, in the front, in the middle."""
    buyer = hall.buyer()
    order = buyer.post(f"{hall.path}/orders", wish(event, "Premium", PARTY))
    check(order["total"]["amount"] == PARTY * PRICES["Premium"], "four at the price of the page")
    order = hall.pay(buyer, order)
    seats = [ticket["seat"] for ticket in order["tickets"]]
    check(len({seat["row"] for seat in seats}) == 1, "the party sits in one row")
    numbers = sorted(int(seat["number"]) for seat in seats)
    side_by_side = list(range(numbers[0], numbers[0] + PARTY))
    check(numbers == side_by_side, "and side by side")
    check(numbers[0] > 10 and numbers[-1] < 31, "and in the middle of it")
    step(f"sold for {money(order['total'])}: {'; '.join(seat['label'] for seat in seats)}")
    return order


def taken(hall: Organizer, event: Json, order: Json) -> None:
    """Nobody else gets those seats; the next party gets the next best."""
    seats = [position["seat"]["id"] for position in order["positions"]]
    body = wish(event, "Premium", PARTY)
    body["items"][0]["seats"] = seats
    del body["items"][0]["best_available"]
    refusal = hall.buyer().refused("POST", f"{hall.path}/orders", body, code="seat_taken")
    check(sorted(refusal["seat_ids"]) == sorted(seats), "the refusal names the seats that are gone")
    other = hall.buyer().post(f"{hall.path}/orders", wish(event, "Premium", PARTY))
    chosen = {position["seat"]["id"] for position in other["positions"]}
    check(not chosen & set(seats), "the next party gets other seats")
    step("who comes next gets other seats")


def wish(event: Json, name: str, party: int) -> Json:
    """So many of that category, the best there are."""
    kind = next(one for one in event["ticket_types"] if one["name"] == name)
    line: Json = {"ticket_type_id": kind["id"], "quantity": party, "best_available": {}}
    return {
        "event_id": event["id"],
        "items": [line],
        "buyer": {"email": "ada@example.org", "name": "Ada Lovelace"},
    }


if __name__ == "__main__":
    run(script)
