"""Templates have names and nothing else, and every value is escaped."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.gateway.site.escaping import Html, html, script_json
from boxoffice.gateway.site.shell import BrokenShell, Shell, hash_source
from boxoffice.gateway.site.templates import BadTemplate, Templates

CARD = Templates(
    {"card": '<!-- {title}: the title -->\n<a href="{url}" title="{title}">{title}</a>'}
)


def test_values_are_escaped_and_html_of_ours_is_not() -> None:
    card = CARD.fill("card", url="/?a=1&b='2'", title='<b>"')
    assert card == (
        '<a href="/?a=1&amp;b=&#x27;2&#x27;" title="&lt;b&gt;&quot;">&lt;b&gt;&quot;</a>'
    )
    page = Templates({"page": "<main>{card}</main>"}).fill("page", card=card)
    assert page == f"<main>{card}</main>"


@given(st.text(alphabet=string.printable + "\u2028éΩ{}"), st.text())
def test_no_value_adds_an_element_an_attribute_or_a_name(title: str, url: str) -> None:
    card = CARD.fill("card", url=url, title=title)
    assert card.count("<") == card.count(">") == 2
    assert card.count('"') == 4


def test_a_value_that_looks_like_a_name_stays_a_value() -> None:
    assert CARD.fill("card", url="{title}", title="T").startswith('<a href="{title}"')


def test_a_template_that_asks_for_more_than_there_is_says_so() -> None:
    with pytest.raises(BadTemplate, match="title"):
        CARD.fill("card", url="/")
    with pytest.raises(BadTemplate, match="no template 'row'"):
        CARD.fill("row")


def test_escaping_twice_changes_nothing_more() -> None:
    assert html(html("<")) == "&lt;"
    assert isinstance(html("<"), Html)


@given(st.text())
def test_json_in_a_script_never_ends_it(text: str) -> None:
    encoded = script_json({"text": text}) if _encodable(text) else b""
    for dangerous in (b"<", b">", b"&", "\u2028".encode(), "\u2029".encode()):
        assert dangerous not in encoded


def test_the_shell_knows_its_inline_elements_by_hash() -> None:
    shell = Shell.of(
        "<head><script>a()</script><script src='x'></script><style>b{}</style>"
        "<script type='application/json'>{}</script><!--head--></head>"
        "<div><!--first-screen--></div><!--boot-->"
    )
    assert shell.scripts == [hash_source("a()")]
    assert shell.styles == [hash_source("b{}")]


@pytest.mark.parametrize("mark", ["<!--head-->", "<!--first-screen-->", "<!--boot-->"])
def test_a_shell_without_one_of_its_places_is_refused(mark: str) -> None:
    whole = "<!--head--><!--first-screen--><!--boot-->"
    with pytest.raises(BrokenShell):
        Shell.of(whole.replace(mark, ""))


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
