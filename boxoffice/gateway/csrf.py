"""Forged requests from other sites: refused by a double-submitted token where a cookie
authenticated.

The token is a MAC of the session cookie, so it needs no storage and fits one session only. Scripts
of our own pages read it from its cookie and send it as a header; another site can do neither.
Bearer tokens, API keys and signed webhooks are not sent by browsers on their own, so they need no
such proof.
"""

import hmac

from boxoffice.gateway.cookies import Cookies
from boxoffice.gateway.refusals import CsrfFailed
from boxoffice.gateway.visit import Header, Visit
from boxoffice.kernel.keyring import Keyring

HEADER = b"x-csrf-token"
# As long as a browser may renew its session: the cookie also tells scripts that there is one.
MONTH = 31 * 24 * 3600


class Csrf:
    """Gives browsers their token and demands it back."""

    def __init__(self, keyring: Keyring, cookies: Cookies) -> None:
        self._keyring = keyring
        self._cookies = cookies

    def token(self, session: str) -> str:
        return self._keyring.mac("csrf", session.encode("latin-1", "replace")).hex()

    def check(self, visit: Visit) -> None:
        """`CsrfFailed` when a session cookie authenticates an unsafe method without the token."""
        if visit.session is None or not visit.unsafe:
            return
        sent = visit.headers.get(HEADER, b"")
        if not hmac.compare_digest(sent, self.token(visit.session).encode("ascii")):
            raise CsrfFailed

    def refresh(self, visit: Visit, answer_headers: list[Header]) -> None:
        """Add the token's cookie when the session begins, changes, ends, or lost its token."""
        session = self._session_set_by(answer_headers)
        if session is None:
            session = visit.session
        if session == "":
            visit.added.append(self._cookies.readable(self._cookies.csrf, "", seconds=0))
        elif session is not None and visit.cookies.get(self._cookies.csrf) != self.token(session):
            token = self.token(session)
            visit.added.append(self._cookies.readable(self._cookies.csrf, token, seconds=MONTH))

    def _session_set_by(self, answer_headers: list[Header]) -> str | None:
        """The session cookie that the answer sets, empty when it ends the session; None without
        one.
        """
        start = f"{self._cookies.session}=".encode("ascii")
        for name, value in answer_headers:
            if name == b"set-cookie" and value.startswith(start):
                return value[len(start) :].partition(b";")[0].decode("latin-1").strip('"')
        return None
