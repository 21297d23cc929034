"""What a mutant is."""

from typing import NamedTuple

MODEL = "tests/model/test_model.py"


class Mutant(NamedTuple):
    """Without `text` in `file`, at least one of `killers` must fail."""

    name: str
    file: str
    text: str
    instead: str
    killers: tuple[str, ...]
