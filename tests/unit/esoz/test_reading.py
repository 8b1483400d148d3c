"""One value into one typed row: what is forgiven, what is bad, and that nothing personal stays of what is bad."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esoz.bad_rows import BadRow
from esoz.feeds import FEEDS
from esoz.reading import read_row
from esoz.rows import DeclarationsLimitRow, DivisionRow, EmployeeRow, PartyRow
from esoz.stream import BulkStream

DIVISION: dict[str, Any] = {
    "id": "6b0d549b-6f03-475a-9600-a35a099950d8",
    "name": "Амбулаторія №3",
    "type": "clinic",
    "mountain_group": False,
    "phones": [],
    "email": None,
    "legal_entity_id": "36f675cc-81e7-4ef5-a8e2-5d940ed90475",
    "status": "ACTIVE",
    "is_active": True,
    "addresses": [],
    "inserted_at": "2020-01-15T10:00:00.000Z",
}
PARTY: dict[str, Any] = {
    "id": "90c192cf-d3ac-44af-8f21-ddb66cad4a26",
    "first_name": "Секретна",
    "last_name": "Таємна",
    "second_name": "Прихованівна",
    "year_of_birth": "1899",
    "gender": "FEMALE",
    "tax_id": "1234509876",
    "verification_status": "VERIFIED",
    "about_myself": "Нікому не кажіть",
    "educations": [{"diploma_number": "AB-77", "city": "Львів"}],
    "specialities": [{"speciality": "THERAPIST", "certificate_number": "CD-88"}],
    "прізвище": "Потаємна",
    "inserted_at": "2020-01-15T10:00:00.000Z",
}
SECRETS = ("Секретна", "Таємна", "Прихованівна", "1899", "1234509876", "Нікому", "AB-77", "CD-88", "Потаємна")


def read(feed: str, row: Any) -> Any:
    return read_row(FEEDS[feed], row, json.dumps(row))


def test_a_location_without_both_coordinates_is_no_location() -> None:
    for location in ({"latitude": None, "longitude": None}, {"latitude": 50.1}, {"latitude": "", "longitude": "NULL"}):
        row = read("divisions", {**DIVISION, "location": location})
        assert isinstance(row, DivisionRow)
        assert row.location is None


def test_zero_coordinates_are_coordinates() -> None:
    row = read("divisions", {**DIVISION, "location": {"latitude": 0, "longitude": 0.0}})
    assert (row.location.latitude, row.location.longitude) == (0.0, 0.0)


def test_coordinates_that_are_no_numbers_are_none() -> None:
    body = json.dumps({"data": [{**DIVISION, "location": {"latitude": 1, "longitude": 2}}]}).encode()
    for odd in (b"NaN", b"-Infinity", b"1e999"):
        (row,) = BulkStream(FEEDS["divisions"], [body.replace(b"2}", odd + b"}")]).rows()
        assert isinstance(row, DivisionRow)
        assert row.location is None


def test_nulls_within_objects_are_as_good_as_absent() -> None:
    employee = {
        "id": "1", "position": "p7", "status": "approved", "is_active": True, "start_date": "2020-01-15",
        "legal_entity_id": "2", "party_id": "3", "inserted_at": "2020-01-15T10:00:00Z",
        "additional_info": {"specialities": None},
        "speciality": {"speciality": "therapist", "speciality_officio": None},
    }  # fmt: skip
    row = read("employees", employee)
    assert isinstance(row, EmployeeRow)
    assert row.additional_info is not None
    assert row.additional_info.specialities == ()
    assert row.speciality is not None
    assert (row.speciality.speciality, row.speciality.speciality_officio) == ("THERAPIST", False)


@pytest.mark.parametrize("count", [-1, 1.5, "many", None, 10**18])
def test_counts_that_cannot_be_are_bad(count: Any) -> None:
    row = {"party_id": "p", "declarations_limit": 1800, "declarations_count": count}
    bad = read("declarations_limit", row)
    assert isinstance(bad, BadRow)
    assert (bad.entity_id, bad.reason) == ("p", "wrong_value")
    assert "declarations_count" in bad.detail


def test_a_count_above_its_limit_is_sound() -> None:
    row = read("declarations_limit", {"party_id": "p", "declarations_limit": "1800", "declarations_count": 2427})
    assert row == DeclarationsLimitRow(party_id="p", declarations_limit=1800, declarations_count=2427)


def test_half_a_surrogate_pair_is_bad_not_a_crash_later() -> None:
    body = b'{"data":[' + json.dumps({**DIVISION, "name": "X"}).replace('"X"', '"\\ud83d"').encode() + b"]}"
    (bad,) = BulkStream(FEEDS["divisions"], [body]).rows()
    assert isinstance(bad, BadRow)
    assert (bad.entity_id, bad.reason) == (DIVISION["id"], "wrong_value")
    assert json.loads(bad.raw)["name"] == "?"


def test_bad_rows_know_their_id_in_the_form_of_sound_ones() -> None:
    bad = read("divisions", {**DIVISION, "id": DIVISION["id"].upper(), "is_active": "perhaps"})
    assert bad.entity_id == FEEDS["divisions"].key_of(read("divisions", DIVISION))
    assert read("contract_divisions", {"contract_id": 17}).entity_id == "17|"
    assert read("divisions", {**DIVISION, "id": {}}).entity_id is None


def test_bad_rows_say_what_is_wrong_with_them() -> None:
    missing = read("divisions", {name: value for name, value in DIVISION.items() if name != "status"})
    wrong = read("divisions", {**DIVISION, "inserted_at": "yesterday"})
    assert (missing.reason, "`status`" in missing.detail) == ("missing_field", True)
    assert (wrong.reason, "`$.inserted_at`" in wrong.detail) == ("wrong_value", True)
    assert [read("divisions", value).reason for value in (None, 5, "x", [], True)] == ["not_an_object"] * 5


def test_what_is_personal_is_not_even_read() -> None:
    declared = set(PartyRow.__struct_fields__)
    assert not declared & {"tax_id", "educations", "qualifications", "science_degree"}
    assert isinstance(read("parties", PARTY), PartyRow)


@given(st.sampled_from(sorted(PARTY)), st.sampled_from([{}, [], 7.5, "сміття", True]))
def test_personal_fields_never_reach_the_quarantine(spoiled: str, value: Any) -> None:
    for row in ({**PARTY, spoiled: value, "inserted_at": "hier"}, {**PARTY, spoiled: value, "id": [PARTY["id"]]}):
        bad = read("parties", row)
        assert isinstance(bad, BadRow)
        shown = bad.raw.decode() + bad.detail
        assert not [secret for secret in SECRETS if secret in shown]
        assert "VERIFIED" in shown or spoiled == "verification_status"
