"""What users is told from outside."""

from datetime import timedelta

import msgspec


class CookieSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The cookies that carry a browser's session.

    `secure` is false on plain-HTTP localhost only: browsers refuse `__Host-` and Secure there.
    """

    secure: bool = True

    @property
    def session(self) -> str:
        """The name of the access token's cookie."""
        return f"{self._prefix}boxoffice_session"

    @property
    def refresh(self) -> str:
        """The name of the refresh token's cookie."""
        return f"{self._prefix}boxoffice_refresh"

    @property
    def refresh_path(self) -> str:
        """`__Host-` demands the whole host; without it, only sign-in gets to see the token."""
        return "/" if self.secure else "/api/v1/auth"

    @property
    def _prefix(self) -> str:
        return "__Host-" if self.secure else ""


class UsersSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`bcrypt_cost` is the power of two of its rounds, 12 at least in operation.

    `hashing_threads` hash at a time; who would wait longer than `hashing_patience` seconds is told
    that we are busy.
    """

    bcrypt_cost: int = 12
    hashing_threads: int = 2
    hashing_patience: float = 2.0
    access_token_lasts: timedelta = timedelta(minutes=15)
    session_lasts: timedelta = timedelta(days=30)
    verification_lasts: timedelta = timedelta(hours=24)
    cookies: CookieSettings = CookieSettings()
