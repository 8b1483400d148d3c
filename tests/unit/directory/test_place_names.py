"""What places are called and of which kind each name is, over a hand-made country."""

import pytest

from directory.places import Gazetteer, NameKind, Precision, build, name_files, quarters
from directory.places.gazetteer_file import Entry, Sources, is_current, place_entries, write_gazetteer
from directory.places.name_files import NamesUnreadable, PlaceFinder, names_sha256
from directory.places.naming import Naming, guess_kind
from directory.places.place import is_latin
from directory.places.quarters import quarter_entries, slug
from directory.places.sources import CodifierObject, GeoRow
from directory.text import normalise

OBLAST, RAION, OTHER_RAION = "UA12000000000090473", "UA12020000000033717", "UA12040000000000001"
HROMADA, CITY, DISTRICT = "UA12020010000037674", "UA12020010010037010", "UA12020010010161210"
VILLAGE, TWIN, OTHER_TWIN = "UA12020010020000001", "UA12020010030000002", "UA12040010030000003"

OBJECTS = [
    CodifierObject(OBLAST, "O", "Дніпропетровська", ()),
    CodifierObject(RAION, "P", "Дніпровський", (OBLAST,)),
    CodifierObject(HROMADA, "H", "Дніпровська", (OBLAST, RAION)),
    CodifierObject(CITY, "M", "Дніпро", (OBLAST, RAION, HROMADA)),
    CodifierObject(DISTRICT, "B", "Соборний", (OBLAST, RAION, HROMADA, CITY)),
    CodifierObject(VILLAGE, "C", "Кам’яне", (OBLAST, RAION, HROMADA)),
    CodifierObject(TWIN, "C", "Вишневе", (OBLAST, RAION, HROMADA)),
    CodifierObject(OTHER_RAION, "P", "Самарівський", (OBLAST,)),
    CodifierObject(OTHER_TWIN, "C", "Вишневе", (OBLAST, OTHER_RAION)),
]
CITY_ROW = GeoRow(
    1, "Dnipro", ("Днепр", "Днепропетровск", "Катеринослав", "Дніпрó", "Dnepr"), (48.4667, 35.0407), 968_502, ("12",)
)


def read(monkeypatch, **tables):
    """A naming of the hand-made country with these tables in place of the files."""
    by_file = {f"{name}.toml": table for name, table in tables.items()}
    for module in (name_files, quarters):
        monkeypatch.setattr(module, "load_table", lambda file: by_file.get(file, {}))
    return Naming(OBJECTS)


def renames(**entries):
    return {"Дніпропетровська": {name.replace("_", " "): value for name, value in entries.items()}}


# Kinds


def test_every_name_says_its_kind_once_and_the_official_comes_first():
    entry = Entry(CITY, "M", "Дніпро", None, (48.5, 35.0), 9, ("Dnipro", "Днепр"), ("Днепропетровск",), ("Днепр",), ())
    place = place_entries([entry])[0]
    assert list(place.names()) == [
        ("Дніпро", NameKind.OFFICIAL),
        ("Днепр", NameKind.RUSSIAN),
        ("Днепропетровск", NameKind.FORMER),
        ("Dnipro", NameKind.LATIN),
    ]
    assert place.alternate_names == ("Dnipro", "Днепр", "Днепропетровск")


def test_former_name_that_is_another_places_name_of_today_finds_both_and_says_which_is_which():
    city = Entry(CITY, "M", "Сокологірськ", None, None, 500_000, (), former_names=("Первомайськ",))
    village = Entry(VILLAGE, "C", "Первомайськ", None, None, 10, ())
    found = Gazetteer(place_entries([city, village])).named("первомайськ")
    assert [(name.place.code, name.kind) for name in found] == [
        (VILLAGE, NameKind.OFFICIAL),
        (CITY, NameKind.FORMER),
    ]


def test_names_of_all_places_are_listed_quarters_included():
    city = Entry(CITY, "M", "Дніпро", None, (48.5, 35.0), None, ())
    quarter = Entry(f"{CITY}-Q-sokil", "Q", "Сокіл", CITY, None, None, (), russian_names=("Сокол",))
    names = list(Gazetteer(place_entries([city, quarter])).names())
    assert [(name.text, name.place.name, name.kind) for name in names] == [
        ("Дніпро", "Дніпро", NameKind.OFFICIAL),
        ("Сокіл", "Сокіл", NameKind.OFFICIAL),
        ("Сокол", "Сокіл", NameKind.RUSSIAN),
    ]


@pytest.mark.parametrize(
    ("official", "name", "kind"),
    [
        ("Бердичів", "Бердичев", "russian"),
        ("Запоріжжя", "Запорожье", "russian"),
        ("Дніпро", "Катеринослав", "former"),
        ("Берестин", "Красноград", "former"),
        ("Київ", "Кіеў", "other"),
        ("Київ", "Kyiv", "other"),
        ("Київ", "Киевом", "other"),
        ("Одеса", "Південна столиця", "other"),
        ("Дніпро", "Дніпрó", "other"),
    ],
)
def test_names_of_geonames_are_told_apart_by_their_letters(official, name, kind):
    assert guess_kind(official, name) == kind


def test_latin_is_told_by_letters_and_not_by_signs():
    assert is_latin("Kam'yanets’-Podil's'kyy")
    assert is_latin("Kænugarður")
    assert not is_latin("Dnіpro")  # the third letter is Cyrillic


def test_hand_written_names_go_before_those_of_geonames(monkeypatch):
    reading = read(
        monkeypatch,
        renames=renames(**{"м._Дніпро": ["Дніпропетровськ | Днепропетровск"]}),
        russian_names=renames(**{"м._Дніпро": "Днепр"}),
        everyday_names=renames(**{"м._Дніпро": ["Дніпр"]}),
    )
    names = reading.names(OBJECTS[3], CITY_ROW)
    assert names.former == ("Дніпропетровськ", "Днепропетровск", "Катеринослав")
    assert (names.russian, names.short) == (("Днепр",), ("Дніпр",))
    assert "Dnepr" in names.other


def test_russian_name_of_a_village_is_known_for_its_namesakes_too(monkeypatch):
    reading = read(monkeypatch)
    row = GeoRow(5, "Vyshneve", ("Вишнёвое", "Вишневе", "Cherry"), (48.4, 35.1), 700, ("12",))
    reading.learn(OBJECTS, {TWIN: row})
    twin, other_twin = OBJECTS[6], OBJECTS[8]
    assert reading.names(twin, row).russian == reading.names(other_twin, None).russian == ("Вишнёвое",)
    assert reading.names(OBJECTS[5], None).russian == ()


# The files


def test_newer_official_name_than_the_codifiers_is_shown_and_the_codifiers_becomes_former(monkeypatch):
    reading = read(monkeypatch, renames=renames(**{"м._Дніпро": {"now": "Січеслав", "old": ["Катеринослав"]}}))
    names = reading.names(OBJECTS[3], None)
    assert (names.official, names.former) == ("Січеслав", ("Дніпро", "Катеринослав"))


@pytest.mark.parametrize("entry", ["с. Кам'яне", "с. Кам’яне (Дніпровський)", "Кам`яне"])
def test_place_of_an_entry_is_found_by_kind_name_and_raion_whatever_the_apostrophe(entry):
    assert PlaceFinder(OBJECTS).find("x.toml", "Дніпропетровська", entry).code == VILLAGE


def test_raion_and_city_district_are_found_by_the_word_after_the_name():
    finder = PlaceFinder(OBJECTS)
    assert finder.find("x.toml", "Дніпропетровська", "Самарівський район").code == OTHER_RAION
    assert finder.find("x.toml", "Дніпропетровська", "Соборний район міста (Дніпро)").code == DISTRICT


@pytest.mark.parametrize(
    ("oblast", "entry", "complaint"),
    [
        ("Дніпропетровська", "м. Атлантида", "no place"),
        ("Дніпропетровська", "с. Дніпро", "no place"),
        ("Дніпропетровська", "с. Вишневе", f"{TWIN}, {OTHER_TWIN}"),
        ("Нідеська", "м. Дніпро", "has no region"),
    ],
)
def test_entry_that_means_no_place_or_two_is_refused(oblast, entry, complaint):
    with pytest.raises(NamesUnreadable, match=complaint):
        PlaceFinder(OBJECTS).find("x.toml", oblast, entry)


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({"м._Дніпро": ["Дніпро | Днепр"]}, "repeated or the official name"),
        ({"м._Дніпро": ["Січеслав", "Січеслав"]}, "repeated"),
        ({"м._Дніпро": ["Днепропетровск | Дніпропетровськ"]}, "Russian letters"),
        ({"м._Дніпро": ["Катэринослав"]}, "Ukrainian letters"),
        ({"м._Дніпро": ["Катеринослав"], "Дніпро": ["Січеслав"]}, "second entry"),
    ],
)
def test_contradictions_of_former_names_are_refused(monkeypatch, table, complaint):
    with pytest.raises(NamesUnreadable, match=complaint):
        read(monkeypatch, renames=renames(**table))


def test_name_of_two_kinds_is_refused(monkeypatch):
    with pytest.raises(NamesUnreadable, match="two kinds"):
        read(
            monkeypatch,
            renames=renames(**{"м._Дніпро": ["Днепр"]}),
            russian_names=renames(**{"м._Дніпро": "Днепр"}),
        )


def test_russian_name_in_ukrainian_letters_is_refused(monkeypatch):
    with pytest.raises(NamesUnreadable, match="another alphabet"):
        read(monkeypatch, russian_names=renames(**{"м._Дніпро": "Дніпр"}))


# Quarters


def quarters_of(monkeypatch, table, rows=()):
    reading = read(monkeypatch, quarters={"Дніпро": table})
    return quarter_entries(OBJECTS, rows, {CITY: CITY_ROW}, reading.finder)


def test_quarter_is_part_of_its_city_with_a_code_that_follows_from_both(monkeypatch):
    entries = quarters_of(monkeypatch, {"Сокіл": {"ru": "Сокол", "also": ["Сокіл-1"], "district": "Соборний"}})
    assert entries == [
        Entry(f"{CITY}-Q-sokil", "Q", "Сокіл", CITY, None, 968_502, (), (), ("Сокол",), ("Сокіл-1",), DISTRICT)
    ]


def test_quarter_takes_point_and_spellings_of_its_row_and_the_people_of_its_city(monkeypatch):
    row = GeoRow(2, "Ihren", ("Игрень", "Ігрень"), (48.476, 35.158), 22_118, ("12",))
    (entry,) = quarters_of(monkeypatch, {"Ігрень": {"ru": "Игрень"}}, [row])
    assert (entry.point, entry.population, entry.alternate_names) == ((48.476, 35.158), 968_502, ("Ihren",))


def test_hand_written_point_of_a_quarter_goes_before_that_of_its_row(monkeypatch):
    row = GeoRow(2, "Ihren", (), (48.476, 35.158), 22_118, ("12",))
    (entry,) = quarters_of(monkeypatch, {"Ігрень": {"at": [48.48, 35.15]}}, [row])
    assert entry.point == (48.48, 35.15)


def test_section_of_a_city_that_only_geonames_has_becomes_a_quarter_unless_it_is_named_like_a_village(monkeypatch):
    rows = [
        GeoRow(2, "Chapli", ("Чаплі", "Чапли"), (48.47, 35.05), 4_000, ("12",)),
        GeoRow(3, "Kamyane", ("Кам'яне",), (48.47, 35.06), 900, ("12",)),
        GeoRow(4, "Daleke", ("Далеке",), (49.9, 35.06), 900, ("12",)),
    ]
    assert [entry.name for entry in quarters_of(monkeypatch, {}, rows)] == ["Чаплі"]


def test_section_that_the_file_does_not_take_is_no_quarter(monkeypatch):
    row = GeoRow(2, "Chapli", ("Чаплі",), (48.47, 35.05), 4_000, ("12",))
    reading = read(monkeypatch, quarters={"not taken": {"Дніпро": ["Чаплі"]}})
    assert quarter_entries(OBJECTS, [row], {CITY: CITY_ROW}, reading.finder) == []


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({"Сокіл": {"district": "Печерський"}}, "has no district"),
        ({"Сокіл": {"at": [35.0, 48.4]}}, "outside Ukraine"),
        ({"Сокіл": {"nickname": "Сокіл-1"}}, "nobody reads"),
        ({"Сокіл": {}, "Орел": {"also": ["сокіл"]}}, "already names"),
    ],
)
def test_contradictions_of_quarters_are_refused(monkeypatch, table, complaint):
    with pytest.raises(NamesUnreadable, match=complaint):
        quarters_of(monkeypatch, table)


def test_quarter_of_an_unknown_city_is_refused(monkeypatch):
    reading = read(monkeypatch, quarters={"Атлантида": {"Сокіл": {}}})
    with pytest.raises(NamesUnreadable, match="0 cities"):
        quarter_entries(OBJECTS, [], {}, reading.finder)


def test_only_who_asks_for_quarters_sees_them():
    city = Entry(CITY, "M", "Дніпро", None, (48.5, 35.0), None, ())
    own = Entry(f"{CITY}-Q-sokil", "Q", "Сокіл", CITY, (48.4, 35.06), None, ())
    lost = Entry(f"{CITY}-Q-topolia", "Q", "Тополя", CITY, None, None, ())
    gazetteer = Gazetteer(place_entries([city, own, lost]))
    assert gazetteer.by_name("Сокіл") == []
    assert [place.name for place in gazetteer.by_name("Сокіл", "Q")] == ["Сокіл"]
    assert [place.name for place in gazetteer.quarters(CITY)] == ["Сокіл", "Тополя"]
    assert list(gazetteer.quarters("UA00")) == []
    assert [place.name for place in gazetteer.places()] == ["Дніпро"]
    assert [place.name for place in gazetteer.settlements()] == ["Дніпро"]
    assert gazetteer.children(CITY) == []
    assert [place.name for _, place in gazetteer.nearest(48.4, 35.06, count=3)] == ["Дніпро"]
    assert gazetteer.label(gazetteer.by_name("Сокіл", "Q")[0]) == "Сокіл, м. Дніпро"


def test_of_two_quarters_of_a_name_the_one_in_the_larger_city_comes_first():
    town = Entry("UA01", "M", "Містечко", None, None, 20_000, ())
    city = Entry("UA02", "M", "Велике", None, None, 900_000, ())
    small = Entry("UA01-Q-podil", "Q", "Поділ", "UA01", None, 30_000, ())
    large = Entry("UA02-Q-podil", "Q", "Поділ", "UA02", None, None, ())
    gazetteer = Gazetteer(place_entries([town, city, small, large]))
    assert [place.code for place in gazetteer.by_name("Поділ", "Q")] == ["UA02-Q-podil", "UA01-Q-podil"]


def test_quarter_without_a_point_takes_its_citys_and_says_so():
    city = Entry(CITY, "M", "Дніпро", None, (48.5, 35.0), None, ())
    own = Entry(f"{CITY}-Q-sokil", "Q", "Сокіл", CITY, (48.4, 35.06), None, ())
    lost = Entry(f"{CITY}-Q-topolia", "Q", "Тополя", CITY, None, None, ())
    _, first, second = place_entries([city, own, lost])
    assert (first.lat, first.precision) == (48.4, Precision.QUARTER)
    assert (second.lat, second.precision) == (48.5, Precision.SETTLEMENT)


def test_slug_is_the_name_as_passports_write_it():
    assert slug("Кам’янка-Щукіне Є") == "kamianka-shchukine-ie"


# Addresses and the file


def test_everyday_name_does_not_make_an_address_ambiguous():
    oblast = Entry(OBLAST, "O", "Дніпропетровська", None, None, None, ())
    village = Entry(VILLAGE, "C", "Кам'янка", OBLAST, None, None, ())
    city = Entry(CITY, "M", "Кам'янка-Степова", OBLAST, None, None, (), short_names=("Кам'янка",))
    gazetteer = Gazetteer(place_entries([oblast, village, city]))
    assert len(gazetteer.by_name("Кам'янка")) == 2
    assert gazetteer.resolve(area="ДНІПРОПЕТРОВСЬКА", settlement="КАМ'ЯНКА").place.code == VILLAGE


def test_raion_and_city_district_of_an_address_are_read_by_the_names_they_lost():
    oblast = Entry(OBLAST, "O", "Дніпропетровська", None, None, None, ())
    raion = Entry(RAION, "P", "Самарівський", OBLAST, None, None, (), former_names=("Новомосковський",))
    other = Entry(OTHER_RAION, "P", "Дніпровський", OBLAST, None, None, ())
    city = Entry(CITY, "M", "Дніпро", other.code, None, None, ())
    district = Entry(DISTRICT, "B", "Соборний", CITY, None, None, (), former_names=("Жовтневий",))
    twin = Entry(TWIN, "C", "Вишневе", RAION, None, None, ())
    other_twin = Entry(OTHER_TWIN, "C", "Вишневе", OTHER_RAION, None, None, ())
    gazetteer = Gazetteer(place_entries([oblast, raion, other, city, district, twin, other_twin]))
    area = "ДНІПРОПЕТРОВСЬКА"
    found = gazetteer.resolve(area=area, settlement="ВИШНЕВЕ", region="НОВОМОСКОВСЬКИЙ")
    assert found.place.code == TWIN
    assert gazetteer.resolve(area=area, settlement="ДНІПРО", region="ЖОВТНЕВИЙ Р-Н").city_district == DISTRICT
    assert gazetteer.resolve(area=area, settlement="НІДЕ", region="НОВОМОСКОВСЬКИЙ").raion == RAION


def sources(names):
    return Sources("1", "2", "test", "0" * 64, names)


def test_gazetteer_of_another_format_or_of_other_names_is_built_again(tmp_path, monkeypatch):
    built = []
    monkeypatch.setattr(build, "build_gazetteer", built.append)
    path = tmp_path / "places.json.gz"
    said = []
    assert build.ensure_gazetteer(path, lambda: said.append("building")) == path
    assert (built, said) == ([path], ["building"])

    write_gazetteer(path, sources(names_sha256()), [])
    build.ensure_gazetteer(path)
    assert len(built) == 1
    write_gazetteer(path, sources("f" * 64), [])
    build.ensure_gazetteer(path)
    assert len(built) == 2
    monkeypatch.setattr("directory.places.gazetteer_file.FORMAT", 1)
    write_gazetteer(path, sources(names_sha256()), [])
    monkeypatch.undo()
    assert not is_current(path, names_sha256())
    path.write_bytes(b"\x1f\x8bnothing")
    assert not is_current(path, names_sha256())


def test_gazetteer_made_without_hand_written_names_is_left_alone(tmp_path):
    path = tmp_path / "places.json.gz"
    write_gazetteer(path, sources(""), [])
    assert is_current(path, names_sha256())


def test_kinds_of_names_and_districts_survive_the_file(tmp_path):
    city = Entry(CITY, "M", "Дніпро", None, (48.5, 35.0), 5, ("Dnipro",), ("Січеслав",), ("Днепр",), ("Дніпр",))
    quarter = Entry(f"{CITY}-Q-sokil", "Q", "Сокіл", CITY, None, None, (), (), (), (), DISTRICT)
    path = tmp_path / "places.json.gz"
    write_gazetteer(path, sources(""), [city, quarter])
    loaded = Gazetteer.load(path)
    assert [loaded.by_code(entry.code) for entry in (city, quarter)] == place_entries([city, quarter])


# Places as keys


def test_places_are_equal_when_everything_about_them_is_and_hash_alike():
    entry = Entry(CITY, "M", "Дніпро", None, (48.5, 35.0), 9, ())
    one, same = place_entries([entry])[0], place_entries([entry])[0]
    grown = place_entries([Entry(CITY, "M", "Дніпро", None, (48.5, 35.0), 10, ())])[0]
    assert one == same
    assert hash(one) == hash(same) == hash(grown)
    assert one != grown
    assert one != "Дніпро"


def test_every_listed_name_has_its_normalised_spelling():
    city = Entry(CITY, "M", "Слов'янськ", None, None, None, ("Slov\u2019iansk",), ("Артёмовск",))
    names = list(Gazetteer(place_entries([city])).names())
    assert [name.spelling for name in names] == [normalise(name.text) for name in names]
    assert "артемовск" in {name.spelling for name in names}
