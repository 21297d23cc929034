"""Refusals: why a request cannot be granted, in a form that people and programs understand.

A refusal has a stable `code` (public API: clients branch on it), a sentence that says the next
step, and facts. The gateway alone turns it into an HTTP answer (RFC 9457).

    Refusal
    ├── Invalid           the request contradicts itself or the rules: change it
    ├── NotAuthenticated  who are you?
    ├── Forbidden         known, but not allowed
    ├── NotFound          nothing here that you may see
    ├── Gone              it was here once
    ├── Conflict          right now the state of things forbids it
    ├── PaymentRefused    the money did not come
    ├── TooLarge          the body exceeds a limit
    ├── Busy              too many right now: come back after `retry_after` seconds
    ├── InProgress        the very same thing is being done: come back after `retry_after` seconds
    └── Unavailable       a part we need is down: come back after `retry_after` seconds
"""

from typing import Any, ClassVar


class Refusal(Exception):
    """Base of all refusals; keyword arguments become members of the problem document."""

    code: ClassVar[str] = "refused"
    message: ClassVar[str] = "This cannot be done."

    def __init__(self, message: str | None = None, **facts: Any) -> None:
        self.text = message or self.message
        self.facts = facts
        super().__init__(self.text)


class FieldError(Exception):
    """One field that is wrong: a JSON pointer, a stable code, a sentence."""

    def __init__(self, pointer: str, code: str, message: str) -> None:
        self.pointer, self.code, self.message = pointer, code, message
        super().__init__(message)


class Invalid(Refusal):
    code = "invalid"
    message = "Some of the fields are not right; each error names one."

    def __init__(
        self, message: str | None = None, *, errors: list[FieldError] | None = None, **facts: Any
    ) -> None:
        super().__init__(message, **facts)
        self.errors = errors or []


class NotAuthenticated(Refusal):
    code = "not_authenticated"
    message = "Sign in first."


class Forbidden(Refusal):
    code = "forbidden"
    message = "Your role does not allow this; an owner of the organizer can grant it."


class NotFound(Refusal):
    code = "not_found"
    message = "Nothing is here, or it is not yours to see."


class Gone(Refusal):
    code = "gone"
    message = "This was here once and has been taken down."


class Conflict(Refusal):
    code = "conflict"
    message = "The current state does not allow this."


class PaymentRefused(Refusal):
    code = "payment_refused"
    message = "The payment was refused; try another way to pay."


class TooLarge(Refusal):
    code = "too_large"
    message = "The request is too large."


class Busy(Refusal):
    code = "busy"
    message = "Too many requests at once; try again shortly."

    def __init__(self, message: str | None = None, *, retry_after: int = 1, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.retry_after = retry_after


class InProgress(Busy):
    code = "in_progress"
    message = "This is being done already; ask again shortly."


class Unavailable(Busy):
    code = "unavailable"
    message = "A part we need does not answer right now; try again shortly."
