"""The cookies that carry a browser's session; the gateway adds the one against forged requests."""

from datetime import timedelta
from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie

from boxoffice.services.users.settings import CookieSettings, UsersSettings
from boxoffice.services.users.views import SessionView

AnyRequest = Request[Any, Any, Any]


def signed_in(view: SessionView, settings: UsersSettings) -> Response[SessionView]:
    """The session as body and cookies."""
    cookies = [
        _session(settings.cookies, view.access_token, settings.access_token_lasts),
        _refresh(settings.cookies, view.refresh_token, settings.session_lasts),
    ]
    return Response(view, cookies=cookies)


def signed_out(settings: UsersSettings) -> Response[None]:
    """No body, and the cookies taken back."""
    gone = timedelta()
    cookies = [_session(settings.cookies, "", gone), _refresh(settings.cookies, "", gone)]
    return Response(None, status_code=204, cookies=cookies)


def access_token_of(request: AnyRequest, settings: UsersSettings) -> str:
    """The bearer token, else the session cookie; empty without either."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return request.cookies.get(settings.cookies.session, "")


def refresh_token_of(request: AnyRequest, settings: UsersSettings) -> str:
    """The refresh token's cookie; empty without one."""
    return request.cookies.get(settings.cookies.refresh, "")


def _session(names: CookieSettings, value: str, lasts: timedelta) -> Cookie:
    return Cookie(
        key=names.session,
        value=value,
        max_age=int(lasts.total_seconds()),
        secure=names.secure,
        httponly=True,
        samesite="lax",
    )


def _refresh(names: CookieSettings, value: str, lasts: timedelta) -> Cookie:
    """Strict: only our own pages renew a session."""
    return Cookie(
        key=names.refresh,
        value=value,
        path=names.refresh_path,
        max_age=int(lasts.total_seconds()),
        secure=names.secure,
        httponly=True,
        samesite="strict",
    )
