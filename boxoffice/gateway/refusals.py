"""Refusals of the gateway itself: the request is wrong before any service hears of it."""

from boxoffice.kernel.refusals import Busy, Forbidden, Refusal


class MalformedRequest(Refusal):
    code = "malformed_request"
    message = "The request cannot be understood; check its syntax."


class MalformedBody(MalformedRequest):
    code = "malformed_body"
    message = "The body is not valid JSON in UTF-8."


class ClientLeft(MalformedBody):
    code = "client_left"
    message = "The connection ended before the body did."


class UnsupportedMediaType(Refusal):
    code = "unsupported_media_type"
    message = "Send the body with another Content-Type."


class MethodNotAllowed(Refusal):
    code = "method_not_allowed"
    message = "This address does not know that method; `Allow` lists those it knows."

    def __init__(self, *, allow: str) -> None:
        super().__init__()
        self.allow = allow


class TooManyRequests(Busy):
    code = "rate_limited"
    message = "Too many requests; wait as long as `Retry-After` says."


class CsrfFailed(Forbidden):
    code = "csrf_failed"
    message = (
        "Send the value of the CSRF cookie in the X-CSRF-Token header; reload the page to get one."
    )


class BadIdempotencyKey(MalformedRequest):
    code = "bad_idempotency_key"
    message = "An Idempotency-Key has 1 to 255 visible ASCII characters."


class WeakIdempotencyKey(MalformedRequest):
    code = "weak_idempotency_key"
    message = (
        "Without an account or a visitor cookie the Idempotency-Key must be unguessable: "
        "send a random UUID (version 4) or at least 122 random bits."
    )


class InternalError(Refusal):
    code = "internal_error"
    message = (
        "Something went wrong on our side and has been recorded; try again, or quote `trace_id`."
    )
