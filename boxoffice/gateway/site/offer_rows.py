"""The tickets on the first screen of an event's page, under their headings."""

from collections.abc import Iterator, Sequence

from boxoffice.gateway.site import wording, words
from boxoffice.gateway.site.choices import Choice, choices, choices_of
from boxoffice.gateway.site.escaping import Html, joined
from boxoffice.gateway.site.templates import Templates
from boxoffice.services.events.api import EventPage, OfferView

NOTHING = Html("")


def offer_rows(templates: Templates, page: EventPage) -> Iterator[Html]:
    """Types without a heading first, then heading by heading in its order."""
    for heading in (None, *page.categories):
        there = [offer for offer in page.offers if offer.category_id == (heading and heading.id)]
        if heading is not None and there:
            yield templates.fill("event-offer-heading", name=heading.name)
        for offer in there:
            yield _offer(templates, offer, page)


def quantity(row: Choice, rows: Sequence[Choice]) -> int:
    """One of the only row there is to buy, or as many as must be bought; else none yet."""
    if [other for other in rows if other.can_be_bought] != [row]:
        return 0
    least = max(1, row.min_per_order)
    return least if least <= row.most else 0


def _offer(templates: Templates, offer: OfferView, page: EventPage) -> Html:
    note = _note(templates, words.offer_note(offer, page))
    if not offer.variations:
        (row,) = choices_of(offer)
        return _row(templates, row, note, page)
    rows = [
        _row(templates, row, _note(templates, words.few_left(row)), page)
        for row in choices_of(offer)
    ]
    return templates.fill("event-offer-group", name=offer.name, note=note, rows=joined(rows))


def _row(templates: Templates, row: Choice, note: Html, page: EventPage) -> Html:
    return templates.fill(
        "event-offer" if row.can_be_bought else "event-offer-closed",
        name=row.name,
        full_name=row.full_name,
        price=words.choice_price(row),
        note=note,
        state=words.offer_state(row),
        quantity=quantity(row, choices(page.offers)),
        most=row.most,
        key=row.key,
        amount=_amount(templates, row) if row.is_open else NOTHING,
    )


def _amount(templates: Templates, row: Choice) -> Html:
    return templates.fill(
        "event-offer-amount",
        key=row.key,
        full_name=row.full_name,
        currency=row.price.currency,
        amount=wording.amount_input(row.proposed),
    )


def _note(templates: Templates, text: str) -> Html:
    return templates.fill("event-note", text=text) if text else NOTHING
