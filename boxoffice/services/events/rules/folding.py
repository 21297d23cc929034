"""Folding: texts as people compare, search and link them, without case, accents and punctuation."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

MAX_SLUG = 80
MAX_WORDS = 2_000
_MAX_WORD = 64
_MAX_NUMBER = 8  # `-2` and so on, behind a slug that is taken

# Letters that Unicode does not decompose.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
)
_GREEK = "αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs τt υy φf χch ψps ωo"  # noqa: RUF001
_CYRILLIC = (
    "аa бb вv гg дd еe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch "  # noqa: RUF001
    "шsh щshch ъ ыy ь эe юyu яya єye іi ґg ђdj јj љlj њnj ћc џdz"  # noqa: RUF001
)
_TO_LATIN = str.maketrans({pair[0]: pair[1:] for pair in f"{_GREEK} {_CYRILLIC}".split()})
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """`Café  Łódź!` → `cafe lodz`: lower-case words of letters and digits, single-spaced."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_ALPHANUMERIC.sub(" ", bare.casefold()).strip()


def search_words(*texts: str | None) -> list[str]:
    """The distinct words of the texts, folded, as they are stored for and looked up by a search."""
    words = (word[:_MAX_WORD] for text in texts for word in fold(text or "").split())
    return list(dict.fromkeys(words))[:MAX_WORDS]


def slug_of(title: str, *, otherwise: str) -> str:
    """An ASCII slug of `title`, or `otherwise` if nothing of it can be written in ASCII."""
    ascii_words = _NOT_SLUG.sub("-", fold(title).translate(_TO_LATIN)).strip("-")
    return _shortened(ascii_words, MAX_SLUG) or otherwise


def is_slug(text: str) -> bool:
    """Whether an event can have this slug."""
    return len(text) <= MAX_SLUG + _MAX_NUMBER and _SLUG.fullmatch(text) is not None


def free_slug(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3` … that is not taken."""
    return next(slug for slug in _candidates(wanted) if slug not in taken)


def tsvector(words: Iterable[str]) -> str:
    """PostgreSQL's text form of a tsvector of folded words."""
    return " ".join(f"'{word}'" for word in words)


def tsquery(text: str) -> str | None:
    """PostgreSQL's text form of a query for every word of `text`, or a word that begins so."""
    return " & ".join(f"'{word}':*" for word in search_words(text)) or None


def _candidates(wanted: str) -> Iterator[str]:
    yield wanted
    number = 2
    while True:
        yield f"{wanted}-{number}"
        number += 1


def _shortened(slug: str, limit: int) -> str:
    if len(slug) <= limit:
        return slug
    return slug[: limit + 1].rpartition("-")[0] or slug[:limit]
