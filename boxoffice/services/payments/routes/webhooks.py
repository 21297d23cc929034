"""The door for providers' webhooks."""

from typing import Any
from uuid import UUID

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.payments.api import Payments

_LARGEST_WEBHOOK = 256 * 1024


@post(
    "/payments/webhooks/{provider:str}/{organizer:uuid}",
    status_code=200,
    operation_id="receive_webhook",
    summary="Receive a payment provider's webhook",
    opt=requires(Permission.PUBLIC),
    request_max_body_size=_LARGEST_WEBHOOK,
)
async def receive_webhook(
    request: Request[Any, Any, Any],
    payments: NamedDependency[Payments],
    provider: FromPath[str],
    organizer: FromPath[UUID],
) -> dict[str, bool]:
    """Signed by the provider; any 2xx answer means that it need not come again."""
    body = await request.body()
    await payments.webhooks.receive(organizer, provider, dict(request.headers), body)
    return {"received": True}


HANDLERS = [receive_webhook]
