"""The id that ties an answer, its log lines and a bug report together."""

import re
import secrets

_ACCEPTABLE = re.compile(rb"[A-Za-z0-9._-]{8,64}")


def trace_id(offered: bytes | None) -> str:
    """The caller's X-Request-Id if it is harmless to log and echo, else 32 fresh hexadecimal
    digits.
    """
    if offered is not None and _ACCEPTABLE.fullmatch(offered):
        return offered.decode("ascii")
    return secrets.token_hex(16)
