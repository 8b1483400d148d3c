"""Names of streets: one term for every way to write one, and the names of today for those that are gone."""

import pytest

from directory.places import Gazetteer, streets
from directory.places.gazetteer_file import Entry, place_entries
from directory.places.streets import (
    StreetsUnreadable,
    renamed_streets,
    street_renames,
    street_term,
    street_terms,
    street_types,
)

KYIV, OBLAST, LVIV_OBLAST = "UA80000000000093317", "UA48000000000039575", "UA46000000000026241"
MYKOLAIV, OTHER_MYKOLAIV = "UA48060150010035747", "UA46100130010054231"

CITIES = Gazetteer(
    place_entries(
        [
            Entry(KYIV, "K", "Київ", None, None, None, ()),
            Entry(OBLAST, "O", "Миколаївська", None, None, None, ()),
            Entry(MYKOLAIV, "M", "Миколаїв", OBLAST, None, None, ()),
            Entry(LVIV_OBLAST, "O", "Львівська", None, None, None, ()),
            Entry(OTHER_MYKOLAIV, "M", "Миколаїв", LVIV_OBLAST, None, None, ()),
        ]
    )
)


@pytest.fixture
def table(monkeypatch):
    """Puts a table in place of the file."""

    def put(content):
        monkeypatch.setattr(streets, "_read", lambda: {"types": {"вулиця": ["вул"], "проспект": ["просп"]}} | content)
        street_types.cache_clear()
        street_renames.cache_clear()

    yield put
    monkeypatch.undo()
    street_types.cache_clear()
    street_renames.cache_clear()


@pytest.mark.parametrize(
    "written",
    [
        "проспект Степана Бандери", "просп. Степана Бандери, 12", "пр-т СТЕПАНА БАНДЕРИ", "Степана Бандери",
        "Степана  Бандери проспект",
    ],
)  # fmt: skip
def test_every_way_to_write_a_street_gives_one_term(written):
    assert street_term(written) == "степана бандери"


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("вул.Шевченка", "шевченка"),
        ("ул. Артёма", "артема"),
        ("б-р Лесі Українки", "лесі українки"),
        ("пл. Ринок", "ринок"),
        ("Берестейський проспект", "берестейський"),
        ("вул. Набережна", "набережна"),
        ("Набережна", "набережна"),
        ("Бульварно-Кудрявська", "бульварно-кудрявська"),
        ("узвіз Андріївський", "андріївський"),
        ("", ""),
    ],
)
def test_kind_of_a_street_is_dropped_unless_it_is_the_name(written, term):
    assert street_term(written) == term


def test_last_word_of_a_street_finds_it_unless_it_is_a_number_or_tiny():
    assert street_terms("Степана Бандери", None, {}) == ("степана бандери", "бандери")
    assert street_terms("Лінія 12", None, {}) == ("лінія 12",)
    assert street_terms(None, KYIV, {}) == ()


def test_renamed_street_is_found_by_its_name_of_today_in_its_own_city_only():
    renamed = renamed_streets(CITIES)
    assert street_terms("вул. Артема", KYIV, renamed) == ("артема", "січових стрільців", "стрільців")
    assert street_terms("вул. Артема", MYKOLAIV, renamed) == ("артема",)
    assert renamed[KYIV]["московский"] == "степана бандери"


def test_renamings_of_a_shared_city_name_belong_to_the_city_of_that_oblast():
    renamed = renamed_streets(CITIES)
    assert renamed[MYKOLAIV]["леніна"] == "центральний"
    assert OTHER_MYKOLAIV not in renamed
    assert CITIES.renamed_streets == renamed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("проспект Перемоги", "берестейський"),
        ("улица Красноармейская", "велика васильківська"),
        ("вулиця Маршала Тимошенка", "левка лук'яненка"),
        ("улица Льва Толстого", "гетьмана павла скоропадського"),
        ("бульвар Перова", "воскресенський"),
    ],
)
def test_known_renamings_of_kyiv_are_known(old, new):
    assert renamed_streets(CITIES)[KYIV][street_term(old)] == new


def test_all_cities_of_the_file_exist_and_many_streets_are_known(national_gazetteer):
    assert len(renamed_streets(national_gazetteer)) == len({(r.city, r.oblast) for r in street_renames()})
    assert len(street_renames()) >= 60
    assert all(rename.source for rename in street_renames())


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ({"Київ": {"source": "x", "вул А": ["вул Б"], "вул В": ["Б"]}}, "no former name of «вул В» alone"),
        ({"Київ": {"source": "x", "вул А": ["просп А"]}}, "no former name of «вул А» alone"),
        ({"Київ": {"вул А": ["вул Б"]}}, "where its renamings come from"),
        ({"types": {"вулиця": ["вул"], "проспект": ["вул"]}, "Київ": {"source": "x", "А": ["Б"]}}, "two kinds"),
    ],
)
def test_contradictions_of_streets_are_refused(table, content, complaint):
    table(content)
    with pytest.raises(StreetsUnreadable, match=complaint):
        street_renames()
