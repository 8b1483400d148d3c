"""What a text still being typed may become, over a small gazetteer and a few names."""

import pytest

from ranking import Bearer, Lexicons, NameLexicon, WordLexicon
from search_api.place_prefixes import PlacePrefixes
from search_api.services.begun import Begun, Shelf, begun
from tests.support.api import BERDYCHIV_CODE, IVANIVKA_FAR, IVANIVKA_NEAR, OBLAST, small_gazetteer
from tests.support.indexing import ZHYTOMYR_CODE

PREFIXES = PlacePrefixes(small_gazetteer())
LEXICONS = Lexicons(
    names=NameLexicon.of(
        [
            Bearer("коваленко", "олена", "іванівна", "FEMALE"),
            Bearer("шевченко", "сергій", "петрович", "MALE"),
            Bearer("мар'яненко", "ганна", None, "FEMALE"),
        ]
    ),
    facility_words=WordLexicon({"амбулаторія": 3, "поліклініка": 2, "2": 1}),
    places=small_gazetteer(),
)


def read(typed: str, near: tuple[float, float] | None = None, count: int = 5) -> Begun:
    return begun(typed, Shelf(PREFIXES, LEXICONS, near, count))


def places(typed: str) -> list[str]:
    return [place.code for place in read(typed).places]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("жит", [ZHYTOMYR_CODE, OBLAST]),
        ("Zhyt", [ZHYTOMYR_CODE, OBLAST]),
        ("жыт", [ZHYTOMYR_CODE, OBLAST]),
        (";bn", [ZHYTOMYR_CODE, OBLAST]),
        ("житом", [ZHYTOMYR_CODE, OBLAST]),
        ("житемир", [ZHYTOMYR_CODE, OBLAST]),
        ("житормир", [ZHYTOMYR_CODE, OBLAST]),
        ("zhytonyr", [ZHYTOMYR_CODE, OBLAST]),
        ("берд", [BERDYCHIV_CODE]),
        ("іван", [IVANIVKA_NEAR, IVANIVKA_FAR]),
        ("житомирська об", [OBLAST]),
        ("", []),
        ("*", []),
        ("щщщ", []),
        ("щщщщщщщ", []),
    ],
)
def test_places_go_on_from_what_is_typed(typed: str, codes: list[str]) -> None:
    assert places(typed) == codes


def test_near_a_point_the_nearer_village_is_first() -> None:
    assert [place.code for place in read("Іван", (46.5, 30.7)).places] == [IVANIVKA_FAR, IVANIVKA_NEAR]


def test_a_city_stays_before_the_nearest_village() -> None:
    found = read("жит", (50.30, 28.70)).places
    assert found[0].code == ZHYTOMYR_CODE


def test_no_more_places_than_asked_for() -> None:
    assert len(read("ж", count=1).places) == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("педі", "PEDIATRICIAN"),
        ("gtlsfn", "PEDIATRICIAN"),
        ("pedia", "PEDIATRICIAN"),
        ("педиат", "PEDIATRICIAN"),
        ("дит", "PEDIATRICIAN"),
        ("пидіат", "PEDIATRICIAN"),
        ("лор", "OTOLARYNGOLOGIST"),
        ("lor", "OTOLARYNGOLOGIST"),
        ("kjh", "OTOLARYNGOLOGIST"),
        ("окуліс", "OPHTHALMOLOGIST"),
        ("сімейний лі", "FAMILY_DOCTOR"),
        ("family d", "FAMILY_DOCTOR"),
    ],
)
def test_specialities_go_on_from_official_and_everyday_names(typed: str, code: str) -> None:
    assert read(typed).specialities[0] == code


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("ковал", [("ковал",)]),
        ("rjdfk", [("ковал",)]),
        ("коваленко ол", [("коваленко",), ("ол",)]),
        ("rjdfktyrj jk", [("коваленко",), ("ол",)]),
        ("коваленко jk", [("коваленко",), ("ол",)]),
        ("ковфлен", [("ковален",)]),
    ],
)
def test_names_are_asked_for_as_they_are_spelt_in_the_index(typed: str, begins: list[tuple[str, ...]]) -> None:
    assert begins in [[word.begins for word in reading.words] for reading in read(typed).names]


@pytest.mark.parametrize(
    ("typed", "keys"), [("koval", ("koval",)), ("shev", ("Sev",)), ("марян", ("maran",)), ("sergi", ("serhi",))]
)
def test_names_are_asked_for_by_sound(typed: str, keys: tuple[str, ...]) -> None:
    assert read(typed).names[0].words[0].keys == keys


@pytest.mark.parametrize(("typed", "meant"), [("еле", "олена"), ("серге", "сергій"), ("анн", "ганна")])
def test_russian_and_other_forms_of_given_names_are_asked_for_as_the_index_has_them(typed: str, meant: str) -> None:
    assert read(typed).names[0].words[0].meant == (meant,)


def test_a_whole_word_in_another_case_is_asked_for_in_the_nominative() -> None:
    assert read("шевченкові се").names[0].words[0].meant == ("шевченко",)


def test_words_of_no_name_ask_for_no_doctor() -> None:
    assert read("жит").names == ()


def test_a_kind_of_facility_said_otherwise_is_asked_for_as_it_is_named() -> None:
    (word,) = read("больни").facilities[0].words
    assert "лікарня" in word.meant


def test_one_slip_in_a_kind_of_facility_is_repaired() -> None:
    first, second = read("полклініка 2").facilities[-1].words
    assert first.begins == ("поліклініка",)
    assert second.begins == ("2",)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [("gtlsfn", "педіат"), ("педі", None), ("pedi", None), ("житемир", "житомир"), (";bn", "жит"), ("щщщ", None)],
)
def test_what_was_repaired_is_said(typed: str, read_as: str | None) -> None:
    assert read(typed).read_as == read_as


@pytest.mark.parametrize(
    ("typed", "before"),
    [("педіатр жит", "педіатр"), ("gtlsfnh ;bn", "педіатр"), ("лікар коваленко жит", "лікар коваленко"), ("жит", None)],
)
def test_behind_words_that_are_understood_the_rest_goes_on(typed: str, before: str | None) -> None:
    found = read(typed)
    assert [place.code for place in found.places][:1] == [ZHYTOMYR_CODE]
    assert found.before == before


def test_a_name_before_a_place_may_be_a_given_name_as_well() -> None:
    found = read("коваленко бе")
    assert [place.code for place in found.places][:1] == [BERDYCHIV_CODE]
    assert (found.names, found.before) == ((), "коваленко")
    both = read("шевченко пет")
    assert both.names[0].words[1].begins == ("пет",)


def test_words_before_the_last_are_whole_names() -> None:
    assert read("кова ол").names == ()


def test_a_speciality_before_a_name_narrows_the_doctors() -> None:
    found = read("дитячий лікар ковал")
    assert found.names[0].words[0].begins == ("ковал",)
    assert (found.before, found.of_specialities) == ("дитячий лікар", ("PEDIATRICIAN",))


@pytest.mark.parametrize("typed", ["", " ", "*?~", "😀", "]][[", "''"])
def test_text_without_a_letter_becomes_nothing(typed: str) -> None:
    assert read(typed) == Begun()
