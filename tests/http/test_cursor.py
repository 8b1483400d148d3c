"""Page cursors at the rim: each way one can be wrong has its own answer."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from search_api.errors import IndexMissing
from search_api.services import paging
from tests.support.api import DOCTORS_INDEX, StubEngine, answer_of_nothing, api_over, client_of, patiently, stub_config

SEARCH: dict[str, Any] = {"near": {"lat": 50.25, "lon": 28.66}, "page_size": 2}


def document(number: int) -> dict[str, Any]:
    return {
        "employee": {"id": f"e{number}", "status": "APPROVED"},
        "party": {"id": f"p{number}"},
        "name": {"last": "Петренко", "first": "Олена"},
        "kind": "primary_care",
        "active": True,
        "declarable": True,
        "speciality": {"officio": "THERAPIST"},
        "contract": {"active": True},
    }


def endless(index: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """As many doctors as are asked for, from wherever the page before ended."""
    answer = answer_of_nothing()
    start = int(body.get("search_after", [0.0, 0])[1])
    answer["hits"]["hits"] = [
        {"_id": f"e{n}", "_score": 1.0, "_source": document(n), "sort": [1.0, n]}
        for n in range(start + 1, start + 1 + body["size"])
    ]
    answer["hits"]["total"] = {"value": 1_000, "relation": "gte"}
    return answer


def paging_engine() -> StubEngine:
    engine = StubEngine()
    engine.on_search = endless
    return engine


async def test_the_next_page_goes_on_where_the_last_ended() -> None:
    engine = paging_engine()
    async with client_of(api_over(engine)) as client:
        first = (await client.post("/v1/search", json=SEARCH)).json()
        second = (await client.post("/v1/search", json={**SEARCH, "cursor": first["next_cursor"]})).json()
    assert [hit["employee_id"] for hit in first["hits"] + second["hits"]] == ["e1", "e2", "e3", "e4"]
    assert first["total"] == second["total"] == {"value": 1_000, "relation": "more_than"}
    assert (first["facets"] is None, second["facets"] is None) == (False, True)


async def test_page_size_and_facets_may_change_between_pages() -> None:
    async with client_of(api_over(paging_engine())) as client:
        first = (await client.post("/v1/search", json=SEARCH)).json()
        changed = {**SEARCH, "cursor": first["next_cursor"], "page_size": 3, "facets": False}
        second = (await client.post("/v1/search", json=changed)).json()
    assert [hit["employee_id"] for hit in second["hits"]] == ["e3", "e4", "e5"]


@pytest.mark.parametrize(
    "change",
    [
        {"near": {"lat": 50.2500001, "lon": 28.66}},
        {"birth_date": "1987-05-17"},
        {"speciality": ["THERAPIST"]},
        {"sort": "nearest"},
    ],
)
async def test_a_cursor_of_another_request_is_refused(change: dict[str, Any]) -> None:
    async with client_of(api_over(paging_engine())) as client:
        cursor = (await client.post("/v1/search", json=SEARCH)).json()["next_cursor"]
        answer = await client.post("/v1/search", json={**SEARCH, **change, "cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor_invalid")


async def test_a_cursor_of_doctors_does_not_page_facilities() -> None:
    async with client_of(api_over(paging_engine())) as client:
        cursor = (await client.post("/v1/search", json=SEARCH)).json()["next_cursor"]
        answer = await client.post("/v1/facilities", json={**SEARCH, "cursor": cursor})
    assert answer.json()["code"] == "cursor_invalid"


@pytest.mark.parametrize(
    "spoil", [lambda c: c[:-1], lambda c: c + "A", lambda c: "A" + c[1:], lambda c: "", lambda c: "ы"]
)
async def test_an_altered_cursor_is_refused(spoil: Any) -> None:
    async with client_of(api_over(paging_engine())) as client:
        cursor = (await client.post("/v1/search", json=SEARCH)).json()["next_cursor"]
        answer = await client.post("/v1/search", json={**SEARCH, "cursor": spoil(cursor)})
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor_invalid")


async def test_a_cursor_of_another_secret_is_refused() -> None:
    async with client_of(api_over(paging_engine())) as client:
        cursor = (await client.post("/v1/search", json=SEARCH)).json()["next_cursor"]
    async with client_of(api_over(paging_engine(), config=stub_config(cursor_secret=b"another sixteen b"))) as client:
        answer = await client.post("/v1/search", json={**SEARCH, "cursor": cursor})
    assert answer.json()["code"] == "cursor_invalid"


async def test_a_cursor_of_other_weights_has_expired(monkeypatch: pytest.MonkeyPatch) -> None:
    async with client_of(api_over(paging_engine())) as client:
        cursor = (await client.post("/v1/search", json=SEARCH)).json()["next_cursor"]
        monkeypatch.setattr(paging, "weights_version", lambda: "other")
        answer = await client.post("/v1/search", json={**SEARCH, "cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor_expired")


async def test_a_cursor_whose_index_is_gone_has_expired() -> None:
    engine = paging_engine()
    async with client_of(api_over(engine)) as client:
        cursor = (await client.post("/v1/search", json=SEARCH)).json()["next_cursor"]

        def gone(index: str, body: Mapping[str, Any]) -> dict[str, Any]:
            raise IndexMissing("index_missing", 30)

        engine.on_search = gone
        answer = await client.post("/v1/search", json={**SEARCH, "cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor_expired")


async def test_paging_ends_with_a_clear_word_at_the_depth_limit() -> None:
    async with client_of(api_over(paging_engine(), config=stub_config(max_hits=6))) as client:
        cursor, shown = None, 0
        while True:
            answer = await client.post("/v1/search", json={**SEARCH, **({"cursor": cursor} if cursor else {})})
            if answer.status_code != 200:
                break
            shown += len(answer.json()["hits"])
            cursor = answer.json()["next_cursor"]
    assert shown == 6
    assert (answer.status_code, answer.json()["code"]) == (422, "too_deep")


async def test_the_engine_is_asked_on_the_index_the_search_began_on() -> None:
    engine = paging_engine()
    async with client_of(api_over(engine)) as client:
        cursor = (await client.post("/v1/search", json=SEARCH)).json()["next_cursor"]
        engine.aliases["doctors"] = "doctors-20260303t000000z-0a0a0a0a"
        await client.get("/readyz")
        await client.post("/v1/search", json={**SEARCH, "cursor": cursor})
        later = engine.searches[-1][0]
        await client.post("/v1/search", json=SEARCH)
    assert later == DOCTORS_INDEX
    assert engine.searches[-1][0] == "doctors-20260303t000000z-0a0a0a0a"


class _SlowToReadOlderIndexes(StubEngine):
    """Tells nothing of any index but the served one until the gate is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.on_search = endless
        self.gate = asyncio.Event()

    async def index_meta(self, index: str) -> dict[str, Any]:
        if index not in self.aliases.values():
            await self.gate.wait()
        return await super().index_meta(index)


async def test_a_page_over_an_older_index_waits_no_longer_than_a_search_and_comes_later() -> None:
    async with client_of(api_over(paging_engine())) as client:
        first = (await client.post("/v1/search", json=SEARCH)).json()
    restarted = _SlowToReadOlderIndexes()
    restarted.aliases["doctors"] = DOCTORS_INDEX.replace("20260302", "20260303")
    asked = {**SEARCH, "cursor": first["next_cursor"]}
    async with client_of(api_over(restarted, config=stub_config(search_timeout_s=0.05))) as client:
        await patiently(lambda: client.get("/readyz"))
        waiting = await client.post("/v1/search", json=asked)
        restarted.gate.set()
        come = await patiently(lambda: client.post("/v1/search", json=asked))
    assert (waiting.status_code, waiting.headers["retry-after"]) == (503, "3")
    assert [hit["employee_id"] for hit in come.json()["hits"]] == ["e3", "e4"]
