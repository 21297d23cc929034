"""The web app's pages: found, made, remembered; and the page of whatever went wrong on the way."""

from boxoffice.gateway.answer import Answer
from boxoffice.gateway.problems import headers_of, judged, status_of
from boxoffice.gateway.rate_limits import RateLimiter
from boxoffice.gateway.site.page_memory import PageMemory
from boxoffice.gateway.site.problem_page import problem_page
from boxoffice.gateway.site.renderer import Rendered, Renderer
from boxoffice.gateway.site.router import Place, Router
from boxoffice.gateway.site.stored import Stored
from boxoffice.gateway.visit import Visit


class WebPages:
    """Making a page counts as a read; taking it from memory does not."""

    def __init__(
        self, router: Router, renderer: Renderer, limiter: RateLimiter, *, base_url: str
    ) -> None:
        self._router = router
        self._renderer = renderer
        self._limiter = limiter
        self._base_url = base_url
        self._memory = PageMemory()

    def at_hand(self, path: str, headers: dict[bytes, bytes]) -> Answer | None:
        """The page of a plain URL, if it was made within the last second."""
        return self._memory.at_hand(path, headers)

    async def answer(self, visit: Visit, path: str, query: bytes) -> Answer:
        """The page at the URL; never raises."""
        route = f"{path}?{query.decode('latin-1')}" if query else path
        try:
            place = self._router.place(path, query)
            if place.key is None:
                return (await self._make(visit, place)).answer(route)
            return Stored(await self._shared(visit, place, place.key, route)).answer(visit.headers)
        except Exception as error:  # noqa: BLE001 - a page of ours, whatever went wrong
            return self._problem(error, visit, path, route)

    async def _shared(self, visit: Visit, place: Place, key: str, route: str) -> Answer:
        rendered = self._memory.fresh(key)
        if rendered is None:
            self._limiter.admit_reader(visit)
            rendered = await self._memory.make(key, lambda: self._render(place))
        return rendered.answer(route)

    async def _make(self, visit: Visit, place: Place) -> Rendered:
        self._limiter.admit_reader(visit)
        return await self._render(place)

    async def _render(self, place: Place) -> Rendered:
        return self._renderer.render(await place.make())

    def _problem(self, error: Exception, visit: Visit, path: str, route: str) -> Answer:
        refusal = judged(error, visit.trace_id)
        page = problem_page(
            refusal,
            status=status_of(type(refusal)),
            trace_id=visit.trace_id,
            url=f"{self._base_url}{path}",
        )
        answer = self._renderer.render(page).answer(route)
        answer.headers.extend(headers_of(refusal))
        return answer
