"""The pure decisions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.permissions import ORGANIZER_PERMISSIONS, Permission
from boxoffice.kernel.refusals import FieldError
from boxoffice.services.users.rules.people import normalise_email, tidy_name
from boxoffice.services.users.rules.renewals import GRACE, Renewal, Standing, renewal
from boxoffice.services.users.rules.roles import ROLES, permissions_of, roles_with
from boxoffice.services.users.rules.slugs import RESERVED, demand_slug, is_slug, slug_from
from boxoffice.services.users.rules.strength import demand_strong

NOW = datetime(2027, 3, 14, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada@Example.ORG", "ada@example.org"),
        ("  ada@example.org\n", "ada@example.org"),
        ("ada+tickets@example.org", "ada+tickets@example.org"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("ada@Bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
        ("ada@example。org", "ada@example.org"),
        ("用户@例え.テスト", "用户@xn--r8jz45g.xn--zckzah"),
        ("e\N{COMBINING ACUTE ACCENT}@example.org", "é@example.org"),
        ("x" * 64 + "@example.org", "x" * 64 + "@example.org"),
    ],
)
def test_an_address_has_one_spelling(typed: str, kept: str) -> None:
    assert normalise_email(typed) == kept
    assert normalise_email(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "@", "a", "a@", "@b.org", "a@b", "a@localhost", "a@b..org", "a@.org", "a..b@c.org",
        ".a@b.org", "a.@b.org", "a b@c.org", "a@b c.org", "a@b.org\r\nBcc: x@y.org", "a\0@b.org",
        '"a"@b.org', "a(comment)@b.org", "<a@b.org>", "a@b.org, c@d.org", "a@[127.0.0.1]",
        "a@127.0.0.1", "a@b@c.org", "x" * 65 + "@b.org", "a@" + "b" * 64 + ".org",
        "a@" + ".".join(["b" * 60] * 5), "a@-b.org", "a@b_c.org", "a\u202e@b.org", "a@b.org.",
        "\ud800@b.org", "a@\ud800.org", "é" * 33 + "@b.org",
    ],
)  # fmt: skip
def test_what_is_not_one_address_is_refused(typed: str) -> None:
    with pytest.raises(FieldError) as refusal:
        normalise_email(typed)
    assert (refusal.value.pointer, refusal.value.code) == ("/email", "bad_email")


@given(st.text(max_size=80) | st.emails())
def test_normalising_an_address_twice_changes_nothing(typed: str) -> None:
    try:
        once = normalise_email(typed)
    except FieldError:
        return
    assert normalise_email(once) == once
    assert "\0" not in once
    assert len(once) <= 254


@pytest.mark.parametrize(
    "name", ["O'Brien", "Null", "J", "王小明", "עדה", "👩‍👩‍👧", "x" * 200, "A\u202eB"]
)
def test_people_have_all_kinds_of_names(name: str) -> None:
    assert tidy_name(f"  {name} ") == name


@given(st.text(max_size=120))
def test_a_name_gives_a_good_slug_or_none(name: str) -> None:
    slug = slug_from(name)
    assert slug == "" or (is_slug(slug) and demand_slug(slug) == slug)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Kulturhaus Süd", "kulturhaus-sud"),
        ("O'Brien's Pub", "obriens-pub"),
        ("Straße 17", "strasse-17"),
        ("Łódź & Ærø", "lodz-aero"),
        ("API", "api-events"),
        ("東京", ""),
        ("é", "e-events"),
        ("  --  ", ""),
        ("x" * 100, "x" * 55),
    ],
)
def test_slugs_are_made_from_names(name: str, slug: str) -> None:
    assert slug_from(name) == slug


@pytest.mark.parametrize("word", sorted(word for word in RESERVED if is_slug(word)))
def test_our_own_words_are_no_slugs(word: str) -> None:
    with pytest.raises(FieldError):
        demand_slug(word)


@pytest.mark.parametrize(
    "password",
    [
        "seven quiet otters",
        "Zürich-Hbf 17:04",
        "🦦🎷🌊🪵🧭🎪🍋🛶",
        "\0\1\2\3qZ7!k",
        "x7Kd9pQ2",
        "летняя ночь",
    ],
)
def test_good_passwords_of_all_kinds_pass(password: str) -> None:
    demand_strong(password, context=["ada@example.org", "Ada"])


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("x7Kd9p!", "too_short"),
        ("seven quiet otters " * 60, "too_long"),
        ("ada.lovelace@example.org", "weak_password"),
        ("lovelace12", "weak_password"),
        ("LovelaceAda!", "weak_password"),
        ("boxoffice99", "weak_password"),
        ("passw0rd1", "weak_password"),
        ("1qaz2wsx3edc", "weak_password"),
        ("iloveyou2", "weak_password"),
        ("aaaaaaaaaaaa", "weak_password"),
        ("20270314", "weak_password"),
    ],
)
def test_weak_passwords_are_refused(password: str, code: str) -> None:
    with pytest.raises(FieldError) as refusal:
        demand_strong(password, context=["ada.lovelace@example.org", "Ada Lovelace"])
    assert (refusal.value.pointer, refusal.value.code) == ("/password", code)


def test_roles_grant_organizer_permissions_only() -> None:
    for role in ROLES:
        assert permissions_of(role) <= ORGANIZER_PERMISSIONS
        assert Permission.EVENTS_READ in permissions_of(role)
    assert permissions_of("owner") == ORGANIZER_PERMISSIONS
    assert roles_with(Permission.SCAN) == ["owner", "manager", "door"]
    assert roles_with(Permission.SUPPORT) == ["owner", "manager", "support"]
    assert roles_with(Permission.ORDERS_WRITE) == ["owner", "manager", "finance"]


@pytest.mark.parametrize(
    ("presented", "age", "verdict"),
    [
        (7, timedelta(), Renewal.ADVANCE),
        (7, timedelta(days=29), Renewal.ADVANCE),
        (6, GRACE, Renewal.REPEAT),
        (6, GRACE + timedelta(milliseconds=1), Renewal.END),
        (5, timedelta(), Renewal.END),
        (0, timedelta(days=3), Renewal.END),
        (8, timedelta(), Renewal.END),
    ],
)
def test_a_refresh_token_is_judged_by_its_place_in_the_chain(
    presented: int, age: timedelta, verdict: Renewal
) -> None:
    session = Standing(
        generation=7, rotated_at=NOW - age, expires_at=NOW + timedelta(seconds=1), ended_at=None
    )
    assert renewal(session, presented=presented, now=NOW) is verdict


@pytest.mark.parametrize("presented", [5, 6, 7])
def test_nothing_renews_a_session_that_is_over(presented: int) -> None:
    expired = Standing(generation=7, rotated_at=NOW, expires_at=NOW, ended_at=None)
    ended = Standing(generation=7, rotated_at=NOW, expires_at=NOW + timedelta(days=1), ended_at=NOW)
    for session in (expired, ended):
        assert renewal(session, presented=presented, now=NOW) is Renewal.OVER
