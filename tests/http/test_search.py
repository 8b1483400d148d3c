"""The search at the rim: faults, questions for the place, shared names, what is said of the ground."""

from collections.abc import Mapping
from typing import Any

import pytest

from ranking import build_bearers_body
from search_api.responses import Problem
from tests.support.api import (
    BERDYCHIV_CODE,
    IVANIVKA_FAR,
    IVANIVKA_NEAR,
    StubEngine,
    answer_of_nothing,
    api_over,
    client_of,
)

NEAR = {"lat": 50.25, "lon": 28.66}


async def refused(body: dict[str, Any], path: str = "/v1/search") -> dict[str, Any]:
    async with client_of(api_over(StubEngine())) as client:
        answer = await client.post(path, json=body, headers={"Accept-Language": "en"})
    assert answer.headers["content-type"] == "application/problem+json"
    Problem.model_validate_json(answer.content)
    found: dict[str, Any] = answer.json()
    assert answer.status_code == found["status"]
    return found


def fields(problem: dict[str, Any]) -> dict[str, str]:
    return {fault["field"]: fault["code"] for fault in problem["errors"]}


async def test_without_place_name_or_facility_the_answer_asks_for_the_place() -> None:
    for body in ({}, {"q": "терапевт"}, {"age": 40, "open_only": True}, {"q": "   "}):
        problem = await refused(body)
        assert (problem["status"], problem["code"]) == (422, "place_needed")
        assert problem["type"] == "urn:likar:problem:place_needed"


async def test_every_fault_is_named_with_its_cure_at_once() -> None:
    problem = await refused(
        {"age": -1, "birth_date": "x", "near": {"lat": 91}, "page_size": 51, "sort": "worst", "no": 1}
    )
    assert fields(problem) == {
        "age": "too_small",
        "birth_date": "bad_date",
        "near.lat": "too_large",
        "near.lon": "missing",
        "page_size": "too_large",
        "sort": "not_one_of",
        "no": "unknown_key",
    } | {"birth_date": fields(problem)["birth_date"]}
    assert {fault["code"] for fault in problem["errors"] if fault["field"] == "birth_date"} == {
        "bad_date",
        "both_given",
    }
    assert all(fault["cure"] for fault in problem["errors"])


async def test_faults_found_only_by_looking_are_reported_together_too() -> None:
    problem = await refused({"settlement": "Немає такого", "birth_date": "2026-03-03", "near": NEAR})
    assert fields(problem) == {"settlement": "place_unknown", "birth_date": "in_future"}


async def test_a_settlement_name_shared_by_two_villages_is_asked_back() -> None:
    problem = await refused({"settlement": "Іванівка"})
    assert fields(problem) == {"settlement": "place_ambiguous"}
    assert {candidate["code"] for candidate in problem["errors"][0]["candidates"]} == {IVANIVKA_NEAR, IVANIVKA_FAR}


async def test_the_patients_point_settles_a_shared_name_and_the_other_is_said() -> None:
    async with client_of(api_over(StubEngine())) as client:
        answer = (await client.post("/v1/search", json={"settlement": "Іванівка", "near": NEAR})).json()
    assert answer["area"]["code"] == IVANIVKA_NEAR
    assert [other["code"] for other in answer["understood"]["alternatives"]] == [IVANIVKA_FAR]


async def test_a_radius_needs_a_point() -> None:
    assert fields(await refused({"q": "Петренко", "radius_km": 5})) == {"radius_km": "centre_missing"}
    assert fields(await refused({"settlement": "Безточка", "radius_km": 5})) == {"radius_km": "place_without_point"}


async def test_nearest_needs_a_point() -> None:
    assert fields(await refused({"settlement": "Безточка", "sort": "nearest"})) == {"sort": "place_without_point"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"q": "x" * 201, "near": NEAR}, "q"),
        ({"radius_km": 201, "near": NEAR}, "radius_km"),
        ({"radius_km": 0, "near": NEAR}, "radius_km"),
        ({"speciality": ["A"] * 21, "near": NEAR}, "speciality"),
        ({"open_at": "tomorrow", "near": NEAR}, "open_at"),
        ({"facility": "../x", "near": NEAR}, "facility"),
        ({"near": "50,28"}, "near"),
    ],
)
async def test_limits_are_kept(body: dict[str, Any], field: str) -> None:
    assert field in fields(await refused(body))


async def test_facilities_refuse_and_ask_in_the_same_way() -> None:
    assert (await refused({}, "/v1/facilities"))["code"] == "place_needed"
    assert fields(await refused({"near": NEAR, "age": 3}, "/v1/facilities")) == {"age": "unknown_key"}


async def test_text_goes_to_the_engine_as_terms_and_never_to_a_query_parser() -> None:
    engine = StubEngine()
    async with client_of(api_over(engine)) as client:
        for text in ("name.surname:* OR _exists_:x", "(((", "/.*/", "Петренко~2"):
            assert (await client.post("/v1/search", json={"q": text, "near": NEAR})).status_code == 200
    parsers = {"query_string", "simple_query_string", "regexp", "wildcard", "fuzzy", "script", "script_score"}
    assert not parsers & {key for _, body in engine.searches for key in keys_of(body)}


async def test_every_search_carries_an_area() -> None:
    engine = StubEngine()
    engine.on_search = knowing_the_surname
    async with client_of(api_over(engine)) as client:
        await client.get("/readyz")
        loaded = len(engine.searches)
        for body in ({"near": NEAR}, {"q": "Петренко"}, {"settlement": BERDYCHIV_CODE}, {"facility": "f-1"}):
            assert (await client.post("/v1/search", json=body)).status_code == 200
    for _, body in engine.searches[loaded:]:
        found = set(keys_of(body["query"]))
        assert found & {"geo_distance", "geo_bounding_box", "place.settlement", "division.id"}


async def test_one_request_makes_one_trip_and_more_only_when_nobody_was_found_and_something_may_be_loosened() -> None:
    engine = StubEngine()
    engine.on_search = knowing_the_surname

    async def trips(body: dict[str, Any]) -> int:
        before = len(engine.searches)
        assert (await client.post("/v1/search", json=body)).status_code == 200
        return len(engine.searches) - before

    async with client_of(api_over(engine)) as client:
        await client.get("/readyz")
        assert await trips({"near": NEAR, "radius_km": 5}) == 1
        assert await trips({"near": NEAR, "radius_km": 5, "gender": "MALE", "contract_only": True}) == 1
        # A surname alone is looked for among specialists too.
        assert await trips({"q": "Петренко"}) == 2
        assert await trips({"q": "Петренко", "kind": "primary_care"}) == 1
        assert await trips({"q": "Петренко", "open_only": True}) == 3
        # With an empty density the planned radius is the widest already: nothing is left to widen to.
        assert await trips({"near": NEAR}) == 1


async def test_a_full_count_is_more_than() -> None:
    def many(index: str, body: Mapping[str, Any]) -> dict[str, Any]:
        answer = answer_of_nothing()
        answer["hits"]["total"] = {"value": 1_000, "relation": "gte"}
        answer["aggregations"] = {"persons": {"value": 5_432}}
        return answer

    engine = StubEngine()
    engine.on_search = many
    async with client_of(api_over(engine)) as client:
        answer = (await client.post("/v1/search", json={"near": NEAR})).json()
    assert answer["total"] == {"value": 1_000, "relation": "more_than"}


def knowing_the_surname(index: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """An index in which one doctor is called Петренко, and nobody is where anyone looks."""
    answer = answer_of_nothing()
    composite = body.get("aggs", {}).get("terms", {}).get("composite")
    if composite == build_bearers_body()["aggs"]["terms"]["composite"]:
        bearer = {"surname": "петренко", "given": "олена", "patronymic": "іванівна", "gender": "FEMALE"}
        answer["aggregations"] = {"terms": {"buckets": [{"key": bearer, "doc_count": 1}]}}
    return answer


def keys_of(node: Any) -> list[str]:
    if isinstance(node, Mapping):
        return [*map(str, node), *(key for value in node.values() for key in keys_of(value))]
    return [key for value in node for key in keys_of(value)] if isinstance(node, list | tuple) else []
