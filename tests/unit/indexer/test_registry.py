"""The registry: upserts by content, reconciliation, refusals, quarantine, and what a change touches."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from esoz.errors import Truncated
from esoz.feeds import FEEDS
from esoz.stream import BulkStream
from fixtures.tiny.registry import Doctor, TinyRegistry
from indexer import quarantine
from indexer.errors import BuildRunning, FeedRefused, RegistryFault
from indexer.joined import quarantine_orphans
from indexer.registry import Change, Registry
from indexer.touched import touched_divisions, touched_employees
from tests.support.tiny_registry import NOW, empty_registry, feed_body, read_into


@pytest.fixture
def target() -> Iterator[Registry]:
    with empty_registry() as registry:
        yield registry


@pytest.fixture
def registry() -> TinyRegistry:
    return TinyRegistry()


def nation(registry: TinyRegistry, doctors: int = 4) -> list[Doctor]:
    clinic = registry.division("Амбулаторія")
    return [registry.doctor(f"Коваль{letter}", at=clinic) for letter in "абвгдежз"[:doctors]]


def test_a_first_reading_adds_everything(target: Registry, registry: TinyRegistry) -> None:
    nation(registry)
    reading = read_into(target, registry, "employees")["employees"]
    assert (reading.rows, reading.added, reading.changed, reading.gone, reading.quarantined) == (4, 4, 0, 0, 0)
    assert reading.meta_date == registry.date
    assert target.readings() == {"employees": reading}


def test_a_second_reading_of_the_same_rows_changes_nothing(target: Registry, registry: TinyRegistry) -> None:
    nation(registry)
    read_into(target, registry, "employees")
    reading = read_into(target, registry, "employees")["employees"]
    assert (reading.added, reading.changed, reading.gone) == (0, 0, 0)
    assert target.changes("employees") == []


def test_changed_new_and_absent_rows_are_told_apart(target: Registry, registry: TinyRegistry) -> None:
    doctors = nation(registry)
    read_into(target, registry, "employees")
    doctors[0].row["status"] = "STOPPED"
    registry.rows["employees"].remove(doctors[1].row)
    fresh = registry.doctor("Нова", at=doctors[0].place)
    reading = read_into(target, registry, "employees")["employees"]
    assert (reading.added, reading.changed, reading.gone) == (1, 1, 1)
    assert set(target.changes("employees")) == {
        Change("employees", doctors[0].employee_id, "changed"),
        Change("employees", doctors[1].employee_id, "gone"),
        Change("employees", fresh.employee_id, "added"),
    }
    assert target.count("employees") == 4


def test_a_reading_of_the_last_days_never_makes_a_row_gone(target: Registry, registry: TinyRegistry) -> None:
    doctors = nation(registry)
    read_into(target, registry, "employees")
    doctors[0].row["status"] = "STOPPED"
    registry.rows["employees"] = [doctors[0].row]
    reading = read_into(target, registry, "employees", full=False)["employees"]
    assert (reading.full, reading.changed, reading.gone) == (False, 1, 0)
    assert target.count("employees") == 4


def test_a_row_that_comes_back_is_added_again(target: Registry, registry: TinyRegistry) -> None:
    doctors = nation(registry)
    read_into(target, registry, "employees")
    row = registry.rows["employees"].pop()
    read_into(target, registry, "employees")
    registry.rows["employees"].append(row)
    assert read_into(target, registry, "employees")["employees"].added == 1
    assert target.count("employees") == len(doctors)


@pytest.mark.parametrize("feed", ["parties", "employees", "divisions", "legal_entities"])
def test_an_empty_essential_feed_is_refused_even_at_first(target: Registry, registry: TinyRegistry, feed: str) -> None:
    with pytest.raises(FeedRefused, match=f"Feed {feed} is empty"):
        read_into(target, registry, feed)


def test_an_empty_feed_never_wipes_the_registry(target: Registry, registry: TinyRegistry) -> None:
    nation(registry)
    read_into(target, registry, "declarations_limit")
    registry.rows["declarations_limit"] = []
    with pytest.raises(FeedRefused, match="Feed declarations_limit is empty"):
        read_into(target, registry, "declarations_limit")
    assert target.count("declarations_limit") == 4


def test_a_sharply_shrunken_feed_is_refused_and_changes_nothing(target: Registry, registry: TinyRegistry) -> None:
    doctors = nation(registry)
    before = read_into(target, registry, "employees")["employees"]
    registry.rows["employees"] = [doctors[0].row]
    with pytest.raises(FeedRefused, match="3 of 4 known rows are absent from feed employees"):
        read_into(target, registry, "employees")
    assert target.count("employees") == 4
    assert target.readings()["employees"] == before


def test_a_feed_that_breaks_off_changes_nothing(target: Registry, registry: TinyRegistry) -> None:
    nation(registry)
    read_into(target, registry, "employees")
    registry.doctor("Нова", at=None)
    body = feed_body(registry, "employees", registry.date)
    cut = BulkStream(FEEDS["employees"], [body[: len(body) - 40]])
    with pytest.raises(Truncated):
        target.read_feed("employees", cut, full=True, now=NOW, quarantine_limit=1, shrink_limit=1)
    assert target.count("employees") == 4
    assert read_into(target, registry, "employees")["employees"].added == 1


def test_a_bad_row_goes_into_the_quarantine_without_personal_fields(target: Registry, registry: TinyRegistry) -> None:
    nation(registry)
    registry.raw("parties", {"id": "P-1", "last_name": "Таємна", "tax_id": "1234567899", "gender": "FEMALE"})
    registry.raw("parties", 17)
    reading = read_into(target, registry, "parties")["parties"]
    assert (reading.rows, reading.added, reading.quarantined) == (6, 4, 2)
    rows = {row.entity_id: row for row in quarantine.read_rows(target.connection)}
    assert {row.reason for row in rows.values()} == {"missing_field", "not_an_object"}
    assert rows["p-1"].raw == '{"id":"P-1","gender":"FEMALE"}'
    assert rows["p-1"].first_seen == NOW


def test_the_quarantine_remembers_when_a_row_was_first_seen(target: Registry, registry: TinyRegistry) -> None:
    nation(registry)
    registry.raw("parties", {"id": "p-1"})
    read_into(target, registry, "parties")
    read_into(target, registry, "parties", now=NOW + timedelta(days=1))
    (row,) = quarantine.read_rows(target.connection)
    assert (row.first_seen, row.last_seen) == (NOW, NOW + timedelta(days=1))


def test_a_cured_row_leaves_the_quarantine(target: Registry, registry: TinyRegistry) -> None:
    nation(registry)
    registry.raw("parties", {"id": "p-1"})
    read_into(target, registry, "parties")
    registry.rows["parties"].pop()
    read_into(target, registry, "parties")
    assert quarantine.count_rows(target.connection) == []


def test_an_employment_that_was_left_out_for_its_party_still_goes_when_upstream_drops_it(
    target: Registry, registry: TinyRegistry
) -> None:
    doctors = nation(registry)
    stranger = registry.rows["parties"].pop()
    read_into(target, registry, "parties", "employees")
    assert quarantine_orphans(target, NOW) == 1
    registry.rows["employees"] = [row for row in registry.rows["employees"] if row["party_id"] != stranger["id"]]
    registry.rows["parties"].append(stranger)
    readings = read_into(target, registry, "parties", "employees")
    assert readings["employees"].gone == 1
    assert target.count("employees") == len(doctors) - 1


def test_a_known_row_that_turns_bad_keeps_its_last_good_form(target: Registry, registry: TinyRegistry) -> None:
    doctors = nation(registry)
    read_into(target, registry, "employees")
    del doctors[0].row["status"]
    reading = read_into(target, registry, "employees")["employees"]
    assert (reading.gone, reading.quarantined) == (0, 1)
    assert target.count("employees") == 4


def test_too_many_bad_rows_are_refused_but_can_be_read(target: Registry, registry: TinyRegistry) -> None:
    nation(registry)
    registry.raw("parties", {"id": "p-1"})
    with pytest.raises(FeedRefused, match=r"1 of 5 rows of feed parties are bad \(missing_field 1\)"):
        read_into(target, registry, "parties", quarantine_limit=0.1)
    assert target.count("parties") == 0
    assert [(count.reason, count.rows) for count in quarantine.count_rows(target.connection)] == [("missing_field", 1)]
    read_into(target, registry, "parties", quarantine_limit=0.2)
    assert target.count("parties") == 4


def test_a_handful_of_bad_rows_stops_no_small_registry(target: Registry, registry: TinyRegistry) -> None:
    nation(registry)
    for number in range(2):
        registry.raw("parties", {"id": f"p-{number}"})
    with pytest.raises(FeedRefused):
        read_into(target, registry, "parties", quarantine_limit=0.1, quarantine_floor=1)
    read_into(target, registry, "parties", quarantine_limit=0.1, quarantine_floor=2)
    assert target.count("parties") == 4


def test_the_quarantine_is_read_by_feed_and_reason(target: Registry, registry: TinyRegistry) -> None:
    nation(registry)
    registry.raw("parties", {"id": "p-1"})
    registry.raw("employees", [])
    read_into(target, registry)
    read = quarantine.read_rows
    assert [row.feed for row in read(target.connection, feed="parties")] == ["parties"]
    assert [row.feed for row in read(target.connection, reason="not_an_object")] == ["employees"]
    assert read(target.connection, feed="parties", reason="not_an_object") == []
    assert len(read(target.connection, limit=1)) == 1


def test_the_last_of_rows_with_one_id_counts(target: Registry, registry: TinyRegistry) -> None:
    doctors = nation(registry)
    registry.raw("employees", {**doctors[0].row, "status": "STOPPED"})
    reading = read_into(target, registry, "employees")["employees"]
    assert (reading.rows, reading.added, reading.quarantined) == (5, 4, 1)
    stored = target.connection.execute("SELECT body FROM employees WHERE key = ?", [doctors[0].employee_id]).fetchone()
    assert stored is not None
    assert '"status":"STOPPED"' in stored[0]


def test_no_tax_id_is_ever_stored(target: Registry, registry: TinyRegistry) -> None:
    registry.doctor("Коваленко", at=registry.division("А"), party={"tax_id": "1234567899"})
    read_into(target, registry, "parties")
    (stored,) = target.connection.execute("SELECT body FROM parties").fetchall()
    assert "1234567899" not in stored[0]
    assert "tax_id" not in stored[0]


def test_a_snapshot_without_a_date_has_none(target: Registry, registry: TinyRegistry) -> None:
    nation(registry)
    stream = BulkStream(FEEDS["parties"], [feed_body(registry, "parties", None)])
    target.read_feed("parties", stream, full=True, now=NOW, quarantine_limit=1, shrink_limit=1)
    assert target.feed_dates() == {"parties": None}


def test_the_file_is_read_again_after_closing(tmp_path: Path, registry: TinyRegistry) -> None:
    nation(registry)
    with Registry.open(tmp_path / "registry.duckdb") as first:
        read_into(first, registry)
    with Registry.open(tmp_path / "registry.duckdb") as again:
        assert again.count("employees") == 4
        assert read_into(again, registry, "parties")["parties"].changed == 0


def test_a_file_open_elsewhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "registry.duckdb"
    program = f"import duckdb, sys; c = duckdb.connect({str(path)!r}); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(BuildRunning, match="Another process works with"):
            Registry.open(path)
        other.communicate()
        assert other.returncode == 0


def test_a_damaged_file_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "registry.duckdb"
    path.write_bytes(b"this is no database" * 1000)
    with pytest.raises(RegistryFault, match="delete it, the next build makes it anew"):
        Registry.open(path)


def test_tables_of_another_layout_are_made_anew(tmp_path: Path, registry: TinyRegistry) -> None:
    nation(registry)
    path = tmp_path / "registry.duckdb"
    with Registry.open(path) as first:
        read_into(first, registry, "employees")
        first.connection.execute("UPDATE layout SET version = 0")
    with Registry.open(path) as again:
        assert again.count("employees") == 0
        assert again.readings() == {}


class Touching:
    """Two persons with two posts each, over three divisions of two facilities."""

    def __init__(self, registry: TinyRegistry) -> None:
        own, other = registry.legal_entity("Перша"), registry.legal_entity("Друга")
        self.a = registry.division("А", facility=own)
        self.b = registry.division("Б", facility=own)
        self.c = registry.division("В", facility=other)
        self.first = registry.doctor("Коваленко", at=self.a)
        self.first_too = registry.post(self.first, at=self.b)
        self.second = registry.doctor("Шевчук", at=self.c)
        self.service = registry.service(self.b)
        registry.role(self.second, self.service)
        self.contract = registry.contract(self.a)
        self.both_of_first = sorted([self.first.employee_id, self.first_too.employee_id])


@pytest.fixture
def touching(target: Registry, registry: TinyRegistry) -> Touching:
    made = Touching(registry)
    read_into(target, registry)
    return made


def change(registry: TinyRegistry, feed: str, row: dict[str, object], **fields: object) -> None:
    assert row in registry.rows[feed]
    row.update(fields)


def test_nothing_changed_touches_nothing(target: Registry, registry: TinyRegistry, touching: Touching) -> None:
    read_into(target, registry)
    assert [touched_employees(target, feed) for feed in FEEDS] == [[]] * 8
    assert [touched_divisions(target, feed) for feed in FEEDS] == [[]] * 8


def test_a_limit_touches_all_posts_of_the_person_and_their_places(
    target: Registry, registry: TinyRegistry, touching: Touching
) -> None:
    row = next(row for row in registry.rows["declarations_limit"] if row["party_id"] == touching.first.party_id)
    change(registry, "declarations_limit", row, declarations_count=1799)
    read_into(target, registry, "declarations_limit")
    assert touched_employees(target, "declarations_limit") == touching.both_of_first
    assert touched_divisions(target, "declarations_limit") == sorted([touching.a.id, touching.b.id])


def test_a_party_touches_all_its_posts(target: Registry, registry: TinyRegistry, touching: Touching) -> None:
    change(registry, "parties", touching.second.party, last_name="Шевченко")
    read_into(target, registry, "parties")
    assert touched_employees(target, "parties") == [touching.second.employee_id]


def test_who_moves_touches_the_place_left_and_the_place_reached(
    target: Registry, registry: TinyRegistry, touching: Touching
) -> None:
    change(registry, "employees", touching.second.row, division_id=touching.a.id)
    read_into(target, registry, "employees")
    assert touched_employees(target, "employees") == [touching.second.employee_id]
    assert touched_divisions(target, "employees") == sorted([touching.a.id, touching.c.id])


def test_an_employment_that_is_gone_is_touched_with_the_persons_others(
    target: Registry, registry: TinyRegistry, touching: Touching
) -> None:
    registry.rows["employees"].remove(touching.first_too.row)
    read_into(target, registry, "employees")
    assert touched_employees(target, "employees") == touching.both_of_first
    assert touching.b.id in touched_divisions(target, "employees")


def test_a_division_touches_its_staff_their_other_posts_and_those_with_roles_there(
    target: Registry, registry: TinyRegistry, touching: Touching
) -> None:
    change(registry, "divisions", touching.b.row, name="Нова назва")
    read_into(target, registry, "divisions")
    everybody = sorted([*touching.both_of_first, touching.second.employee_id])
    assert touched_employees(target, "divisions") == everybody
    assert touching.b.id in touched_divisions(target, "divisions")


def test_a_facility_touches_all_its_divisions_and_staff(
    target: Registry, registry: TinyRegistry, touching: Touching
) -> None:
    change(registry, "legal_entities", touching.c.facility.row, status="SUSPENDED")
    read_into(target, registry, "legal_entities")
    assert touched_employees(target, "legal_entities") == [touching.second.employee_id]
    assert touched_divisions(target, "legal_entities") == [touching.c.id]


def test_a_role_touches_its_doctor(target: Registry, registry: TinyRegistry, touching: Touching) -> None:
    change(registry, "employee_roles", registry.rows["employee_roles"][0], status="INACTIVE")
    read_into(target, registry, "employee_roles")
    assert touched_employees(target, "employee_roles") == [touching.second.employee_id]


def test_a_service_touches_its_division_and_those_who_offer_it(
    target: Registry, registry: TinyRegistry, touching: Touching
) -> None:
    change(registry, "healthcare_services", registry.rows["healthcare_services"][0], status="INACTIVE")
    read_into(target, registry, "healthcare_services")
    everybody = sorted([*touching.both_of_first, touching.second.employee_id])
    assert touched_employees(target, "healthcare_services") == everybody
    assert touching.b.id in touched_divisions(target, "healthcare_services")


def test_a_contract_touches_its_division_and_staff(
    target: Registry, registry: TinyRegistry, touching: Touching
) -> None:
    change(registry, "contract_divisions", registry.rows["contract_divisions"][0], contract_status="TERMINATED")
    read_into(target, registry, "contract_divisions")
    assert touching.first.employee_id in touched_employees(target, "contract_divisions")
    assert touching.second.employee_id not in touched_employees(target, "contract_divisions")
    assert touching.a.id in touched_divisions(target, "contract_divisions")


def test_keys_narrow_the_question(target: Registry, registry: TinyRegistry, touching: Touching) -> None:
    change(registry, "parties", touching.first.party, last_name="Нова")
    change(registry, "parties", touching.second.party, last_name="Нова")
    read_into(target, registry, "parties")
    assert touched_employees(target, "parties", [touching.first.party_id]) == touching.both_of_first
