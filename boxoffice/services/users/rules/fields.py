"""Reporting every wrong field at once instead of the first."""

from collections.abc import Callable
from typing import TypeVar

from boxoffice.kernel.refusals import FieldError, Invalid

T = TypeVar("T")


class Form:
    """Collects what is wrong with a request's fields."""

    def __init__(self) -> None:
        self._errors: list[FieldError] = []

    def read(self, rule: Callable[[str], T], text: str) -> T | None:
        """What `rule` makes of `text`, or None after noting its `FieldError`."""
        try:
            return rule(text)
        except FieldError as error:
            self.note(error)
            return None

    def note(self, error: FieldError | None) -> None:
        if error is not None:
            self._errors.append(error)

    def refusal(self) -> Invalid:
        """What to raise, naming all that was noted."""
        return Invalid(errors=self._errors)
