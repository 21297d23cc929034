"""A conference: tiers, add-ons, a bundle, questions, a voucher and a group discount.

python docs/how-to/scripts/conference.py http://localhost:8000
"""

from typing import Any

from client import Organizer, Person, check, money, run, step

EARLY, REGULAR, DINNER, SHIRT, PACK = 20_000, 30_000, 6_000, 2_500, 35_000
PACK_DINNER = 4_000
Json = dict[str, Any]


def script(base_url: str) -> None:
    """From nothing to a conference that sells everything it has."""
    team = Person.signed_up(base_url, "Mira Merz")
    conference = Organizer(team, "Serpentine Society")
    event = set_up(conference)
    kinds = {kind["name"]: kind["id"] for kind in event["ticket_types"]}
    extras(conference, event, kinds)
    questions = ask(conference, event, kinds)
    prices(conference, event, kinds)
    event = team.post(conference.event(event["id"], "/publish"))
    step(f"on sale: {base_url}{event['public_path']}")
    speaker(conference, event, kinds, questions)
    tier(conference, event, kinds, questions)
    team_of_five(conference, event, kinds, questions)
    supporter = bundle(conference, event, kinds, questions)
    export(conference, event)
    cancels(conference, event, supporter)


def set_up(conference: Organizer) -> Json:
    """The event and everything that can be bought; regular tickets follow the early ones."""
    team = conference.team
    event = team.post(
        f"{conference.path}/events",
        {
            "title": "Serpentine Days",
            "summary": "Two days about a language named after comedians.",
            "category": "conference",
            "starts_at": "2031-05-14T09:00",
            "ends_at": "2031-05-15T18:00",
            "timezone": "Europe/Berlin",
            "venue": {"name": "Alte Münze", "city": "Berlin", "country": "Germany"},
            "ticket": {"name": "Early bird", "price": EARLY, "quantity": 2},
        },
    )
    early = event["ticket_types"][0]["id"]
    types = f"{conference.event(event['id'])}/ticket-types"
    for body in (
        {"name": "Regular", "price": REGULAR, "quantity": 200, "opens_after_id": early},
        {"name": "Supporter", "price": PACK, "quantity": 20},
        {"name": "Dinner", "price": DINNER, "quantity": 60, "visibility": "add_on"},
        {"name": "Shirt", "price": SHIRT, "quantity": 300, "visibility": "add_on", "admits": False},
    ):
        event = team.post(types, body)
    shirt = event["ticket_types"][-1]["id"]
    for size in ("S", "M", "L"):
        event = team.post(f"{types}/{shirt}/variations", {"name": size})
    step("two early birds, then regular tickets; a supporter's; dinners and shirts")
    return event


def extras(conference: Organizer, event: Json, kinds: dict[str, str]) -> None:
    """Dinner and shirts with every ticket, the first shirt free; supporters get the dinner."""
    group = {
        "name": "Extras",
        "maximum": 3,
        "included": 1,
        "add_ons": [{"ticket_type_id": kinds["Shirt"]}],
    }
    meals = {"name": "Evening", "add_ons": [{"ticket_type_id": kinds["Dinner"]}]}
    types = f"{conference.event(event['id'])}/ticket-types"
    for name in ("Early bird", "Regular"):
        conference.team.put(f"{types}/{kinds[name]}/extras", {"add_on_groups": [group, meals]})
    contents = [{"ticket_type_id": kinds["Dinner"], "price": PACK_DINNER}]
    conference.team.put(
        f"{types}/{kinds['Supporter']}/extras", {"add_on_groups": [group], "contents": contents}
    )
    step("shirts and dinner are add-ons; the supporter's ticket is a bundle with the dinner")


def ask(conference: Organizer, event: Json, kinds: dict[str, str]) -> dict[str, str]:
    """A name on each badge, a code of conduct, and a diet where there is a dinner."""
    path = conference.event(event["id"], "/questions")
    tickets = [kinds[name] for name in ("Early bird", "Regular", "Supporter")]
    badge = {"label": "Name on the badge", "kind": "short_text", "per": "ticket", "required": True}
    diet = {"label": "Any diet?", "kind": "yes_no", "per": "ticket"}
    conduct = {"label": "I keep to the code of conduct", "kind": "consent", "required": True}
    conference.team.post(path, badge | {"ticket_type_ids": tickets})
    made = conference.team.post(path, diet | {"ticket_type_ids": [kinds["Dinner"]]})
    waits = {"question_id": made["questions"][-1]["id"], "any_of": [True]}
    which = {"label": "Which?", "kind": "short_text", "per": "ticket", "required": True}
    conference.team.post(path, which | {"ticket_type_ids": [kinds["Dinner"]], "condition": waits})
    asked = conference.team.post(path, conduct)["questions"]
    step(f"buyers are asked {len(asked)} questions, one of them depending on another")
    return {one["label"]: one["id"] for one in asked}


def prices(conference: Organizer, event: Json, kinds: dict[str, str]) -> None:
    """Teams of five pay a tenth less; speakers half, once."""
    group = {
        "name": "Team of five",
        "kind": "group",
        "count": 5,
        "percent": 10_000,
        "ticket_type_ids": [kinds["Regular"]],
    }
    conference.team.put(conference.event(event["id"], "/prices"), {"discounts": [group]})
    voucher = {"code": "SPEAKER", "effect": "percent", "value": 50_000, "max_uses": 1}
    conference.team.post(conference.event(event["id"], "/vouchers"), voucher)
    step("five regular tickets cost a tenth less; SPEAKER halves one ticket")


def order(
    conference: Organizer, event: Json, items: list[Json], **more: Any
) -> tuple[Person, Json]:
    """A buyer with an order of these things."""
    buyer = conference.buyer()
    who = {"email": "ada@example.org", "name": "Ada Lovelace"}
    body = {"event_id": event["id"], "items": items, "buyer": who} | more
    return buyer, buyer.post(f"{conference.path}/orders", body)


def speaker(conference: Organizer, event: Json, kinds: dict[str, str], asked: Json) -> None:
    """One early bird with dinner for a speaker, who has a diet."""
    item = {
        "ticket_type_id": kinds["Early bird"],
        "quantity": 1,
        "add_ons": [{"ticket_type_id": kinds["Dinner"]}],
    }
    buyer, held = order(conference, event, [item], voucher_codes=["SPEAKER"])
    check(held["total"]["amount"] == EARLY // 2 + DINNER, "the speaker pays half the ticket")
    path = f"{conference.path}/orders/{held['id']}"
    buyer.refused("POST", f"{path}/payments", {"source": "practice_ok"}, code="wrong_answers")
    answers = [
        {"question_id": asked["Name on the badge"], "ticket": 1, "value": "Ada"},
        {"question_id": asked["I keep to the code of conduct"], "value": True},
        {"question_id": asked["Any diet?"], "ticket": 2, "value": True},
    ]
    problem = buyer.refused("PUT", f"{path}/answers", {"answers": answers}, code="wrong_answers")
    (missing,) = problem["answers"]
    check(missing["question_id"] == asked["Which?"], "who has a diet is asked which")
    answers.append({"question_id": asked["Which?"], "ticket": 2, "value": "No mushrooms"})
    buyer.put(f"{path}/answers", {"answers": answers})
    paid = conference.pay(buyer, held)
    step(f"a speaker has paid {money(paid['total'])}, with a dinner and a diet")


def tier(conference: Organizer, event: Json, kinds: dict[str, str], asked: Json) -> None:
    """Regular tickets open once the last early bird is gone."""
    regular = {"ticket_type_id": kinds["Regular"], "quantity": 1}
    body = {"event_id": event["id"], "items": [regular]}
    conference.buyer().refused("POST", f"{conference.path}/orders", body, code="not_on_sale")
    item = {
        "ticket_type_id": kinds["Early bird"],
        "quantity": 1,
        "add_ons": [shirt(conference, event, "M", units=2)],
    }
    answers = answers_for(asked, badges={1: "Bob"})
    buyer, held = order(conference, event, [item], answers=answers)
    check(held["total"]["amount"] == EARLY + SHIRT, "of two shirts the first is free")
    paid = conference.pay(buyer, held)
    check(len(paid["tickets"]) == 1, "shirts admit nobody")
    step(f"the last early bird is sold with two shirts, for {money(paid['total'])}")


def team_of_five(conference: Organizer, event: Json, kinds: dict[str, str], asked: Json) -> None:
    """Five regular tickets, each with a free shirt, are a tenth cheaper."""
    item = {
        "ticket_type_id": kinds["Regular"],
        "quantity": 5,
        "add_ons": [shirt(conference, event, "L", units=1)],
    }
    answers = answers_for(asked, badges={number: f"Guest {number}" for number in range(1, 6)})
    quote = {"event_id": event["id"], "items": [item]}
    told = conference.buyer().post(f"{conference.path}/orders/quote", quote)["total"]
    buyer, held = order(conference, event, [item], answers=answers, expected_total=told["amount"])
    check(held["total"]["amount"] == 5 * REGULAR * 9 // 10, "five of them cost a tenth less")
    paid = conference.pay(buyer, held)
    step(f"a team of five has paid {money(paid['total'])}, shirts and all")


def bundle(conference: Organizer, event: Json, kinds: dict[str, str], asked: Json) -> Json:
    """A supporter's ticket has its dinner with it, out of the same sixty."""
    item = {"ticket_type_id": kinds["Supporter"], "quantity": 1}
    answers = answers_for(asked, badges={1: "Cyd"})
    buyer, held = order(conference, event, [item], answers=answers)
    check(held["total"]["amount"] == PACK + PACK_DINNER, "the bundle costs what was set")
    paid = conference.pay(buyer, held)
    first, dinner = paid["positions"]
    check(dinner["parent_id"] == first["id"], "the dinner belongs to the ticket")
    check(dinners_sold(conference, event) == 2, "the speaker's dinner and the supporter's are sold")
    step(f"a supporter has paid {money(paid['total'])}, dinner included")
    return paid


def cancels(conference: Organizer, event: Json, order: Json) -> None:
    """The supporter cannot come: the ticket goes back, and the dinner with it."""
    ticket, dinner = order["positions"]
    path = f"{conference.path}/orders/{order['id']}/cancellations"
    alone = {"position_ids": [dinner["id"]]}
    conference.team.refused("POST", f"{path}/preview", alone, code="part_of_bundle")
    whole = {"position_ids": [ticket["id"]]}
    told = conference.team.post(f"{path}/preview", whole)
    check(told["refund"] == order["total"], "staff gives all of it back")
    seen = {
        "expected_refund": told["refund"]["amount"],
        "expected_total": told["new_total"]["amount"],
    }
    conference.team.post(path, whole | seen)
    check(dinners_sold(conference, event) == 1, "the dinner can be sold again")
    step(
        f"the supporter's ticket is cancelled with what came with it: {money(told['refund'])} back"
    )


def dinners_sold(conference: Organizer, event: Json) -> int:
    """How many dinners are sold, in bundles and as add-ons."""
    quotas = conference.team.get(conference.event(event["id"]))["quotas"]
    return next(quota["sold"] for quota in quotas if quota["name"] == "Dinner")


def export(conference: Organizer, event: Json) -> None:
    """What everybody answered."""
    rows = conference.team.get(conference.event(event["id"], "/answers"))["items"]
    check(len(rows) == 4, "four orders have answered")
    file = conference.team.get(conference.event(event["id"], "/answers.csv"))
    check("No mushrooms" in file, "the kitchen knows about the mushrooms")
    step(f"all answers are in one file of {len(file.splitlines())} lines")


def shirt(conference: Organizer, event: Json, size: str, *, units: int) -> Json:
    """So many shirts of that size, as an add-on."""
    types = conference.team.get(conference.event(event["id"]))["ticket_types"]
    kind = next(one for one in types if one["name"] == "Shirt")
    variation = next(one for one in kind["variations"] if one["name"] == size)
    return {"ticket_type_id": kind["id"], "variation_id": variation["id"], "quantity": units}


def answers_for(asked: Json, *, badges: dict[int, str]) -> list[Json]:
    """The code of conduct, and a name for each of these tickets."""
    conduct = {"question_id": asked["I keep to the code of conduct"], "value": True}
    names = [
        {"question_id": asked["Name on the badge"], "ticket": number, "value": name}
        for number, name in badges.items()
    ]
    return [conduct, *names]


if __name__ == "__main__":
    run(script)
