"""One request on its way: who asks in which language, when, and how long the engine took for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

import structlog
from starlette.requests import Request

from directory.places import Gazetteer
from search_api.config import ApiConfig
from search_api.engine import SearchEngine
from search_api.errors import IndexMissing
from search_api.kyiv import weekday_and_clock
from search_api.language import Language, choose_language
from search_api.metrics import Metrics
from search_api.place_prefixes import PlacePrefixes
from search_api.rendering import View
from search_api.serving import ServedIndex, Serving


@dataclass(frozen=True, slots=True)
class Api:
    """What every service works with; made once by `create_app`. `clock` gives the present as an aware moment."""

    config: ApiConfig
    engine: SearchEngine
    gazetteer: Gazetteer
    prefixes: PlacePrefixes
    serving: Serving
    metrics: Metrics
    logger: structlog.typing.FilteringBoundLogger
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `started` is in seconds of the performance counter; `state` is seen by the outermost layer."""

    api: Api
    language: Language
    now: datetime
    request_id: str
    started: float
    state: dict[str, Any] = field(repr=False)

    @classmethod
    def of(cls, request: Request) -> "Call":
        """The call of an HTTP request."""
        api: Api = request.app.state.api
        state = request.scope["state"]
        language = choose_language(request.headers.get("accept-language"))
        return cls(api, language, api.clock(), state["request_id"], state["started"], state)

    async def search(
        self, what: str, index: ServedIndex, body: Mapping[str, Any], *, scores: bool = False
    ) -> dict[str, Any]:
        """One trip to the engine, measured as `what`; an index that is gone is forgotten and looked for next time."""
        try:
            with _Stopwatch(self, what):
                return await self.api.engine.search(index.name, body, scores=scores)
        except IndexMissing:
            self.api.serving.forget(index.name)
            raise

    async def document(self, what: str, index: str, document_id: str) -> dict[str, Any] | None:
        """One look-up by id, measured as `what`."""
        with _Stopwatch(self, what):
            return await self.api.engine.document(index, document_id)

    def view(self, origin: tuple[float, float] | None) -> View:
        """How documents are shown in this call."""
        return View(self.language, *weekday_and_clock(self.now), origin, self._capacity_since())

    def knows_capacity(self, index: ServedIndex) -> bool:
        """Whether the index's counts are young enough to say that anybody has free places (domain rules §4)."""
        return index.counted_at is None or index.counted_at >= self._capacity_since()

    def _capacity_since(self) -> datetime:
        return self.now - timedelta(days=self.api.config.capacity_max_age_days)

    def took_ms(self) -> float:
        """Milliseconds since the request came in."""
        return round((perf_counter() - self.started) * 1_000, 2)


class _Stopwatch:
    def __init__(self, call: Call, what: str) -> None:
        self._call, self._what = call, what

    def __enter__(self) -> None:
        self._began = perf_counter()

    def __exit__(self, *_: object) -> None:
        took_s = perf_counter() - self._began
        self._call.api.metrics.engine.labels(self._what).observe(took_s)
        self._call.state["engine_s"] = self._call.state.get("engine_s", 0.0) + took_s
