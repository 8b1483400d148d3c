"""A place among its namesakes: told apart by what stands beside it, by its marker, by the patient's point."""

import pytest

from directory.places import Gazetteer, Place
from ranking import (
    Alternative,
    Lexicons,
    NameLexicon,
    Point,
    Reading,
    Repaired,
    TakenAs,
    Understanding,
    WordLexicon,
    understand,
)
from tests.support.ranking import place, small_lexicons

ZHYTOMYR, ODESA = "UA18000000000041385", "UA51000000000030770"
KYIV, KYIV_OBLAST = "UA80000000000093317", "UA32000000000030281"

PLACES = Gazetteer(
    [
        place(ZHYTOMYR, "Житомирська", "O"),
        place(ODESA, "Одеська", "O"),
        place(KYIV_OBLAST, "Київська", "O"),
        place(KYIV, "Київ", "K", at=(50.45, 30.52), population=2_950_000, alternate=("Kyiv",), russian=("Киев",)),
        place("P1", "Бердичівський", "P", parent=ZHYTOMYR, oblast=ZHYTOMYR),
        place("P2", "Одеський", "P", parent=ODESA, oblast=ODESA),
        place("M1", "Одеса", "M", at=(46.48, 30.72), population=1_000_000, oblast=ODESA, raion="P2",
              russian=("Одесса",)),
        place("M2", "Житомир", "M", at=(50.25, 28.66), population=263_000, oblast=ZHYTOMYR),
        place("I1", "Іванівка", "C", at=(49.9, 28.6), oblast=ZHYTOMYR, raion="P1"),
        place("I2", "Іванівка", "X", at=(46.97, 30.46), oblast=ODESA, raion="P2", population=3_000),
        place("I3", "Іванівка", "C", at=(50.2, 30.4), oblast=KYIV_OBLAST),
        place("V1", "Вишневе", "M", at=(50.38, 30.37), population=40_000, oblast=KYIV_OBLAST),
        place("V2", "Вишневе", "C", at=(48.5, 33.3), oblast=ZHYTOMYR),
        place("B1", "Шевченківський", "B", parent=KYIV, oblast=KYIV),
        place("B2", "Приморський", "B", parent="M1", oblast=ODESA),
        place("Q1", "Троєщина", "Q", at=(50.51, 30.6), parent=KYIV, oblast=KYIV, short=("Троя",)),
        place("Q2", "Черемушки", "Q", parent="M1", oblast=ODESA, short=("Черьомушки",)),
        place("Q3", "Черемушки", "Q", parent="M2", oblast=ZHYTOMYR, short=("Черьомушки",)),
        place("N1", "Дніпро", "M", at=(48.46, 35.04), population=980_000, former=("Дніпропетровськ",),
              russian=("Днепр",)),
        place("U1", "Первомайськ", "M", at=(48.04, 30.85), population=63_000),
        place("U2", "Софіївка", "C", at=(48.0, 34.0), former=("Первомайськ",)),
        place("L1", "Луки", "C", at=(49.0, 28.0)),
        place("L2", "Великі Луки", "C", at=(49.0, 27.0)),
        place("G1", "Бровари", "M", at=(50.51, 30.79), population=109_000, oblast=KYIV_OBLAST),
    ]
)  # fmt: skip
LEXICONS = small_lexicons(
    places=PLACES,
    streets=WordLexicon({"велика бердичівська": 5, "соборності": 9, "київська": 3, "шевченка": 1}),
    renamed_streets={"M2": {"леніна": "соборності"}},
)


def understood(text: str, near: Point | None = None, lexicons: Lexicons = LEXICONS) -> Understanding:
    return understand(text, lexicons, near)


def read(text: str, near: Point | None = None) -> Reading:
    return understood(text, near).best


def read_with(text: str, lexicons: Lexicons) -> Reading:
    return understood(text, lexicons=lexicons).best


def code(found: Place | None) -> str | None:
    return found.code if found else None


def offered(alternatives: tuple[Alternative, ...]) -> list[str | None]:
    return [code(one.place) for one in alternatives]


@pytest.mark.parametrize(
    ("text", "settlement", "region"),
    [
        ("Іванівка Одеська область", "I2", ODESA),
        ("Одеська обл. Іванівка", "I2", ODESA),
        ("Іванівка, Житомирська обл.", "I1", ZHYTOMYR),
        ("Іванівка на Житомирщині", "I1", ZHYTOMYR),
        ("Іванівка Бердичівський район", "I1", "P1"),
        ("Іванівка Одеського р-ну", "I2", "P2"),
        ("Ивановка Одесская область", "I2", ODESA),
        ("Ивановка в Одесском районе", "I2", "P2"),
        ("Іванівка Одеса", "I2", None),
        ("Іванівка біля Одеси", "I2", None),
        ("Іванівка Київ", "I3", None),
        ("Іванівка під Києвом", "I3", None),
        ("Вишневе Київ", "V1", None),
        ("Бровари Київ", "G1", None),
        ("Київ Бровари", "G1", None),
        ("Вишневе Житомирська область", "V2", ZHYTOMYR),
        ("Житомир Вишневе", "V2", None),
    ],
)
def test_region_or_larger_city_beside_it_tells_namesakes_apart(text: str, settlement: str, region: str | None) -> None:
    found = read(text)
    assert (code(found.settlement), code(found.region)) == (settlement, region)
    assert not found.names
    assert found.not_understood == ()


def test_what_lies_in_the_region_named_is_the_village_rather_than_the_surname() -> None:
    lexicons = small_lexicons(places=PLACES, names=NameLexicon(surnames=WordLexicon({"іванівка": 8})))
    assert read_with("іванівка", lexicons).names
    found = read_with("іванівка житомирська область", lexicons)
    assert (code(found.settlement), code(found.region), bool(found.names)) == ("I1", ZHYTOMYR, False)


@pytest.mark.parametrize(
    ("text", "settlement"),
    [("терапевт Луки", "L1"), ("терапевт Лука", "L3"), ("терапевт у Луці", "L3")],
)
def test_without_a_preposition_a_name_is_rather_nominative(text: str, settlement: str) -> None:
    places = Gazetteer([place("L1", "Луки", "C", at=(49.0, 28.0)), place("L3", "Лука", "X", at=(49.0, 29.0))])
    assert code(read_with(text, small_lexicons(places=places)).settlement) == settlement


def test_namesakes_that_do_not_fit_the_region_are_not_offered() -> None:
    assert offered(understood("Іванівка").alternatives) == ["I1", "I3"]
    assert offered(understood("Іванівка Одеська область").alternatives) == []


@pytest.mark.parametrize(
    ("text", "settlement"),
    [("смт Іванівка", "I2"), ("с. Іванівка", "I1"), ("село Іванівка", "I1"), ("м. Вишневе", "V1"), ("с Вишневе", "V2"),
     ("с. Первомайськ", "U2"), ("м. Первомайськ", "U1")],
)  # fmt: skip
def test_marker_of_the_kind_decides(text: str, settlement: str) -> None:
    assert code(read(text).settlement) == settlement


@pytest.mark.parametrize(
    ("near", "settlement"),
    [
        (None, "I2"),
        (Point(49.9, 28.7), "I1"),
        (Point(50.2, 30.5), "I3"),
        (Point(46.5, 30.7), "I2"),
        (Point(0.0, 0.0), "I2"),
    ],
)
def test_point_of_the_patient_tells_namesakes_apart(near: Point | None, settlement: str) -> None:
    assert code(read("Іванівка", near).settlement) == settlement


def test_city_is_meant_rather_than_a_village_unless_the_patient_lives_beside_that() -> None:
    assert code(read("Вишневе").settlement) == "V1"
    assert code(read("Вишневе", Point(48.55, 33.3)).settlement) == "V2"
    assert offered(understood("Вишневе", Point(48.55, 33.3)).alternatives) == ["V1"]


@pytest.mark.parametrize(
    ("text", "settlement", "district"),
    [
        ("Шевченківський район", KYIV, "B1"),
        ("Шевченківський р-н Києва", KYIV, "B1"),
        ("Приморський район", "M1", "B2"),
        ("Одеса Приморський", "M1", "B2"),
        ("Троєщина", KYIV, "Q1"),
        ("на Троєщині", KYIV, "Q1"),
        ("Троя", KYIV, "Q1"),
        ("Черемушки Одеса", "M1", "Q2"),
        ("Житомир Черемушки", "M2", "Q3"),
        ("kyiv troieshchyna", KYIV, "Q1"),
    ],
)
def test_district_or_quarter_implies_its_city(text: str, settlement: str, district: str) -> None:
    found = read(text)
    assert (code(found.settlement), code(found.district), code(found.place)) == (settlement, district, district)


def test_quarter_of_several_cities_offers_the_others() -> None:
    found = understood("Черемушки")
    assert {code(found.best.district), *offered(found.alternatives)} == {"Q2", "Q3"}


def test_quarter_of_another_city_is_not_taken_for_one_of_this_city() -> None:
    found = read("Троєщина Одеса")
    assert (code(found.settlement), found.district) == ("M1", None)
    assert found.not_understood == ("троєщина",)


def test_of_two_large_cities_one_is_taken_and_the_other_offered_and_none_is_a_person() -> None:
    found = understood("Київ Одеса")
    assert not found.best.names
    assert {code(found.best.settlement), *offered(found.alternatives)} >= {KYIV, "M1"}


def test_former_name_is_read_as_todays_and_that_is_said() -> None:
    found = read("Дніпропетровськ")
    assert code(found.settlement) == "N1"
    assert [(one.kind, one.read) for one in found.repairs] == [(Repaired.OLD_NAME, "Дніпро")]


def test_name_of_today_comes_before_the_same_former_name_and_that_one_is_offered() -> None:
    found = understood("Первомайськ")
    assert code(found.best.settlement) == "U1"
    assert found.best.repairs == ()
    assert offered(found.alternatives) == ["U2"]


@pytest.mark.parametrize(
    ("text", "settlement"),
    [("Одесса", "M1"), ("в Одессе", "M1"), ("Киев", KYIV), ("у Києві", KYIV), ("Odesa", "M1"), ("Днепр", "N1"),
     ("у Броварах", "G1"), ("до Житомира", "M2"), ("Jltcf", "M1")],
)  # fmt: skip
def test_place_is_known_in_any_language_case_and_layout(text: str, settlement: str) -> None:
    assert code(read(text).settlement) == settlement


def test_village_that_exists_is_never_corrected_into_a_city_or_a_longer_name() -> None:
    places = Gazetteer([*PLACES.places(), place("X1", "Житомирка", "C"), place("X2", "Одиса", "C")])
    lexicons = small_lexicons(places=places)
    for text, settlement in (("Житомирка", "X1"), ("Одиса", "X2"), ("Луки", "L1"), ("Великі Луки", "L2")):
        assert code(understood(text, lexicons=lexicons).best.settlement) == settlement


def test_region_alone_is_the_place() -> None:
    for text in ("Одеська область", "Одещина", "на Одещині", "Одесская область"):
        found = read(text)
        assert (code(found.region), found.settlement) == (ODESA, None), text


@pytest.mark.parametrize(
    ("text", "street", "settlement"),
    [
        ("вул. Велика Бердичівська 5", "велика бердичівська", None),
        ("вулиця Велика Бердичівська Житомир", "велика бердичівська", "M2"),
        ("на вулиці Київській", "київська", None),
        ("Київська вул.", "київська", None),
        ("проспект Соборності, 12", "соборності", None),
        ("вул. Невідома Житомир", "невідома", "M2"),
        ("вул Леніна Житомир", "соборності", "M2"),
        ("вул Леніна Одеса", "леніна", "M1"),
    ],
)
def test_street_with_its_kind_is_a_street_by_its_name_of_today(text: str, street: str, settlement: str | None) -> None:
    found = read(text)
    assert (found.street, code(found.settlement)) == (street, settlement)
    assert (found.not_understood, bool(found.names)) == ((), False)


def test_street_is_no_person_and_a_person_beside_it_is_no_street() -> None:
    found = read("вул. Шевченка Коваленко")
    assert (found.street, found.said_name.surname) == ("шевченка", "коваленко")


def test_kind_of_street_alone_names_nothing() -> None:
    assert read("вул").says_nothing
    assert read("вул").not_understood == ("вул",)


def test_name_of_a_street_without_its_kind_is_a_place_or_nothing() -> None:
    found = read("Київська")
    assert found.street is None
    assert code(found.region) == KYIV_OBLAST
    assert [token.taken_as for token in found.tokens] == [TakenAs.REGION]
