"""Places and names drawn from the registry's feeds."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loadtests.errors import CannotRun
from loadtests.feeds import rows_of
from loadtests.gather import DOCTORS_KEPT, make_lexicon
from loadtests.lexicon import KnownDoctor, load_lexicon, save_lexicon, written_as_names_are
from loadtests.targets import permitted
from tests.unit.loadtests.lexicons import a_lexicon


def _division(number: int, settlement: str, lat: Any = 50.0, lon: Any = 30.0, **more: Any) -> dict[str, Any]:
    address = {"area": "ЖИТОМИРСЬКА", "settlement": settlement, "settlement_type": "CITY"}
    location = {"latitude": lat, "longitude": lon}
    return {
        "id": f"d{number}", "name": "Амбулаторія №1", "status": "ACTIVE", "location": location, "addresses": [address],
    } | more  # fmt: skip


def _employee(number: int, division: str = "d1", **more: Any) -> dict[str, Any]:
    return {
        "party_id": f"p{number}", "status": "APPROVED", "is_active": True, "division_id": division,
        "speciality": {"speciality": "THERAPIST"},
    } | more  # fmt: skip


def _party(number: int, last: Any = "КОВАЛЕНКО", **more: Any) -> dict[str, Any]:
    return {"id": f"p{number}", "last_name": last, "first_name": "Олена", "second_name": "NULL"} | more


def test_places_come_with_the_most_divisions_first() -> None:
    divisions = [_division(1, "ЛЮБАР"), _division(2, "ЖИТОМИР"), _division(3, "ЖИТОМИР")]
    found = make_lexicon(divisions, [_employee(1)], [_party(1)], seed=1)
    assert [(place.name, place.divisions) for place in found.places] == [("Житомир", 2), ("Любар", 1)]
    assert [(doctor.full_name, found.places[doctor.place].name) for doctor in found.doctors] == [
        ("Коваленко Олена", "Любар")
    ]


@pytest.mark.parametrize(
    "unsound",
    [
        _division(1, "ЖИТОМИР", lat=30.0, lon=50.0),
        _division(1, "ЖИТОМИР", lat=0.0, lon=0.0),
        _division(1, "ЖИТОМИР", lat=None),
        _division(1, "ЖИТОМИР", lat=float("nan")),
        _division(1, "ЖИТОМИР", location=None),
        _division(1, "ЖИТОМИР", status="INACTIVE"),
        _division(1, "ЖИТОМИР", addresses=[]),
        _division(1, "ЖИТОМИР", addresses=None),
        {"id": {"not": "an id"}, "status": []},
    ],
)
def test_unsound_divisions_make_no_place(unsound: dict[str, Any]) -> None:
    found = make_lexicon([unsound, _division(2, "ЛЮБАР")], [_employee(1, "d2")], [_party(1)], seed=1)
    assert [place.name for place in found.places] == ["Любар"]


def test_one_point_far_off_does_not_move_a_place() -> None:
    points = [(50.0, 30.0), (50.01, 30.01), (50.02, 30.02), (48.0, 24.0), (50.01, 30.0)]
    divisions = [_division(number, "ЖИТОМИР", *point) for number, point in enumerate(points)]
    [place] = make_lexicon(divisions, [_employee(1)], [_party(1)], seed=1).places
    assert (place.lat, place.lon) == (50.01, 30.0)
    assert place.spread_km < 3


@pytest.mark.parametrize(
    "unfit",
    [
        _employee(1, status="DISMISSED"),
        _employee(1, is_active=False),
        _employee(1, division="d9"),
        _employee(1, speciality=None),
        _employee(3),
    ],
)
def test_only_doctors_at_work_with_a_name_are_asked_for(unfit: dict[str, Any]) -> None:
    parties = [_party(1), _party(2, last="Бондар"), _party(3, last="NULL")]
    found = make_lexicon([_division(1, "ЖИТОМИР")], [unfit, _employee(2)], parties, seed=1)
    assert [doctor.last_name for doctor in found.doctors] == ["Бондар"]


def test_a_large_registry_is_sampled_evenly_and_by_seed() -> None:
    employees = [_employee(number) for number in range(DOCTORS_KEPT * 2)]
    parties = [_party(number, second_name=None) for number in range(DOCTORS_KEPT * 2)]

    def kept(seed: int) -> list[str]:
        posts = make_lexicon([_division(1, "ЖИТОМИР")], employees, (_numbered(row) for row in parties), seed).doctors
        return [doctor.first_name for doctor in posts]

    first = kept(1)
    assert len(first) == DOCTORS_KEPT
    assert first == kept(1)
    assert first != kept(2)
    late = sum(name >= _first_name(DOCTORS_KEPT) for name in first)
    assert 0.45 < late / DOCTORS_KEPT < 0.55


def _first_name(number: int) -> str:
    letters = "абвгдежзик"
    return "Ім" + "".join(letters[int(digit)] for digit in f"{number:05d}")


def _numbered(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"first_name": _first_name(int(row["id"][1:]))}


def test_cities_that_share_a_name_are_not_asked_for_by_it() -> None:
    other = {"area": "ЛЬВІВСЬКА", "settlement": "ГОРОДОК", "settlement_type": "CITY"}
    divisions = [_division(1, "ГОРОДОК"), _division(2, "ГОРОДОК", addresses=[other]), _division(3, "ЖИТОМИР")]
    found = make_lexicon(divisions, [_employee(1)], [_party(1)], seed=1)
    assert len(found.places) == 3
    assert [place.name for place in found.typed_places()] == ["Житомир"]


def test_a_specialist_is_asked_for_among_all_doctors() -> None:
    doctor = KnownDoctor("Бондар", "Петро", None, "THERAPIST", 0)
    assert doctor.by_name("бондар") == {"q": "бондар"}
    assert replace(doctor, speciality="CARDIOLOGIST").by_name("бондар") == {"q": "бондар", "kind": "all"}


def test_names_are_written_as_people_write_them() -> None:
    assert written_as_names_are("ІВАНО-ФРАНКІВСЬК") == "Івано-Франківськ"
    assert written_as_names_are(" КАМ’ЯНЕЦЬ-ПОДІЛЬСЬКИЙ") == "Кам’янець-Подільський"
    assert written_as_names_are("ДЕРЕВ'ЯНКО") == "Дерев'янко"


@pytest.mark.parametrize("piece", [1, 2, 7, 64, 10_000])
def test_rows_are_read_from_pieces_of_any_size(piece: int) -> None:
    rows = [{"id": str(number), "name": "Ім’я «]}»", "nested": [{"a": [1, 2]}]} for number in range(20)]
    body = json.dumps({"meta": {"note": "data"}, "data": [5, *rows, "x", None]}, ensure_ascii=False).encode()
    pieces = [body[at : at + piece] for at in range(0, len(body), piece)]
    assert list(rows_of(pieces, "parties")) == rows


def test_an_empty_feed_has_no_rows() -> None:
    assert list(rows_of([b'{"meta":{},"data":[]}'], "parties")) == []


@pytest.mark.parametrize(
    "body", [b"", b'{"meta":{}}', b'{"data":[{"id":1},', b'{"data":[{"id":1}', b'{"data":[{"id":}]}', b"<html>"]
)
def test_a_feed_cut_off_or_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(CannotRun, match="«parties»"):
        list(rows_of([body], "parties"))


def test_a_queries_file_gives_back_the_lexicon(tmp_path: Path) -> None:
    save_lexicon(a_lexicon(), tmp_path / "queries.json")
    assert load_lexicon(tmp_path / "queries.json") == a_lexicon()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"places": [{}], "doctors": []}', "\udc80"])
def test_a_damaged_queries_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "queries.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(CannotRun, match="is damaged"):
        load_lexicon(path)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8900", "http://localhost:8900/", "http://[::1]:8900", "https://127.8.8.8"]
)
def test_loopback_targets_are_permitted(url: str) -> None:
    assert permitted(url, owned=False) == url.rstrip("/")


@pytest.mark.parametrize("url", ["http://192.0.2.1", "http://api.example", "http://localhost.example:8900"])
def test_targets_beyond_this_machine_need_a_word(url: str) -> None:
    with pytest.raises(CannotRun, match="--i-own-this-target"):
        permitted(url, owned=False)
    assert permitted(url, owned=True) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:8900",
        "ftp://127.0.0.1",
        "http://",
        "http://127.0.0.1:99999",
        "http://127.0.0.1/v1",
        "http://[::1",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(CannotRun, match="is no address"):
        permitted(url, owned=True)


def test_passwords_in_an_address_are_refused_and_not_repeated() -> None:
    with pytest.raises(CannotRun) as refused:
        permitted("http://someone:secret@127.0.0.1:8900", owned=True)
    assert "secret" not in str(refused.value)
