"""The API for tests: over a stub of the engine or over the real one, with a small gazetteer and a fixed clock."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import Any

import httpx
from fastapi import FastAPI

from directory.places import Gazetteer, Place, Precision
from search_api.app import create_app
from search_api.config import ApiConfig
from search_api.engine import OpenSearchEngine, SearchEngine
from search_api.errors import EngineFault, IndexMissing
from search_api.logs import make_logger
from tests.support.indexing import ZHYTOMYR, ZHYTOMYR_CODE

SECRET = b"a secret of tests only"
NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
OBLAST = "UA18000000000041385"
BERDYCHIV_CODE = "UA18020030010055132"
IVANIVKA_NEAR = "UA18040000000000001"
IVANIVKA_FAR = "UA51000000000000002"
DOCTORS_INDEX = "doctors-20260302t000000z-0a0a0a0a"
FACILITIES_INDEX = "facilities-20260302t000000z-0b0b0b0b"


def place(
    code: str, category: str, name: str, at: tuple[float, float] | None, population: int | None = None, **more: Any
) -> Place:
    lat, lon = at if at else (None, None)
    fields: dict[str, Any] = {
        "parent": None if category == "O" else OBLAST,
        "oblast": OBLAST,
        "raion": None,
        "hromada": None,
        "precision": Precision.SETTLEMENT if at else None,
        "alternate_names": (),
        **more,
    }
    return Place(code=code, category=category, name=name, lat=lat, lon=lon, population=population, **fields)


def small_gazetteer() -> Gazetteer:
    """Житомир, Бердичів, two villages Іванівка, one place whose point nobody knows."""
    other: dict[str, Any] = {"parent": "UA51000000000030770", "oblast": "UA51000000000030770"}
    return Gazetteer(
        [
            place(OBLAST, "O", "Житомирська", (50.3, 28.5)),
            place("UA51000000000030770", "O", "Одеська", (46.8, 30.1)),
            place(ZHYTOMYR_CODE, "M", "Житомир", ZHYTOMYR, 261_000, alternate_names=("Zhytomyr", "Житомир")),
            place(BERDYCHIV_CODE, "M", "Бердичів", (49.8978, 28.6025), 73_000),
            place(IVANIVKA_NEAR, "C", "Іванівка", (50.30, 28.70)),
            place(IVANIVKA_FAR, "C", "Іванівка", (46.97, 30.46), **other),
            place("UA51000000000000003", "C", "Безточка", None, **other),
        ]
    )


def answer_of_nothing(_: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A whole answer of the engine without hits."""
    return {
        "took": 1,
        "timed_out": False,
        "_shards": {"total": 1, "successful": 1, "failed": 0},
        "hits": {"total": {"value": 0, "relation": "eq"}, "max_score": None, "hits": []},
        "aggregations": {},
    }


class StubEngine:
    """An engine that answers what it is told to; `fault` is raised in place of any answer while it is set."""

    def __init__(self) -> None:
        self.fault: EngineFault | Exception | None = None
        self.aliases: dict[str, str] = {"doctors": DOCTORS_INDEX, "facilities": FACILITIES_INDEX}
        self.documents: dict[str, dict[str, Any]] = {}
        self.meta: dict[str, Any] = {"data_date": "2026-03-02T00:00:00+00:00"}
        self.on_search: Callable[[str, Mapping[str, Any]], dict[str, Any]] = lambda index, body: answer_of_nothing()
        self.searches: list[tuple[str, Mapping[str, Any]]] = []
        self.closed = False

    async def search(
        self, index: str, body: Mapping[str, Any], *, scores: bool = False, timeout_s: float | None = None
    ) -> dict[str, Any]:
        self._fail()
        self.searches.append((index, body))
        return self.on_search(index, body)

    async def document(self, index: str, document_id: str) -> dict[str, Any] | None:
        self._fail()
        return self.documents.get(document_id)

    async def serving_index(self, alias: str) -> str:
        self._fail()
        if alias not in self.aliases:
            raise IndexMissing("index_missing", 30)
        return self.aliases[alias]

    async def index_meta(self, index: str) -> dict[str, Any]:
        self._fail()
        return self.meta

    async def close(self) -> None:
        self.closed = True

    def _fail(self) -> None:
        if self.fault is not None:
            raise self.fault


def stub_config(**settings: Any) -> ApiConfig:
    fields: dict[str, Any] = {"opensearch_url": "http://stub", "cursor_secret": SECRET, "index_check_s": 3_600.0}
    return ApiConfig(**{**fields, **settings})


def api_over(
    engine: SearchEngine,
    *,
    config: ApiConfig | None = None,
    gazetteer: Gazetteer | None = None,
    now: Callable[[], datetime] = lambda: NOW,
    log: io.StringIO | None = None,
    known_surnames: frozenset[str] = frozenset(),
) -> FastAPI:
    """The application over any engine; its log lines go to `log`."""
    return create_app(
        config or stub_config(),
        engine,
        gazetteer or small_gazetteer(),
        now,
        logger=make_logger("INFO", log or io.StringIO()),
        known_surnames=known_surnames,
    )


@asynccontextmanager
async def client_of(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a started application, stopped at the end; answers 500 come back as answers."""
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://likar") as client:
            yield client


async def patiently(ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """The first answer that is not «come later»; a client asks again so after Retry-After."""
    for _ in range(400):
        answer = await ask()
        if answer.status_code != 503:
            break
        await asyncio.sleep(0.01)
    return answer


@asynccontextmanager
async def engine_client(engine_url: str, prefix: str, **settings: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API over the real engine, on the indexes with `prefix`."""
    config = stub_config(opensearch_url=engine_url, index_prefix=prefix, search_timeout_s=10.0, **settings)
    async with client_of(api_over(OpenSearchEngine(config), config=config)) as client:
        yield client


class SyncClient:
    """A started application called without await, for property tests that ask it hundreds of times."""

    def __init__(self, app: FastAPI, runner: asyncio.Runner, client: httpx.AsyncClient) -> None:
        self.app = app
        self._runner = runner
        self._client = client

    def request(self, method: str, url: str, **options: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, url, **options))

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.request("POST", path, **options)


@contextmanager
def sync_client_of(app: FastAPI) -> Iterator[SyncClient]:
    """`client_of` for tests that are not asynchronous."""
    with asyncio.Runner() as runner:
        context = client_of(app)
        client = runner.run(context.__aenter__())
        try:
            yield SyncClient(app, runner, client)
        finally:
            runner.run(context.__aexit__(None, None, None))


@contextmanager
def sync_engine_client(engine_url: str, prefix: str, **settings: Any) -> Iterator[SyncClient]:
    """`engine_client` for tests that are not asynchronous."""
    config = stub_config(opensearch_url=engine_url, index_prefix=prefix, search_timeout_s=10.0, **settings)
    with sync_client_of(api_over(OpenSearchEngine(config), config=config)) as client:
        yield client
