"""Exceptions of the framework and of servers we lean on, as the refusals that say the same."""

from typing import Any, cast

from litestar.exceptions import (
    HTTPException,
    MethodNotAllowedException,
    NotAuthorizedException,
    NotFoundException,
    PermissionDeniedException,
    ValidationException,
)
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from sqlalchemy.exc import TimeoutError as PoolTimeout

from boxoffice.data.transience import is_outage, is_transient
from boxoffice.gateway.field_errors import parameter_errors
from boxoffice.gateway.refusals import (
    ClientLeft,
    InternalError,
    MalformedRequest,
    MethodNotAllowed,
)
from boxoffice.kernel import refusals
from boxoffice.kernel.refusals import Refusal

_SAME: tuple[tuple[type[HTTPException], type[Refusal]], ...] = (
    (NotFoundException, refusals.NotFound),
    (RequestEntityTooLarge, refusals.TooLarge),
    (NotAuthorizedException, refusals.NotAuthenticated),
    (PermissionDeniedException, refusals.Forbidden),
)
# Litestar has no exception of its own for this.
_CLIENT_LEFT = "client disconnected prematurely"


def refusal_of(error: Exception) -> Refusal:
    """The refusal that says the same; InternalError for what is nobody's refusal."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, HTTPException):
        return _of_litestar(error)
    return _of_trouble(error)


def _of_trouble(error: Exception) -> Refusal:
    """A server we lean on is gone or overrun: that passes, and the client may try again."""
    if isinstance(error, PoolTimeout):
        return refusals.Busy(retry_after=1)
    if is_outage(error):
        return refusals.Unavailable(retry_after=2)
    if is_transient(error):
        return refusals.Busy(retry_after=1)
    return InternalError()


def _of_litestar(error: HTTPException) -> Refusal:
    if error.status_code >= 500:
        return ClientLeft() if error.detail == _CLIENT_LEFT else InternalError()
    if isinstance(error, MethodNotAllowedException):
        return MethodNotAllowed(allow=(error.headers or {}).get("allow", ""))
    if isinstance(error, ValidationException):
        return refusals.Invalid(errors=parameter_errors(_list(error.extra)))
    kinds = (refusal for known, refusal in _SAME if isinstance(error, known))
    refusal = next(kinds, None)
    return MalformedRequest(error.detail) if refusal is None else refusal()


def _list(extra: Any) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", extra) if isinstance(extra, list) else []
