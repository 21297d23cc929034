"""Every URL that is no operation of the API: the web app's pages (`index.html` with a head, first
screen and boot data per URL), files, media, health, metrics, robots, documentation."""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

from boxoffice.gateway.answer import Answer
from boxoffice.gateway.problems import Problems
from boxoffice.gateway.refusals import MalformedRequest, MethodNotAllowed
from boxoffice.gateway.security_headers import SecurityHeaders
from boxoffice.gateway.site.files import Files
from boxoffice.gateway.site.web_pages import WebPages
from boxoffice.gateway.visit import Visit
from boxoffice.kernel.refusals import NotFound

# Answers one path.
Room = Callable[[Visit], Awaitable[Answer]]
# Answers all paths under a prefix: takes the rest of the path.
Hall = Callable[[str], Awaitable[Answer]]
# Where a page of the web app would be no answer.
_DATA = ("/api/", "/assets/", "/media/")


class Site:
    """The rooms and halls, and which of them a path leads to; else it is a page of the web app."""

    def __init__(
        self,
        *,
        web: WebPages,
        files: Files,
        rooms: Mapping[str, Room],
        halls: Mapping[str, Hall],
        problems: Problems,
        security: SecurityHeaders,
    ) -> None:
        self._web = web
        self._files = files
        self._rooms = rooms
        self._halls = halls
        self._problems = problems
        self._security = security

    def at_hand(self, path: str, headers: dict[bytes, bytes]) -> Answer | None:
        """A page made within the last second, or a file."""
        return self._web.at_hand(path, headers) or self._files.at_hand(path, headers)

    async def answer(self, visit: Visit, path: str, query: bytes) -> Answer:
        """The answer; never raises."""
        try:
            return await self._answer(visit, path, query)
        except Exception as error:  # noqa: BLE001 - a problem document, whatever went wrong
            problem = self._problems.of(error, visit.trace_id)
            headers = [*problem.headers, (b"cache-control", b"no-store"), *self._security.data]
            return Answer(kind="problem", status=problem.status, headers=headers, body=problem.body)

    async def _answer(self, visit: Visit, path: str, query: bytes) -> Answer:
        if visit.method not in {"GET", "HEAD"}:
            raise MethodNotAllowed(allow="GET, HEAD")
        if "\x00" in path or b"%00" in query:
            raise MalformedRequest("Remove the NUL character from the address.")
        room = self._rooms.get(path)
        if room is not None:
            return await room(visit)
        file = self._files.at_hand(path, visit.headers)
        return file or await self._elsewhere(visit, path, query)

    async def _elsewhere(self, visit: Visit, path: str, query: bytes) -> Answer:
        for prefix, hall in self._halls.items():
            if path.startswith(prefix):
                return await hall(path.removeprefix(prefix))
        if path.startswith(_DATA):
            raise NotFound
        if path != "/" and path.endswith("/"):
            return self._without_slash(path)
        return await self._web.answer(visit, path, query)

    def _without_slash(self, path: str) -> Answer:
        location = f"/{quote(path.strip('/'))}".encode("ascii")
        headers = [(b"location", location), *self._security.data]
        return Answer(kind="redirect", status=308, headers=headers, body=b"")
