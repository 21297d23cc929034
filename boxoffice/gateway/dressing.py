"""The headers that every answer of the API carries."""

from boxoffice.gateway.cors import Cors
from boxoffice.gateway.csrf import Csrf
from boxoffice.gateway.idempotency import REPLAYED
from boxoffice.gateway.security_headers import SecurityHeaders
from boxoffice.gateway.visit import Header, Visit
from boxoffice.gateway.windows import Count, Rule

_NO_STORE: Header = (b"cache-control", b"no-store")


class Dressing:
    """What a handler says stands; the rest is added."""

    def __init__(self, security: SecurityHeaders, cors: Cors, csrf: Csrf) -> None:
        self._security = security
        self._cors = cors
        self._csrf = csrf

    def of_answer(self, visit: Visit, headers: list[Header]) -> list[Header]:
        """`headers`, completed. Without a word of the handler's nobody may keep the answer."""
        names = {name for name, _ in headers}
        if visit.session is not None or b"set-cookie" in names:
            self._csrf.refresh(visit, headers)
        if b"cache-control" not in names:
            headers.append(_NO_STORE)
        if visit.once is not None and visit.once.replayed:
            headers.append(REPLAYED)
        headers += self._security.data
        headers += self._cors.headers(visit.headers.get(b"origin"))
        if visit.standing is not None:
            headers += limit_headers(*visit.standing)
        headers += visit.added
        headers.append(trace_header(visit))
        return headers

    def for_everybody(self, headers: list[Header]) -> list[Header]:
        """`headers` of an answer that may be given to whoever asks from our own pages."""
        return [*headers, *self._security.data, *self._cors.headers(None)]

    def of_preflight(self, visit: Visit) -> list[Header]:
        """For the answer to a CORS preflight."""
        allowed = self._cors.preflight(visit.headers.get(b"origin"))
        return [*allowed, *self._security.data, trace_header(visit)]


def limit_headers(rule: Rule, count: Count) -> tuple[Header, Header]:
    """As draft-ietf-httpapi-ratelimit-headers-10 has them."""
    name, left = rule.name.encode("ascii"), max(0, rule.amount - count.hits)
    return (
        (b"ratelimit-policy", b'"%b";q=%d;w=%d' % (name, rule.amount, rule.seconds)),
        (b"ratelimit", b'"%b";r=%d;t=%d' % (name, left, count.resets_in)),
    )


def trace_header(visit: Visit) -> Header:
    return b"x-request-id", visit.trace_id.encode("ascii")
