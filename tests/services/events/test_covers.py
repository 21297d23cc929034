"""Covers: whatever is uploaded, only clean pictures come out."""

import io
from typing import Any

import httpx2
import pytest
from PIL import Image

from boxoffice.services.events.pictures import MAX_BYTES
from tests.services.events.house import Team, accepted, refused
from tests.services.events.pictures import ACCEPTED, REFUSED, SECRET, from_a_phone, picture


async def upload(
    team: Team, event: dict[str, Any], data: bytes, *, named: str = "cover.jpg"
) -> httpx2.Response:
    files = {"image": (named, data, "image/jpeg")}
    return await team.browser.put(f"{team.path}/{event['id']}/cover", files=files)


def shown(answer: httpx2.Response) -> Image.Image:
    assert answer.status_code == 200, answer.text
    return Image.open(io.BytesIO(answer.content))


@pytest.mark.parametrize("name", ACCEPTED)
async def test_a_picture_becomes_webp_and_jpeg_in_three_widths(
    team: Team, visitor: httpx2.AsyncClient, name: str
) -> None:
    event = accepted(await upload(team, await team.create(), ACCEPTED[name]))
    cover = event["cover"]
    assert cover["alt"] == "Night Train"
    for width in (480, 960, 1600):
        for extension, content_type in (("webp", "image/webp"), ("jpg", "image/jpeg")):
            url = cover["url"].replace("1600.webp", f"{width}.{extension}")
            answer = await visitor.get(url)
            image = shown(answer)
            assert answer.headers["content-type"] == content_type
            assert image.format == {"webp": "WEBP", "jpg": "JPEG"}[extension]
            assert image.width <= width
            assert image.mode == "RGB"
    widest = shown(await visitor.get(cover["url"]))
    assert widest.size == (cover["width"], cover["height"])


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_no_clean_picture_is_refused(team: Team, name: str) -> None:
    event = await team.create()
    data, code = REFUSED[name]
    status = 413 if code == "picture_too_large" else 422
    refused(await upload(team, event, data), status, code)
    assert accepted(await team.get(event))["cover"] is None


async def test_a_file_that_is_too_large_is_refused(team: Team) -> None:
    event = await team.create()
    big = await upload(team, event, picture() + bytes(MAX_BYTES))
    refused(big, 413, "picture_too_large")
    assert (await upload(team, event, bytes(MAX_BYTES * 2))).status_code == 413


async def test_where_it_was_taken_stays_private(team: Team, visitor: httpx2.AsyncClient) -> None:
    event = accepted(await upload(team, await team.create(), from_a_phone()))
    for name in ("1600.webp", "1600.jpg"):
        answer = await visitor.get(event["cover"]["url"].replace("1600.webp", name))
        image = shown(answer)
        assert SECRET not in answer.content
        assert not image.getexif()
        assert not {"comment", "exif", "icc_profile", "xmp"} & image.info.keys()


async def test_it_is_turned_upright(team: Team, visitor: httpx2.AsyncClient) -> None:
    event = accepted(await upload(team, await team.create(), from_a_phone()))
    image = shown(await visitor.get(event["cover"]["url"].replace("webp", "jpg")))
    assert image.size == (800, 1200)
    red = image.getpixel((image.width - 40, 40))
    assert isinstance(red, tuple)
    assert red[0] > 150 > red[2]


async def test_see_through_parts_become_white(team: Team, visitor: httpx2.AsyncClient) -> None:
    event = accepted(await upload(team, await team.create(), ACCEPTED["see-through png"]))
    image = shown(await visitor.get(event["cover"]["url"].replace("webp", "jpg")))
    corner = image.getpixel((5, 5))
    assert isinstance(corner, tuple)
    assert min(corner) > 245


async def test_a_wide_picture_is_scaled_down_and_a_small_one_never_up(team: Team) -> None:
    wide = accepted(await upload(team, await team.create(), picture(size=(3200, 1600))))
    assert (wide["cover"]["width"], wide["cover"]["height"]) == (1600, 800)
    small = accepted(await upload(team, await team.create(), picture(size=(400, 300))))
    assert (small["cover"]["width"], small["cover"]["height"]) == (400, 300)


async def test_replacing_and_deleting_a_cover_removes_its_files(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    event = await team.create()
    first = accepted(await upload(team, event, picture()))["cover"]["url"]
    second = accepted(await upload(team, event, picture("PNG")))["cover"]["url"]
    assert (await visitor.get(first)).status_code == 404
    assert (await visitor.get(second)).status_code == 200
    again = accepted(await upload(team, event, picture("PNG")))["cover"]["url"]
    assert again == second
    assert (await visitor.get(second)).status_code == 200
    assert accepted(await team.delete(event, "/cover"))["cover"] is None
    assert (await visitor.get(second)).status_code == 404
    assert accepted(await team.delete(event, "/cover"))["cover"] is None


async def test_a_published_events_cover_reaches_page_and_listing(
    team: Team, visitor: httpx2.AsyncClient
) -> None:
    event = await team.published()
    cover = accepted(await upload(team, event, picture()))["cover"]
    page = accepted(await visitor.get(f"/api/v1/events/{team.slug}/{event['slug']}"))
    assert page["cover"] == cover
    found = accepted(await visitor.get("/api/v1/events", params={"organizer": team.slug}))
    assert [card["cover"] for card in found["items"]] == [cover]


async def test_a_form_without_the_picture_is_refused(team: Team) -> None:
    event = await team.create()
    url = f"{team.path}/{event['id']}/cover"
    other = await team.browser.put(url, files={"file": ("x.jpg", picture(), "image/jpeg")})
    assert other.status_code in {400, 422}
    assert (await team.browser.put(url, json={"image": "x"})).status_code in {400, 415, 422}
