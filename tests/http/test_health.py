"""Alive, ready, and back again when the engine comes back."""

import asyncio
from typing import Any

from search_api.errors import EngineUnavailable
from search_api.responses import Readiness
from tests.support.api import DOCTORS_INDEX, StubEngine, api_over, client_of, patiently, stub_config


async def test_a_ready_service_says_which_indexes_serve_and_how_old_the_data_are() -> None:
    async with client_of(api_over(StubEngine())) as client:
        answer = await client.get("/readyz")
        metrics = (await client.get("/metrics")).text
    ready = Readiness.model_validate_json(answer.content)
    assert (answer.status_code, ready.status, ready.engine) == (200, "ready", True)
    assert ready.aliases[0].index == DOCTORS_INDEX
    assert ready.aliases[0].age_hours == 10.5
    assert 'likar_data_age_seconds{alias="doctors"} 37800.0' in metrics


async def test_the_service_starts_while_the_engine_is_down_and_recovers() -> None:
    engine = StubEngine()
    engine.fault = EngineUnavailable("no_connection", 5)
    async with client_of(api_over(engine)) as client:
        alive = await client.get("/livez")
        down = await client.get("/readyz", headers={"Accept-Language": "en"})
        search = await client.get("/v1/search?near=50.25,28.66")
        engine.fault = None
        up = await client.get("/readyz")
        found = await client.get("/v1/search?near=50.25,28.66")
    assert alive.status_code == 200
    assert (down.status_code, down.json()["engine"], down.json()["reason"]) == (503, False, "no_connection")
    assert "LIKAR_OPENSEARCH_URL" in down.json()["cure"]
    assert search.status_code == 503
    assert (up.status_code, found.status_code) == (200, 200)


async def test_without_an_index_the_cure_is_to_build_one() -> None:
    engine = StubEngine()
    engine.aliases = {}
    async with client_of(api_over(engine)) as client:
        ready = await client.get("/readyz")
        search = await client.get("/v1/search?near=50.25,28.66", headers={"Accept-Language": "en"})
    assert (ready.status_code, ready.json()["engine"], ready.json()["reason"]) == (503, True, "index_missing")
    assert "likar index build" in ready.json()["cure"]
    assert (search.status_code, search.json()["code"]) == (503, "index_missing")
    assert "likar index build" in search.json()["title"]


async def test_a_swap_is_noticed() -> None:
    engine = StubEngine()
    async with client_of(api_over(engine)) as client:
        await client.get("/readyz")
        engine.aliases["doctors"] = "doctors-20260303t000000z-0a0a0a0a"
        ready = await client.get("/readyz")
        await client.get("/v1/search?near=50.25,28.66")
    assert ready.json()["aliases"][0]["index"] == "doctors-20260303t000000z-0a0a0a0a"
    assert engine.searches[-1][0] == "doctors-20260303t000000z-0a0a0a0a"


class _SlowToRead(StubEngine):
    """An engine that lets nobody read an index before `gate` opens, and counts who begins."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.began = 0

    async def index_meta(self, index: str) -> dict[str, Any]:
        self.began += index == DOCTORS_INDEX
        await self.gate.wait()
        return await super().index_meta(index)


async def test_while_an_index_is_being_read_the_service_says_so_and_keeps_nobody_waiting() -> None:
    engine = _SlowToRead()
    async with client_of(api_over(engine, config=stub_config(search_timeout_s=0.05))) as client:
        ready, search = await asyncio.gather(client.get("/readyz"), client.get("/v1/search?near=50.25,28.66"))
        engine.gate.set()
        later = await patiently(lambda: client.get("/readyz"))
    assert (ready.status_code, ready.json()["reason"], ready.json()["engine"]) == (503, "loading", True)
    assert (search.status_code, search.json()["code"]) == (503, "engine_unavailable")
    assert later.status_code == 200


async def test_an_index_is_read_once_however_many_ask() -> None:
    engine = _SlowToRead()
    async with client_of(api_over(engine)) as client:
        asked = [asyncio.create_task(client.get("/v1/search?near=50.25,28.66")) for _ in range(8)]
        await asyncio.sleep(0)
        engine.gate.set()
        answers = await asyncio.gather(*asked)
    assert {answer.status_code for answer in answers} == {200}
    assert engine.began == 1
