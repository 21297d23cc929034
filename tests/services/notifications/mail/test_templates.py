"""Both parts of a mail say everything, and nothing typed is more than text."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest

from boxoffice.services.notifications.mail.letters import LETTERS, VerifyEmail
from boxoffice.services.notifications.mail.render import TEMPLATES, UnfitLetter, render

NamedLetter = tuple[str, dict[str, Any]]

TYPED = [
    "{{7*7}}",
    "{{ order_url }}",
    "{{name}}",
    "{{#tickets}}x{{/tickets}}",
    "${7*7} ${x}",
    "#{7*7}",
    "{% for x in y %}{{x.__class__.__mro__}}{% endfor %}",
    "<%= 7*7 %>",
    "%(name)s {0.__class__} $name",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></table><mj-raw>",
    "<!--[if mso]><b>-->",
    "&lt;b&gt;",
]


def strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    for item in data.values() if isinstance(data, dict) else []:
        yield from strings(item)
    for item in data if isinstance(data, list) else []:
        yield from strings(item)


def replaced(data: Any, by: str) -> Any:
    """The same data with every typed text replaced; links and content ids stay."""
    if isinstance(data, dict):
        return {key: replaced(value, by) for key, value in data.items()}
    if isinstance(data, list):
        return [replaced(item, by) for item in data]
    return data if data.startswith(("https:", "cid:")) else by


def shown(document: str) -> str:
    """What a reader of the HTML reads."""
    body = re.sub(r"<!--.*?-->", "", document[document.index("<body") :], flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<br ?/?>", "\n", body)))


def test_both_parts_say_everything(letter: NamedLetter) -> None:
    mail = render(*letter)
    for value in strings(letter[1]):
        if value.startswith("cid:"):
            assert f'src="{value}"' in mail.html
        elif value.startswith("https:"):
            assert f'href="{value}"' in mail.html
            assert value in mail.text
        elif value not in ("Ada Lovelace", "Standing", "7KQ2M8XD-1", "7KQ2M8XD-2"):
            assert value in shown(mail.html), value
            assert value in mail.text or value in mail.subject
    assert "{{" not in mail.html + mail.text + mail.subject


@pytest.mark.parametrize("typed", TYPED)
def test_what_looks_like_a_template_or_markup_is_shown_as_it_was_typed(
    letter: NamedLetter, typed: str
) -> None:
    mail = render(letter[0], replaced(letter[1], typed))
    assert typed in shown(mail.html)
    assert typed in mail.text
    assert "49" not in mail.text + shown(mail.html)
    assert re.findall(r"<(?:script|mj-|img src=x|b>)", mail.html) == []


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "",
        'https://x.example/" onclick="x',
        "https://x.example/\nBcc: y",
        "https://x.example/<b>",
        " https://x.example",
    ],
)
def test_a_link_that_is_not_http_is_refused(letters: dict[str, Any], url: str) -> None:
    with pytest.raises(UnfitLetter, match="verify_url"):
        render("verify_email", letters["verify_email"] | {"verify_url": url})


def test_an_image_comes_from_the_mail_itself(letters: dict[str, Any]) -> None:
    ticket = letters["order_confirmed"]["tickets"][0] | {"qr_source": "https://tracker.example/x"}
    with pytest.raises(UnfitLetter, match="qr_source"):
        render("order_confirmed", letters["order_confirmed"] | {"tickets": [ticket]})


def test_nothing_is_loaded_from_anywhere(letter: NamedLetter) -> None:
    document = render(*letter).html
    sources = re.findall(r"(?:src|background)=\"([^\"]*)\"|url\(([^)]*)\)|@import", document)
    assert all(found[0].startswith("cid:") for found in sources)
    assert "<link" not in document


def test_data_that_does_not_fit_is_refused_by_name(letters: dict[str, Any]) -> None:
    complete = letters["verify_email"]
    for changed, complaint in (
        ({key: complete[key] for key in ("name", "verify_url")}, "valid_for"),
        (complete | {"surprise": "x"}, "surprise"),
        (complete | {"name": 7}, "name"),
    ):
        with pytest.raises(UnfitLetter, match=complaint):
            render("verify_email", changed)
    with pytest.raises(UnfitLetter, match="no_such_mail"):
        render("no_such_mail", complete)


def test_a_struct_renders_like_its_mapping(letters: dict[str, Any]) -> None:
    struct = VerifyEmail(**letters["verify_email"])
    assert render("verify_email", struct) == render("verify_email", letters["verify_email"])


def test_each_template_has_both_files_and_its_letter() -> None:
    written = {file.stem for file in TEMPLATES.glob("*.mjml")} - {"head"}
    assert written == {file.stem for file in TEMPLATES.glob("*.txt")} == set(LETTERS)


def test_a_message_keeps_its_paragraphs_and_everything_else_one_line(
    letters: dict[str, Any],
) -> None:
    data = letters["conversation_message_to_buyer"] | {
        "message": "one\r\ntwo\n\n\n\nthree\u2028four\x00",
        "event_title": "Jazz\r\nBcc: eve@evil.example",
    }
    mail = render("conversation_message_to_buyer", data)
    assert "one\ntwo\n\nthree\nfour\n" in mail.text
    assert "one<br />two<br /><br />three<br />four" in mail.html
    assert mail.subject == "Python Namibia answered about Jazz Bcc: eve@evil.example"


def test_a_subject_has_an_end(letters: dict[str, Any]) -> None:
    data = letters["order_confirmed"] | {"event_title": "so long " * 100}
    subject = render("order_confirmed", data).subject
    assert len(subject) == 150
    assert subject.endswith("…")


def test_without_tickets_to_show_there_is_no_image(letters: dict[str, Any]) -> None:
    mail = render("order_confirmed", letters["order_confirmed"] | {"tickets": []})
    assert "<img" not in mail.html
    assert "General admission" in mail.html


def test_it_reads_well_on_phones_and_at_night_and_stays_below_the_clipping_limit(
    letter: NamedLetter,
) -> None:
    mail = render(*letter)
    assert '<meta name="viewport" content="width=device-width' in mail.html
    assert '<meta name="color-scheme" content="light dark">' in mail.html
    assert "@media (prefers-color-scheme: dark)" in mail.html
    assert '<html lang="en"' in mail.html
    assert f"<title>{html.escape(mail.subject)}</title>" in mail.html
    assert len(mail.html.encode()) < 60_000
