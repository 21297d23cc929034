"""The pure rules of answers: which values will do, what is asked, and what is missing."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.ids import new_id
from boxoffice.services.bookings.answers.rules.asking import (
    Given,
    WrongAnswers,
    check,
    missing,
    still_asked,
)
from boxoffice.services.bookings.answers.rules.values import BadValue, clean, is_empty
from boxoffice.services.events.api import Condition, Question

SEATED, STANDING = new_id(), new_id()
FILE = UUID("0190a6f5-0000-7000-8000-00000000f11e")


def asked(kind: Any = "short_text", **more: Any) -> Question:
    return Question(id=new_id(), label=str(kind), kind=kind, **more)


def answer(question: Question, value: Any, ticket: int | None = None) -> Given:
    return Given(question_id=question.id, ticket=ticket, value=value)


OPTIONS = {"options": ("S", "M", "L")}
GOOD: list[tuple[Question, Any, Any, str]] = [
    (asked("short_text"), "  Ada ", "Ada", "Ada"),
    (asked("long_text"), "one\r\ntwo", "one\ntwo", "one\ntwo"),
    (asked("number", minimum=1, maximum=9), 9, 9, "9"),
    (asked("number"), 2.5, 2.5, "2.5"),
    (asked("yes_no"), False, False, "No"),
    (asked("one_of", **OPTIONS), "M", "M", "M"),
    (asked("several_of", **OPTIONS), ["L", "S"], ["S", "L"], "S, L"),
    (asked("date"), "2027-02-28", "2027-02-28", "2027-02-28"),
    (asked("time"), "09:05", "09:05", "09:05"),
    (asked("datetime"), "2027-02-28T09:05", "2027-02-28T09:05", "2027-02-28 09:05"),
    (asked("email"), " ada@example.org ", "ada@example.org", "ada@example.org"),
    (asked("phone"), "+49 (30) 123-45.67", "+49301234567", "+49301234567"),
    (asked("country"), "DE", "DE", "DE"),
    (asked("url"), "https://example.org/a?b=1", "https://example.org/a?b=1", "https://example.org/a?b=1"),
    (asked("file"), str(FILE), str(FILE), "cv.pdf"),
    (asked("consent", required=True), True, True, "Yes"),
]  # fmt: skip
BAD: list[tuple[Question, Any, str]] = [
    (asked("short_text"), 7, "wrong_type"),
    (asked("short_text"), "a" * 201, "too_long"),
    (asked("short_text", minimum=3), "ab", "too_short"),
    (asked("short_text"), "a\nb", "unprintable"),
    (asked("long_text"), "a\x00b", "unprintable"),
    (asked("number"), True, "wrong_type"),
    (asked("number"), "7", "wrong_type"),
    (asked("number", minimum=1), 0, "out_of_range"),
    (asked("number", maximum=1), 1.5, "out_of_range"),
    (asked("yes_no"), "yes", "wrong_type"),
    (asked("one_of", **OPTIONS), "XL", "not_an_option"),
    (asked("several_of", **OPTIONS), "S", "not_an_option"),
    (asked("several_of", **OPTIONS), ["S", "S"], "twice"),
    (asked("several_of", minimum=2, **OPTIONS), ["S"], "too_few"),
    (asked("several_of", maximum=1, **OPTIONS), ["S", "M"], "too_many"),
    (asked("date"), "2027-02-29", "bad_date"),
    (asked("date"), "20270228", "bad_date"),
    (asked("time"), "24:00", "bad_date"),
    (asked("time"), "09:05:00", "bad_date"),
    (asked("datetime"), "2027-02-28T09:05+01:00", "bad_date"),
    (asked("email"), "ada@", "bad_email"),
    (asked("phone"), "call me", "bad_phone"),
    (asked("country"), "Germany", "unknown_country"),
    (asked("country"), ["DE"], "unknown_country"),
    (asked("url"), "javascript:alert(1)", "bad_url"),
    (asked("file"), str(UUID(int=7)), "unknown_file"),
    (asked("file"), "cv.pdf", "unknown_file"),
    (asked("consent", required=True), False, "consent_needed"),
]


@pytest.mark.parametrize(("question", "value", "kept", "shown"), GOOD)
def test_each_kind_of_question_keeps_a_good_answer(
    question: Question, value: Any, kept: Any, shown: str
) -> None:
    found = clean(question, value, {FILE: "cv.pdf"})
    assert (found.value, found.shown) == (kept, shown)


def test_there_are_fifteen_kinds_of_questions() -> None:
    assert len({question.kind for question, *_ in GOOD}) == 15


@pytest.mark.parametrize(("question", "value", "code"), BAD)
def test_each_kind_of_question_refuses_a_bad_answer_with_its_code(
    question: Question, value: Any, code: str
) -> None:
    with pytest.raises(BadValue) as refused:
        clean(question, value, {FILE: "cv.pdf"})
    assert refused.value.code == code


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(question=st.sampled_from([question for question, *_ in GOOD]), value=ANYTHING)
def test_whatever_is_sent_is_kept_or_refused_and_never_breaks(
    question: Question, value: Any
) -> None:
    if is_empty(value):
        return
    try:
        kept = clean(question, value, {FILE: "cv.pdf"})
    except BadValue:
        return
    assert clean(question, kept.value, {FILE: "cv.pdf"}) == kept


def test_a_question_follows_its_condition_down_a_chain() -> None:
    diet = asked("yes_no")
    which = asked("one_of", options=("Vegan", "Other"), condition=on(diet, True))
    other = asked("short_text", required=True, condition=on(which, "Other"))
    questions = [other, which, diet]

    def lacking(*given: Given) -> list[UUID]:
        found = check(questions, {1: SEATED}, given, {})
        return [one.question_id for one in found.missing]

    assert lacking() == []
    assert lacking(answer(diet, True)) == []
    assert lacking(answer(diet, True), answer(which, "Vegan")) == []
    assert lacking(answer(diet, True), answer(which, "Other")) == [other.id]
    assert lacking(answer(diet, False), answer(which, "Other")) == []
    kept = check(questions, {1: SEATED}, [answer(diet, False), answer(which, "nonsense")], {})
    assert [one.question.id for one in kept.answers] == [diet.id]


def on(question: Question, *any_of: bool | str) -> Condition:
    return Condition(question_id=question.id, any_of=any_of)


def test_each_ticket_of_the_chosen_types_is_asked_by_itself() -> None:
    name = asked("short_text", per="ticket", required=True, ticket_type_ids=(SEATED,))
    size = asked("one_of", per="ticket", condition=None, **OPTIONS)
    found = check([name, size], {1: SEATED, 2: STANDING, 3: SEATED}, [answer(name, "Ada", 1)], {})
    assert [(one.question_id, one.ticket) for one in found.missing] == [(name.id, 3)]


def test_a_tickets_question_may_depend_on_the_orders() -> None:
    lunch = asked("yes_no")
    dish = asked("short_text", per="ticket", required=True, condition=on(lunch, True))
    tickets = {1: SEATED, 2: SEATED}
    asked_now = check([lunch, dish], tickets, [answer(lunch, True)], {}).missing
    assert [one.ticket for one in asked_now] == [1, 2]
    assert check([lunch, dish], tickets, [answer(lunch, False)], {}).missing == []


def test_a_refusal_names_each_question_its_ticket_and_a_stable_code() -> None:
    age = asked("number", per="ticket", minimum=18)
    mail = asked("email")
    given = [answer(mail, "nobody"), answer(age, 17, 1), answer(age, 20), answer(mail, "x"),
             Given(question_id=FILE, ticket=None, value="x"), answer(age, 20, 9)]  # fmt: skip
    with pytest.raises(WrongAnswers) as refused:
        check([age, mail], {1: SEATED}, given, {})
    named = {
        (one["question_id"], one["ticket"]): one["code"] for one in refused.value.facts["answers"]
    }
    assert named == {
        (age.id, None): "wrong_ticket",
        (age.id, 9): "wrong_ticket",
        (FILE, None): "unknown_question",
        (age.id, 1): "out_of_range",
        (mail.id, None): "bad_email",
    } | {(mail.id, None): named[mail.id, None]}
    assert named[mail.id, None] in {"twice", "bad_email"}
    assert {error.pointer for error in refused.value.errors} >= {
        "/answers/1/value",
        "/answers/2/value",
    }


def test_what_was_answered_before_counts_also_if_the_question_has_changed() -> None:
    size = asked("one_of", required=True, **OPTIONS)
    assert missing([size], {1: SEATED}, {(size.id, None): "XXL"}) == []


def test_the_door_asks_what_a_ticket_has_not_answered() -> None:
    badge = asked("yes_no", per="ticket", at_check_in=True)
    why = asked("short_text", per="ticket", at_check_in=True, condition=on(badge, False))
    tickets = {1: SEATED, 2: SEATED}
    assert still_asked([badge, why], tickets, {}, 1) == [badge]
    assert still_asked([badge, why], tickets, {(badge.id, 1): False}, 1) == [why]
    assert still_asked([badge, why], tickets, {(badge.id, 1): True}, 1) == []
    assert still_asked([badge, why], tickets, {(badge.id, 1): True}, 2) == [badge]
