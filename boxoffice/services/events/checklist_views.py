"""What stands between a draft and its page, as the organizer sees it."""

from boxoffice.services.events.views import View


class ChecklistItem(View, frozen=True, kw_only=True):
    """`link` is the path in the organizer app that settles it."""

    code: str
    done: bool
    blocks: bool
    text: str
    link: str


class ChecklistView(View, frozen=True, kw_only=True):
    ready: bool
    items: list[ChecklistItem]
