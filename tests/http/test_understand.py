"""`POST /v1/understand`: what a text says, field by field, over an index that the stub engine tells of."""

import io
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from ranking import build_bearers_body, build_terms_body
from search_api.responses import Problem, UnderstandResponse
from tests.support.api import (
    BERDYCHIV_CODE,
    IVANIVKA_FAR,
    IVANIVKA_NEAR,
    StubEngine,
    answer_of_nothing,
    api_over,
    client_of,
)
from tests.support.indexing import ZHYTOMYR_CODE

# The fields of the contract; `Understood` may have no others.
SAID = {
    "specialities", "settlement", "oblast", "district", "street", "surname", "given_name", "patronymic",
    "given_initial", "patronymic_initial", "facility", "near_me", "gender", "accepts_new", "open_at", "age_group",
    "language", "out_of_domain",
}  # fmt: skip
ALWAYS = {"repairs", "alternatives", "not_understood"}

BEARERS = [
    ("коваленко", "олена", "іванівна", "FEMALE"),
    ("нечуй-левицька", "юлія", "петрівна", "FEMALE"),
    ("вовк", "роман", "іванович", "MALE"),
]


def knowing_people(index: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """An index of three doctors and one street."""
    answer = answer_of_nothing()
    composite = body.get("aggs", {}).get("terms", {}).get("composite")
    keys: list[dict[str, Any]] = []
    if composite == build_bearers_body()["aggs"]["terms"]["composite"]:
        keys = [dict(zip(("surname", "given", "patronymic", "gender"), one, strict=True)) for one in BEARERS]
    elif composite == build_terms_body("place.street")["aggs"]["terms"]["composite"]:
        keys = [{"term": "велика бердичівська"}]
    answer["aggregations"] = {"terms": {"buckets": [{"key": key, "doc_count": 5} for key in keys]}}
    return answer


def knowing_engine() -> StubEngine:
    engine = StubEngine()
    engine.on_search = knowing_people
    return engine


async def ask(body: dict[str, Any], language: str = "uk", log: io.StringIO | None = None) -> httpx.Response:
    async with client_of(api_over(knowing_engine(), log=log)) as client:
        return await client.post("/v1/understand", json=body, headers={"Accept-Language": language})


async def answered(text: str, **more: Any) -> dict[str, Any]:
    answer = await ask({"q": text, **more})
    assert answer.status_code == 200, answer.text
    UnderstandResponse.model_validate_json(answer.content)
    found: dict[str, Any] = answer.json()
    return found


async def said(text: str, **more: Any) -> dict[str, Any]:
    """Only what was said: the fields of `understood` without the lists that are always there."""
    understood = (await answered(text, **more))["understood"]
    assert ALWAYS <= set(understood) <= SAID | ALWAYS
    return {field: value for field, value in understood.items() if field in SAID}


def test_the_contract_has_exactly_the_promised_fields() -> None:
    from search_api.responses import Understood

    assert set(Understood.model_fields) == SAID | ALWAYS


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("", {}),
        ("педіатр", {"specialities": ["PEDIATRICIAN"]}),
        ("терапевт або педіатр", {"specialities": ["THERAPIST", "PEDIATRICIAN"]}),
        ("у Житомирі", {"settlement": {"code": ZHYTOMYR_CODE, "name": "Житомир"}}),
        ("Одеська область", {"oblast": "Одеська"}),
        ("до Коваленко Олени", {"surname": "Коваленко", "given_name": "Олена"}),
        ("Вовка Романа Івановича", {"surname": "Вовк", "given_name": "Роман", "patronymic": "Іванович"}),
        ("О.І. Коваленко", {"surname": "Коваленко", "given_initial": "О", "patronymic_initial": "І"}),
        ("нечуй левицька", {"surname": "Нечуй-Левицька"}),
        ("поліклініка №3", {"facility": {"kind": "POLYCLINIC", "number": "3"}}),
        ("вул. Велика Бердичівська", {"street": "Велика Бердичівська"}),
        ("терапевт поруч", {"specialities": ["THERAPIST"], "near_me": True}),
        ("терапевт жінка", {"specialities": ["THERAPIST"], "gender": "FEMALE"}),
        ("терапевт є місця", {"specialities": ["THERAPIST"], "accepts_new": True}),
        ("терапевт сьогодні ввечері", {"specialities": ["THERAPIST"], "open_at": "2026-03-02T18:00"}),
        ("Коваленко для дитини", {"surname": "Коваленко", "age_group": "child"}),
        ("терапевт англійською", {"specialities": ["THERAPIST"], "language": "en"}),
        ("аптека", {"out_of_domain": True}),
    ],
)
async def test_every_field_is_there_when_it_was_said_and_absent_when_not(text: str, fields: dict[str, Any]) -> None:
    assert await said(text) == fields


async def test_the_best_reading_is_the_first_and_tells_every_word() -> None:
    answer = await answered("nthfgtdn Коваленко бубубу")
    first = answer["readings"][0]
    assert (first["penalty"], first["tokens"]) == (answer["reading"]["penalty"], answer["reading"]["tokens"])
    assert [token["taken_for"] for token in first["tokens"]] == ["speciality", "surname", "not_understood"]
    assert answer["understood"]["not_understood"] == ["бубубу"]
    assert answer["understood"]["repairs"] == [{"kind": "layout", "typed": "nthfgtdn", "read": "терапевт"}]
    assert [reading["penalty"] for reading in answer["readings"]] == sorted(
        reading["penalty"] for reading in answer["readings"]
    )


async def test_namesakes_are_offered_and_the_patients_point_chooses() -> None:
    near = {"lat": 50.25, "lon": 28.66}
    answer = await answered("Іванівка", near=near)
    assert answer["understood"]["settlement"]["code"] == IVANIVKA_NEAR
    assert [other["code"] for other in answer["understood"]["alternatives"]] == [IVANIVKA_FAR]


async def test_text_against_a_parameter_is_reported_as_a_conflict() -> None:
    answer = await answered("терапевт Житомир", speciality=["PEDIATRICIAN"], settlement=BERDYCHIV_CODE)
    assert answer["reading"]["conflicts"] == [
        {"field": "speciality", "asked": "PEDIATRICIAN", "understood": "THERAPIST"},
        {"field": "settlement", "asked": BERDYCHIV_CODE, "understood": ZHYTOMYR_CODE},
    ]
    # What the text says stays what it says.
    assert answer["understood"]["specialities"] == ["THERAPIST"]


async def test_agreement_is_no_conflict() -> None:
    answer = await answered("терапевт Житомир", speciality=["THERAPIST"], settlement=ZHYTOMYR_CODE)
    assert answer["reading"]["conflicts"] == []


async def test_labels_follow_the_callers_language() -> None:
    labels = {}
    for language in ("uk", "en"):
        answer = await ask({"q": "терапевт Житомир"}, language)
        assert answer.headers["content-language"] == language
        labels[language] = [token["label"] for token in answer.json()["reading"]["tokens"]]
    assert labels["uk"][0] != labels["en"][0]
    assert "м. Житомир" in labels["uk"][1]
    assert "Житомир city" in labels["en"][1]


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ({}, {"q": "missing"}),
        ({"q": None}, {"q": "wrong_type"}),
        ({"q": "x" * 201}, {"q": "too_long"}),
        ({"q": "терапевт", "colour": "red"}, {"colour": "unknown_key"}),
        ({"q": "терапевт", "near": {"lat": 50.25}}, {"near.lon": "missing"}),
        ({"q": "терапевт", "near": {"lat": 91, "lon": 28.66}}, {"near.lat": "too_large"}),
        ({"q": "терапевт", "near": {"lat": "50", "lon": 28.66}}, {"near.lat": "wrong_type"}),
        ({"q": "терапевт", "settlement": "Немає такого"}, {"settlement": "place_unknown"}),
        ({"q": "x" * 201, "near": {"lon": 28}, "a": 1}, {"q": "too_long", "near.lat": "missing", "a": "unknown_key"}),
    ],
)
async def test_every_fault_is_named_with_its_field_and_its_cure(body: dict[str, Any], faults: dict[str, str]) -> None:
    answer = await ask(body, "en")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    Problem.model_validate_json(answer.content)
    errors = answer.json()["errors"]
    assert {fault["field"]: fault["code"] for fault in errors} == faults
    assert all(fault["cure"] for fault in errors)


async def test_200_characters_are_read_whole_and_no_more_are_taken() -> None:
    answer = await answered("терапевт" + " " * 192)
    assert answer["reading"]["cut"] is False
    assert (await ask({"q": "терапевт" + " " * 193})).status_code == 422


async def test_nothing_is_searched() -> None:
    engine = knowing_engine()
    async with client_of(api_over(engine)) as client:
        await client.get("/readyz")
        loaded = len(engine.searches)
        assert (await client.post("/v1/understand", json={"q": "Коваленко"})).status_code == 200
    assert len(engine.searches) == loaded


async def test_nothing_of_the_text_is_in_logs_or_metrics() -> None:
    log = io.StringIO()
    secret = {"q": "Нечуй-Левицька терапевт Бердичів", "near": {"lat": 50.123456, "lon": 28.654321}}
    async with client_of(api_over(knowing_engine(), log=log)) as client:
        good = await client.post("/v1/understand", json=secret)
        bad = await client.post("/v1/understand", json={**secret, "settlement": "Скритність", "near": {"lat": 95.125}})
        unknown = await client.post("/v1/understand", json={**secret, "settlement": "Скритність"})
        metrics = (await client.get("/metrics")).text
    assert [good.status_code, bad.status_code, unknown.status_code] == [200, 422, 422]
    told = log.getvalue() + metrics + bad.text
    for word in (
        "Левицька",
        "левицька",
        "нечуй",
        "терапевт",
        "THERAPIST",
        "Бердичів",
        "Скритність",
        "50.1234",
        "95.125",
    ):
        assert word not in told
    assert '"route":"/v1/understand"' in log.getvalue()
