"""Reading caught mail. The composition root mounts this only where no SMTP server is configured."""

from uuid import UUID

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from boxoffice.kernel.pages import DEFAULT_LIMIT, Page
from boxoffice.kernel.permissions import Permission, requires
from boxoffice.services.notifications.caught import CaughtMail, CaughtMailer, CaughtMailRow

_MAIL = "/dev/mail/{mail_id:uuid}"


@get(
    "/dev/mail",
    operation_id="list_caught_mail",
    summary="Mail that would have been sent",
    opt=requires(Permission.PUBLIC),
)
async def list_caught_mail(
    caught_mail: NamedDependency[CaughtMailer],
    limit: FromQuery[int] = DEFAULT_LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Page[CaughtMailRow]:
    """The newest first."""
    return await caught_mail.page(limit=limit, cursor=cursor)


@get(
    _MAIL,
    operation_id="get_caught_mail",
    summary="One caught mail",
    opt=requires(Permission.PUBLIC),
)
async def get_caught_mail(
    caught_mail: NamedDependency[CaughtMailer], mail_id: FromPath[UUID]
) -> CaughtMail:
    """With text, HTML and the addresses of its attachments."""
    return await caught_mail.get(mail_id)


@get(
    _MAIL + "/attachments/{number:int}",
    operation_id="get_caught_attachment",
    summary="A caught mail's attachment",
    opt=requires(Permission.PUBLIC),
    media_type="application/octet-stream",
)
async def get_caught_attachment(
    caught_mail: NamedDependency[CaughtMailer], mail_id: FromPath[UUID], number: FromPath[int]
) -> Response[bytes]:
    """The file, as a download: browsers never show it as a page of ours."""
    file = await caught_mail.attachment(mail_id, number)
    headers = {"content-disposition": "attachment", "x-content-type-options": "nosniff"}
    return Response(file.content, media_type=file.content_type, headers=headers)


router = Router(
    path="/api/v1",
    route_handlers=[list_caught_mail, get_caught_mail, get_caught_attachment],
    tags=["Development mail"],
)
