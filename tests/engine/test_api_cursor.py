"""Cursors over the real engine: a swap of the index in the middle of paging, midnight, an index that is gone."""

import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from search_api.engine import OpenSearchEngine
from tests.support.api import NOW, api_over, client_of, engine_client, stub_config
from tests.support.indexing import ZHYTOMYR, build_tiny_index, drop_tiny_index, tiny_doctor, tiny_index

pytestmark = pytest.mark.engine

SEARCH = {"near": {"lat": ZHYTOMYR[0], "lon": ZHYTOMYR[1]}, "page_size": 4}


def doctors(count: int, start: int = 0) -> list[Any]:
    return [
        tiny_doctor(f"d{n}", at=(ZHYTOMYR[0] + 0.001 * (n % 3), ZHYTOMYR[1]), tie=n * 37 % 11)
        for n in range(start, start + count)
    ]


async def page(client: httpx.AsyncClient, cursor: str | None = None) -> dict[str, Any]:
    answer = await client.post("/v1/search", json={**SEARCH, **({"cursor": cursor} if cursor else {})})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ids(answer: dict[str, Any]) -> list[str]:
    return [hit["employee_id"] for hit in answer["hits"]]


def delete_index(engine_url: str, name: str) -> None:
    request = urllib.request.Request(f"{engine_url}/{name}", method="DELETE")
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request).close()


async def test_pages_go_on_over_a_swap_on_the_index_they_began_on(engine_url: str, index_prefix: str) -> None:
    old = doctors(10)
    with tiny_index(engine_url, old) as first, tiny_index(engine_url, doctors(10, start=100)) as second:
        config = stub_config(opensearch_url=engine_url, index_prefix=first.prefix, search_timeout_s=10.0)
        engine = _Swapping(OpenSearchEngine(config))
        async with client_of(api_over(engine, config=config)) as client:
            seen = await page(client)
            engine.now_serves = str(second.names["doctors"])
            assert (await client.get("/readyz")).json()["aliases"][0]["index"] == engine.now_serves
            pages = [seen]
            while pages[-1]["next_cursor"]:
                pages.append(await page(client, pages[-1]["next_cursor"]))
            fresh = await page(client)
    found = [employee for answer in pages for employee in ids(answer)]
    assert sorted(found) == sorted(doctor.id for doctor in old)
    assert not set(ids(fresh)) & set(found)


async def test_a_process_that_never_saw_the_old_index_goes_on_with_it_too(engine_url: str) -> None:
    with tiny_index(engine_url, doctors(10)) as first, tiny_index(engine_url, doctors(10, start=100)) as second:
        async with engine_client(engine_url, first.prefix) as client:
            began = await page(client)
        config = stub_config(opensearch_url=engine_url, index_prefix=second.prefix, search_timeout_s=10.0)
        async with client_of(api_over(OpenSearchEngine(config), config=config)) as restarted:
            assert (await page(restarted))["hits"]
            went_on = await page(restarted, began["next_cursor"])
    assert not set(ids(began)) & set(ids(went_on))
    assert set(ids(went_on)) <= {doctor.id for doctor in doctors(10)}


@pytest.mark.parametrize("known", [True, False])
async def test_a_cursor_whose_index_is_gone_is_refused_with_the_cure(engine_url: str, known: bool) -> None:
    first, second = build_tiny_index(engine_url, doctors(10)), build_tiny_index(engine_url, doctors(10))
    async with engine_client(engine_url, first.prefix) as client:
        began = await page(client)
        delete_index(engine_url, str(first.names["doctors"]))
        if known:
            answer = await client.post("/v1/search", json={**SEARCH, "cursor": began["next_cursor"]})
    if not known:
        async with engine_client(engine_url, second.prefix) as client:
            answer = await client.post("/v1/search", json={**SEARCH, "cursor": began["next_cursor"]})
    drop_tiny_index(engine_url, first)
    drop_tiny_index(engine_url, second)
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor_expired")
    assert "retry-after" not in answer.headers


async def test_an_index_deleted_under_the_api_is_503_with_the_cure_and_not_an_empty_page(engine_url: str) -> None:
    index = build_tiny_index(engine_url, doctors(3))
    async with engine_client(engine_url, index.prefix) as client:
        await page(client)
        drop_tiny_index(engine_url, index)
        answers = [await client.post("/v1/search", json=SEARCH) for _ in range(2)]
        card = await client.get(f"/v1/doctors/{doctors(1)[0].id}")
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(503, "index_missing")] * 2
    assert card.status_code == 503


async def test_pages_agree_over_midnight(engine_url: str) -> None:
    moment = [datetime(2026, 3, 2, 21, 59, tzinfo=UTC)]
    with tiny_index(engine_url, doctors(12)) as index:
        config = stub_config(opensearch_url=engine_url, index_prefix=index.prefix, search_timeout_s=10.0)
        app = api_over(OpenSearchEngine(config), config=config, now=lambda: moment[0])
        async with client_of(app) as client:
            pages = [await page(client)]
            while pages[-1]["next_cursor"]:
                moment[0] += timedelta(hours=7)
                pages.append(await page(client, pages[-1]["next_cursor"]))
    found = [employee for answer in pages for employee in ids(answer)]
    assert len(pages) == 3
    assert sorted(found) == sorted(doctor.id for doctor in doctors(12))


async def test_equal_doctors_take_turns_from_day_to_day(engine_url: str) -> None:
    import msgspec

    first = msgspec.structs.replace(tiny_doctor("a"), tie={f"d{day}": day % 2 for day in range(7)})
    second = msgspec.structs.replace(tiny_doctor("b"), tie={f"d{day}": 1 - day % 2 for day in range(7)})
    moment = [NOW]
    with tiny_index(engine_url, [first, second]) as index:
        config = stub_config(opensearch_url=engine_url, index_prefix=index.prefix, search_timeout_s=10.0)
        async with client_of(api_over(OpenSearchEngine(config), config=config, now=lambda: moment[0])) as client:
            orders = []
            for _ in range(7):
                orders.append((ids(await page(client)), ids(await page(client))))
                moment[0] += timedelta(days=1)
    assert all(again == once for once, again in orders)
    assert {once[0] for once, _ in orders} == {first.id, second.id}


class _Swapping:
    """The engine, but its alias can be pointed elsewhere."""

    def __init__(self, engine: OpenSearchEngine) -> None:
        self._engine = engine
        self.now_serves: str | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    async def serving_index(self, alias: str) -> str:
        if self.now_serves is not None and alias.endswith("doctors"):
            return self.now_serves
        return await self._engine.serving_index(alias)
