"""Suggestions, cards and the map over the real engine."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from search_api.engine import OpenSearchEngine
from search_api.responses import FeatureCollection, SuggestResponse
from tests.support.api import NOW, StubEngine, api_over, client_of, engine_client, stub_config
from tests.support.indexing import ZHYTOMYR, ZHYTOMYR_CODE, tiny_doctor, tiny_facility, tiny_index

pytestmark = pytest.mark.engine

BOX = "28.4,50.0,28.9,50.5"


async def suggested(client: httpx.AsyncClient, q: str, **more: str) -> dict[str, Any]:
    answer = await client.get("/v1/suggest", params={"q": q, **more})
    assert answer.status_code == 200, answer.text
    SuggestResponse.model_validate_json(answer.content)
    found: dict[str, Any] = answer.json()
    return found


async def test_doctors_facilities_places_and_specialities_go_on_from_what_is_typed(engine_url: str) -> None:
    doctor = tiny_doctor("a", last="Левицька", first="Олена")
    gone = tiny_doctor("b", last="Левицький", active=False)
    facility = tiny_facility("f", name="Поліклініка №2")
    with tiny_index(engine_url, [doctor, gone], [facility]) as index:
        async with engine_client(engine_url, index.prefix) as client:
            by_surname = await suggested(client, "леви")
            by_both = await suggested(client, "олена леви")
            by_latin = await suggested(client, "levyts")
            of_facility = await suggested(client, "поліклініка 2")
            of_place = await suggested(client, "жито")
            of_speciality = await suggested(client, "тера")
    for answer in (by_surname, by_both, by_latin):
        assert [found["employee_id"] for found in answer["doctors"]] == [doctor.id]
    assert by_surname["doctors"][0]["name"] == "Левицька Олена Іванівна"
    assert [found["division_id"] for found in of_facility["facilities"]] == [facility.id]
    assert of_place["places"][0]["code"] == ZHYTOMYR_CODE
    assert {"code": "THERAPIST", "label": "Терапевт"} in of_speciality["specialities"]


async def test_text_without_a_letter_suggests_nothing(engine_url: str) -> None:
    with tiny_index(engine_url, [tiny_doctor("a")]) as index:
        async with engine_client(engine_url, index.prefix) as client:
            answer = await suggested(client, "*?~")
    assert answer["doctors"] == answer["facilities"] == answer["places"] == answer["specialities"] == []


async def test_the_nearer_of_two_namesakes_is_suggested_first(engine_url: str) -> None:
    far, near = tiny_doctor("far", at=(46.97, 30.46)), tiny_doctor("near")
    with tiny_index(engine_url, [far, near]) as index:
        async with engine_client(engine_url, index.prefix) as client:
            answer = await suggested(client, "петр", near=f"{ZHYTOMYR[0]},{ZHYTOMYR[1]}")
    assert [found["employee_id"] for found in answer["doctors"]] == [near.id, far.id]


async def test_cards_come_from_the_engine_and_unknown_ids_are_not_found(engine_url: str) -> None:
    doctor, facility = tiny_doctor("a", active=False, inactive_reasons=("doctor_not_active",)), tiny_facility("f")
    with tiny_index(engine_url, [doctor], [facility]) as index:
        async with engine_client(engine_url, index.prefix) as client:
            doctor_card = await client.get(f"/v1/doctors/{doctor.id}")
            facility_card = await client.get(f"/v1/facilities/{facility.id}")
            unknown = await client.get("/v1/doctors/00000000-0000-0000-0000-000000000000")
    assert (doctor_card.status_code, doctor_card.json()["active"]) == (200, False)
    assert (facility_card.status_code, facility_card.json()["active"]) == (200, True)
    assert unknown.status_code == 404


async def test_few_facilities_are_points_and_inactive_ones_are_not_drawn(engine_url: str) -> None:
    shown, closed, outside = (
        tiny_facility("shown"),
        tiny_facility("closed", active=False),
        tiny_facility("outside", at=(46.97, 30.46)),
    )
    with tiny_index(engine_url, [], [shown, closed, outside]) as index:
        async with engine_client(engine_url, index.prefix) as client:
            answer = await client.get("/v1/map", params={"bbox": BOX, "zoom": 8})
    drawn = FeatureCollection.model_validate_json(answer.content)
    assert answer.headers["content-type"] == "application/geo+json"
    assert not drawn.clustered
    assert [feature.id for feature in drawn.features] == [shown.id]
    assert drawn.features[0].geometry.coordinates == (ZHYTOMYR[1], ZHYTOMYR[0])


async def test_many_facilities_are_clusters_that_count_them_all_and_become_finer_with_the_zoom(engine_url: str) -> None:
    many = [
        tiny_facility(f"f{n}", at=(50.05 + 0.4 * (n % 20) / 20, 28.45 + 0.4 * (n // 20) / 15), doctors=2)
        for n in range(300)
    ]
    with tiny_index(engine_url, [], many) as index:
        async with engine_client(engine_url, index.prefix) as client:
            coarse = (await client.get("/v1/map", params={"bbox": BOX, "zoom": 7})).json()
            fine = (await client.get("/v1/map", params={"bbox": BOX, "zoom": 10})).json()
            street = (await client.get("/v1/map", params={"bbox": "28.45,50.05,28.5,50.1", "zoom": 14})).json()
    for answer in (coarse, fine):
        assert answer["clustered"]
        assert answer["total"] == {"value": 300, "relation": "exact"}
        assert sum(feature["properties"]["facilities"] for feature in answer["features"]) == 300
        assert sum(feature["properties"]["doctors"] for feature in answer["features"]) == 600
    assert len(fine["features"]) > len(coarse["features"])
    assert not street["clustered"]
    assert 0 < len(street["features"]) == street["total"]["value"] < 30


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"family", "child"}),
        ({"age": "40"}, {"family"}),
        ({"age": "5"}, {"family", "child"}),
        ({"speciality": "PEDIATRICIAN"}, {"child"}),
        ({"speciality": "PEDIATRICIAN", "age": "40"}, set()),
        ({"contract_only": "true"}, {"family"}),
        ({"type": "FAP"}, set()),
        ({"open_only": "true"}, {"family", "child"}),
    ],
)
async def test_filters_of_the_map(engine_url: str, asked: dict[str, str], found: set[str]) -> None:
    family = tiny_facility("family")
    child = tiny_facility("child", specialities=("PEDIATRICIAN",), contract=False)
    ids = {family.id: "family", child.id: "child"}
    with tiny_index(engine_url, [], [family, child]) as index:
        async with engine_client(engine_url, index.prefix) as client:
            answer = (await client.get("/v1/map", params={"bbox": BOX, "zoom": 12, **asked})).json()
    assert {ids[feature["id"]] for feature in answer["features"]} == found


async def test_by_counts_that_are_too_old_nobody_is_said_to_have_free_places(engine_url: str) -> None:
    near = {"lat": ZHYTOMYR[0], "lon": ZHYTOMYR[1]}
    with tiny_index(engine_url, [tiny_doctor("a", division="f")], [tiny_facility("f")]) as index:
        config = stub_config(opensearch_url=engine_url, index_prefix=index.prefix, search_timeout_s=10.0)
        engine = _Dated(OpenSearchEngine(config), NOW)
        late = NOW + timedelta(days=8)
        async with client_of(api_over(engine, config=config, now=lambda: late)) as client:
            found = (await client.post("/v1/search", json={"near": near})).json()
            free = (await client.post("/v1/search", json={"near": near, "open_only": True})).json()
            facilities = (await client.post("/v1/facilities", json={"near": near, "open_only": True})).json()
            listed = (await client.post("/v1/facilities", json={"near": near})).json()
            whole = (await client.get("/v1/map", params={"bbox": BOX, "zoom": 12})).json()
            drawn = (await client.get("/v1/map", params={"bbox": BOX, "zoom": 12, "open_only": "true"})).json()
    assert found["hits"][0]["capacity"]["state"] == "unknown"
    assert [(value["code"], value["count"]) for value in found["facets"]["capacity"]] == [("unknown", 1)]
    assert (free["hits"], facilities["hits"], drawn["features"]) == ([], [], [])
    assert "є місця" not in found["hits"][0]["headline"]
    assert all("free" not in row["by_capacity"] for hit in listed["hits"] for row in hit["doctors"]["by_speciality"])
    assert [feature["properties"]["open_specialities"] for feature in whole["features"]] == [[]]


class _Dated(StubEngine):
    """The real engine, but its indexes say of themselves that their data are of `date`."""

    def __init__(self, engine: OpenSearchEngine, date: datetime) -> None:
        super().__init__()
        self.search = engine.search  # type: ignore[method-assign]
        self.serving_index = engine.serving_index  # type: ignore[method-assign]
        self.close = engine.close  # type: ignore[method-assign]
        self.meta = {"data_date": date.isoformat()}
