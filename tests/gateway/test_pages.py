"""Pages answer with their head, first screen and data, the right status, and nobody's script."""

import json
import re
from typing import Any

import pytest
from httpx2 import Response
from msgspec.structs import replace

from boxoffice.kernel.ids import new_id
from boxoffice.kernel.money import Money
from boxoffice.services.events.api import TicketCategoryView, VariationOfferView
from tests.gateway.edge import PUBLIC_URL, Edge
from tests.gateway.showcase import event, offer

EVENT = "/e/kulturhaus/night-train"
NASTY = [
    "</script><b>",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "<!--<script>",
    "]]></style><svg onload=alert(1)>",
    "line\u2028end\u2029",
    "{title} {{7*7}} ${7*7} {0.__class__} %s",
    "&lt;b&gt; &amp;",
    "javascript:alert(1)",
    "\u202eevil\u202c",
    "Ω" * 300,
]


def boot_of(page: Response) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="boot">(.*?)</script>', page.text)
    assert found
    return json.loads(found[1])


def json_ld_of(page: Response) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    assert found
    return json.loads(found[1])


def meta(page: Response, name: str) -> str:
    found = re.search(f'<meta (?:name|property)="{name}" content="([^"]*)">', page.text)
    assert found, name
    return found[1]


async def test_an_event_page_shows_title_date_place_and_price_without_scripts(edge: Edge) -> None:
    page = await edge.client().get(EVENT)
    assert page.status_code == 200
    assert '<h1 tabindex="-1">Night Train</h1>' in page.text
    for text in ("Sun 14 Mar 2027", "19:00", "Berlin time", "Tempodrom, Berlin", "from €12.00"):
        assert text in page.text
    assert "<title>Night Train · Sun 14 Mar 2027 · Boxoffice</title>" in page.text
    assert f'<link rel="canonical" href="{PUBLIC_URL}{EVENT}">' in page.text
    assert meta(page, "robots").startswith("index")
    assert meta(page, "og:image") == f"{PUBLIC_URL}/media/covers/train.webp"


async def test_an_event_page_spares_react_its_first_request(edge: Edge) -> None:
    page = await edge.client().get(EVENT)
    boot = boot_of(page)
    assert boot["route"] == EVENT
    assert boot["data"]["event"]["title"] == "Night Train"
    assert '<link rel="modulepreload" crossorigin href="/assets/event-1.js">' in page.text
    assert '<link rel="stylesheet" crossorigin href="/assets/event-1.css">' in page.text


async def test_search_engines_learn_what_schema_org_asks(edge: Edge) -> None:
    document = json_ld_of(await edge.client().get(EVENT))
    assert document["@type"] == "Event"
    assert document["name"] == "Night Train"
    assert document["startDate"] == "2027-03-14T19:00:00+01:00"
    assert document["eventStatus"] == "https://schema.org/EventScheduled"
    assert document["eventAttendanceMode"].endswith("OfflineEventAttendanceMode")
    assert document["location"][0]["address"]["addressLocality"] == "Berlin"
    assert [(o["price"], o["priceCurrency"]) for o in document["offers"]] == [
        ("12.00", "EUR"),
        ("30.50", "EUR"),
    ]
    assert document["offers"][0]["availability"] == "https://schema.org/InStock"


@pytest.mark.parametrize("nasty", NASTY)
async def test_no_text_of_an_organizer_breaks_out_of_its_place(edge: Edge, nasty: str) -> None:
    shown = edge.showcase.events["kulturhaus", "night-train"]
    edge.showcase.events["kulturhaus", "night-train"] = replace(
        shown,
        title=nasty,
        summary=nasty,
        description=nasty,
        category=nasty,
        organizer=replace(shown.organizer, name=nasty, description=nasty),
        venue=shown.venue and replace(shown.venue, name=nasty, city=nasty, address=nasty),
        offers=[offer(name=nasty, description=nasty)],
        cover=shown.cover and replace(shown.cover, alt=nasty),
    )
    plain = (await edge.client().get("/signin")).text.count("<script")
    for path in (EVENT, "/", "/o/kulturhaus"):
        page = await edge.client().get(path)
        assert page.status_code == 200
        scripts = 2 if path == EVENT else 1
        assert page.text.count("<script") == plain + scripts
        assert page.text.count("</script>") == plain + scripts
        assert "<img src=x" not in page.text
        assert "<svg onload" not in page.text
        assert "<b>" not in page.text.replace("<b>Boxoffice</b>", "")
        assert "\u2028" not in page.text.partition('id="boot">')[2].partition("</script>")[0]
        boot = boot_of(page)["data"]
        shown_again = boot["event"] if path == EVENT else boot["discover"]["items"][0]
        assert shown_again["title"] == nasty
    assert json_ld_of(await edge.client().get(EVENT))["name"] == nasty


async def test_an_unknown_event_is_not_found_and_a_withdrawn_one_gone(edge: Edge) -> None:
    for path, status, title in (
        ("/e/kulturhaus/unknown", 404, "Nothing here"),
        ("/e/nobody/night-train", 404, "Nothing here"),
        ("/e/kulturhaus/taken-down", 410, "This page has been taken down"),
        ("/o/nobody", 404, "Nothing here"),
        ("/orders/unknown-token", 404, "Nothing here"),
        ("/nowhere", 404, "Nothing here"),
        ("/e/../../etc/passwd", 404, "Nothing here"),
        ("/e/KULTURHAUS/night-train", 404, "Nothing here"),
    ):
        page = await edge.client().get(path)
        assert page.status_code == status, path
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["cache-control"] == "private, no-store"
        assert meta(page, "robots").startswith("noindex")
        assert f'<h1 tabindex="-1">{title}</h1>' in page.text
        assert boot_of(page)["data"]["problem"]["status"] == status


async def test_a_page_that_fails_says_so_and_keeps_our_secrets(edge: Edge) -> None:
    edge.showcase.broken = True
    page = await edge.client().get(EVENT)
    assert page.status_code == 500
    assert "secret-inside" not in page.text
    assert boot_of(page)["data"]["problem"]["trace_id"] == page.headers["x-request-id"]


async def test_a_cancelled_event_stays_and_says_so(edge: Edge) -> None:
    edge.showcase.events["kulturhaus", "night-train"] = event(status="cancelled")
    page = await edge.client().get(EVENT)
    assert page.status_code == 200
    assert "This event has been cancelled." in page.text
    assert "Get tickets" not in page.text
    assert json_ld_of(page)["eventStatus"] == "https://schema.org/EventCancelled"


def variation(name: str, amount: int, available: int | None = None) -> VariationOfferView:
    return VariationOfferView(
        variation_id=new_id(),
        name=name,
        price=Money(amount=amount, currency="EUR"),
        list_price=Money(amount=amount, currency="EUR"),
        fees=[],
        tax=Money(amount=0, currency="EUR"),
        state="on_sale" if available is None else "few",
        available=available,
    )


EARLY, small, large = new_id(), variation("S", 800), variation("L", 900, 2)


@pytest.mark.parametrize(
    ("offers", "texts"),
    [
        ([offer(price=Money(amount=0, currency="EUR"))], ["Free", "Get free tickets"]),
        ([offer(state="few", available=3)], ["Only 3 left.", "€12.00", 'max="3"']),
        ([offer(state="sold_out")], ["Sold out", "Every ticket is gone."]),
        ([offer(state="ended")], ["Sales ended", "Nothing to buy at the moment."]),
        ([], ["The organizer has not put tickets on sale yet."]),
        ([offer(price=Money(amount=8400, currency="JPY"))], ["¥8,400"]),
        ([offer(price=Money(amount=1250, currency="KWD"))], ["KWD\u00a01.250"]),
        (
            [offer(pricing="open", suggested_price=Money(amount=2050, currency="EUR"))],
            ["Pay what you want, from €12.00", 'value="20.50"', "€20.50", "Get tickets"],
        ),
        (
            [offer(name="Hoodie", variations=[small, large])],
            ["Hoodie", "How many: Hoodie · S", "€8.00", "Only 2 left.", 'max="2"'],
        ),
        (
            [offer(name="Early", ticket_type_id=EARLY), offer(state="not_yet", opens_after=EARLY)],
            ["Opens when Early is sold out or over"],
        ),
        ([offer(max_per_person=4)], ["At most 4 per person."]),
    ],
)
async def test_the_tickets_are_worded_by_their_state(
    edge: Edge, offers: list[Any], texts: list[str]
) -> None:
    edge.showcase.events["kulturhaus", "night-train"] = event(offers=offers)
    page = await edge.client().get(EVENT)
    for text in texts:
        assert text in page.text


async def test_tickets_stand_under_their_headings_and_a_code_can_be_typed(edge: Edge) -> None:
    days = TicketCategoryView(id=new_id(), name="Day tickets", position=0)
    offers = [offer(name="Saturday", category_id=days.id), offer(name="Everything")]
    edge.showcase.events["kulturhaus", "night-train"] = event(
        offers=offers, categories=[days], takes_code=True
    )
    text = (await edge.client().get(EVENT)).text
    assert text.index("Everything</p>") < text.index("Day tickets") < text.index("Saturday</p>")
    assert "I have a code" in text


async def test_without_hidden_tickets_nobody_is_asked_for_a_code(edge: Edge) -> None:
    assert "I have a code" not in (await edge.client().get(EVENT)).text


async def test_an_event_without_cover_venue_or_website_has_its_page_too(edge: Edge) -> None:
    bare = event(cover=None, venue=None, format="online", summary="", description="")
    edge.showcase.events["kulturhaus", "night-train"] = bare
    page = await edge.client().get(EVENT)
    assert page.status_code == 200
    assert "Online: the link comes with your ticket" in page.text
    assert "hero-art" in page.text
    assert json_ld_of(page)["location"] == [
        {"@type": "VirtualLocation", "url": f"{PUBLIC_URL}{EVENT}"}
    ]


async def test_a_page_is_made_once_a_second_however_many_ask(edge: Edge) -> None:
    client = edge.client()
    for _ in range(20):
        assert (await client.get(EVENT)).status_code == 200
        assert (await client.get(f"{EVENT}?utm_source=mail")).status_code == 200
    assert edge.showcase.asked == [("kulturhaus", "night-train")]


async def test_a_query_without_meaning_is_kept_in_the_route_alone(edge: Edge) -> None:
    page = await edge.client().get(f"{EVENT}?utm_source=</script><b>")
    assert boot_of(page)["route"] == f"{EVENT}?utm_source=%3C/script%3E%3Cb%3E"
    assert f'<link rel="canonical" href="{PUBLIC_URL}{EVENT}">' in page.text


async def test_a_browser_that_has_the_page_is_told_so(edge: Edge) -> None:
    client = edge.client()
    first = await client.get(EVENT)
    for etag, status in ((first.headers["etag"], 304), ('W/"other"', 200)):
        again = await client.get(EVENT, headers={"if-none-match": etag})
        assert again.status_code == status
    page = await client.get(f"{EVENT}?x=1")
    again = await client.get(f"{EVENT}?x=1", headers={"if-none-match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_the_front_page_lists_what_is_on(edge: Edge) -> None:
    page = await edge.client().get("/")
    assert f'<a href="{EVENT}">Night Train</a>' in page.text
    assert "Sun 14 Mar 2027, 19:00" in page.text
    assert boot_of(page)["data"]["discover"]["total"] == 1
    assert f'<link rel="canonical" href="{PUBLIC_URL}/">' in page.text


async def test_filters_of_the_url_are_asked_for_and_shown(edge: Edge) -> None:
    page = await edge.client().get("/?city=Berlin&q=soul&utm=x")
    (asked,) = edge.showcase.asked
    assert (asked.city, asked.q, asked.limit) == ("Berlin", "soul", 24)
    assert 'value="soul"' in page.text
    assert boot_of(page)["route"] == "/?city=Berlin&q=soul&utm=x"
    assert meta(page, "robots").startswith("noindex")
    one = await edge.client().get("/?city=Berlin")
    assert meta(one, "robots").startswith("index")
    assert f'<link rel="canonical" href="{PUBLIC_URL}/?city=Berlin">' in one.text


async def test_days_relative_to_the_visitor_are_left_to_the_browser(edge: Edge) -> None:
    page = await edge.client().get("/?when=today")
    assert 'id="boot"' not in page.text
    assert "Night Train" not in page.text
    assert '<a class="chip" href="/?when=today" aria-current="true">Today</a>' in page.text


@pytest.mark.parametrize(
    "query", ["free=maybe", "date_from=yesterday", "&".join("q=1" for _ in range(99))]
)
async def test_a_filter_that_cannot_be_read_is_refused(edge: Edge, query: str) -> None:
    assert 400 <= (await edge.client().get(f"/?{query}")).status_code < 500


async def test_an_organizer_has_a_page_with_its_events_alone(edge: Edge) -> None:
    page = await edge.client().get("/o/kulturhaus")
    assert '<h1 tabindex="-1">Kulturhaus</h1>' in page.text
    assert "Night Train" in page.text
    assert set(boot_of(page)["data"]) == {"organizer", "discover"}
    assert edge.showcase.asked[0].organizer == "kulturhaus"


async def test_an_orders_page_is_for_its_holder_alone(edge: Edge) -> None:
    order = {"code": "K7Q2", "event_title": "Night Train", "token": "tok"}
    edge.showcase.add_order("kulturhaus.tok.1.mac", order)
    for path in ("/orders/", "/checkout/", "/t/"):
        url = f"{path}kulturhaus.tok.1.mac" + ("/ticket-1" if path == "/t/" else "")
        page = await edge.client().get(url)
        assert page.status_code == 200
        assert page.headers["cache-control"] == "private, no-store"
        assert "etag" not in page.headers
        assert meta(page, "robots").startswith("noindex")
        assert boot_of(page)["data"]["order"]["code"] == "K7Q2"


async def test_pages_of_the_app_are_served_without_data(edge: Edge) -> None:
    for path in (
        "/signin", "/me/tickets", "/find-order", "/organizer/x/events/new", "/dev/mail",
        "/e/demo/show/seats", "/transfers/demo.0192.1.mac",
    ):  # fmt: skip
        page = await edge.client().get(path)
        assert page.status_code == 200
        assert 'id="boot"' not in page.text
        assert meta(page, "robots").startswith("noindex")
    assert edge.showcase.asked == []


async def test_a_slash_too_many_leads_to_the_page_and_never_away(edge: Edge) -> None:
    for path, location in ((f"{EVENT}/", EVENT), ("//evil.example/", "/evil.example")):
        answer = await edge.client().get(f"{PUBLIC_URL}{path}")
        assert (answer.status_code, answer.headers["location"]) == (308, location)


async def test_only_reading_is_known_beside_the_api(edge: Edge) -> None:
    for method in ("POST", "PUT", "DELETE", "TRACE", "OPTIONS"):
        answer = await edge.client().request(method, EVENT)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


async def test_files_with_their_hash_in_the_name_are_kept_for_ever(edge: Edge) -> None:
    client = edge.client()
    script = await client.get("/assets/main-abc123.js", headers={"accept-encoding": "gzip"})
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-encoding"] == "gzip"
    assert script.text.startswith("console.log")
    plain = await client.get("/assets/main-abc123.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == script.text
    assert (await client.get("/favicon.svg")).headers["cache-control"] == "public, max-age=3600"


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../index.html",
        "/assets/%2e%2e/index.html",
        "/assets/..%2f..%2f..%2fetc/passwd",
        "/first-screens/event.html",
        "/index.html",
        "/preloads.json",
        "/manifest.json",
        "/assets/none.js",
    ],
)
async def test_nothing_else_of_the_folder_is_served(edge: Edge, path: str) -> None:
    assert (await edge.client().get(path)).status_code == 404


async def test_pictures_are_shown_and_other_blobs_offered_for_download(edge: Edge) -> None:
    client = edge.client()
    cover = await client.get("/media/covers/train.webp")
    assert cover.headers["content-type"] == "image/webp"
    assert cover.headers["content-disposition"] == "inline"
    assert "sandbox" in cover.headers["content-security-policy"]
    other = await client.get("/media/list.pdf")
    assert other.headers["content-disposition"] == "attachment"


async def test_the_sitemap_lists_events_and_organizers(edge: Edge) -> None:
    text = (await edge.client().get("/sitemap.xml")).text
    for path in ("/", EVENT, "/o/kulturhaus"):
        assert f"<loc>{PUBLIC_URL}{path}</loc>" in text


async def test_robots_are_kept_from_what_is_personal(edge: Edge) -> None:
    text = (await edge.client().get("/robots.txt")).text
    for path in ("/checkout/", "/orders/", "/me/", "/organizer", "/api/"):
        assert f"Disallow: {path}" in text
    assert f"Sitemap: {PUBLIC_URL}/sitemap.xml" in text
