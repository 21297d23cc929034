"""E14 · Custom questions: per order and ticket, conditional, with files, at checkout and door."""

import io
from typing import Any
from uuid import UUID

import httpx2
import pytest
from PIL import Image

from boxoffice.data.postgres import Database
from tests.support.product import Product, once
from tests.support.shop import Json, Shop, done, line, open_shop, refused

ADA = "ada@example.org"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


async def ask(shop: Shop, label: str, kind: str = "short_text", **body: Any) -> Json:
    made = await shop.staff.post(
        f"{shop.event}/questions", json={"label": label, "kind": kind} | body
    )
    return done(made, 201)["questions"][-1]


def says(question: Json, value: Any, ticket: int | None = None) -> Json:
    return {"question_id": question["id"], "value": value, "ticket": ticket}


async def put(who: httpx2.AsyncClient, shop: Shop, order: Json, *answers: Json) -> httpx2.Response:
    return await who.put(f"{shop.orders}/{order['id']}/answers", json={"answers": list(answers)})


async def sheet(who: httpx2.AsyncClient, shop: Shop, order: Json) -> Json:
    return done(await who.get(f"{shop.orders}/{order['id']}/answers"))


def shown(questionnaire: Json) -> dict[tuple[str, int | None], str]:
    return {(one["label"], one["ticket"]): one["shown"] for one in questionnaire["answers"]}


async def test_custom_questions_are_asked_per_order_or_ticket_of_chosen_types_and_conditionally(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    day, night = await shop.add("Day"), await shop.add("Night")
    diet = await ask(shop, "Any diet?", "yes_no", required=True)
    which = await ask(
        shop, "Which?", required=True, condition={"question_id": diet["id"], "any_of": [True]}
    )
    name = await ask(shop, "Badge", per="ticket", required=True, ticket_type_ids=[day["id"]])
    order = done(await shop.buy(ada, line(day, 2), line(night), email=ADA), 201)
    assert (order["status"], order["asks"]) == ("held", True)
    asked = await sheet(ada, shop, order)
    assert [one["label"] for one in asked["questions"]] == ["Any diet?", "Which?", "Badge"]
    assert [one["question_ids"] for one in asked["tickets"]] == [[name["id"]], [name["id"]], []]
    assert len(asked["missing"]) == 3
    names = says(name, "Ada", 1), says(name, "Bob", 2)
    problem = refused(await put(ada, shop, order, says(diet, True), *names), 422, "wrong_answers")
    (lack,) = problem["answers"]
    assert (lack["question_id"], lack["ticket"], lack["code"]) == (
        which["id"], None, "answer_missing",
    )  # fmt: skip
    answered = done(await put(ada, shop, order, says(diet, True), says(which, "Vegan"), *names))
    assert answered["missing"] == []
    assert shown(answered) == {
        ("Any diet?", None): "Yes", ("Which?", None): "Vegan", ("Badge", 1): "Ada",
        ("Badge", 2): "Bob",
    }  # fmt: skip
    confirmed = done(await ada.post(f"{shop.orders}/{order['id']}/confirm"))
    assert confirmed["status"] == "confirmed"


async def test_an_order_is_not_confirmed_while_a_required_answer_is_missing(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    question = await ask(shop, "Terms", "consent", required=True)
    kind = await shop.add("Regular")
    order = done(await shop.buy(ada, line(kind), email=ADA), 201)
    path = f"{shop.orders}/{order['id']}"
    problem = refused(await ada.post(f"{path}/confirm"), 422, "wrong_answers")
    assert problem["answers"][0]["question_id"] == question["id"]
    problem = refused(await put(ada, shop, order, says(question, False)), 422, "wrong_answers")
    assert problem["answers"][0]["code"] == "consent_needed"
    done(await put(ada, shop, order, says(question, True)))
    assert done(await ada.post(f"{path}/confirm"))["status"] == "confirmed"


async def test_an_order_is_not_paid_while_a_required_answer_is_missing(
    db: Database, paying_product: Product
) -> None:
    async with open_shop(paying_product, db) as shop, paying_product.visitor() as ada:
        question = await ask(shop, "Country", "country", required=True)
        kind = await shop.add("Regular", price=2500)
        order = done(await shop.buy(ada, line(kind), email=ADA), 201)
        path = f"{shop.orders}/{order['id']}/payments"
        card = {"source": "practice_ok"}
        refused(await ada.post(path, json=card, headers=once()), 422, "wrong_answers")
        done(await put(ada, shop, order, says(question, "PT")))
        paid = done(await ada.post(path, json=card, headers=once()))
        assert paid["order"]["status"] == "confirmed"


async def test_answers_may_come_with_the_order_and_a_complete_free_one_is_confirmed_in_one_call(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    day, night = await shop.add("Day"), await shop.add("Night")
    name = await ask(shop, "Badge", per="ticket", required=True)
    lines = line(day), line(night), line(day)
    answers = [says(name, who, n) for n, who in enumerate(("Ada", "Bob", "Cyd"), start=1)]
    wrong = [*answers[:2], says(name, "x" * 300, 3)]
    refused(await shop.buy(ada, *lines, email=ADA, answers=wrong), 422, "wrong_answers")
    held = done(await shop.buy(ada, *lines, email=ADA, answers=answers[:2]), 201)
    assert held["status"] == "held"
    body: Json = {"event_id": str(shop.stage.event_id), "items": list(lines), "answers": answers}
    body["buyer"] = {"email": ADA, "name": "Ada"}
    key = once()
    orders = [done(await ada.post(shop.orders, json=body, headers=key), 201) for _ in range(2)]
    assert orders[0]["id"] == orders[1]["id"]
    assert orders[0]["status"] == "confirmed"
    kinds = {one["number"]: one["ticket_type_name"] for one in orders[0]["positions"]}
    said = shown(await sheet(ada, shop, orders[0]))
    by_kind = sorted((kinds[ticket or 0], text) for (_, ticket), text in said.items())
    assert by_kind == [("Day", "Ada"), ("Day", "Cyd"), ("Night", "Bob")]


async def test_a_buyer_corrects_answers_until_the_deadline_and_staff_ever_after(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    name = await ask(shop, "Badge", per="ticket")
    kind = await shop.add("Regular")
    order = done(await shop.buy(ada, line(kind), email=ADA), 201)
    assert order["status"] == "confirmed"
    done(await put(ada, shop, order, says(name, "Ada", 1)))
    year = {"minutes_before_start": 60 * 24 * 366}
    done(await shop.staff.put(f"{shop.event}/questions/deadline", json=year))
    assert (await sheet(ada, shop, order))["editable"] is False
    refused(await put(ada, shop, order, says(name, "Eve", 1)), 409, "answers_closed")
    assert shown(await sheet(shop.staff, shop, order)) == {("Badge", 1): "Ada"}
    done(await put(shop.staff, shop, order, says(name, "Countess", 1)))
    assert shown(await sheet(ada, shop, order)) == {("Badge", 1): "Countess"}


async def test_given_answers_stay_readable_when_their_question_is_changed_or_deleted(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    size = await ask(shop, "Shirt", "one_of", options=["S", "M"], per="ticket")
    kind = await shop.add("Regular")
    order = done(await shop.buy(ada, line(kind), email=ADA, answers=[says(size, "S", 1)]), 201)
    path = f"{shop.event}/questions/{size['id']}"
    done(await shop.staff.patch(path, json={"label": "Hoodie", "options": ["L"]}))
    assert shown(await sheet(ada, shop, order)) == {("Shirt", 1): "S"}
    done(await shop.staff.delete(path))
    assert shown(await sheet(ada, shop, order)) == {("Shirt", 1): "S"}
    file = await shop.staff.get(f"{shop.event}/answers.csv")
    assert "Shirt" in file.text.splitlines()[0]
    assert file.text.splitlines()[1].endswith(",S")


async def test_answers_are_exported_as_json_and_csv_by_the_organizer_alone(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    how = await ask(shop, "How did you hear?", "several_of", options=["Press", "Friends"])
    name = await ask(shop, "Badge", per="ticket")
    kind = await shop.add("Regular")
    names = says(name, '=HYPERLINK("x")', 1), says(name, "Bob", 2)
    answers = [says(how, ["Friends", "Press"]), *names]
    order = done(await shop.buy(ada, line(kind, 2), email=ADA, answers=answers), 201)
    second = done(await shop.buy(ada, line(kind), email=ADA), 201)
    path = f"{shop.event}/answers"
    page = done(await shop.staff.get(path, params={"limit": 1}))
    assert [row["order_code"] for row in page["items"]] == [order["code"]]
    assert len(page["items"][0]["answers"]) == 3
    rest = done(await shop.staff.get(path, params={"cursor": page["next_cursor"]}))
    assert [row["order_id"] for row in rest["items"]] == [second["id"]]
    file = await shop.staff.get(f"{path}.csv")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Order,Status,Buyer,E-mail,Ticket,Ticket type,How did you hear?,Badge"
    first = f'{order["code"]},confirmed,Ada Lovelace,{ADA},1,Regular,"Press, Friends"'
    assert lines[1].startswith(first)
    assert "'=HYPERLINK" in lines[1]
    assert lines[2].endswith('2,Regular,"Press, Friends",Bob')
    assert lines[3].endswith("1,Regular,,")
    for url in (path, f"{path}.csv"):
        assert (await ada.get(url)).status_code in {401, 404}


async def upload(
    who: httpx2.AsyncClient, shop: Shop, order: Json, data: bytes, name: str = "cv.pdf"
) -> httpx2.Response:
    path = f"{shop.orders}/{order['id']}/answer-files"
    return await who.post(path, files={"file": (name, data, "application/pdf")})


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(file, "PNG")
    return file.getvalue()


async def test_a_file_is_checked_by_content_and_size_and_served_to_organizer_and_buyer_only(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    cv = await ask(shop, "Your CV", "file", per="ticket", required=True)
    kind = await shop.add("Regular")
    order = done(await shop.buy(ada, line(kind), email=ADA), 201)
    for data in (b"MZ\x90\x00", b"<svg/>", b"%PDF-1.7 cut", png()[:60], b""):
        refused(await upload(ada, shop, order, data), 422, "unknown_file_type")
    large = PDF + b"\n" * (10 * 1024 * 1024) + b"%%EOF"
    assert (await upload(ada, shop, order, large)).status_code == 413
    picture = done(await upload(ada, shop, order, png(), '../../\\evil".pdf'), 201)
    assert (picture["name"], picture["content_type"]) == ("evil.png", "image/png")
    file = done(await upload(ada, shop, order, PDF, "Ada Lovelace.exe"), 201)
    assert (file["name"], file["size"]) == ("Ada Lovelace.pdf", len(PDF))
    answered = done(await put(ada, shop, order, says(cv, file["id"], 1)))
    assert answered["answers"][0]["file"]["name"] == "Ada Lovelace.pdf"
    path = f"{shop.orders}/{order['id']}/answer-files/{file['id']}"
    for who in (ada, shop.staff):
        got = await who.get(path)
        assert got.content == PDF
        assert got.headers["content-disposition"].startswith("attachment")
        assert got.headers["x-content-type-options"] == "nosniff"
    async with shop.product.visitor() as stranger:
        assert (await stranger.get(path)).status_code == 404
        assert (await stranger.get(f"{path}?token={order['token']}")).content == PDF
        refused(await upload(stranger, shop, order, PDF), 404, "order_not_found")
    other = done(await shop.buy(ada, line(kind), email=ADA), 201)
    problem = refused(await put(ada, shop, other, says(cv, file["id"], 1)), 422, "wrong_answers")
    assert problem["answers"][0]["code"] == "unknown_file"


async def test_a_file_that_no_answer_names_is_forgotten_after_a_day(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    cv = await ask(shop, "Your CV", "file")
    order = done(await shop.buy(ada, line(await shop.add("Regular")), email=ADA), 201)
    kept = done(await upload(ada, shop, order, PDF), 201)
    left = done(await upload(ada, shop, order, PDF), 201)
    done(await put(ada, shop, order, says(cv, kept["id"])))
    async with shop.db.begin(shop.stage.organizer_id) as tx:
        await tx.connection.exec_driver_sql(
            "UPDATE bookings.answer_files SET uploaded_at = uploaded_at - interval '2 days' "
            "WHERE organizer_id = $1 AND order_id = $2",
            (shop.stage.organizer_id, UUID(order["id"])),
        )
    await shop.product.services.bookings.answer_files.forget_left_over()
    path = f"{shop.orders}/{order['id']}/answer-files"
    assert (await ada.get(f"{path}/{kept['id']}")).content == PDF
    assert (await ada.get(f"{path}/{left['id']}")).status_code == 404


async def test_a_question_can_be_asked_at_check_in(shop: Shop, ada: httpx2.AsyncClient) -> None:
    badge = await ask(shop, "Badge taken?", "yes_no", per="ticket", at_check_in=True, required=True)
    why = await ask(
        shop, "Why not?", per="ticket", at_check_in=True,
        condition={"question_id": badge["id"], "any_of": [False]},
    )  # fmt: skip
    order = done(await shop.buy(ada, line(await shop.add("Regular")), email=ADA), 201)
    assert order["status"] == "confirmed"
    assert (await sheet(ada, shop, order))["questions"] == []
    (ticket,) = order["tickets"]
    organizer = shop.event.rpartition("/events")[0]
    scan = {"code": ticket["code"], "event_id": str(shop.stage.event_id)}
    nonce = {"nonce": once()["idempotency-key"]}
    scanned = done(await shop.staff.post(f"{organizer}/scans", json=scan | nonce))
    assert (scanned["verdict"], [q["id"] for q in scanned["questions"]]) == (
        "admitted", [badge["id"]],
    )  # fmt: skip
    path = f"{organizer}/tickets/{ticket['id']}/answers"
    said = {"question_id": badge["id"], "value": False}
    told = done(await shop.staff.post(path, json={"answers": [said]}))
    assert [one["id"] for one in told["questions"]] == [why["id"]]
    bad = {"question_id": badge["id"], "value": "perhaps"}
    refused(await shop.staff.post(path, json={"answers": [bad]}), 422, "wrong_answers")
    done(await shop.staff.post(path, json={"answers": [{**said, "value": True}]}))
    again = done(await shop.staff.post(f"{organizer}/scans", json=scan | nonce))
    assert again["questions"] == []
    assert shown(await sheet(shop.staff, shop, order)) == {("Badge taken?", 1): "Yes"}
    assert (await ada.post(path, json={"answers": [said]})).status_code in {401, 404}


async def test_answers_of_an_order_are_seen_by_no_stranger(
    shop: Shop, ada: httpx2.AsyncClient
) -> None:
    name = await ask(shop, "Badge")
    order = done(await shop.buy(ada, line(await shop.add("Regular")), email=ADA), 201)
    done(await put(ada, shop, order, says(name, "Ada")))
    async with shop.product.visitor() as stranger:
        path = f"{shop.orders}/{order['id']}/answers"
        refused(await stranger.get(path), 404, "order_not_found")
        refused(await put(stranger, shop, order, says(name, "Eve")), 404, "order_not_found")
        link = {"order-token": order["token"]}
        assert shown(done(await stranger.get(path, headers=link))) == {("Badge", None): "Ada"}


async def test_an_event_without_questions_costs_a_purchase_no_statement(
    shop: Shop, ada: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read and written for answers happens in one module; nobody calls it."""
    kind = await shop.add("Regular")
    called: list[str] = []

    async def count(*_: Any, **__: Any) -> Any:
        called.append("answers")

    for name in ("insert", "read", "replace"):
        monkeypatch.setattr(f"boxoffice.services.bookings.answers.storing.{name}", count)
    order = done(await shop.buy(ada, line(kind), email=ADA), 201)
    held = done(await shop.buy(ada, line(kind)), 201)
    path = f"{shop.orders}/{held['id']}"
    done(await ada.put(f"{path}/buyer", json={"email": ADA, "name": "Ada"}))
    done(await ada.post(f"{path}/confirm"))
    assert "asks" not in order
    assert called == []
