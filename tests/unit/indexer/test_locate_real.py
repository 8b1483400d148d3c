"""Faulty points over the real gazetteer: every settlement with a point of its own plays a division."""

import random
from dataclasses import dataclass

import pytest

from directory.places import distance_km
from indexer.locate import LocationFlag, Source, locate_division

KINDS = {"K": "CITY", "M": "CITY", "X": "SETTLEMENT", "C": "VILLAGE"}


@dataclass(frozen=True)
class Address:
    area: str
    region: str | None
    settlement: str
    settlement_type: str


@dataclass(frozen=True)
class Location:
    latitude: float
    longitude: float


@pytest.fixture(scope="module")
def divisions(national_gazetteer):
    """(address, true point, settlement) of every settlement that has a point, each within 3 km of it."""
    chance = random.Random(20)
    made = []
    for place in national_gazetteer.settlements():
        if place.has_own_point:
            raion = national_gazetteer.by_code(place.raion or "")
            area = national_gazetteer.by_code(place.oblast).name.upper()
            address = Address(
                area=f"М.{area}" if place.category == "K" else area,
                region=raion.name.upper() if raion else None,
                settlement=place.name.upper(),
                settlement_type=KINDS[place.category],
            )
            point = (place.lat + chance.uniform(-0.02, 0.02), place.lon + chance.uniform(-0.03, 0.03))
            made.append((address, point, place))
    return made


def test_no_sound_point_is_changed_and_its_settlement_is_never_mistaken(divisions, national_gazetteer):
    mistaken = 0
    for address, point, place in divisions:
        located = locate_division(address, Location(*point), national_gazetteer)
        assert (located.lat, located.lon, located.source) == (*point, Source.UPSTREAM)
        assert located.oblast == place.oblast
        mistaken += located.settlement not in (place.code, None)
    assert mistaken == 0


def test_every_swapped_pair_is_repaired(divisions, national_gazetteer):
    for address, (lat, lon), _ in divisions:
        located = locate_division(address, Location(lon, lat), national_gazetteer)
        assert (located.lat, located.lon, located.source) == (lat, lon, Source.SWAPPED)


def test_points_of_other_oblasts_are_found_and_replaced(divisions, national_gazetteer):
    chance = random.Random(21)
    elsewhere = [(point, place.oblast) for _, point, place in divisions]
    found = total = 0
    for address, _, place in divisions:
        point, oblast = chance.choice(elsewhere)
        if oblast != place.oblast:
            located = locate_division(address, Location(*point), national_gazetteer)
            total += 1
            found += LocationFlag.WRONG_OBLAST in located.flags and located.source is Source.GAZETTEER
    assert found / total >= 0.98


def test_near_points_of_neighbouring_oblasts_are_mostly_found(divisions, national_gazetteer):
    chance = random.Random(22)
    found = total = 0
    while total < 400:
        address, here, place = chance.choice(divisions)
        _, point, other = chance.choice(divisions)
        if other.oblast != place.oblast and 60 < distance_km(here, point) < 150:
            located = locate_division(address, Location(*point), national_gazetteer)
            total += 1
            found += LocationFlag.WRONG_OBLAST in located.flags
    assert found / total >= 0.9
