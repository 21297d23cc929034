"""The page of a refusal: unknown, withdrawn or failing URLs."""

from boxoffice.gateway.site.escaping import Html
from boxoffice.gateway.site.head import Head
from boxoffice.gateway.site.page import Page
from boxoffice.gateway.site.templates import Templates
from boxoffice.kernel.refusals import Refusal

_TITLES = {404: "Nothing here", 410: "This page has been taken down"}
_TEXTS = {
    404: "This address leads nowhere. It may be mistyped, or from an old mail.",
    410: "The organizer withdrew it. If you have a ticket, it is still in your mail and under "
    "“Find my order”.",
}


def problem_page(refusal: Refusal, *, status: int, trace_id: str, url: str) -> Page:
    """What the visitor reads instead of the page."""
    title = _TITLES.get(status, "That did not work")
    text = _TEXTS.get(status, refusal.text)

    def screen(templates: Templates) -> Html:
        return templates.fill("problem", title=title, text=text)

    problem = {
        "status": status,
        "title": title,
        "detail": refusal.text,
        "code": refusal.code,
        "trace_id": trace_id,
    }
    return Page(
        kind="problem",
        status=status,
        head=Head(title=f"{title} · Boxoffice", description=text, canonical=url),
        screen=screen,
        boot={"problem": problem},
        shared=False,
    )
