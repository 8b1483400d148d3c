"""Schemathesis over the OpenAPI document: every operation, bounded, no failure; the engine is a stub with answers."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, reject, settings
from schemathesis.checks import CHECKS, load_all_checks

from tests.support.api import StubEngine, SyncClient, answer_of_nothing, api_over, stub_config, sync_client_of
from tests.support.indexing import tiny_doctor, tiny_facility

DOCTOR = json.loads(msgspec.json.encode(tiny_doctor("a")))
FACILITY = json.loads(msgspec.json.encode(tiny_facility("a")))
CLUSTER = {
    "key": "6/30/20",
    "doc_count": 7,
    "middle": {"location": {"lat": 50.25, "lon": 28.66}, "count": 7},
    "doctors": {"value": 12.0},
}


class AnsweringEngine(StubEngine):
    """Always finds one doctor or facility; a map zoomed far out is crowded."""

    async def document(self, index: str, document_id: str) -> dict[str, Any] | None:
        if len(document_id) % 3 == 0:
            return None
        found: dict[str, Any] = DOCTOR if index.startswith("doctors") else FACILITY
        return found


def one_hit(index: str, body: Mapping[str, Any]) -> dict[str, Any]:
    answer = answer_of_nothing()
    doctors = index.startswith("doctors")
    if not body.get("size"):
        return answer
    crowded = "clusters" in body.get("aggs", {}) and body["aggs"]["clusters"]["geotile_grid"]["precision"] < 12
    answer["hits"]["total"]["value"] = 5_000 if crowded else 1
    answer["hits"]["hits"] = [
        {
            "_id": "a",
            "_score": 0.75,
            "_source": DOCTOR if doctors else FACILITY,
            "sort": [0.75, 1, "a"],
            "matched_queries": {"distance": 0.3, "capacity.free": 0.3, "contract": 0.15},
        }
    ]
    answer["aggregations"] = {
        "persons": {"value": 1},
        "gender": {"buckets": [{"key": "FEMALE", "doc_count": 1, "persons": {"value": 1}}]},
        "clusters": {"buckets": [CLUSTER]},
    }
    return answer


def make_app() -> Any:
    engine = AnsweringEngine()
    engine.on_search = one_hit
    # Long bodies are let through to the models: that they are refused by length is tested beside this, and the check
    # for refused nonsense does not know 413.
    return api_over(engine, config=stub_config(max_body_bytes=50_000_000))


load_all_checks()
# Many requests that fit their schema are still refused, for want of a place: acceptance is not a promise here.
CHECKED = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
        "unsupported_method",
    ]
)
schema = schemathesis.openapi.from_dict(make_app().openapi())


@pytest.fixture(scope="module")
def client() -> Iterator[SyncClient]:
    with sync_client_of(make_app()) as client:
        yield client


@schema.parametrize()
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_every_operation_keeps_to_its_description(client: SyncClient, case: schemathesis.Case) -> None:
    asked = case.as_transport_kwargs(base_url="http://likar")
    asked.pop("cookies", None)
    try:
        answer: httpx.Response = client.request(asked.pop("method"), asked.pop("url"), **asked)
    except httpx.InvalidURL:
        # Longer than the client itself sends.
        reject()
    case.validate_response(answer, checks=CHECKED)


def test_the_document_is_openapi_3_1_with_stable_names_and_examples() -> None:
    document = make_app().openapi()
    assert document["openapi"].startswith("3.1")
    names = {operation["operationId"] for path in document["paths"].values() for operation in path.values()}
    assert names == {
        "searchDoctors",
        "searchDoctorsByQuery",
        "explainSearch",
        "understandText",
        "searchFacilities",
        "searchFacilitiesByQuery",
        "suggest",
        "getDoctor",
        "getFacility",
        "getMap",
        "listDictionaries",
        "getDictionary",
        "getLiveness",
        "getReadiness",
        "getMetrics",
    }
    assert document["components"]["schemas"]["SearchRequest"]["examples"]
    problems = document["paths"]["/v1/search"]["post"]["responses"]
    assert {"400", "413", "415", "422", "410", "500", "503", "504"} <= set(problems)
    assert "place_needed" in problems["422"]["content"]["application/problem+json"]["examples"]
