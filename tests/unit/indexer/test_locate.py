"""Where divisions are, over a hand-made strip of two neighbouring oblasts, Kyiv and a far oblast."""

import math
from dataclasses import dataclass

import pytest

from directory.places import Gazetteer, Precision
from directory.places.gazetteer_file import Entry, place_entries
from indexer.locate import LocationFlag, Source, choose_address, locate_division

WEST, WEST_RAION, WEST_HROMADA = "UA18000000000000001", "UA18020000000000002", "UA18020010000000003"
EAST, EAST_RAION, EAST_HROMADA = "UA32000000000000001", "UA32020000000000002", "UA32020010000000003"
FAR, FAR_RAION, FAR_HROMADA = "UA63000000000000001", "UA63020000000000002", "UA63020010000000003"
KYIV, DISTRICT = "UA80000000000093317", "UA80000000000210193"
CITY, HAMLET, BORDER_HAMLET, TWIN_A, TWIN_B = (f"UA180200100{n}000000" for n in range(10, 60, 10))
BORDER_POST = "UA18020010060000000"
TWIN_RAION, TWIN_HROMADA = "UA18040000000000002", "UA18040010000000003"


def entry(code, category, name, parent, point=None):
    return Entry(code, category, name, parent, point, None, ())


def villages(prefix, hromada, lat, lon):
    """Six located villages around a point, so that neighbours can vote."""
    return [
        entry(f"{prefix}9{n}00000", "C", f"Село {prefix} {n}", hromada, (lat + dy, lon + dx))
        for n, (dy, dx) in enumerate([(0, 0), (0.05, 0.05), (-0.05, 0.05), (0.05, -0.05), (-0.05, -0.05), (0.1, 0)], 10)
    ]


ENTRIES = [
    entry(WEST, "O", "Житомирська", None, (50.0, 28.5)),
    entry(WEST_RAION, "P", "Західний", WEST, (50.0, 28.6)),
    entry(WEST_HROMADA, "H", "Західна", WEST_RAION, (50.0, 28.7)),
    entry(CITY, "M", "Західне", WEST_HROMADA, (50.0, 28.5)),
    entry(HAMLET, "C", "Хутір", WEST_HROMADA),
    entry(BORDER_HAMLET, "C", "Порубіжне", WEST_HROMADA),
    entry(TWIN_A, "C", "Двійня", WEST_HROMADA),
    *villages("UA180200100", WEST_HROMADA, 50.0, 28.7),
    entry(BORDER_POST, "C", "Застава", WEST_HROMADA, (50.0, 29.1)),
    entry(TWIN_RAION, "P", "Далекий", WEST, (51.2, 28.0)),
    entry(TWIN_HROMADA, "H", "Далека", TWIN_RAION, (51.2, 28.0)),
    entry(TWIN_B, "C", "Двійня", TWIN_HROMADA),
    *villages("UA180400100", TWIN_HROMADA, 51.2, 28.0),
    entry(EAST, "O", "Київська", None, (50.0, 29.6)),
    entry(EAST_RAION, "P", "Східний", EAST, (50.0, 29.5)),
    entry(EAST_HROMADA, "H", "Східна", EAST_RAION, (50.0, 29.5)),
    *villages("UA320200100", EAST_HROMADA, 50.0, 29.4),
    entry(FAR, "O", "Харківська", None, (50.0, 36.2)),
    entry(FAR_RAION, "P", "Харківський", FAR, (50.0, 36.2)),
    entry(FAR_HROMADA, "H", "Харківська", FAR_RAION, (50.0, 36.2)),
    *villages("UA630200100", FAR_HROMADA, 50.0, 36.2),
    entry(KYIV, "K", "Київ", None, (50.45, 30.52)),
    entry(DISTRICT, "B", "Дарницький", KYIV),
]


@dataclass(frozen=True)
class Address:
    area: str | None = "ЖИТОМИРСЬКА"
    settlement: str | None = "ЗАХІДНЕ"
    settlement_type: str | None = "CITY"
    region: str | None = None
    type: str | None = "RESIDENCE"


@dataclass(frozen=True)
class Location:
    latitude: float | None
    longitude: float | None


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer(place_entries(ENTRIES))


def point_of(located):
    return located.lat, located.lon


def test_sound_point_is_kept_as_it_is_with_all_codes(gazetteer):
    located = locate_division(Address(), Location(50.0123, 28.5123), gazetteer)
    assert point_of(located) == (50.0123, 28.5123)
    assert (located.precision, located.source, located.flags) == (Precision.ADDRESS, Source.UPSTREAM, ())
    codes = (located.settlement, located.hromada, located.raion, located.oblast)
    assert codes == (CITY, WEST_HROMADA, WEST_RAION, WEST)
    assert (located.city_district, located.unresolved) == (None, None)


def test_sound_point_of_a_hamlet_known_only_by_its_hromada_is_kept(gazetteer):
    located = locate_division(Address(settlement="ХУТІР"), Location(50.0, 28.25), gazetteer)
    assert (point_of(located), located.source) == ((50.0, 28.25), Source.UPSTREAM)


def test_sound_point_by_the_border_is_kept_though_its_neighbours_are_of_the_other_oblast(gazetteer):
    located = locate_division(Address(settlement="ПОРУБІЖНЕ"), Location(50.0, 29.2), gazetteer)
    assert (point_of(located), located.source, located.flags) == ((50.0, 29.2), Source.UPSTREAM, ())


def test_point_just_beyond_reach_in_the_border_strip_is_kept_but_flagged(gazetteer):
    located = locate_division(Address(settlement="ПОРУБІЖНЕ"), Location(50.0, 29.28), gazetteer)
    assert (point_of(located), located.source) == ((50.0, 29.28), Source.UPSTREAM)
    assert located.flags == (LocationFlag.FAR_FROM_SETTLEMENT,)


def test_point_deep_in_the_neighbouring_oblast_is_replaced(gazetteer):
    located = locate_division(Address(settlement="ПОРУБІЖНЕ"), Location(50.0, 29.56), gazetteer)
    assert (located.source, located.precision) == (Source.GAZETTEER, Precision.HROMADA)
    assert located.flags == (LocationFlag.WRONG_OBLAST,)


def test_swapped_pair_is_turned_round(gazetteer):
    located = locate_division(Address(), Location(28.5123, 50.0123), gazetteer)
    assert point_of(located) == (50.0123, 28.5123)
    assert (located.precision, located.source) == (Precision.ADDRESS, Source.SWAPPED)
    assert located.flags == (LocationFlag.SWAPPED,)


def test_swapped_pair_in_another_oblast_is_still_replaced(gazetteer):
    located = locate_division(Address(), Location(36.2, 50.0), gazetteer)
    assert (point_of(located), located.source) == ((50.0, 28.5), Source.GAZETTEER)
    assert located.flags == (LocationFlag.SWAPPED, LocationFlag.WRONG_OBLAST)


@pytest.mark.parametrize(
    ("location", "flag"),
    [
        (None, LocationFlag.MISSING),
        (Location(None, 28.5), LocationFlag.MISSING),
        (Location(50.0, None), LocationFlag.MISSING),
        (Location(0.0, 0.0), LocationFlag.ZERO),
        (Location(math.nan, 28.5), LocationFlag.INVALID),
        (Location(50.0, math.inf), LocationFlag.INVALID),
        (Location(0.0, 28.5), LocationFlag.OUTSIDE_UKRAINE),
        (Location(52.52, 13.40), LocationFlag.OUTSIDE_UKRAINE),
        (Location(44.5, 31.5), LocationFlag.OUTSIDE_UKRAINE),
        (Location(-50.0, 28.5), LocationFlag.OUTSIDE_UKRAINE),
        (Location(50.0, 36.2), LocationFlag.WRONG_OBLAST),
        (Location(50.0, 29.5), LocationFlag.WRONG_OBLAST),
    ],
)
def test_missing_or_implausible_point_gives_way_to_the_settlements(gazetteer, location, flag):
    located = locate_division(Address(), location, gazetteer)
    assert point_of(located) == (50.0, 28.5)
    assert (located.precision, located.source, located.flags) == (Precision.SETTLEMENT, Source.GAZETTEER, (flag,))
    assert located.settlement == CITY


def test_replaced_point_of_a_hamlet_is_its_hromadas_and_says_so(gazetteer):
    located = locate_division(Address(settlement="ХУТІР"), None, gazetteer)
    assert (point_of(located), located.precision) == ((50.0, 28.7), Precision.HROMADA)


def test_point_far_from_its_settlement_but_in_its_oblast_is_kept_and_flagged(gazetteer):
    located = locate_division(Address(), Location(51.2, 28.0), gazetteer)
    assert (point_of(located), located.source) == ((51.2, 28.0), Source.UPSTREAM)
    assert located.flags == (LocationFlag.FAR_FROM_SETTLEMENT,)


def test_point_settles_which_namesake_is_meant(gazetteer):
    located = locate_division(Address(settlement="ДВІЙНЯ"), Location(51.21, 28.01), gazetteer)
    assert (located.settlement, located.unresolved) == (TWIN_B, None)


def test_ambiguous_settlement_without_a_point_is_reported_and_placed_by_oblast_only(gazetteer):
    located = locate_division(Address(settlement="ДВІЙНЯ"), None, gazetteer)
    assert (located.settlement, located.raion, located.oblast) == (None, None, WEST)
    assert located.unresolved is LocationFlag.SETTLEMENT_AMBIGUOUS
    assert (point_of(located), located.precision) == ((50.0, 28.5), Precision.OBLAST)
    assert located.flags == (LocationFlag.MISSING, LocationFlag.SETTLEMENT_AMBIGUOUS)


def test_wrong_oblast_point_does_not_settle_a_namesake(gazetteer):
    located = locate_division(Address(settlement="ДВІЙНЯ"), Location(50.0, 36.2), gazetteer)
    assert located.settlement is None
    assert located.flags == (LocationFlag.WRONG_OBLAST, LocationFlag.SETTLEMENT_AMBIGUOUS)


def test_unknown_settlement_is_reported_and_placed_by_its_raion(gazetteer):
    located = locate_division(Address(settlement="НІДЕ", region="ЗАХІДНИЙ"), None, gazetteer)
    assert located.unresolved is LocationFlag.SETTLEMENT_UNKNOWN
    assert (point_of(located), located.precision, located.raion) == ((50.0, 28.6), Precision.RAION, WEST_RAION)


def test_unknown_settlement_with_a_point_in_another_oblast_is_replaced(gazetteer):
    located = locate_division(Address(settlement="НІДЕ"), Location(50.0, 36.2), gazetteer)
    assert (located.source, located.precision) == (Source.GAZETTEER, Precision.OBLAST)
    assert LocationFlag.WRONG_OBLAST in located.flags


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (None, LocationFlag.NO_ADDRESS),
        (Address(area=None, settlement=None), LocationFlag.NO_ADDRESS),
        (Address(area="АТЛАНТИДА"), LocationFlag.AREA_UNKNOWN),
    ],
)
def test_point_without_a_readable_address_is_kept_and_the_reason_given(gazetteer, address, reason):
    located = locate_division(address, Location(50.0, 28.5), gazetteer)
    assert (point_of(located), located.source, located.precision) == ((50.0, 28.5), Source.UPSTREAM, Precision.ADDRESS)
    assert (located.unresolved, located.oblast) == (reason, None)


def test_neither_point_nor_address_leaves_no_point_at_all(gazetteer):
    located = locate_division(None, None, gazetteer)
    assert (point_of(located), located.precision, located.source) == ((None, None), None, Source.NONE)
    assert located.flags == (LocationFlag.MISSING, LocationFlag.NO_ADDRESS)


def test_kyiv_address_gives_the_city_its_district_and_no_raion(gazetteer):
    address = Address(area="М.КИЇВ", settlement="КИЇВ", region="ДАРНИЦЬКИЙ РАЙОН")
    located = locate_division(address, Location(50.40, 30.65), gazetteer)
    assert (located.settlement, located.oblast, located.raion, located.hromada) == (KYIV, KYIV, None, None)
    assert (located.city_district, located.source) == (DISTRICT, Source.UPSTREAM)


def test_kyiv_address_with_a_point_outside_the_city_is_replaced(gazetteer):
    located = locate_division(Address(area="М.КИЇВ", settlement="КИЇВ"), Location(50.0, 29.4), gazetteer)
    assert (point_of(located), located.flags) == ((50.45, 30.52), (LocationFlag.WRONG_OBLAST,))


def test_residence_address_is_preferred_and_no_address_is_none():
    registration, residence = Address(type="REGISTRATION"), Address(type="residence")
    assert choose_address([registration, residence]) is residence
    assert choose_address([registration]) is registration
    assert choose_address([Address(type=None)]) == Address(type=None)
    assert choose_address([]) is None
