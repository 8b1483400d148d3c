"""Searches over the real engine: small corpora, one promise a test."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec
import pytest

from directory.documents import DoctorDocument, FacilityDocument, OtherPlacePart
from search_api.responses import FacilitiesResponse, SearchResponse
from tests.support.api import BERDYCHIV_CODE, IVANIVKA_NEAR, engine_client
from tests.support.indexing import ZHYTOMYR, ZHYTOMYR_CODE, tiny_doctor, tiny_facility, tiny_index

pytestmark = pytest.mark.engine

HERE = {"lat": ZHYTOMYR[0], "lon": ZHYTOMYR[1]}


def north_of_here(km: float) -> tuple[float, float]:
    return (ZHYTOMYR[0] + km / 111.195, ZHYTOMYR[1])


@asynccontextmanager
async def serving(
    engine_url: str,
    doctors: Sequence[DoctorDocument] = (),
    facilities: Sequence[FacilityDocument] = (),
    **settings: Any,
) -> AsyncIterator[httpx.AsyncClient]:
    with tiny_index(engine_url, doctors, facilities) as index:
        async with engine_client(engine_url, index.prefix, **settings) as client:
            yield client


async def search(client: httpx.AsyncClient, **body: Any) -> dict[str, Any]:
    answer = await client.post("/v1/search", json=body)
    assert answer.status_code == 200, answer.text
    SearchResponse.model_validate_json(answer.content)
    found: dict[str, Any] = answer.json()
    return found


def ids(answer: dict[str, Any]) -> list[str]:
    return [hit["employee_id"] for hit in answer["hits"]]


async def test_the_nearer_of_two_equals_comes_first(engine_url: str) -> None:
    near, far = tiny_doctor("near", at=north_of_here(1)), tiny_doctor("far", at=north_of_here(2))
    async with serving(engine_url, [far, near]) as client:
        assert ids(await search(client, near=HERE)) == [near.id, far.id]


async def test_a_hit_has_the_hand_over_pair_and_parts_that_add_up(engine_url: str) -> None:
    doctor = tiny_doctor("a", at=north_of_here(1))
    async with serving(engine_url, [doctor]) as client:
        hit = (await search(client, near=HERE, q="Петренко"))["hits"][0]
    assert doctor.division is not None
    assert (hit["employee_id"], hit["division_id"]) == (doctor.id, doctor.division.id)
    assert sum(part["points"] for part in hit["parts"]) == pytest.approx(hit["score"], abs=1e-6)
    assert [part["signal"] for part in hit["parts"]] == ["name", "distance", "capacity", "contract", "precision"]
    assert hit["headline"] == "1,0 км від вас · є місця · договір з НСЗУ"
    assert hit["distance"]["km"] == pytest.approx(1.0, rel=0.01)
    assert hit["distance"]["precision"] == "address"
    assert set(hit["capacity"]) == {"state", "label", "as_of"}


async def test_numbers_of_places_never_leave(engine_url: str) -> None:
    async with serving(engine_url, [tiny_doctor("a")]) as client:
        text = json.dumps(await search(client, near=HERE))
    assert "1800" not in text
    assert '"limit"' not in text


async def test_posts_of_one_person_are_one_hit_with_the_best_place_first(engine_url: str) -> None:
    here = tiny_doctor("here", party="p", at=north_of_here(0.5))
    there = tiny_doctor("there", party="p", at=north_of_here(2))

    def other(doctor: DoctorDocument) -> OtherPlacePart:
        return OtherPlacePart(
            employee_id=doctor.id, active=True, location=doctor.place.location if doctor.place else None
        )

    here = msgspec.structs.replace(here, other_places=(other(there),))
    there = msgspec.structs.replace(there, other_places=(other(here),))
    async with serving(engine_url, [there, here, tiny_doctor("else", at=north_of_here(3))]) as client:
        answer = await search(client, near=HERE)
    assert ids(answer)[0] == here.id
    assert there.id not in ids(answer)
    assert answer["total"] == {"value": 2, "relation": "exact"}
    assert [place["employee_id"] for place in answer["hits"][0]["other_places"]] == [there.id]
    assert answer["hits"][0]["other_places"][0]["distance"]["km"] == pytest.approx(2, rel=0.01)


async def test_a_child_finds_paediatricians_and_family_doctors_only(engine_url: str) -> None:
    doctors = {code: tiny_doctor(code, speciality=code) for code in ("FAMILY_DOCTOR", "THERAPIST", "PEDIATRICIAN")}
    async with serving(engine_url, list(doctors.values())) as client:
        by_age = ids(await search(client, near=HERE, age=5))
        by_birth_date = ids(await search(client, near=HERE, birth_date="2021-01-15"))
        grown = ids(await search(client, near=HERE, age=18))
    assert set(by_age) == set(by_birth_date) == {doctors["FAMILY_DOCTOR"].id, doctors["PEDIATRICIAN"].id}
    assert set(grown) == {doctors["FAMILY_DOCTOR"].id, doctors["THERAPIST"].id}


async def test_specialists_are_found_when_asked_for(engine_url: str) -> None:
    family, heart = tiny_doctor("f"), tiny_doctor("h", speciality="CARDIOLOGIST")
    async with serving(engine_url, [family, heart]) as client:
        assert ids(await search(client, near=HERE)) == [family.id]
        assert ids(await search(client, near=HERE, speciality=["cardiologist"])) == [heart.id]
        assert ids(await search(client, near=HERE, kind="specialist")) == [heart.id]
        assert set(ids(await search(client, near=HERE, kind="all"))) == {family.id, heart.id}


async def test_full_doctors_are_shown_last_and_left_out_only_on_request(engine_url: str) -> None:
    full, free = tiny_doctor("full", capacity="full"), tiny_doctor("free", capacity="free")
    async with serving(engine_url, [full, free]) as client:
        assert ids(await search(client, near=HERE)) == [free.id, full.id]
        assert ids(await search(client, near=HERE, open_only=True)) == [free.id]


@pytest.mark.parametrize(
    ("odd", "asked"),
    [
        ({"gender": "MALE"}, {"gender": "FEMALE"}),
        ({"contract": False}, {"contract_only": True}),
        ({"open_minutes": ((0, 60),)}, {"open_at": "mon 10:00"}),
        ({"speciality": "THERAPIST"}, {"speciality": ["FAMILY_DOCTOR", "PEDIATRICIAN"]}),
        ({"active": False}, {}),
        ({"declarable": False}, {}),
    ],
)
async def test_each_filter_leaves_the_other_out(engine_url: str, odd: dict[str, Any], asked: dict[str, Any]) -> None:
    fitting, other = tiny_doctor("fitting"), tiny_doctor("other", **odd)
    async with serving(engine_url, [fitting, other]) as client:
        assert ids(await search(client, near=HERE, **asked)) == [fitting.id]


async def test_facility_and_legal_entity_bound_a_search_without_a_place(engine_url: str) -> None:
    mine, other = tiny_doctor("mine", legal_entity="Наш центр"), tiny_doctor("other")
    assert mine.division is not None
    assert mine.legal_entity is not None
    async with serving(engine_url, [mine, other]) as client:
        by_division = await search(client, facility=mine.division.id)
        by_company = await search(client, legal_entity=mine.legal_entity.id)
    assert ids(by_division) == ids(by_company) == [mine.id]
    assert by_division["area"]["kind"] == "facility"


async def test_an_asked_radius_is_kept_even_when_it_holds_nobody(engine_url: str) -> None:
    async with serving(engine_url, [tiny_doctor("far", at=north_of_here(4))]) as client:
        answer = await search(client, near=HERE, radius_km=3)
    assert (answer["hits"], answer["relaxed"]) == ([], [])
    assert answer["total"] == {"value": 0, "relation": "exact"}
    assert (answer["area"]["radius_km"], answer["area"]["planned"]) == (3.0, False)


async def test_a_planned_radius_that_holds_nobody_is_widened_once_and_said(engine_url: str) -> None:
    # Many doctors near keep the planned radius small; the only woman works farther away.
    crowd = [tiny_doctor(f"m{n}", gender="MALE", at=north_of_here(0.1 * n)) for n in range(20)]
    crowd += [tiny_doctor(f"n{n}", gender="MALE", at=north_of_here(-0.05 * n)) for n in range(60)]
    wanted = tiny_doctor("w", gender="FEMALE", at=north_of_here(20))
    async with serving(engine_url, [*crowd, wanted]) as client:
        answer = await search(client, near=HERE, gender="FEMALE")
    assert ids(answer) == [wanted.id]
    [loosened] = answer["relaxed"]
    assert loosened["what"] == "radius"
    assert loosened["from"] < 20 < loosened["to"] == answer["area"]["radius_km"]
    assert answer["area"]["planned"]


async def test_a_planned_radius_is_said(engine_url: str) -> None:
    async with serving(engine_url, [tiny_doctor("a", at=north_of_here(1))]) as client:
        area = (await search(client, near=HERE))["area"]
    assert area["planned"]
    assert (area["kind"], area["measured_from"]) == ("radius", "patient")
    assert area["radius_km"] > 0


async def test_a_settlement_is_found_by_code_and_by_name(engine_url: str) -> None:
    here = tiny_doctor("here")
    there = tiny_doctor("there", settlement=BERDYCHIV_CODE, at=(49.8978, 28.6025))
    async with serving(engine_url, [here, there]) as client:
        by_code = await search(client, settlement=BERDYCHIV_CODE)
        by_name = await search(client, settlement="Бердичів")
        by_latin = await search(client, settlement="Zhytomyr")
    assert ids(by_code)[0] == ids(by_name)[0] == there.id
    assert by_code["area"]["code"] == BERDYCHIV_CODE
    assert by_code["area"]["measured_from"] == "settlement"
    assert ids(by_latin)[0] == here.id


async def test_a_village_without_doctors_takes_its_surroundings_in(engine_url: str) -> None:
    async with serving(engine_url, [tiny_doctor("town")]) as client:
        answer = await search(client, settlement=IVANIVKA_NEAR)
    assert len(answer["hits"]) == 1
    assert answer["area"]["surroundings"]
    assert answer["area"]["planned"]


async def test_a_name_alone_is_sought_in_the_whole_country_and_said(engine_url: str) -> None:
    wanted = tiny_doctor("a", last="Нечуй-Левицька", at=(46.97, 30.46))
    async with serving(engine_url, [wanted, tiny_doctor("b")]) as client:
        answer = await search(client, q="Левицька")
        sounding = await search(client, q="levytska")
    assert ids(answer) == ids(sounding) == [wanted.id]
    assert answer["area"]["kind"] == "country"
    assert {token["taken_for"] for token in answer["reading"]["tokens"]} & {"surname", "name"}


async def test_text_with_speciality_and_place_is_read(engine_url: str) -> None:
    therapist, family = tiny_doctor("t", speciality="THERAPIST"), tiny_doctor("f")
    async with serving(engine_url, [therapist, family]) as client:
        answer = await search(client, q="терапевт Житомир")
    assert ids(answer) == [therapist.id]
    codes = {token["taken_for"]: token["code"] for token in answer["reading"]["tokens"]}
    assert codes == {"speciality": "THERAPIST", "place": ZHYTOMYR_CODE}


async def test_a_parameter_wins_over_the_text_and_the_conflict_is_said(engine_url: str) -> None:
    therapist, family = tiny_doctor("t", speciality="THERAPIST"), tiny_doctor("f")
    async with serving(engine_url, [therapist, family]) as client:
        answer = await search(client, q="терапевт", speciality=["FAMILY_DOCTOR"], near=HERE)
    assert ids(answer) == [family.id]
    assert [conflict["field"] for conflict in answer["reading"]["conflicts"]] == ["speciality"]


async def test_zero_coordinates_are_a_place_like_any_other(engine_url: str) -> None:
    at_zero = tiny_doctor("zero", at=(0.0, 0.0))
    async with serving(engine_url, [at_zero, tiny_doctor("here")]) as client:
        answer = await search(client, near={"lat": 0.0, "lon": 0.0})
    assert ids(answer) == [at_zero.id]
    assert answer["hits"][0]["distance"]["km"] == 0.0


async def test_facets_count_people_and_carry_names(engine_url: str) -> None:
    doctors = [
        tiny_doctor("a", speciality="THERAPIST", gender="MALE"),
        tiny_doctor("b", capacity="full"),
        tiny_doctor("c", party="same"),
        tiny_doctor("d", party="same"),
    ]
    async with serving(engine_url, doctors) as client:
        answer = await search(client, near=HERE)
        without = await search(client, near=HERE, facets=False)
    facets = {name: {value["code"]: value["count"] for value in values} for name, values in answer["facets"].items()}
    assert facets["speciality"] == {"FAMILY_DOCTOR": 2, "THERAPIST": 1}
    assert facets["gender"] == {"FEMALE": 2, "MALE": 1}
    assert facets["capacity"] == {"free": 2, "full": 1}
    assert facets["settlement"] == {ZHYTOMYR_CODE: 3}
    assert facets["facility_type"] == {"CLINIC": 3}
    assert {value["label"] for value in answer["facets"]["settlement"]} == {"м. Житомир"}
    assert without["facets"] is None


async def test_nearest_first_puts_a_full_doctor_next_door_before_a_free_one_far_away(engine_url: str) -> None:
    full, free = tiny_doctor("full", capacity="full", at=north_of_here(0.2)), tiny_doctor("free", at=north_of_here(2.9))
    async with serving(engine_url, [free, full]) as client:
        assert ids(await search(client, near=HERE, sort="nearest")) == [full.id, free.id]


async def test_doctors_nobody_could_locate_come_last_by_nearness_and_pages_go_on(engine_url: str) -> None:
    doctors = [tiny_doctor(f"lost{n}", at=None) for n in range(3)] + [tiny_doctor("found")]
    async with serving(engine_url, doctors) as client:
        first = await search(client, settlement=ZHYTOMYR_CODE, sort="nearest", page_size=2)
        second = await search(
            client, settlement=ZHYTOMYR_CODE, sort="nearest", page_size=2, cursor=first["next_cursor"]
        )
    assert ids(first)[0] == doctors[-1].id
    assert sorted(ids(first) + ids(second)) == sorted(doctor.id for doctor in doctors)


async def test_the_link_and_the_private_way_answer_the_same(engine_url: str) -> None:
    async with serving(engine_url, [tiny_doctor("a"), tiny_doctor("b", gender="MALE")]) as client:
        posted = await search(client, near=HERE, gender="MALE", speciality=["FAMILY_DOCTOR", "THERAPIST"], page_size=5)
        query = (
            f"near={HERE['lat']},{HERE['lon']}&gender=MALE&speciality=FAMILY_DOCTOR&speciality=THERAPIST&page_size=5"
        )
        got = (await client.get(f"/v1/search?{query}")).json()
    for answer in (posted, got):
        answer.pop("took_ms")
        answer.pop("request_id")
    assert posted == got


async def test_facilities_are_found_by_words_place_and_free_places(engine_url: str) -> None:
    second = tiny_facility("second", name="Поліклініка №2", legal_entity="Міська лікарня")
    first = tiny_facility("first", name="Амбулаторія №1", at=north_of_here(1))
    closed = tiny_facility("closed", active=False)
    doctor = tiny_doctor("d", facility="Поліклініка №2", legal_entity="Міська лікарня")
    async with serving(engine_url, [doctor], [second, first, closed]) as client:
        near = await client.post("/v1/facilities", json={"near": HERE})
        named = await client.get("/v1/facilities", params={"q": "поліклініка 2", "settlement": "Житомир"})
        none = await client.post("/v1/facilities", json={"near": HERE, "type": ["FAP"], "radius_km": 5})
    FacilitiesResponse.model_validate_json(near.content)
    assert [hit["division_id"] for hit in near.json()["hits"]] == [second.id, first.id]
    assert [hit["division_id"] for hit in named.json()["hits"]] == [second.id]
    assert none.json()["hits"] == []
