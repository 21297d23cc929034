"""Access tokens: short-lived JSON Web Tokens that say which session of which account is asking."""

import re
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal
from uuid import UUID

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.types import Options

from boxoffice.kernel.keyring import Keyring
from boxoffice.services.users.refusals import SessionOver

PURPOSE = "users.access_token"
ALGORITHM = "EdDSA"
TYPE = "at+jwt"
AUDIENCE = "boxoffice.api"
ISSUER = "boxoffice"
MAX_TOKEN = 1024
# Clocks of our own machines may differ by this much.
SKEW = timedelta(seconds=30)
_FORM = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)


class Claims(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Exactly what our tokens say."""

    iss: Literal["boxoffice"]
    aud: Literal["boxoffice.api"]
    typ: Literal["access"]
    sub: UUID
    sid: UUID
    iat: int
    exp: int


class AccessTokens:
    """Signs tokens with the newest root's key and reads those of every root."""

    def __init__(self, keyring: Keyring, *, lasts: timedelta) -> None:
        self.lasts = lasts
        keys = [Ed25519PrivateKey.from_private_bytes(key) for key in keyring.keys(PURPOSE)]
        self._key, self._kid = keys[0], _kid(keys[0])
        self._public = {_kid(key): key.public_key() for key in keys}

    def issue(self, *, user_id: UUID, session_id: UUID, now: datetime) -> str:
        """A token for that session, from `now` on."""
        claims = Claims(
            iss="boxoffice",
            aud="boxoffice.api",
            typ="access",
            sub=user_id,
            sid=session_id,
            iat=int(now.timestamp()),
            exp=int((now + self.lasts).timestamp()),
        )
        header = {"typ": TYPE, "kid": self._kid}
        return jwt.encode(msgspec.to_builtins(claims), self._key, ALGORITHM, headers=header)

    def read(self, token: str) -> Claims:
        """What a valid token says; `SessionOver` for every other text."""
        return self._read(token, {"require": ["exp", "iat"], "strict_aud": True})

    def read_expired(self, token: str) -> Claims:
        """Like `read`, but its time does not matter: for logging out."""
        return self._read(token, {"verify_exp": False, "strict_aud": True})

    def _read(self, token: str, options: Options) -> Claims:
        if len(token) > MAX_TOKEN or not _FORM.fullmatch(token):
            raise SessionOver
        try:
            key = self._public[_kid_in(jwt.get_unverified_header(token))]
            claims = jwt.decode(
                token, key, [ALGORITHM], options, audience=AUDIENCE, issuer=ISSUER, leeway=SKEW
            )
            return msgspec.convert(claims, Claims)
        except (jwt.PyJWTError, msgspec.MsgspecError, KeyError, ValueError) as error:
            raise SessionOver from error


def _kid(key: Ed25519PrivateKey) -> str:
    return sha256(key.public_key().public_bytes_raw()).hexdigest()[:16]


def _kid_in(header: dict[str, object]) -> str:
    """The key's name in a header of exactly our shape; KeyError for any other.

    So no extension of the standard is ever interpreted.
    """
    if header.keys() != {"alg", "kid", "typ"} or header["typ"] != TYPE:
        raise KeyError("header")
    return str(header["kid"])
