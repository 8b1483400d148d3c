"""Explanations at the rim: faults, the unknown doctor, bounded trips, bounded time, nothing of the caller in logs."""

import asyncio
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import msgspec
import pytest

from directory.documents import DoctorDocument
from search_api.explanations import DoctorExplained, SearchExplained
from search_api.requests import ExplainRequest
from search_api.responses import Problem
from search_api.services import changes
from tests.support.api import StubEngine, answer_of_nothing, api_over, client_of
from tests.support.indexing import ZHYTOMYR, stable_id, tiny_doctor

NEAR = {"lat": ZHYTOMYR[0], "lon": ZHYTOMYR[1]}
DOCTOR = tiny_doctor("asked", gender="MALE", at=(ZHYTOMYR[0] + 0.01, ZHYTOMYR[1]))


def stored(document: DoctorDocument) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(msgspec.json.encode(document))
    return found


def hit_of(document: DoctorDocument, score: float = 0.5) -> dict[str, Any]:
    return {
        "_id": document.id,
        "_score": score,
        "_source": stored(document),
        "sort": [score, 0, document.id],
        "matched_queries": {"distance": score},
        "fields": {"party.number": [document.party.number]},
    }


def giving(found: Callable[[Mapping[str, Any]], list[DoctorDocument]]) -> StubEngine:
    """An engine that knows DOCTOR and answers each search for doctors with those that `found` picks by the body."""
    engine = StubEngine()
    engine.documents[DOCTOR.id] = stored(DOCTOR)

    def answer(index: str, body: Mapping[str, Any]) -> dict[str, Any]:
        whole = answer_of_nothing()
        if body.get("size"):
            whole["hits"]["hits"] = [hit_of(document) for document in found(body)]
        return whole

    engine.on_search = answer
    return engine


def is_of_one_person(body: Mapping[str, Any]) -> bool:
    return any("party.id" in clause.get("term", {}) for clause in body["query"]["bool"]["filter"])


async def explain(engine: StubEngine, log: io.StringIO | None = None, **body: Any) -> httpx.Response:
    async with client_of(api_over(engine, log=log)) as client:
        await client.get("/readyz")
        engine.searches.clear()
        return await client.post(
            "/v1/explain", json={"near": NEAR, "employee_id": DOCTOR.id, **body}, headers={"Accept-Language": "en"}
        )


async def refused(**body: Any) -> dict[str, Any]:
    answer = await explain(giving(lambda body: []), **body)
    Problem.model_validate_json(answer.content)
    found: dict[str, Any] = answer.json()
    assert answer.status_code == found["status"]
    return found


async def test_the_fields_are_those_of_a_search_and_the_doctor_but_no_page() -> None:
    for name, value in (("cursor", "x"), ("page_size", 5), ("facets", True), ("colour", "red")):
        problem = await refused(**{name: value})
        assert [(fault["field"], fault["code"]) for fault in problem["errors"]] == [(name, "unknown_key")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"age": -1, "gender": "X"}, "request_faulty"),
        ({"employee_id": "../x"}, "request_faulty"),
        ({"age": 5, "birth_date": "2020-01-01"}, "request_faulty"),
        ({"near": None}, "place_needed"),
        ({"employee_id": stable_id("employee", "nobody")}, "not_found"),
        ({"near": None, "employee_id": None}, "place_needed"),
    ],
)
async def test_problems_are_those_of_a_search_and_404_for_an_unknown_doctor(body: dict[str, Any], code: str) -> None:
    assert (await refused(**body))["code"] == code


async def test_there_is_no_link_to_an_explanation() -> None:
    async with client_of(api_over(StubEngine())) as client:
        answer = await client.get("/v1/explain", params={"employee_id": DOCTOR.id})
    assert answer.status_code == 405


async def test_nothing_of_the_caller_gets_into_the_log() -> None:
    log = io.StringIO()
    answer = await explain(giving(lambda body: [DOCTOR]), log, q="Петренко", birth_date="1987-06-05")
    assert answer.status_code == 200
    lines = log.getvalue()
    assert '"route":"/v1/explain"' in lines
    for secret in (DOCTOR.id, "Петренко", "1987", str(NEAR["lat"]), str(NEAR["lon"])):
        assert secret not in lines


async def test_a_doctor_among_the_first_takes_one_search_and_one_look_up() -> None:
    engine = giving(lambda body: [DOCTOR])
    answer = await explain(engine)
    DoctorExplained.model_validate_json(answer.content)
    assert answer.json()["position"] == {"value": 1, "relation": "exact"}
    assert len(engine.searches) == 1


async def test_beyond_a_thousand_documents_the_place_is_more_than() -> None:
    crowd = [tiny_doctor(f"c{n}") for n in range(20)]

    def found(body: Mapping[str, Any]) -> list[DoctorDocument]:
        if is_of_one_person(body):
            return [DOCTOR]
        # A thousand documents of 20 people, so people are what is counted.
        return (crowd * 50)[: body["size"]]

    answer = await explain(giving(found))
    assert answer.json()["found"]
    assert answer.json()["position"] == {"value": 20, "relation": "more_than"}


async def test_trips_are_bounded_and_the_answer_says_that_not_all_was_tried() -> None:
    """Without the gender each further change looks worth a trip, for the index shows nobody else; none is confirmed."""
    assert DOCTOR.division is not None
    engine = giving(lambda body: [])
    look_up, look_ups = engine.document, 0

    async def counted(index: str, document_id: str) -> dict[str, Any] | None:
        nonlocal look_ups
        look_ups += 1
        return await look_up(index, document_id)

    engine.document = counted  # type: ignore[method-assign]
    wishes = {
        "gender": "FEMALE", "contract_only": True, "open_only": True, "open_at": "mon 10:00", "radius_km": 50.0,
        "speciality": ["FAMILY_DOCTOR"], "facility": DOCTOR.division.id, "like_doctor": DOCTOR.id, "sort": "nearest",
    }  # fmt: skip
    answer = (await explain(engine, **wishes)).json()
    assert [each["fact"] for each in answer["excluded_by"]] == ["gender"]
    assert (answer["changes"], answer["all_tried"]) == ([], False)
    assert 10 <= len(engine.searches) + look_ups <= 12


async def test_a_change_that_the_engine_does_not_confirm_is_not_told() -> None:
    engine = giving(lambda body: [])
    answer = (await explain(engine, gender="FEMALE")).json()
    assert [each["fact"] for each in answer["excluded_by"]] == ["gender"]
    assert len(engine.searches) > 2
    assert answer["changes"] == []


async def test_where_our_rules_see_no_reason_none_is_made_up() -> None:
    answer = (await explain(giving(lambda body: []))).json()
    assert (answer["found"], [each["fact"] for each in answer["excluded_by"]]) == (False, ["engine"])


async def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = giving(lambda body: [])
    ask = engine.search

    async def slow_where_gender_is_open(index: str, body: Mapping[str, Any], **options: Any) -> dict[str, Any]:
        if body.get("size") and "party.gender" not in json.dumps(body) and not is_of_one_person(body):
            await asyncio.sleep(30)
        return await ask(index, body, **options)

    monkeypatch.setattr(changes, "TIME_LIMIT_S", 0.05)
    engine.search = slow_where_gender_is_open  # type: ignore[method-assign]
    answer = (await explain(engine, gender="FEMALE")).json()
    assert (answer["changes"], answer["all_tried"]) == ([], False)


async def test_a_fault_of_the_engine_in_the_middle_is_a_fault_and_no_short_answer() -> None:
    from search_api.errors import EngineTimedOut

    def found(body: Mapping[str, Any]) -> list[DoctorDocument]:
        if is_of_one_person(body):
            raise EngineTimedOut("timed_out", 2)
        return []

    answer = await explain(giving(found))
    assert (answer.status_code, answer.json()["code"]) == (504, "engine_timed_out")


async def test_without_a_doctor_the_body_is_the_one_the_engine_got() -> None:
    engine = giving(lambda body: [DOCTOR])
    answer = await explain(engine, employee_id=None, q="терапевт")
    SearchExplained.model_validate_json(answer.content)
    sent = engine.searches[-1][1]
    assert answer.json()["body"] == json.loads(json.dumps({**sent, "size": answer.json()["body"]["size"]}))
    assert len(engine.searches) == 1


def test_every_field_of_a_search_can_be_explained() -> None:
    from search_api.requests import SearchRequest

    assert set(ExplainRequest.model_fields) == set(SearchRequest.model_fields) - {"cursor", "page_size", "facets"} | {
        "employee_id"
    }
