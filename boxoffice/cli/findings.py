"""What the doctor finds."""

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    FINE = "fine"
    WARNING = "warning"
    FAILURE = "failure"


class Finding(NamedTuple):
    """One part, how it is, and for anything but `FINE` what to do about it."""

    part: str
    state: State
    detail: str
    remedy: str = ""

    @property
    def is_failure(self) -> bool:
        return self.state == State.FAILURE


class Ailment(Exception):
    """A part is broken: what is wrong, and the remedy."""

    def __init__(self, detail: str, remedy: str) -> None:
        self.detail, self.remedy = detail, remedy
        super().__init__(detail)


class Concern(Ailment):
    """It works, but the operator should know."""
