"""Setting up an event's questions through the API."""

from typing import Any

from tests.services.events.house import House, Team, accepted, refused, wrong_fields

Json = dict[str, Any]


async def ask(team: Team, event: Json, label: str, **body: Any) -> Json:
    made = accepted(
        await team.post(event, "/questions", {"label": label, "kind": "short_text"} | body), 201
    )
    return made["questions"][-1]


async def test_questions_are_added_changed_put_in_order_and_deleted(house: House) -> None:
    team = await house.team()
    event = await team.create()
    name = await ask(team, event, "Badge name", per="ticket", required=True)
    size = await ask(team, event, "Shirt", kind="one_of", options=["S", "M"], per="ticket")
    changed = accepted(
        await team.patch(event, f"/questions/{size['id']}", options=["S", "M", "L"], help="Fair")
    )
    assert changed["questions"][1]["options"] == ["S", "M", "L"]
    assert changed["questions"][1]["help"] == "Fair"
    path = f"{team.path}/{event['id']}/questions"
    ids = [size["id"], name["id"]]
    turned = accepted(await team.browser.put(f"{path}/order", json={"ids": ids}))
    assert [one["id"] for one in turned["questions"]] == ids
    third = await ask(team, event, "Third")
    left = accepted(await team.delete(event, f"/questions/{size['id']}"))
    assert [one["id"] for one in left["questions"]] == [name["id"], third["id"]]
    refused(await team.delete(event, f"/questions/{size['id']}"), 404, "not_found")


async def test_what_the_checkout_asks_is_on_the_public_page_and_what_the_door_asks_is_not(
    house: House,
) -> None:
    team = await house.team()
    event = await team.published()
    await ask(team, event, "Badge name", per="ticket")
    await ask(team, event, "Seen an ID?", kind="yes_no", per="ticket", at_check_in=True)
    page = accepted(await house.client().get(f"/api/v1/events/{team.slug}/{event['slug']}"))
    assert [one["label"] for one in page["questions"]] == ["Badge name"]


async def test_a_condition_chains_and_never_in_a_circle(house: House) -> None:
    team = await house.team()
    event = await team.create()
    first = await ask(team, event, "Diet?", kind="yes_no")
    second = await ask(
        team, event, "Which?", kind="one_of", options=["Vegan", "Other"],
        condition={"question_id": first["id"], "any_of": [True]},
    )  # fmt: skip
    await ask(
        team, event, "What else?", condition={"question_id": second["id"], "any_of": ["Other"]}
    )
    back = {"condition": {"question_id": second["id"], "any_of": ["Vegan"]}}
    wrong = wrong_fields(await team.patch(event, f"/questions/{first['id']}", **back))
    assert wrong == {"/condition/question_id": "cycle"}
    refused(await team.delete(event, f"/questions/{first['id']}"), 409, "question_awaited")
    wrong = wrong_fields(await team.patch(event, f"/questions/{second['id']}", options=["Vegan"]))
    assert wrong == {"/kind": "depended_on"}


async def test_what_is_wrong_with_a_question_is_named_field_by_field(house: House) -> None:
    team = await house.team()
    event = await team.create()
    text = await ask(team, event, "A text")
    ticket = await ask(team, event, "Per ticket", kind="yes_no", per="ticket")
    nowhere = "0190a6f5-0000-7000-8000-000000000000"

    async def wrong(**body: Any) -> dict[str, str]:
        return wrong_fields(
            await team.post(event, "/questions", {"label": "x", "kind": "short_text"} | body)
        )

    assert await wrong(label=" ") == {"/label": "missing"}
    assert await wrong(kind="one_of") == {"/options": "missing"}
    assert await wrong(kind="one_of", options=["a", "a "]) == {"/options": "twice"}
    assert await wrong(options=["a"]) == {"/options": "contradiction"}
    assert await wrong(kind="number", minimum=2, maximum=1) == {"/maximum": "out_of_range"}
    assert await wrong(kind="date", minimum=2) == {"/minimum": "contradiction"}
    assert await wrong(maximum=999) == {"/maximum": "out_of_range"}
    assert await wrong(at_check_in=True) == {"/at_check_in": "contradiction"}
    assert await wrong(ticket_type_ids=[nowhere]) == {"/ticket_type_ids": "unknown_ticket_type"}
    for question, any_of, code in (
        (nowhere, [True], "unknown_question"),
        (text["id"], [True], "wrong_kind"),
        (ticket["id"], [True], "wrong_scope"),
    ):
        condition = {"question_id": question, "any_of": any_of}
        assert await wrong(condition=condition) == {"/condition/question_id": code}
    condition = {"question_id": ticket["id"], "any_of": ["yes"]}
    assert await wrong(condition=condition, per="ticket") == {"/condition/any_of": "unknown_answer"}
    condition = {"question_id": ticket["id"], "any_of": []}
    assert await wrong(condition=condition, per="ticket") == {"/condition/any_of": "missing"}


async def test_a_question_about_a_type_that_was_deleted_can_still_be_changed(house: House) -> None:
    team = await house.team()
    event = await team.create()
    body = {"name": "Extra", "price": 0, "quantity": 5}
    kind = accepted(await team.post(event, "/ticket-types", body), 201)["ticket_types"][-1]
    question = await ask(team, event, "Extra?", ticket_type_ids=[kind["id"]])
    accepted(await team.delete(event, f"/ticket-types/{kind['id']}"))
    changed = accepted(await team.patch(event, f"/questions/{question['id']}", label="Anyway?"))
    assert changed["questions"][0]["ticket_type_ids"] == [kind["id"]]


async def test_an_event_asks_no_more_than_a_hundred_questions_and_repeats_under_one_key(
    house: House,
) -> None:
    team = await house.team()
    event = await team.create()
    key = {"idempotency_key": "0190a6f5-7a1b-7000-8000-00000000abcd"}
    body = {"label": "Once", "kind": "email"}
    one = accepted(await team.post(event, "/questions", body, **key), 201)
    two = accepted(await team.post(event, "/questions", body, **key), 201)
    assert one["questions"] == two["questions"]
    path = f"{team.path}/{event['id']}/questions/deadline"
    changed = accepted(await team.browser.put(path, json={"minutes_before_start": 90}))
    assert changed["answers_close_minutes"] == 90
