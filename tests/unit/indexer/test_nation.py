"""A small synthetic nation with all its traps, read, joined and described: each trap is found where the manifest says.

The manifest lists what was set; a row may be in several traps, so rows that another trap takes out are left aside.
"""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest

from directory.capacity import CapacityRule
from directory.documents import DoctorDocument, FacilityDocument
from directory.places import Gazetteer
from esoz.feeds import FEEDS
from esoz.stream import BulkStream
from fixtures.nation import generate
from indexer import quarantine
from indexer.documents import DoctorCount, doctor_documents, facility_document
from indexer.joined import quarantine_orphans, read_directory, read_persons
from indexer.registry import Registry
from indexer.snapshot import Snapshot
from tests.support.tiny_registry import NOW

DOCTORS = 2_000
COORDINATE_TRAPS = ("swapped_coordinates", "wrong_oblast", "zero_coordinates", "outside_ukraine", "missing_location")


@dataclass
class Nation:
    traps: dict[str, list[Any]]
    doctors: dict[str, DoctorDocument]
    facilities: dict[str, FacilityDocument]
    quarantined: list[quarantine.QuarantinedRow]

    def ids(self, trap: str) -> set[str]:
        found = {entry["id"] if isinstance(entry, dict) else entry for entry in self.traps[trap]}
        assert found, f"the nation has no {trap}"
        return found

    def doctors_of(self, trap: str) -> list[DoctorDocument]:
        """Documents whose employee or party the trap lists."""
        ids = self.ids(trap)
        found = [one for one in self.doctors.values() if one.employee.id in ids or one.party.id in ids]
        assert found, f"no document of {trap}"
        return found

    def facilities_of(self, trap: str) -> list[FacilityDocument]:
        """Documents whose division or legal entity the trap lists."""
        ids = self.ids(trap)
        legal = [one for one in self.facilities.values() if one.legal_entity and one.legal_entity.id in ids]
        found = [*legal, *(one for one in self.facilities.values() if one.id in ids)]
        assert found, f"no document of {trap}"
        return found


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory, national_gazetteer: Gazetteer) -> Nation:
    folder = tmp_path_factory.mktemp("nation") / "registry"
    manifest = generate(folder, doctors=DOCTORS, seed=7, gazetteer=national_gazetteer)
    with Registry(duckdb.connect()) as registry:
        for feed, description in FEEDS.items():
            stream = BulkStream(description, _body(folder, feed, manifest.meta.date))
            registry.read_feed(feed, stream, full=True, now=NOW, quarantine_limit=0.02, shrink_limit=0.5)
        quarantined = quarantine.read_rows(registry.connection, limit=10_000)
        quarantine_orphans(registry, NOW)
        snapshot = Snapshot(now=NOW, feed_dates=registry.feed_dates(), capacity=CapacityRule())
        directory = read_directory(registry, national_gazetteer, snapshot)
        doctors = [
            document
            for person in read_persons(registry)
            for document in doctor_documents(person, directory.places, directory.facilities, snapshot)
        ]
    return Nation(
        traps=dict(manifest.traps),
        doctors={document.id: document for document in doctors},
        facilities={place.id: facility_document(place, DoctorCount(), snapshot) for place in directory.places.values()},
        quarantined=quarantined,
    )


def _body(folder: Path, feed: str, date: str) -> list[bytes]:
    rows = (folder / f"{feed}.jsonl").read_bytes().splitlines()
    return [b'{"meta":' + json.dumps({"date": date}).encode() + b',"data":[' + b",".join(rows) + b"]}"]


def test_every_malformed_row_is_in_the_quarantine_with_its_reason(nation: Nation) -> None:
    expected = Counter((entry["feed"], entry["reason"]) for entry in nation.traps["malformed_rows"])
    assert Counter((row.feed, row.reason) for row in nation.quarantined) == expected


def test_no_quarantined_row_holds_a_name_or_a_number_of_a_person(nation: Nation) -> None:
    raw = " ".join(row.raw for row in nation.quarantined)
    assert '"status"' in raw
    for private in ("first_name", "last_name", "tax_id", "edrpou", "phones", "email", "year_of_birth"):
        assert f'"{private}"' not in raw


@pytest.mark.parametrize(
    "trap",
    ["employee_stopped", "employee_ended", "employee_inactive", "employee_autodeactivated", "employee_old_status"],
)
def test_an_employment_out_of_force_is_not_active(nation: Nation, trap: str) -> None:
    ids = nation.ids(trap)
    found = [document for document in nation.doctors_of(trap) if document.id in ids]
    assert found
    assert all("doctor_not_active" in document.inactive_reasons and not document.active for document in found)


def test_places_and_facilities_out_of_force_are_not_active(nation: Nation) -> None:
    for trap, reason in [
        ("division_inactive", "place_not_active"),
        ("legal_entity_closed", "facility_not_active"),
        ("legal_entity_suspended", "facility_not_active"),
        ("legal_entity_reorganized", "facility_not_active"),
    ]:
        for facility in nation.facilities_of(trap):
            assert reason in facility.inactive_reasons, trap


def test_a_doctor_of_another_facilitys_place_is_a_mismatch(nation: Nation) -> None:
    ids = nation.ids("place_mismatch")
    found = [document for document in nation.doctors_of("place_mismatch") if document.id in ids]
    assert all("place_mismatch" in document.inactive_reasons for document in found)


def test_assistants_get_no_document(nation: Nation) -> None:
    assert nation.ids("not_a_doctor").isdisjoint(nation.doctors)


def test_missing_divisions_are_flagged_never_dropped(nation: Nation) -> None:
    ids = nation.ids("missing_division")
    assert ids <= set(nation.doctors)
    assert all("division_missing" in nation.doctors[id_].quality_flags for id_ in ids)


def test_a_missing_limit_is_unknown_and_never_free(nation: Nation) -> None:
    found = [document for document in nation.doctors_of("missing_limit") if document.kind == "primary_care"]
    assert found
    assert all(document.capacity is not None and document.capacity.state == "unknown" for document in found)


def test_a_count_above_the_limit_is_full(nation: Nation) -> None:
    ids = nation.ids("over_limit") - nation.ids("missing_limit")
    found = [one for one in nation.doctors.values() if one.party.id in ids and one.kind == "primary_care"]
    assert found
    assert all(document.capacity is not None and document.capacity.state == "full" for document in found)


def test_a_limit_that_is_not_the_expected_one_is_flagged(nation: Nation) -> None:
    ids = nation.ids("mismatch_limit") - nation.ids("missing_limit")
    found = [one for one in nation.doctors.values() if one.party.id in ids and one.kind == "primary_care"]
    assert found
    assert all("limit_mismatch" in document.quality_flags for document in found)


def test_a_doctor_held_by_a_pediatrician_post_is_limited_by_it(nation: Nation) -> None:
    ids = nation.ids("held_by_pediatrician_post")
    found = [one for one in nation.doctors.values() if one.party.id in ids and one.kind == "primary_care"]
    assert found
    assert {one.capacity.limiting_speciality for one in found if one.capacity} == {"PEDIATRICIAN"}


def test_duplicate_parties_are_reported_on_both_sides(nation: Nation) -> None:
    pairs = [(entry["id"], entry["same_as"]) for entry in nation.traps["duplicate_party"]]
    flagged = {one.party.id for one in nation.doctors.values() if "possible_duplicate_party" in one.quality_flags}
    known = {one.party.id for one in nation.doctors.values()}
    assert pairs
    assert all({first, second} <= flagged for first, second in pairs if {first, second} <= known)


def test_latin_letters_in_names_are_found_and_folded(nation: Nation) -> None:
    ids = nation.ids("latin_lookalikes")
    found = [one for one in nation.doctors.values() if one.party.id in ids]
    assert found
    assert all("name_mixed_scripts" in document.quality_flags for document in found)
    assert not any(c.isascii() and c.isalpha() for document in found for c in "".join(document.name.surname))


def test_no_name_is_shown_in_capitals(nation: Nation) -> None:
    assert nation.ids("capital_names")
    for document in nation.doctors.values():
        for name in (document.name.last, document.name.first, document.name.second or ""):
            assert len(name) < 3 or not name.isupper()


def test_null_words_are_shown_nowhere(nation: Nation) -> None:
    assert nation.ids("null_strings")
    assert b'"NULL"' not in b"".join(map(_encoded, (*nation.doctors.values(), *nation.facilities.values())))


def _encoded(document: Any) -> bytes:
    return msgspec.json.encode(document)


def test_wrong_points_are_found_and_sound_points_stay(nation: Nation) -> None:
    flags = {id_: set(document.quality_flags) for id_, document in nation.facilities.items()}

    def missed(trap: str, flag: str) -> int:
        return sum(flag not in flags[id_] for id_ in nation.ids(trap) & set(flags))

    # The promised shares are of the whole nation; in one this small a single miss is all that 5 % leave.
    assert missed("wrong_oblast", "coordinates_wrong_oblast") <= 1
    assert missed("swapped_coordinates", "coordinates_swapped") == 0
    assert missed("zero_coordinates", "coordinates_zero") == 0
    assert missed("missing_location", "coordinates_missing") == 0
    trapped = set().union(*(nation.ids(trap) for trap in COORDINATE_TRAPS))
    sound = [document for id_, document in nation.facilities.items() if id_ not in trapped]
    assert all(document.place is not None and document.place.source == "upstream" for document in sound)


def test_the_register_number_of_a_sole_practitioner_is_nowhere(nation: Nation) -> None:
    sole = [one for one in nation.facilities.values() if one.legal_entity and one.legal_entity.legal_form == "910"]
    assert sole
    assert all(one.legal_entity is not None and one.legal_entity.edrpou is None for one in sole)
