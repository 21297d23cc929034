"""Which passwords are too easy to guess. Any characters are fine, and none are demanded."""

import re
from collections.abc import Iterable

from boxoffice.kernel.refusals import FieldError

MIN_PASSWORD = 8
MAX_PASSWORD = 1024
# On zxcvbn's scale to 4: more than a million guesses, beyond any list of common passwords.
MIN_SCORE = 2
# Its time grows steeply with the length of hostile text: 3 s for 72 characters, 0.2 s for 24.
JUDGED = 24
_PRODUCT = "boxoffice"


def demand_strong(password: str, *, context: Iterable[str]) -> None:
    """Pass, or a `FieldError` at `/password`.

    `context` is what an attacker knows anyway (address, name): its words count for nothing.
    """
    if len(password) < MIN_PASSWORD:
        raise FieldError(
            "/password", "too_short", f"A password has at least {MIN_PASSWORD} characters."
        )
    if len(password) > MAX_PASSWORD:
        raise FieldError(
            "/password", "too_long", f"A password has at most {MAX_PASSWORD} characters."
        )
    rest = _without(password, _words(context))[:JUDGED]
    if not rest or _score(rest) < MIN_SCORE:
        raise FieldError(
            "/password",
            "weak_password",
            "This password is easy to guess: take several unrelated words, or let your browser "
            "suggest one. Your name and address do not count.",
        )


def _score(password: str) -> int:
    from zxcvbn import zxcvbn  # noqa: PLC0415  # 12 MB of word lists that only a new password needs

    return zxcvbn(password)["score"]


def _words(context: Iterable[str]) -> list[str]:
    """The longest first, so that a part does not break up the whole."""
    words = {_PRODUCT}.union(
        *(re.findall(r"\w{3,}", text.lower()) for text in context),
        *(re.findall(r"[^\W_]{3,}", text.lower()) for text in context),
    )
    return sorted(words, key=len, reverse=True)


def _without(password: str, words: list[str]) -> str:
    return re.sub("|".join(map(re.escape, words)), "", password, flags=re.IGNORECASE)
