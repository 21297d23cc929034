"""A template of ours that is wrong does not load; one that is right has no powers."""

import pytest

from boxoffice.services.notifications.mail.placeholders import (
    BadTemplate,
    Html,
    PlainText,
    fill,
    parse,
)


@pytest.mark.parametrize(
    "template",
    ["{{a.b}}", "{{a[0]}}", "{{a|upper}}", "{{ a }}", "{{A}}", "{{", "}}", "{{#a}}x", "x{{/a}}",
     "{{#a}}x{{/b}}", "{{#a}}{{#b}}{{/a}}{{/b}}", "{{{a}}}", "{{7*7}}", "{{a()}}"],
)  # fmt: skip
def test_anything_but_the_three_marks_is_no_template(template: str) -> None:
    with pytest.raises(BadTemplate):
        parse(template)


def test_a_block_repeats_for_a_list_with_the_values_of_each_item() -> None:
    parts = parse("{{#lines}}\n{{name}};\n{{/lines}}\nend")
    values = {"lines": [{"name": "a"}, {"name": "b"}], "name": "outer"}
    assert fill(parts, values, PlainText()) == "a;\nb;\nend"


def test_a_block_of_a_text_shows_when_there_is_text() -> None:
    parts = parse("<!--{{#note}}--><i>{{note}}</i><!--{{/note}}-->")
    assert fill(parts, {"note": "hi"}, Html()) == "<i>hi</i>"
    assert fill(parts, {"note": ""}, Html()) == ""


def test_a_missing_value_is_named() -> None:
    with pytest.raises(KeyError, match="name"):
        fill(parse("{{name}}"), {}, PlainText())


def test_html_is_escaped_and_plain_text_is_not() -> None:
    parts = parse("{{a}}|{{a|paragraphs}}")
    values = {"a": "<b>'\"&\nx"}
    assert fill(parts, values, Html()) == (
        "&lt;b&gt;&#x27;&quot;&amp; x|&lt;b&gt;&#x27;&quot;&amp;<br />x"
    )
    assert fill(parts, values, PlainText()) == "<b>'\"& x|<b>'\"&\nx"
