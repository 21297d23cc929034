"""Headers that tell browsers what our answers may not do."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from boxoffice.gateway.settings import GatewaySettings
from boxoffice.gateway.visit import Header

_ALWAYS: list[Header] = [
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
# Nothing in an API answer is ever to be run, framed or rendered.
_DATA_POLICY = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# Emotion and MUI put rules into style elements that they create empty, through the CSSOM; this is
# the hash of nothing, so an element with text of its own stays refused.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


class SecurityHeaders:
    """The headers by kind of answer."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._https = settings.https
        self._hosts = _origin(settings.asset_base_url)
        self.data: list[Header] = [
            *self._common(),
            (b"content-security-policy", _DATA_POLICY),
            (b"cross-origin-resource-policy", b"same-origin"),
            (b"referrer-policy", b"no-referrer"),
        ]
        self.file: list[Header] = [
            *self._common(),
            (b"content-security-policy", b"default-src 'none'; sandbox"),
            (b"cross-origin-resource-policy", b"cross-origin"),
        ]

    def page(self, *, scripts: Sequence[str], styles: Sequence[str]) -> list[Header]:
        """For a document of ours; `scripts` and `styles` are the hash sources of its inline
        elements.
        """
        return [
            *self._common(),
            (b"content-security-policy", self._policy(scripts, styles).encode("ascii")),
            (
                b"permissions-policy",
                b"camera=(self), geolocation=(), microphone=(), payment=(self)",
            ),
            (b"referrer-policy", b"strict-origin-when-cross-origin"),
        ]

    def _common(self) -> list[Header]:
        if not self._https:
            return _ALWAYS
        return [*_ALWAYS, (b"strict-transport-security", b"max-age=63072000; includeSubDomains")]

    def _policy(self, scripts: Sequence[str], styles: Sequence[str]) -> str:
        own = " ".join(["'self'", *self._hosts])
        directives = {
            "default-src": own,
            "base-uri": "'none'",
            "object-src": "'none'",
            "frame-ancestors": "'none'",
            "form-action": "'self'",
            # The ticket scanner is WebAssembly; this permits it without permitting eval.
            "script-src": " ".join([own, *scripts, "'wasm-unsafe-eval'"]),
            "style-src": " ".join([own, *styles, EMPTY_STYLE]),
            "img-src": f"{own} data: blob:",
            "media-src": f"{own} blob:",
            "worker-src": f"{own} blob:",
        }
        if self._https:
            directives["upgrade-insecure-requests"] = ""
        return "; ".join(f"{name} {value}".strip() for name, value in directives.items())


def _origin(url: str) -> list[str]:
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
