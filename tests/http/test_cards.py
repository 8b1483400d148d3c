"""Cards: one doctor, one facility, also when no longer in force."""

import json
from typing import Any

import msgspec
import pytest

from directory.documents import DoctorDocument, FacilityDocument, OtherPlacePart, RolePart
from search_api.responses import DoctorCard, FacilityCard
from tests.support.api import StubEngine, api_over, client_of
from tests.support.indexing import tiny_doctor, tiny_facility


def stored(document: DoctorDocument | FacilityDocument) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(msgspec.json.encode(document))
    return found


def engine_with(*documents: DoctorDocument | FacilityDocument) -> StubEngine:
    engine = StubEngine()
    engine.documents = {document.id: stored(document) for document in documents}
    return engine


async def test_a_doctors_card_has_the_hand_over_pair_and_fits_its_model() -> None:
    doctor = tiny_doctor("a")
    async with client_of(api_over(engine_with(doctor))) as client:
        answer = await client.get(f"/v1/doctors/{doctor.id}", headers={"Accept-Language": "en"})
    card = DoctorCard.model_validate_json(answer.content)
    assert (card.employee_id, card.division_id) == (doctor.id, doctor.division.id if doctor.division else None)
    assert card.active
    assert card.doctor.speciality is not None
    assert card.doctor.speciality.label == "Family doctor"


async def test_a_card_shows_capacity_as_a_state_and_never_as_numbers() -> None:
    doctor = tiny_doctor("a", capacity="nearly_full")
    async with client_of(api_over(engine_with(doctor))) as client:
        answer = (await client.get(f"/v1/doctors/{doctor.id}")).json()
    assert answer["capacity"]["state"] == "nearly_full"
    assert answer["capacity"]["as_of"].startswith("2026-03-02")
    assert set(answer["capacity"]) == {"state", "label", "as_of"}
    assert "1800" not in json.dumps(answer)


async def test_counts_that_have_grown_old_since_indexing_are_unknown() -> None:
    from datetime import UTC, datetime

    doctor = tiny_doctor("a", capacity="free")
    late = datetime(2026, 3, 10, tzinfo=UTC)
    async with client_of(api_over(engine_with(doctor), now=lambda: late)) as client:
        answer = (await client.get(f"/v1/doctors/{doctor.id}")).json()
    assert answer["capacity"]["state"] == "unknown"


async def test_an_inactive_doctor_is_shown_with_the_reasons() -> None:
    doctor = tiny_doctor("a", active=False, inactive_reasons=("doctor_not_active", "a_reason_of_tomorrow"))
    async with client_of(api_over(engine_with(doctor))) as client:
        answer = (await client.get(f"/v1/doctors/{doctor.id}")).json()
    assert (answer["active"], answer["declarable"]) == (False, False)
    assert answer["inactive_reasons"] == [
        {"code": "doctor_not_active", "label": "Лікар більше не працює на цьому місці"},
        {"code": "a_reason_of_tomorrow", "label": "a_reason_of_tomorrow"},
    ]


async def test_an_inactive_facility_is_shown_with_the_reasons() -> None:
    facility = tiny_facility("f", active=False)
    async with client_of(api_over(engine_with(facility))) as client:
        answer = await client.get(f"/v1/facilities/{facility.id}")
    card = FacilityCard.model_validate_json(answer.content)
    assert not card.active
    assert [reason.code for reason in card.inactive_reasons] == ["place_not_active"]


async def test_other_places_and_roles_are_on_the_card_inactive_ones_too() -> None:
    doctor = msgspec.structs.replace(
        tiny_doctor("a"),
        other_places=(OtherPlacePart(employee_id="e2", active=False, division_name="Стара амбулаторія"),),
        roles=(RolePart(speciality="CARDIOLOGIST", condition="OUTPATIENT", week={"tue": [["08:30", "12:00"]]}),),
    )
    async with client_of(api_over(engine_with(doctor))) as client:
        card = DoctorCard.model_validate_json((await client.get(f"/v1/doctors/{doctor.id}")).content)
    assert [(place.employee_id, place.active) for place in card.other_places] == [("e2", False)]
    assert [day.weekday for day in card.roles[0].week if day.ranges] == ["tue"]


async def test_a_card_without_division_place_capacity_and_hours_still_shows() -> None:
    bare = msgspec.structs.replace(
        tiny_doctor("a"), division=None, place=None, legal_entity=None, capacity=None, hours=None, ages=None
    )
    async with client_of(api_over(engine_with(bare))) as client:
        answer = await client.get(f"/v1/doctors/{bare.id}")
    card = DoctorCard.model_validate_json(answer.content)
    assert (card.division_id, card.capacity, card.hours_today, card.week) == (None, None, None, [])


async def test_an_unknown_id_is_not_found() -> None:
    async with client_of(api_over(StubEngine())) as client:
        for path in ("/v1/doctors/nobody", "/v1/facilities/nothing"):
            answer = await client.get(path)
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/v1/doctors/a%2Fb", "/v1/doctors/%D1%84", "/v1/doctors/" + "a" * 65])
async def test_an_id_of_another_form_never_reaches_the_engine(path: str) -> None:
    engine = StubEngine()
    async with client_of(api_over(engine)) as client:
        answer = await client.get(path)
    assert answer.status_code in (404, 422)


async def test_a_card_is_not_sent_again_while_it_has_not_changed() -> None:
    doctor = tiny_doctor("a")
    async with client_of(api_over(engine_with(doctor))) as client:
        first = await client.get(f"/v1/doctors/{doctor.id}")
        again = await client.get(f"/v1/doctors/{doctor.id}", headers={"If-None-Match": first.headers["etag"]})
        other = await client.get(
            f"/v1/doctors/{doctor.id}", headers={"If-None-Match": first.headers["etag"], "Accept-Language": "en"}
        )
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200
    assert first.headers["vary"] == "Accept-Language"
    assert "max-age" in first.headers["cache-control"]


async def test_dictionaries_speak_both_languages_and_may_be_kept() -> None:
    async with client_of(api_over(StubEngine())) as client:
        names = (await client.get("/v1/dictionaries")).json()["names"]
        answers = {name: await client.get(f"/v1/dictionaries/{name}") for name in names}
        missing = await client.get("/v1/dictionaries/colours")
        again = await client.get(
            "/v1/dictionaries/specialities", headers={"If-None-Match": answers["specialities"].headers["etag"]}
        )
    assert {"specialities", "capacity-states", "division-types", "genders"} <= set(names)
    for answer in answers.values():
        assert all(value["uk"] and value["en"] and value["code"] for value in answer.json()["values"])
    family = answers["specialities"].json()["values"][0]
    assert (family["code"], family["primary_care"], family["min_age"], family["max_age"]) == (
        "FAMILY_DOCTOR",
        True,
        0,
        None,
    )
    assert missing.status_code == 404
    assert again.status_code == 304
