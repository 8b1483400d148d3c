"""Suggestions at the rim: what is asked of the engine, how many trips, in which language the answer comes."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from search_api.responses import SuggestResponse
from tests.support.api import DOCTORS_INDEX, FACILITIES_INDEX, StubEngine, answer_of_nothing, api_over, client_of
from tests.support.indexing import ZHYTOMYR_CODE

_NAMES = {"surname": "коваленко", "given": "олена", "patronymic": None, "gender": "FEMALE"}


class _Known(StubEngine):
    """An engine in whose index one doctor has a name; only queries for suggestions are kept in `asked`."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, Mapping[str, Any]]] = []
        self.on_search = self._answer

    def _answer(self, index: str, body: Mapping[str, Any]) -> dict[str, Any]:
        answer = answer_of_nothing()
        if "typing" in str(body):
            self.asked.append((index, body))
        elif "surname" in str(body.get("aggs")) and "after" not in str(body):
            answer["aggregations"] = {"terms": {"buckets": [{"key": _NAMES, "doc_count": 1}]}}
        return answer


async def suggested(engine: StubEngine, *typed: str, language: str = "uk", **more: str) -> list[httpx.Response]:
    async with client_of(api_over(engine)) as client:
        return [
            await client.get("/v1/suggest", params={"q": one, **more}, headers={"Accept-Language": language})
            for one in typed
        ]


async def test_a_name_takes_one_trip_for_doctors_and_one_for_facilities() -> None:
    engine = _Known()
    await suggested(engine, "rjdfktyrj jk")
    assert sorted(index for index, _ in engine.asked) == sorted([DOCTORS_INDEX, FACILITIES_INDEX])
    assert "'коваленко ол'" in str(engine.asked)


async def test_one_slip_in_a_name_takes_no_further_trip() -> None:
    engine = _Known()
    await suggested(engine, "ковфлен")
    doctors = [body for index, body in engine.asked if index == DOCTORS_INDEX]
    assert len(doctors) == 1
    assert "'ковален'" in str(doctors)


async def test_doctors_are_not_asked_for_by_words_of_no_name() -> None:
    engine = _Known()
    await suggested(engine, "жито", "терапев")
    assert {index for index, _ in engine.asked} == {FACILITIES_INDEX}


@pytest.mark.parametrize(("language", "label"), [("uk", "Отоларинголог"), ("en", "Otolaryngologist")])
async def test_specialities_are_labelled_in_the_language_of_the_caller(language: str, label: str) -> None:
    (answer,) = await suggested(StubEngine(), "лор", language=language)
    assert answer.json()["specialities"][0]["label"] == label


async def test_the_answer_says_how_the_text_was_read_and_what_stands_before() -> None:
    plain, layout, behind = await suggested(StubEngine(), "жит", ";bn", "педіатр жит")
    assert [answer.json()["read_as"] for answer in (plain, layout, behind)] == [None, "жит", None]
    assert [answer.json()["before"] for answer in (plain, layout, behind)] == [None, None, "педіатр"]
    for answer in (plain, layout, behind):
        SuggestResponse.model_validate_json(answer.content)
        assert answer.json()["places"][0]["code"] == ZHYTOMYR_CODE


@pytest.mark.parametrize("typed", ["*?~", "😀", "]][[", "\u200b"])
async def test_without_a_letter_the_engine_is_not_asked(typed: str) -> None:
    engine = _Known()
    (answer,) = await suggested(engine, typed)
    assert (answer.status_code, engine.asked) == (200, [])


@pytest.mark.parametrize("typed", ["а" * 200, "ab " * 66, "коваленко " * 20, "';\"[]{}" * 28, "ы" * 200])
async def test_the_longest_texts_are_answered_with_small_queries(typed: str) -> None:
    engine = _Known()
    (answer,) = await suggested(engine, typed)
    assert answer.status_code == 200
    assert all(len(str(body)) < 12_000 for _, body in engine.asked)
