"""Rules and traps of documents, a registry a rule: who is active and declarable, where, how full, what is doubtful."""

import json
from datetime import timedelta

import msgspec
import pytest

from directory.capacity import CapacityRule
from directory.documents import AgesPart, ContractPart, OtherPlacePart
from directory.schema import described_fields
from fixtures.tiny.places import LIUBAR, ZHYTOMYR
from fixtures.tiny.registry import ABSENT, TinyRegistry
from tests.support.tiny_registry import NOW, make_documents


@pytest.fixture
def registry() -> TinyRegistry:
    return TinyRegistry()


def test_a_sound_doctor_is_active_and_declarable(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", "Олена", "Іванівна", at=registry.division("Амбулаторія №3"))
    document = make_documents(registry).of(doctor)
    assert (document.active, document.declarable, document.inactive_reasons) == (True, True, ())
    assert document.kind == "primary_care"
    assert document.quality_flags == ()
    assert document.place is not None
    assert document.place.settlement_name == "м. Житомир"
    assert document.party.age_band == "40-49"


def test_every_field_of_a_full_document_is_described_in_the_schema(registry: TinyRegistry) -> None:
    clinic = registry.division("Амбулаторія №3")
    registry.contract(clinic)
    doctor = registry.doctor("Нечуй-Левицька", "Олена", "Іванівна", at=clinic, status_reason="x", end_date="2030-01-01")
    registry.role(doctor, registry.service(clinic))
    registry.post(doctor, at=registry.division("ФАП"))
    made = make_documents(registry)
    for alias, document in (("doctors", made.of(doctor)), ("facilities", made.at(clinic))):
        known = described_fields(alias)  # type: ignore[arg-type]
        assert _paths(msgspec.to_builtins(document), known) <= set(known)


def _paths(value: object, known: dict[str, object], path: str = "") -> set[str]:
    if isinstance(value, dict) and path not in known:
        return {found for key, item in value.items() for found in _paths(item, known, f"{path}.{key}".strip("."))}
    return {path}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "STOPPED"}, "doctor_not_active"),
        ({"status": "ENTERED IN ERROR"}, "doctor_not_active"),
        ({"is_active": False}, "doctor_not_active"),
        ({"end_date": "2026-03-01T00:00:00Z"}, "doctor_not_active"),
    ],
)
def test_an_ended_employment_is_kept_but_not_active(
    registry: TinyRegistry, fields: dict[str, object], reason: str
) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("Амбулаторія"), **fields)
    document = make_documents(registry).of(doctor)
    assert (document.active, document.declarable, document.inactive_reasons) == (False, False, (reason,))


def test_the_last_day_of_an_employment_still_counts(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("Амбулаторія"), end_date="2026-03-02")
    assert make_documents(registry).of(doctor).active


def test_codes_in_lower_case_are_codes(registry: TinyRegistry) -> None:
    clinic = registry.division("Амбулаторія", type="ambulant_clinic", status="active")
    doctor = registry.doctor("Коваленко", at=clinic, status="approved", employee_type="doctor")
    document = make_documents(registry).of(doctor)
    assert document.declarable
    assert document.division is not None
    assert document.division.type == "AMBULANT_CLINIC"


def test_a_specialist_is_active_but_never_declarable(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Швець", at=registry.division("Поліклініка"), speciality="CARDIOLOGIST")
    document = make_documents(registry).of(doctor)
    assert (document.kind, document.active, document.declarable) == ("specialist", True, False)
    assert document.inactive_reasons == ()
    assert (document.ages, document.capacity) == (None, None)


def test_other_staff_get_no_document(registry: TinyRegistry) -> None:
    clinic = registry.division("Амбулаторія")
    for kind in ("OWNER", "ASSISTANT", "PHARMACIST"):
        registry.doctor("Коваленко", at=clinic, employee_type=kind, speciality="NURSING")
    assert make_documents(registry).doctors == {}


def test_who_is_no_doctor_but_has_a_speciality_of_primary_care_hears_why(registry: TinyRegistry) -> None:
    assistant = registry.doctor("Коваленко", at=registry.division("А"), employee_type="ASSISTANT")
    document = make_documents(registry).of(assistant)
    assert (document.active, document.declarable, document.inactive_reasons) == (False, False, ("not_a_doctor",))


def test_without_a_type_the_officio_speciality_makes_a_doctor(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"), employee_type=ABSENT)
    document = make_documents(registry).of(doctor)
    assert document.declarable
    assert document.quality_flags == ("employee_type_missing",)


def test_a_closed_division_keeps_its_doctor_out(registry: TinyRegistry) -> None:
    closed = registry.division("Закрита", status="INACTIVE", is_active=False)
    doctor = registry.doctor("Коваленко", at=closed)
    made = make_documents(registry)
    assert made.of(doctor).inactive_reasons == ("place_not_active",)
    assert (made.at(closed).active, made.at(closed).inactive_reasons) == (False, ("place_not_active",))


@pytest.mark.parametrize("fields", [{"status": "SUSPENDED"}, {"status": "CLOSED"}, {"is_active": False}])
def test_a_facility_out_of_force_keeps_its_doctors_out(registry: TinyRegistry, fields: dict[str, object]) -> None:
    place = registry.division("Амбулаторія", facility=registry.legal_entity("КНП", **fields))
    doctor = registry.doctor("Коваленко", at=place)
    made = make_documents(registry)
    assert made.of(doctor).inactive_reasons == ("facility_not_active",)
    assert not made.at(place).active


def test_a_family_doctor_where_no_declarations_are_held_is_kept_out(registry: TinyRegistry) -> None:
    hospital = registry.division("Лікарня", facility=registry.legal_entity("Лікарня", type="OUTPATIENT"))
    family, specialist = (
        registry.doctor("Коваленко", at=hospital, speciality=code) for code in ("FAMILY_DOCTOR", "SURGEON")
    )
    made = make_documents(registry)
    assert made.of(family).inactive_reasons == ("facility_type",)
    assert not made.of(family).active
    assert made.of(specialist).active
    assert made.at(hospital).active


def test_a_pharmacy_is_nobodys_place_of_care(registry: TinyRegistry) -> None:
    drugstore = registry.division("Аптека", type="DRUGSTORE")
    pharmacy = registry.division("Аптечний пункт", facility=registry.legal_entity("Аптека", type="PHARMACY"))
    made = make_documents(registry)
    assert made.facilities[drugstore.id].inactive_reasons == ("facility_type",)
    assert made.facilities[pharmacy.id].inactive_reasons == ("facility_type",)


def test_a_division_of_another_facility_is_a_mismatch(registry: TinyRegistry) -> None:
    own, other = registry.legal_entity("Своя"), registry.legal_entity("Чужа")
    doctor = registry.doctor("Коваленко", at=registry.division("Амбулаторія", facility=other), legal_entity_id=own.id)
    document = make_documents(registry).of(doctor)
    assert (document.active, document.inactive_reasons) == (False, ("place_mismatch",))
    assert document.legal_entity is not None
    assert document.legal_entity.name == "Своя"


def test_a_family_doctor_without_division_is_flagged_and_never_dropped(registry: TinyRegistry) -> None:
    clinic = registry.division("Амбулаторія")
    doctor = registry.doctor("Коваленко", at=None, legal_entity_id=clinic.facility.id)
    registry.role(doctor, registry.service(clinic))
    document = make_documents(registry).of(doctor)
    assert (document.active, document.inactive_reasons) == (False, ("place_not_active",))
    assert document.quality_flags == ("division_missing",)
    assert (document.division, document.place) == (None, None)
    assert document.legal_entity is not None


def test_a_specialist_without_division_is_where_the_only_role_is(registry: TinyRegistry) -> None:
    clinic, closed = registry.division("Поліклініка"), registry.division("Інша")
    doctor = registry.doctor("Швець", at=None, speciality="CARDIOLOGIST")
    registry.role(doctor, registry.service(clinic, "CARDIOLOGIST"))
    registry.role(doctor, registry.service(closed, "CARDIOLOGIST"), status="INACTIVE")
    document = make_documents(registry).of(doctor)
    assert document.active
    assert document.division is not None
    assert document.division.id == clinic.id
    assert document.quality_flags == ("division_missing", "division_from_role")


def test_roles_in_two_divisions_settle_nothing(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Швець", at=None, speciality="CARDIOLOGIST")
    for name in ("Поліклініка", "Інша"):
        registry.role(doctor, registry.service(registry.division(name), "CARDIOLOGIST"))
    document = make_documents(registry).of(doctor)
    assert document.division is None
    assert not document.active
    assert len(document.roles) == 2


def test_an_unknown_division_is_flagged(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"), division_id="00000002-0000-4000-8000-0000000000ff")
    document = make_documents(registry).of(doctor)
    assert document.inactive_reasons == ("place_not_active",)
    assert document.quality_flags == ("division_unknown",)


def test_an_employment_of_an_unknown_party_goes_into_the_quarantine(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"), party_id="00000003-0000-4000-8000-0000000000ff")
    made = make_documents(registry)
    assert made.orphans == 1
    assert doctor.employee_id not in made.doctors


@pytest.mark.parametrize(
    ("speciality", "ages"),
    [
        ("FAMILY_DOCTOR", AgesPart(min=0, max=200)),
        ("THERAPIST", AgesPart(min=18, max=200)),
        ("PEDIATRICIAN", AgesPart(min=0, max=17)),
    ],
)
def test_the_officio_speciality_sets_the_ages(registry: TinyRegistry, speciality: str, ages: AgesPart) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"), speciality=speciality)
    assert make_documents(registry).of(doctor).ages == ages


def test_a_further_speciality_widens_nothing(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"), speciality="THERAPIST")
    doctor.row["additional_info"]["specialities"].append(
        {"speciality": "PEDIATRICIAN", "speciality_officio": False, "level": "FIRST"}
    )
    document = make_documents(registry).of(doctor)
    assert document.ages == AgesPart(min=18, max=200)
    assert document.speciality.all == ("THERAPIST", "PEDIATRICIAN")


def test_without_the_short_field_the_marked_speciality_is_officio(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"), speciality="THERAPIST")
    doctor.row.pop("speciality")
    assert make_documents(registry).of(doctor).speciality.officio == "THERAPIST"


def test_a_doctor_without_officio_speciality_may_register_nobody(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"))
    doctor.row.pop("speciality")
    doctor.row["additional_info"]["specialities"] = []
    document = make_documents(registry).of(doctor)
    assert (document.kind, document.declarable, document.ages) == ("specialist", False, None)
    assert document.quality_flags == ("officio_missing",)


def test_a_position_that_disagrees_is_only_a_flag(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"), speciality="THERAPIST", position="P8")
    document = make_documents(registry).of(doctor)
    assert document.declarable
    assert document.quality_flags == ("position_disagrees",)


@pytest.mark.parametrize(
    ("count", "state"),
    [(1700, "free"), (1750, "nearly_full"), (1799, "nearly_full"), (1800, "full"), (2006, "full")],
)
def test_capacity_is_labelled_by_limit_and_count(registry: TinyRegistry, count: int, state: str) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"), count=count)
    capacity = make_documents(registry).of(doctor).capacity
    assert capacity is not None
    assert (capacity.state, capacity.limit, capacity.count, capacity.as_of) == (state, 1800, count, registry.date)


def test_a_full_doctor_stays_active_and_a_count_above_the_limit_is_a_flag(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"), count=2006)
    document = make_documents(registry).of(doctor)
    assert document.declarable
    assert document.quality_flags == ("count_above_limit",)


def test_a_missing_limit_row_is_unknown_never_free(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"), count=None)
    document = make_documents(registry).of(doctor)
    assert document.capacity is not None
    assert (document.capacity.state, document.capacity.limit, document.capacity.count) == ("unknown", None, None)
    assert document.quality_flags == ("limit_missing",)


def test_a_post_elsewhere_lowers_the_limit_of_the_person(registry: TinyRegistry) -> None:
    family = registry.doctor("Коваленко", at=registry.division("А"), limit=900, count=880)
    registry.post(family, at=registry.division("Б"), speciality="PEDIATRICIAN", status="STOPPED", is_active=False)
    document = make_documents(registry).of(family)
    assert document.capacity is not None
    assert (document.capacity.state, document.capacity.limiting_speciality) == ("nearly_full", "PEDIATRICIAN")
    assert "limit_mismatch" not in document.quality_flags


def test_another_limit_than_expected_is_shown_by_upstreams_numbers_and_flagged(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"), limit=1500, count=1500)
    document = make_documents(registry).of(doctor)
    assert document.capacity is not None
    assert document.capacity.state == "full"
    assert document.quality_flags == ("limit_mismatch",)


def test_old_counts_say_nothing(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"))
    late = make_documents(registry, now=NOW + timedelta(days=8), rule=CapacityRule(max_age=timedelta(days=7)))
    document = late.of(doctor)
    assert document.capacity is not None
    assert document.capacity.state == "unknown"
    assert document.quality_flags == ("count_stale",)


def test_declarations_with_a_dismissed_doctor_are_a_flag(registry: TinyRegistry) -> None:
    clinic = registry.division("А")
    gone = registry.doctor("Коваленко", at=clinic, status="STOPPED")
    moved = registry.doctor("Шевчук", at=clinic, status="STOPPED")
    registry.post(moved, at=clinic)
    made = make_documents(registry)
    assert "inactive_with_declarations" in made.of(gone).quality_flags
    assert "inactive_with_declarations" not in made.of(moved).quality_flags


@pytest.mark.parametrize(
    ("start", "end", "active"),
    [
        ("2026-03-02", "2026-03-02", True),
        ("2026-01-01", "2026-03-01", False),
        ("2026-03-03", "2026-12-31", False),
    ],
)
def test_a_contract_is_in_force_on_the_day_of_the_data(
    registry: TinyRegistry, start: str, end: str, active: bool
) -> None:
    clinic = registry.division("А")
    registry.contract(clinic, start=start, end=end)
    doctor = registry.doctor("Коваленко", at=clinic)
    document = make_documents(registry).of(doctor)
    assert document.contract.active is active
    assert str(document.contract.to) == end
    assert document.active


@pytest.mark.parametrize("field", ["contract_status", "contract_division_status"])
def test_a_terminated_contract_is_not_in_force(registry: TinyRegistry, field: str) -> None:
    clinic = registry.division("А")
    registry.contract(clinic, **{field: "TERMINATED"})
    made = make_documents(registry)
    assert not made.at(clinic).contract.active
    assert made.at(clinic).quality_flags == ("contract_ended",)


def test_the_contract_in_force_wins_over_a_later_one_that_is_not(registry: TinyRegistry) -> None:
    clinic = registry.division("А")
    registry.contract(clinic, start="2027-01-01", end="2027-12-31")
    registry.contract(clinic)
    contract = make_documents(registry).at(clinic).contract
    assert contract.active
    assert str(contract.to) == "2026-12-31"


def test_no_contract_is_just_not_active(registry: TinyRegistry) -> None:
    clinic = registry.division("А")
    assert make_documents(registry).at(clinic).contract == ContractPart(active=False)


def test_hours_come_from_the_services_where_the_division_has_none(registry: TinyRegistry) -> None:
    clinic = registry.division("А", working_hours=ABSENT)
    registry.service(clinic)
    document = make_documents(registry).at(clinic)
    assert document.hours is not None
    assert document.hours.week["mon"] == [["08:30", "17:00"]]
    assert document.quality_flags == ("hours_from_services",)


def test_a_doctor_keeps_the_hours_of_the_own_services_where_the_division_has_none(registry: TinyRegistry) -> None:
    clinic = registry.division("А", working_hours=ABSENT)
    evening = {"all_day": False, "available_start_time": "16:00:00", "available_end_time": "20:00:00"}
    doctor, other = registry.doctor("Коваленко", at=clinic), registry.doctor("Шевчук", at=clinic)
    registry.service(clinic)
    registry.role(doctor, registry.service(clinic, available_time=[{"days_of_week": ["sat"], **evening}]))
    made = make_documents(registry)
    own, others = made.of(doctor).hours, made.of(other).hours
    assert own is not None
    assert own.week == {"sat": [["16:00", "20:00"]]}
    assert others is not None
    assert set(others.week) == {"mon", "tue", "wed", "thu", "fri", "sat"}


def test_the_hours_of_the_division_win_over_those_of_services(registry: TinyRegistry) -> None:
    clinic = registry.division("А")
    registry.service(clinic)
    hours = make_documents(registry).at(clinic).hours
    assert hours is not None
    assert hours.week["mon"] == [["08:00", "18:00"]]


def test_unreadable_hours_and_phones_are_flags(registry: TinyRegistry) -> None:
    clinic = registry.division("А", working_hours={"mon": [["зранку", "18.00"]]}, phones=[])
    flags = make_documents(registry).at(clinic).quality_flags
    assert set(flags) == {"phone_missing", "hours_unreadable", "hours_missing"}


def test_names_in_capitals_are_shown_in_proper_case_and_found_by_parts(registry: TinyRegistry) -> None:
    doctor = registry.doctor("НЕЧУЙ-ЛЕВИЦЬКА", "МАР'ЯНА", "NULL", at=registry.division("А"))
    name = make_documents(registry).of(doctor).name
    assert (name.last, name.first, name.second) == ("Нечуй-Левицька", "Мар'яна", None)
    assert name.surname == ("нечуй-левицька", "нечуй", "левицька")
    assert name.typing == ("нечуй-левицька мар'яна", "нечуй левицька мар'яна")


def test_latin_letters_in_a_cyrillic_name_are_folded_for_search_and_flagged(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Кoвaленко", at=registry.division("А"))  # o and a are Latin
    document = make_documents(registry).of(doctor)
    assert document.name.surname == ("коваленко",)
    assert document.quality_flags == ("name_mixed_scripts",)


def test_one_human_as_two_parties_is_reported(registry: TinyRegistry) -> None:
    clinic = registry.division("А")
    first = registry.doctor("Коваленко", "Олена", "Іванівна", at=clinic)
    second = registry.doctor("КОВАЛЕНКО", "Олена", "Іванівна", at=clinic)
    other = registry.doctor("Коваленко", "Олена", "Іванівна", at=clinic, birth_year=1955)
    made = make_documents(registry)
    assert made.of(first).quality_flags == made.of(second).quality_flags == ("possible_duplicate_party",)
    assert made.of(other).quality_flags == ()


def test_implausible_years_are_left_out_and_flagged(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"), birth_year=1880, party={"working_experience": 120})
    document = make_documents(registry).of(doctor)
    assert (document.party.age_band, document.party.experience_years) == (None, None)
    assert document.quality_flags == ("birth_year_implausible", "experience_implausible")


def test_an_unverified_person_is_only_a_flag(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"), party={"verification_status": "NOT_VERIFIED"})
    document = make_documents(registry).of(doctor)
    assert document.declarable
    assert document.quality_flags == ("party_not_verified",)


def test_posts_of_one_person_list_each_other(registry: TinyRegistry) -> None:
    clinic, point = registry.division("Амбулаторія"), registry.division("ФАП")
    first = registry.doctor("Коваленко", at=clinic)
    second = registry.post(first, at=point, status="STOPPED")
    made = make_documents(registry)
    assert [(other.division_name, other.active) for other in made.of(first).other_places] == [("ФАП", False)]
    other = made.of(second).other_places[0]
    assert isinstance(other, OtherPlacePart)
    assert (other.employee_id, other.division_id, other.active) == (first.employee_id, clinic.id, True)
    assert other.location is not None


def test_roles_are_shown_with_place_and_hours(registry: TinyRegistry) -> None:
    clinic, other = registry.division("Поліклініка"), registry.division("Інша")
    doctor = registry.doctor("Швець", at=clinic, speciality="CARDIOLOGIST")
    registry.role(doctor, registry.service(other, "CARDIOLOGIST"))
    registry.role(doctor, registry.service(other, "CARDIOLOGIST"), end_date="2025-01-01T00:00:00Z")
    registry.role(doctor, registry.service(other, "CARDIOLOGIST", status="INACTIVE"))
    roles = make_documents(registry).of(doctor).roles
    assert [(role.speciality, role.division_name, role.week["fri"]) for role in roles] == [
        ("CARDIOLOGIST", "Інша", [["08:30", "17:00"]])
    ]


@pytest.mark.parametrize(
    ("fields", "edrpou"),
    [
        ({"edrpou": "38765432"}, "38765432"),
        ({"edrpou": 38765432}, "38765432"),
        ({"edrpou": "38765432", "legal_form": "910"}, None),
        ({"edrpou": "38765432", "legal_form": 910}, None),
        ({"edrpou": "3876543210"}, None),
        ({"edrpou": "3876543210", "legal_form": "910"}, None),
        ({"edrpou": "NULL"}, None),
    ],
)
def test_the_register_number_of_a_sole_practitioner_never_gets_in(
    registry: TinyRegistry, fields: dict[str, object], edrpou: str | None
) -> None:
    clinic = registry.division("А", facility=registry.legal_entity("Кабінет", **fields))
    doctor = registry.doctor("Коваленко", at=clinic)
    made = make_documents(registry)
    document = made.of(doctor)
    assert document.legal_entity is not None
    assert document.legal_entity.edrpou == edrpou
    stored = msgspec.json.encode(document) + msgspec.json.encode(made.at(clinic))
    assert b"3876543210" not in stored


def test_tax_ids_and_private_texts_reach_no_document(registry: TinyRegistry) -> None:
    clinic = registry.division("А")
    doctor = registry.doctor("Коваленко", at=clinic, party={"tax_id": "1234567899", "about_myself": "таємниця"})
    stored = json.dumps(msgspec.to_builtins(make_documents(registry).of(doctor)), ensure_ascii=False)
    assert "1234567899" not in stored
    assert "таємниця" not in stored


def test_a_facility_counts_its_active_doctors_by_speciality_and_state(registry: TinyRegistry) -> None:
    clinic = registry.division("А")
    registry.doctor("Коваленко", at=clinic, count=1800)
    registry.doctor("Шевчук", at=clinic, count=100)
    registry.doctor("Бондар", at=clinic, speciality="PEDIATRICIAN", count=900)
    registry.doctor("Швець", at=clinic, speciality="CARDIOLOGIST")
    registry.doctor("Звільнена", at=clinic, status="STOPPED")
    doctors = make_documents(registry).at(clinic).doctors
    assert doctors.count == 4
    assert doctors.specialities == ("CARDIOLOGIST", "FAMILY_DOCTOR", "PEDIATRICIAN")
    assert doctors.open_specialities == ("FAMILY_DOCTOR",)
    assert {part.speciality: part.by_capacity for part in doctors.by_speciality} == {
        "CARDIOLOGIST": {},
        "FAMILY_DOCTOR": {"free": 1, "full": 1},
        "PEDIATRICIAN": {"full": 1},
    }


def test_facility_words_join_both_names_and_numbers_lose_their_zeros(registry: TinyRegistry) -> None:
    facility = registry.legal_entity("КНП «Центр ПМСД № 03»")
    clinic = registry.division("Лікарсько-амбулаторний пункт №7", facility=facility)
    document = make_documents(registry).at(clinic)
    assert {"лікарсько-амбулаторний", "лікарсько", "амбулаторний", "пункт", "кнп", "пмсд"} <= set(
        document.facility.words
    )
    assert document.facility.numbers == ("7", "3")


def test_mountain_status_is_carried(registry: TinyRegistry) -> None:
    clinic = registry.division("А", mountain_group=True)
    assert make_documents(registry).at(clinic).division.mountain_group is True


@pytest.mark.parametrize(
    ("street", "terms"),
    [
        ("вул. Щорса", ("щорса", "покровська")),
        ("Лесі Українки", ("лесі українки", "українки")),
        ("ПРОСП. МИРУ, 5", ("миру",)),
        (None, ()),
    ],
)
def test_street_is_found_by_its_name_of_today_and_by_its_last_word(
    registry: TinyRegistry, street: str | None, terms: tuple[str, ...]
) -> None:
    clinic = registry.division("А", addresses=[ZHYTOMYR.address(street=street)])
    doctor = registry.doctor("Коваленко", at=clinic)
    made = make_documents(registry)
    assert made.of(doctor).place.street == terms
    assert made.at(clinic).place.street == terms


def test_coordinates_that_were_swapped_are_repaired_and_flagged(registry: TinyRegistry) -> None:
    clinic = registry.division("А", location={"latitude": 28.67913, "longitude": 50.26235})
    document = make_documents(registry).at(clinic)
    assert document.place is not None
    assert document.place.location is not None
    assert (document.place.location.lat, document.place.source) == (50.26235, "swapped")
    assert document.quality_flags == ("coordinates_swapped",)


def test_an_address_that_means_nothing_keeps_the_division(registry: TinyRegistry) -> None:
    lost = registry.division("А", at=LIUBAR, location=ABSENT, addresses=[])
    document = make_documents(registry).at(lost)
    assert document.place is None
    assert document.active
    assert set(document.quality_flags) == {"coordinates_missing", "address_missing"}


def test_ties_are_stable_seven_and_fit_63_bits(registry: TinyRegistry) -> None:
    first = registry.doctor("Коваленко", at=registry.division("А"))
    second = registry.post(first, at=registry.division("Б"))
    one, again = make_documents(registry), make_documents(registry)
    assert one.of(first).tie == again.of(first).tie
    assert one.of(first).tie != one.of(second).tie
    assert list(one.of(first).tie) == [f"d{day}" for day in range(7)]
    assert len(set(one.of(first).tie.values())) == 7
    assert all(0 <= order < 2**63 for order in one.of(first).tie.values())


def test_sources_tell_the_date_of_each_feed(registry: TinyRegistry) -> None:
    doctor = registry.doctor("Коваленко", at=registry.division("А"))
    sources = make_documents(registry).of(doctor).sources
    date = "2026-03-02T00:00:00+00:00"
    assert sources == dict.fromkeys(("parties", "employees", "divisions", "legal_entities", "declarations_limit"), date)
