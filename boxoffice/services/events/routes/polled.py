"""Answers that are polled: a 304 for whoever has them, and from memory for everybody else."""

from typing import Any, TypeVar

from litestar import Request, Response

from boxoffice.kernel.freshness import keep_while
from boxoffice.services.events.stamps import Stamped

V = TypeVar("V")


def polled(request: Request[Any, Any, Any], stamped: Stamped[V]) -> Response[V]:
    """The view, unless the asker's `If-None-Match` has it; not to be kept without asking again."""
    keep_while(request.scope, stamped.is_current)
    headers = {"cache-control": "no-cache", "etag": stamped.etag}
    if request.headers.get("if-none-match") == stamped.etag:
        unchanged: Any = Response(None, status_code=304, headers=headers)
        return unchanged
    return Response(stamped.view, headers=headers)
