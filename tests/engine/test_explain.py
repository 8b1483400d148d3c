"""Explanations over the real engine: every exclusion and every change provoked, every promise checked by a search."""

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import msgspec
import pytest

from directory.documents import DoctorDocument, OtherPlacePart
from ranking.whynot import change_kinds
from search_api.engine import OpenSearchEngine
from search_api.explanations import DoctorExplained, SearchExplained
from tests.support.api import BERDYCHIV_CODE, NOW, api_over, client_of, engine_client, stub_config
from tests.support.indexing import ZHYTOMYR, ZHYTOMYR_CODE, stable_id, tiny_doctor, tiny_index

pytestmark = pytest.mark.engine

HERE = {"lat": ZHYTOMYR[0], "lon": ZHYTOMYR[1]}
BERDYCHIV = (49.8978, 28.6025)


def north_of_here(km: float) -> tuple[float, float]:
    return (ZHYTOMYR[0] + km / 111.195, ZHYTOMYR[1])


@asynccontextmanager
async def serving(
    engine_url: str, doctors: Sequence[DoctorDocument], **settings: Any
) -> AsyncIterator[httpx.AsyncClient]:
    with tiny_index(engine_url, doctors) as index:
        async with engine_client(engine_url, index.prefix, **settings) as client:
            yield client


async def explained(client: httpx.AsyncClient, doctor: DoctorDocument, **body: Any) -> dict[str, Any]:
    answer = await client.post("/v1/explain", json={**body, "employee_id": doctor.id})
    assert answer.status_code == 200, answer.text
    DoctorExplained.model_validate_json(answer.content)
    found: dict[str, Any] = answer.json()
    return found


async def ids(client: httpx.AsyncClient, **body: Any) -> list[str]:
    answer = await client.post("/v1/search", json=body)
    assert answer.status_code == 200, answer.text
    return [hit["employee_id"] for hit in answer.json()["hits"]]


async def kept_promises(client: httpx.AsyncClient, doctor: DoctorDocument, **body: Any) -> list[dict[str, Any]]:
    """The changes told for a doctor, after each that is verified by a query has been searched for and holds."""
    answer = await explained(client, doctor, **body)
    for change in answer["changes"]:
        if change["verified_by"] == "query":
            changed = {name: value for name, value in (body | change["query"]).items() if value is not None}
            assert (await ids(client, **changed))[change["position"] - 1] == doctor.id
    changes: list[dict[str, Any]] = answer["changes"]
    return changes


def crowd(number: int, **fields: Any) -> list[DoctorDocument]:
    """Doctors within 300 m of HERE who come first unless something speaks against them."""
    return [tiny_doctor(f"crowd{n}", at=north_of_here(0.1 * (n % 3)), tie=n, **fields) for n in range(number)]


class OldIndex(OpenSearchEngine):
    """The real engine, over an index whose data are of 2 March."""

    async def index_meta(self, index: str) -> dict[str, Any]:
        return {"data_date": "2026-03-02T00:00:00+00:00"}


def kinds(changes: list[dict[str, Any]]) -> list[list[str]]:
    return [change["kinds"] for change in changes]


async def test_a_doctor_in_the_answer_has_their_place_and_the_score_of_the_search(engine_url: str) -> None:
    near, far = tiny_doctor("near", at=north_of_here(1)), tiny_doctor("far", at=north_of_here(2))
    async with serving(engine_url, [far, near]) as client:
        answer = await explained(client, far, near=HERE)
        hit = (await client.post("/v1/search", json={"near": HERE})).json()["hits"][1]
    assert (answer["found"], answer["position"]) == (True, {"value": 2, "relation": "exact"})
    assert [answer[key] for key in ("score", "parts", "headline")] == [
        hit[key] for key in ("score", "parts", "headline")
    ]
    assert (answer["excluded_by"], answer["changes"], answer["all_tried"]) == ([], [], True)
    assert answer["doctor"]["employee_id"] == far.id


@pytest.mark.parametrize(
    ("odd", "asked", "facts"),
    [
        ({"active": False, "inactive_reasons": ("place_not_active", "facility_not_active")}, {},
         [("inactive", "place_not_active"), ("inactive", "facility_not_active")]),
        ({"declarable": False, "inactive_reasons": ("place_type",)}, {}, [("inactive", "place_type")]),
        ({"speciality": "CARDIOLOGIST"}, {}, [("kind", "kind_primary_care")]),
        ({}, {"kind": "specialist"}, [("kind", "kind_specialist")]),
        ({"speciality": "PEDIATRICIAN"}, {"age": 40}, [("age", "age")]),
        ({"speciality": "THERAPIST"}, {"speciality": ["PEDIATRICIAN"]}, [("speciality", "speciality")]),
        ({"capacity": "full"}, {"open_only": True}, [("open_only", "open_only")]),
        ({"contract": False}, {"contract_only": True}, [("contract_only", "contract_only")]),
        ({"gender": "MALE"}, {"gender": "FEMALE"}, [("gender", "gender")]),
        ({"open_minutes": ((0, 60),)}, {"open_at": "mon 10:00"}, [("open_at", "open_at")]),
        ({}, {"facility": "another"}, [("division", "division")]),
        ({}, {"legal_entity": "another"}, [("legal_entity", "legal_entity")]),
        ({"at": north_of_here(7)}, {"radius_km": 5.0}, [("area", "area_radius")]),
        ({"at": None}, {"radius_km": 5.0}, [("area", "area_unlocated")]),
        ({"settlement": BERDYCHIV_CODE, "at": BERDYCHIV}, {"settlement": ZHYTOMYR_CODE, "radius_km": 100.0},
         [("area", "area_place")]),
        ({}, {"q": "поліклініка"}, [("facility", "facility")]),
        ({"last": "Бондар"}, {"q": "Петренко"}, [("name", "name")]),
        ({"gender": "MALE", "capacity": "full"}, {"gender": "FEMALE", "open_only": True},
         [("open_only", "open_only"), ("gender", "gender")]),
    ],
)  # fmt: skip
async def test_every_filter_and_rule_that_excludes_is_named(
    engine_url: str, odd: dict[str, Any], asked: dict[str, Any], facts: list[tuple[str, str]]
) -> None:
    doctor = tiny_doctor("odd", **odd)
    async with serving(engine_url, [doctor, *crowd(3)]) as client:
        answer = await explained(client, doctor, near=HERE, **asked)
        assert doctor.id not in await ids(client, near=HERE, **asked)
    assert (answer["found"], answer["position"], answer["score"]) == (False, None, None)
    assert [(each["fact"], each["code"]) for each in answer["excluded_by"]] == facts
    assert all(each["text"]["uk"] and each["text"]["en"] for each in answer["excluded_by"])


async def test_a_place_out_of_reach_is_said_in_kilometres(engine_url: str) -> None:
    doctor = tiny_doctor("far", at=north_of_here(7.3))
    async with serving(engine_url, [doctor]) as client:
        answer = await explained(client, doctor, near=HERE, radius_km=5.0)
    assert answer["excluded_by"][0]["text"] == {
        "uk": "До місця роботи 7,3 км, а шукали в радіусі 5 км: на 2,3 км далі",
        "en": "The place of work is 7.3 km away and 5 km were searched: 2.3 km beyond",
    }


async def test_a_name_alone_outside_the_country_is_said(engine_url: str) -> None:
    doctor = tiny_doctor("abroad", last="Бондар", at=(0.0, 0.0))
    async with serving(engine_url, [doctor]) as client:
        answer = await explained(client, doctor, q="Бондар")
    assert [each["code"] for each in answer["excluded_by"]] == ["area_country"]


async def test_counts_that_are_too_old_exclude_as_in_the_search(engine_url: str) -> None:
    doctor = tiny_doctor("free")
    with tiny_index(engine_url, [doctor]) as index:
        config = stub_config(opensearch_url=engine_url, index_prefix=index.prefix, search_timeout_s=10.0)
        week_later = NOW + timedelta(days=8)
        async with client_of(api_over(OldIndex(config), config=config, now=lambda: week_later)) as client:
            answer = await explained(client, doctor, near=HERE, open_only=True)
            assert await ids(client, near=HERE, open_only=True) == []
    assert [each["fact"] for each in answer["excluded_by"]] == ["open_only"]
    assert kinds(answer["changes"]) == [["open_only"]]


async def test_another_post_of_the_same_person_stands_for_this_one(engine_url: str) -> None:
    here = tiny_doctor("here", party="p", at=north_of_here(0.5))
    there = tiny_doctor("there", party="p", at=north_of_here(2))
    here = msgspec.structs.replace(here, other_places=(OtherPlacePart(employee_id=there.id, active=True),))
    there = msgspec.structs.replace(there, other_places=(OtherPlacePart(employee_id=here.id, active=True),))
    async with serving(engine_url, [here, there]) as client:
        answer = await explained(client, there, near=HERE)
    assert not answer["found"]
    assert [(each["fact"], each["employee_id"]) for each in answer["excluded_by"]] == [("other_place", here.id)]


async def test_a_post_far_down_is_also_hidden_by_a_better_one(engine_url: str) -> None:
    here = tiny_doctor("here", party="p", at=north_of_here(0.5), capacity="full")
    there = tiny_doctor("there", party="p", at=north_of_here(2), capacity="full")
    async with serving(engine_url, [here, there, *crowd(30)]) as client:
        answer = await explained(client, there, near=HERE)
    assert [(each["fact"], each["employee_id"]) for each in answer["excluded_by"]] == [("other_place", here.id)]


async def test_a_widened_search_says_so(engine_url: str) -> None:
    men = [tiny_doctor(f"m{n}", gender="MALE", at=north_of_here(0.05 * (n - 40))) for n in range(80)]
    wanted = tiny_doctor("w", gender="FEMALE", at=north_of_here(20))
    async with serving(engine_url, [*men, wanted]) as client:
        answer = await explained(client, wanted, near=HERE, gender="FEMALE")
    assert answer["position"] == {"value": 1, "relation": "exact"}
    assert answer["relaxed"][0]["from"] < 20 < answer["relaxed"][0]["to"]


async def test_an_unknown_doctor_is_not_found(engine_url: str) -> None:
    async with serving(engine_url, [tiny_doctor("a")]) as client:
        answer = await client.post("/v1/explain", json={"near": HERE, "employee_id": stable_id("employee", "nobody")})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_without_the_gender_wish(engine_url: str) -> None:
    doctor = tiny_doctor("man", gender="MALE")
    async with serving(engine_url, [doctor, *crowd(2)]) as client:
        changes = await kept_promises(client, doctor, near=HERE, gender="FEMALE")
    assert kinds(changes) == [["gender"]]
    assert changes[0]["query"] == {"gender": None}
    assert changes[0]["text"] == {
        "uk": "Потрапить у перші три, якщо не вказувати стать лікаря",
        "en": "Would be among the first three if you leave the doctor's gender open",
    }


@pytest.mark.parametrize(
    ("odd", "asked", "kind"),
    [
        ({"capacity": "full"}, {"open_only": True}, "open_only"),
        ({"contract": False}, {"contract_only": True}, "contract_only"),
        ({"open_minutes": ((0, 60),)}, {"open_at": "mon 10:00"}, "open_at"),
        ({"speciality": "THERAPIST"}, {"speciality": ["FAMILY_DOCTOR"]}, "speciality_open"),
        ({"speciality": "CARDIOLOGIST"}, {"speciality": ["FAMILY_DOCTOR"]}, "speciality"),
        ({}, {"facility": "another"}, "facility"),
        ({"at": north_of_here(7)}, {"radius_km": 5.0}, "wider"),
        ({"settlement": BERDYCHIV_CODE, "at": north_of_here(0.2)},
         {"settlement": ZHYTOMYR_CODE, "radius_km": 9.0}, "place_open"),
        ({"second": "Іванівна"}, {"q": "Петренко Олена Петрівна"}, "name"),
    ],
)  # fmt: skip
async def test_each_wish_let_go_brings_the_doctor_up_and_the_changed_search_shows_it(
    engine_url: str, odd: dict[str, Any], asked: dict[str, Any], kind: str
) -> None:
    doctor = tiny_doctor("odd", **odd)
    others = [tiny_doctor("other", second="Петрівна", at=north_of_here(0.3))]
    async with serving(engine_url, [doctor, *others]) as client:
        changes = await kept_promises(client, doctor, near=HERE, **asked)
    assert [kind] in kinds(changes)
    assert all(change["verified_by"] == "query" for change in changes if change["kinds"] == [kind])


@pytest.mark.parametrize(
    ("odd", "others", "text", "kind", "left"),
    [
        ({"gender": "MALE"}, 3, "сімейний лікар жінка", "gender", "сімейний лікар"),
        ({"capacity": "full"}, 2, "сімейний лікар є місця", "open_only", "сімейний лікар"),
        ({"speciality": "THERAPIST"}, 3, "сімейний лікар", "speciality_open", None),
    ],
)
async def test_a_wish_said_in_words_goes_with_its_words(
    engine_url: str, odd: dict[str, Any], others: int, text: str, kind: str, left: str | None
) -> None:
    doctor = tiny_doctor("odd", at=north_of_here(-0.05), **odd)
    async with serving(
        engine_url, [doctor, *(tiny_doctor(f"f{n}", at=north_of_here(0.06)) for n in range(others))]
    ) as client:
        changes = await kept_promises(client, doctor, q=text, near=HERE, radius_km=3.0)
    assert [change["query"] for change in changes if change["kinds"] == [kind]] == [{"q": left}]


async def test_a_child_of_unsaid_age_is_not_given_one(engine_url: str) -> None:
    doctor = tiny_doctor("adults", speciality="THERAPIST")
    async with serving(engine_url, [doctor, *crowd(2)]) as client:
        answer = await explained(client, doctor, q="лікар для дитини", near=HERE)
    assert [each["code"] for each in answer["cannot_change"]] == ["age_child"]
    assert "шукали для дитини" in answer["cannot_change"][0]["text"]["uk"]


async def test_another_place_than_the_one_asked_for(engine_url: str) -> None:
    doctor = tiny_doctor("there", settlement=BERDYCHIV_CODE, at=BERDYCHIV)
    async with serving(engine_url, [doctor, *crowd(25)]) as client:
        changes = await kept_promises(client, doctor, settlement=ZHYTOMYR_CODE)
    assert kinds(changes) == [["place"]]
    assert changes[0]["query"] == {"settlement": BERDYCHIV_CODE}
    assert "Бердичів" in changes[0]["text"]["uk"]


async def test_the_best_match_in_place_of_the_nearest(engine_url: str) -> None:
    doctor = tiny_doctor("free", at=north_of_here(0.9))
    async with serving(engine_url, [doctor, *crowd(5, capacity="full")]) as client:
        changes = await kept_promises(client, doctor, near=HERE, sort="nearest")
    assert kinds(changes)[0] == ["sort"]


async def test_nearer_by_the_least_distance_that_works(engine_url: str) -> None:
    doctor = tiny_doctor("north", at=north_of_here(4.05))
    others = [tiny_doctor(f"south{n}", at=north_of_here(-1 - 0.1 * n)) for n in range(4)]
    async with serving(engine_url, [doctor, *others]) as client:
        changes = await kept_promises(client, doctor, near=HERE, radius_km=20.0)
        km = 1.5
        nearer = next(change for change in changes if change["kinds"] == ["nearer"])
        assert nearer["text"]["uk"] == "Потрапить у перші три, якщо бути на 1,5 км ближче до лікаря"
        lat = nearer["query"]["near"]["lat"]
        one_step_less = {"lat": lat - 0.1 / 111.195, "lon": HERE["lon"]}
        assert doctor.id not in (await ids(client, near=one_step_less, radius_km=20.0))[:3]
    assert (lat - HERE["lat"]) * 111.195 == pytest.approx(km, abs=0.01)


async def test_doctors_on_the_way_are_learnt_of_before_a_distance_is_told(engine_url: str) -> None:
    doctor = tiny_doctor("north", at=north_of_here(8))
    start = [tiny_doctor(f"here{n}", at=north_of_here(-0.1 * n)) for n in range(25)]
    on_the_way = [tiny_doctor(f"way{n}", at=north_of_here(4 + 0.05 * n)) for n in range(4)]
    async with serving(engine_url, [doctor, *start, *on_the_way]) as client:
        changes = await kept_promises(client, doctor, near=HERE, radius_km=20.0)
    assert ["nearer"] in kinds(changes)


async def test_their_facility_alone_leaves_equals_elsewhere_out(engine_url: str) -> None:
    doctor = tiny_doctor("last", facility="Амбулаторія №7", tie=9)
    async with serving(engine_url, [doctor, *(tiny_doctor(f"equal{n}", tie=n) for n in range(8))]) as client:
        answer = await explained(client, doctor, settlement=ZHYTOMYR_CODE)
        changes = await kept_promises(client, doctor, settlement=ZHYTOMYR_CODE)
    assert (answer["position"]["value"], answer["equals"]) == (9, 8)
    assert kinds(changes) == [["their_facility"]]
    assert changes[0]["text"]["uk"] == "Потрапить у перші три, якщо шукати лише в закладі «Амбулаторія №7»"


async def test_the_name_is_the_last_resort_among_equals_under_one_roof(engine_url: str) -> None:
    doctor = tiny_doctor("last", last="Нечуй-Левицька", division="one", tie=9)
    equals = [tiny_doctor(f"equal{n}", division="one", tie=n) for n in range(8)]
    async with serving(engine_url, [doctor, *equals]) as client:
        changes = await kept_promises(client, doctor, settlement=ZHYTOMYR_CODE)
    assert kinds(changes) == [["by_name"]]
    assert changes[0]["query"] == {"q": "Нечуй-Левицька Олена Іванівна", "settlement": None}


async def test_the_last_resort_lets_all_wishes_go_but_not_what_the_patient_is(engine_url: str) -> None:
    doctor = tiny_doctor("man", last="Нечуй-Левицька", gender="MALE", capacity="full", contract=False)
    wishes = {"gender": "FEMALE", "open_only": True, "contract_only": True, "age": 40}
    async with serving(engine_url, [doctor, *crowd(5)]) as client:
        changes = await kept_promises(client, doctor, near=HERE, **wishes)
    assert kinds(changes) == [["by_name"]]
    assert changes[0]["query"] == {
        "q": "Нечуй-Левицька Олена Іванівна", "gender": None, "open_only": None, "contract_only": None
    }  # fmt: skip


async def test_a_specialist_is_found_by_name_among_all_kinds(engine_url: str) -> None:
    doctor = tiny_doctor("heart", last="Нечуй-Левицька", speciality="CARDIOLOGIST", gender="MALE", contract=False)
    async with serving(engine_url, [doctor, *crowd(5)]) as client:
        changes = await kept_promises(client, doctor, near=HERE, gender="FEMALE", contract_only=True)
    assert kinds(changes) == [["by_name"]]
    assert changes[0]["query"]["kind"] == "all"


async def test_with_places_and_with_a_contract_are_verified_by_score(engine_url: str) -> None:
    full = tiny_doctor("full", capacity="full", at=north_of_here(0.05))
    unpaid = tiny_doctor("unpaid", contract=False, at=north_of_here(0.05))
    others = [tiny_doctor(f"other{n}", at=north_of_here(0.3)) for n in range(4)]
    async with serving(engine_url, [full, unpaid, *others]) as client:
        for doctor, kind in ((full, "with_places"), (unpaid, "with_contract")):
            changes = await kept_promises(client, doctor, near=HERE, radius_km=0.32)
            found = [change for change in changes if change["kinds"] == [kind]]
            assert [(change["verified_by"], change["query"], change["position"]) for change in found] == [
                ("score", None, 1)
            ]
    improved = msgspec.structs.replace(full, capacity=msgspec.structs.replace(full.capacity, state="free"))
    async with serving(engine_url, [improved, unpaid, *others]) as client:
        assert (await ids(client, near=HERE, radius_km=0.32))[0] == full.id


async def test_two_changes_are_told_only_where_no_single_one_works(engine_url: str) -> None:
    doctor = tiny_doctor("man", gender="MALE", capacity="full")
    async with serving(engine_url, [doctor, tiny_doctor("woman")]) as client:
        pair = await kept_promises(client, doctor, near=HERE, gender="FEMALE", open_only=True)
        single = await kept_promises(client, doctor, near=HERE, gender="FEMALE")
    assert kinds(pair)[0] == ["open_only", "gender"]
    assert pair[0]["query"] == {"gender": None, "open_only": None}
    assert pair[0]["text"]["uk"] == (
        "Потрапить у перші три, якщо шукати й лікарів без вільних місць і не вказувати стать лікаря"
    )
    assert all(len(change["kinds"]) == 1 for change in single)


async def test_a_wish_for_places_and_a_wish_for_a_contract_fall_together_with_the_doctors_data(
    engine_url: str,
) -> None:
    doctor = tiny_doctor("man", gender="MALE", capacity="full")
    async with serving(engine_url, [doctor, *crowd(4)]) as client:
        changes = await kept_promises(client, doctor, near=HERE, gender="FEMALE", open_only=True, radius_km=1.0)
    assert ["gender", "with_places"] in kinds(changes) or ["open_only", "gender"] in kinds(changes)


async def test_the_age_of_the_patient_is_a_fact_and_no_change_is_offered(engine_url: str) -> None:
    doctor = tiny_doctor("child", speciality="PEDIATRICIAN", gender="MALE")
    async with serving(engine_url, [doctor, *crowd(2)]) as client:
        answer = await explained(client, doctor, near=HERE, age=40, gender="FEMALE")
    assert answer["changes"] == []
    assert [each["fact"] for each in answer["cannot_change"]] == ["age"]
    assert answer["cannot_change"][0]["text"]["uk"].startswith("Приймає пацієнтів віком 0–17, а шукали для віку 40")


async def test_who_is_not_in_force_is_not_offered_changes(engine_url: str) -> None:
    doctor = tiny_doctor("gone", active=False, inactive_reasons=("doctor_not_active",))
    async with serving(engine_url, [doctor, *crowd(2)]) as client:
        answer = await explained(client, doctor, near=HERE, gender="MALE")
    assert answer["changes"] == []
    assert [each["code"] for each in answer["cannot_change"]] == ["doctor_not_active"]


async def test_the_search_itself_is_explained_with_plan_body_and_first_hits(engine_url: str) -> None:
    doctors = [tiny_doctor(f"d{n}", at=north_of_here(0.1 * n)) for n in range(7)]
    async with serving(engine_url, doctors) as client:
        answer = await client.post("/v1/explain", json={"q": "сімейний лікар", "near": HERE})
        searched = await ids(client, q="сімейний лікар", near=HERE)
    SearchExplained.model_validate_json(answer.content)
    found = answer.json()
    assert found["plan"]["source"] == "planned"
    assert found["plan"]["area"]["planned"]
    assert found["body"]["query"]["bool"]["filter"]
    assert [hit["employee_id"] for hit in found["hits"]] == searched[:5]


def corpus(rng: random.Random) -> list[DoctorDocument]:
    """Two hundred doctors in and around Zhytomyr, sixty of whom are thirty persons with two posts; many tie."""
    doctors = []
    for n in range(200):
        at = (ZHYTOMYR[0] + rng.uniform(-0.06, 0.06), ZHYTOMYR[1] + rng.uniform(-0.09, 0.09))
        doctor = tiny_doctor(
            f"d{n}",
            party=f"p{n // 2}" if n < 60 else None,
            at=rng.choice([at, ZHYTOMYR]),
            gender=rng.choice(["MALE", "FEMALE"]),
            capacity=rng.choice(["free", "nearly_full", "full", "unknown"]),
            contract=rng.random() < 0.7,
            speciality=rng.choice(["FAMILY_DOCTOR", "THERAPIST", "PEDIATRICIAN"]),
            tie=rng.randrange(5),
        )
        others = [OtherPlacePart(employee_id=stable_id("employee", f"d{n ^ 1}"), active=True)] if n < 60 else []
        doctors.append(msgspec.structs.replace(doctor, other_places=tuple(others)))
    return doctors


async def test_the_place_told_is_the_place_in_the_pages_of_the_search(engine_url: str) -> None:
    rng = random.Random(20260302)
    doctors = corpus(rng)
    searches: list[dict[str, Any]] = [
        {"near": HERE},
        {"near": HERE, "gender": "FEMALE", "sort": "nearest"},
        {"q": "Петренко", "near": HERE, "radius_km": 8.0},
        {"settlement": ZHYTOMYR_CODE, "age": 5},
    ]
    async with serving(engine_url, doctors) as client:
        for body in searches:
            order: list[str] = []
            scores: list[float] = []
            cursor = None
            while cursor is not None or not order:
                page = {**body, "page_size": 50, "facets": False} | ({"cursor": cursor} if cursor else {})
                answer = (await client.post("/v1/search", json=page)).json()
                order += [hit["employee_id"] for hit in answer["hits"]]
                scores += [hit["score"] for hit in answer["hits"]]
                cursor = answer["next_cursor"]
            for doctor in rng.sample(doctors, 12):
                answer = await explained(client, doctor, **body)
                place = order.index(doctor.id) + 1 if doctor.id in order else None
                assert answer["position"] == (place and {"value": place, "relation": "exact"})
                assert answer["found"] == bool(place)
                assert bool(answer["excluded_by"]) != answer["found"]
                if place and place > 3 and body.get("sort") is None:
                    assert answer["equals"] == scores.count(scores[place - 1]) - 1


async def test_every_change_told_holds_and_no_single_wish_let_go_would_have_been_smaller(engine_url: str) -> None:
    rng = random.Random(20260303)
    doctors = corpus(rng)
    wishes = {"gender": "FEMALE", "open_only": True, "contract_only": True, "speciality": ["THERAPIST"]}
    told = 0
    async with serving(engine_url, doctors) as client:
        for doctor in rng.sample(doctors, 25):
            body: dict[str, Any] = {"near": {"lat": doctor_at(doctor)[0] + 0.004, "lon": doctor_at(doctor)[1]}}
            body |= {name: wishes[name] for name in rng.sample(sorted(wishes), rng.randint(1, 3))}
            changes = await kept_promises(client, doctor, **body)
            told += len(changes)
            if doctor.id in (await ids(client, **body))[:3]:
                assert changes == []
                continue
            for name in set(body) & set(wishes):
                without = {key: value for key, value in body.items() if key != name}
                if doctor.id in (await ids(client, **without))[:3]:
                    kind = change_kinds()["speciality_open" if name == "speciality" else name]
                    assert len(changes[0]["kinds"]) == 1
                    assert change_kinds()[changes[0]["kinds"][0]].effort <= kind.effort
    assert told > 20


def doctor_at(doctor: DoctorDocument) -> tuple[float, float]:
    assert doctor.place is not None
    assert doctor.place.location is not None
    return doctor.place.location.lat, doctor.place.location.lon
