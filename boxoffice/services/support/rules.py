"""What may be said, how often, and whose turn it is."""

from datetime import datetime, timedelta
from math import ceil
from typing import Literal

from boxoffice.kernel.refusals import Busy, Conflict, FieldError, Invalid

Author = Literal["buyer", "organizer"]
Status = Literal["open", "pending", "resolved"]
Turn = Literal["organizer", "buyer", "nobody"]

MESSAGE_LENGTH = 5_000
SUBJECT_LENGTH = 150
PREVIEW_LENGTH = 140
MESSAGES_PER_CONVERSATION = 500
CONVERSATIONS_PER_ORDER = 20
# What one order's holder may send; an organizer's team is not counted.
PACE = 20
PACE_WINDOW = timedelta(hours=1)

_TURN: dict[Status, Turn] = {"open": "organizer", "pending": "buyer", "resolved": "nobody"}


class TooManyMessages(Busy):
    code = "too_many_messages"
    message = "That is a lot of messages in an hour; the organizer has them. Write again later."


class ConversationFull(Conflict):
    code = "conversation_full"
    message = "This conversation has reached its limit; open a new one from the order."


class TooManyConversations(Conflict):
    code = "too_many_conversations"
    message = "This order has many conversations already; go on in one of them."


class BuyerUnknown(Conflict):
    code = "buyer_unknown"
    message = "Give your name and e-mail address in the order first, so that the answer finds you."


def clean_message(text: str) -> str:
    """As it is kept: one kind of line break, no control characters, 1 to 5,000 characters."""
    message = _printable(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not message:
        raise _wrong("/message", "required", "Write what you need help with.")
    if len(message) > MESSAGE_LENGTH:
        raise _wrong("/message", "too_long", f"Keep it to {MESSAGE_LENGTH} characters.")
    return message


def clean_subject(subject: str, *, message: str) -> str:
    """One line of at most 150 characters; the message's first line stands in for a missing one."""
    line = " ".join(_printable(subject).split())
    if len(line) > SUBJECT_LENGTH:
        raise _wrong("/subject", "too_long", f"Keep it to {SUBJECT_LENGTH} characters.")
    return line or _shortened(message.split("\n", 1)[0], SUBJECT_LENGTH)


def preview_of(message: str) -> str:
    """The message's beginning in one line, for a list."""
    return _shortened(" ".join(message.split()), PREVIEW_LENGTH)


def status_after(author: Author) -> Status:
    """Whoever writes waits for the other: a buyer's message reopens even what was resolved."""
    return "open" if author == "buyer" else "pending"


def waiting_for(status: Status) -> Turn:
    """Whose turn it is."""
    return _TURN[status]


def check_pace(recent: int, *, oldest: datetime | None, now: datetime) -> None:
    """Refuse another message after `PACE` of them, the `oldest` within the `PACE_WINDOW`."""
    if recent >= PACE and oldest is not None:
        seconds = (oldest + PACE_WINDOW - now).total_seconds()
        raise TooManyMessages(retry_after=max(1, ceil(seconds)))


def check_conversations(existing: int) -> None:
    """Refuse another conversation about an order that has its fill."""
    if existing >= CONVERSATIONS_PER_ORDER:
        raise TooManyConversations


def check_room(messages: int) -> None:
    """Refuse another message in a conversation that has its fill."""
    if messages >= MESSAGES_PER_CONVERSATION:
        raise ConversationFull


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter in "\n\t" or not _is_control(letter))


def _is_control(letter: str) -> bool:
    return letter < " " or "\x7f" <= letter <= "\x9f"


def _shortened(line: str, length: int) -> str:
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _wrong(pointer: str, code: str, sentence: str) -> Invalid:
    return Invalid(errors=[FieldError(pointer, code, sentence)])
