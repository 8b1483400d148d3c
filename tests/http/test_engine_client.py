"""The engine client against a server that misbehaves: every doubtful answer becomes a fault, never a short list."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from search_api.config import ApiConfig
from search_api.engine import EngineRefusedQuery, OpenSearchEngine
from search_api.errors import EngineFault, EnginePartial, EngineTimedOut, EngineUnavailable, IndexMissing

WHOLE = {"took": 1, "timed_out": False, "_shards": {"total": 1, "failed": 0}, "hits": {"hits": []}}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def engine_that(handler: Handler, **settings: Any) -> AsyncIterator[OpenSearchEngine]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    config = ApiConfig(opensearch_url=f"http://{host}:{port}", cursor_secret=b"0123456789abcdef", **settings)
    engine = OpenSearchEngine(config)
    try:
        yield engine
    finally:
        await engine.close()
        await runner.cleanup()


def always(body: Any, status: int = 200) -> Handler:
    async def handler(_: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status)

    return handler


async def test_a_whole_answer_is_handed_on() -> None:
    async with engine_that(always(WHOLE)) as engine:
        assert await engine.search("doctors", {"size": 0}) == WHOLE


@pytest.mark.parametrize(
    ("body", "status", "fault"),
    [
        ({**WHOLE, "timed_out": True}, 200, EngineTimedOut),
        ({**WHOLE, "_shards": {"total": 2, "failed": 1}}, 200, EnginePartial),
        ({"error": {}}, 404, IndexMissing),
        ({"error": {}}, 429, EngineUnavailable),
        ({"error": {}}, 500, EngineUnavailable),
        ({"error": {}}, 503, EngineUnavailable),
        ({"error": {}}, 504, EngineTimedOut),
        ({"error": {}}, 401, EngineUnavailable),
    ],
)
async def test_a_doubtful_answer_is_a_fault(body: Any, status: int, fault: type[EngineFault]) -> None:
    async with engine_that(always(body, status)) as engine:
        with pytest.raises(fault) as caught:
            await engine.search("doctors", {})
        assert caught.value.retry_after_s > 0


async def test_a_query_the_engine_cannot_read_is_a_bug_of_ours() -> None:
    async with engine_that(always({"error": {}}, 400)) as engine:
        with pytest.raises(EngineRefusedQuery):
            await engine.search("doctors", {})


async def test_an_answer_that_is_not_json_is_a_fault() -> None:
    async def broken(_: web.Request) -> web.StreamResponse:
        return web.Response(text='{"took": 1, "hits"', content_type="application/json")

    async with engine_that(broken) as engine:
        with pytest.raises(EngineUnavailable):
            await engine.search("doctors", {})


async def test_a_slow_engine_is_a_timeout_and_is_asked_once() -> None:
    asked = 0

    async def slow(_: web.Request) -> web.StreamResponse:
        nonlocal asked
        asked += 1
        await asyncio.sleep(2)
        return web.json_response(WHOLE)

    async with engine_that(slow, search_timeout_s=0.1) as engine:
        with pytest.raises(EngineTimedOut):
            await engine.search("doctors", {})
    assert asked == 1


async def test_a_broken_connection_is_a_fault() -> None:
    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async with engine_that(hang_up) as engine:
        with pytest.raises(EngineUnavailable):
            await engine.search("doctors", {})


async def test_nobody_listening_is_a_fault() -> None:
    engine = OpenSearchEngine(ApiConfig(opensearch_url="http://127.0.0.1:9", cursor_secret=b"0123456789abcdef"))
    with pytest.raises(EngineUnavailable):
        await engine.serving_index("doctors")
    await engine.close()


async def test_with_two_nodes_the_one_that_is_gone_costs_nothing() -> None:
    async with engine_that(always(WHOLE)) as alive:
        living = alive._client.transport.hosts[0]
        url = f"http://127.0.0.1:9,http://{living['host']}:{living['port']}"
        both = OpenSearchEngine(ApiConfig(opensearch_url=url, cursor_secret=b"0123456789abcdef"))
        for _ in range(4):
            assert await both.search("doctors", {}) == WHOLE
        await both.close()


async def test_the_engine_is_told_to_give_up_before_we_do() -> None:
    seen: dict[str, str] = {}

    async def note(request: web.Request) -> web.StreamResponse:
        seen.update(request.query)
        return web.json_response(WHOLE)

    async with engine_that(note, search_timeout_s=1.0) as engine:
        await engine.search("doctors", {}, scores=True)
    assert seen["timeout"] == "900ms"
    assert seen["allow_partial_search_results"] == "false"
    assert seen["include_named_queries_score"] == "true"


async def test_a_missing_document_is_none_and_a_missing_index_a_fault() -> None:
    async with engine_that(always({"_index": "x", "_id": "1", "found": False}, 404)) as engine:
        assert await engine.document("doctors", "1") is None
    async with engine_that(always({"error": {"type": "index_not_found_exception"}, "status": 404}, 404)) as engine:
        with pytest.raises(IndexMissing):
            await engine.document("doctors", "1")


async def test_of_two_indexes_behind_one_alias_the_newer_serves() -> None:
    both = {"doctors-20260302t000000z-aaaaaaaa": {}, "doctors-20260303t000000z-aaaaaaaa": {}}
    async with engine_that(always(both)) as engine:
        assert await engine.serving_index("doctors") == "doctors-20260303t000000z-aaaaaaaa"
