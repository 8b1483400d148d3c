"""Readings of a text still being typed, and lists that are looked up by their beginnings."""

import pytest

from ranking import read_beginning
from ranking.understanding.begun_phrases import BegunPhrases, phrase_key
from ranking.understanding.reading import Repaired

CITIES = ["бердичів", "житомир", "житомирська", "біла церква", "харків"]
PHRASES: BegunPhrases[str] = BegunPhrases((city, city.upper()) for city in CITIES)


def spellings(typed: str) -> list[str]:
    return [reading.text for reading in read_beginning(typed)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Біла Це", "біла це"),
        ("Білa Цe", "біла це"),
        ("кам’янець-п", "камянець п"),
        ('кам"янець п', "камянець п"),
        ("khark", "khark"),
    ],
)
def test_the_first_reading_is_the_text_as_it_stands(typed: str, expected: str) -> None:
    first = read_beginning(typed)[0]
    assert (first.text, first.repair) == (expected, None)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("gtlsfn", "педіат"),
        ("gtlbfn", "педиат"),
        (",hjdf", "брова"),
        ("[fhrs", "харкі"),
        ("{fhm", "харь"),
        ("rjdfktyrj jk", "коваленко ол"),
        ("коваленко jk", "коваленко ол"),
        ("кыъв", "кіїв"),
        ("черныг", "черніг"),
        ("лншм", "kyiv"),
    ],
)
def test_other_layouts_are_read(typed: str, expected: str) -> None:
    (found,) = [reading for reading in read_beginning(typed) if reading.text == expected.replace("'", "")]
    assert found.repair is Repaired.LAYOUT


def test_without_a_vowel_another_layout_is_likelier() -> None:
    assert spellings("rjdf")[0] == "кова"
    assert spellings("kova")[0] == "kova"


def test_latin_lookalikes_are_cyrillic() -> None:
    assert "херс" in spellings("XEPC")


def test_latin_letters_meant_by_a_cyrillic_text_are_the_last_resort() -> None:
    readings = read_beginning("лншм")
    assert [reading.far for reading in readings] == [False, *[True] * (len(readings) - 1)]


@pytest.mark.parametrize(
    ("typed", "key"),
    [("kha", "ha"), ("lut", "luc"), ("kos", "koS"), ("zapoz", "zapoZ"), ("mari", "maru"), ("Белая ц", "bela c")],
)
def test_half_a_sound_begins_what_it_may_become(typed: str, key: str) -> None:
    assert key in read_beginning(typed)[0].sounds


def test_one_letter_is_too_little_to_go_by_its_sound() -> None:
    assert read_beginning("k")[0].sounds == ()
    assert read_beginning("bila k")[0].sounds[0] == "bila k"


@pytest.mark.parametrize("typed", ["", "  ", "*?~", "😀", "\u200b"])
def test_a_text_without_letters_has_no_reading(typed: str) -> None:
    assert read_beginning(typed) == ()


@pytest.mark.parametrize("typed", ["а" * 10_000, "ab " * 5_000, "[];'" * 3_000])
def test_long_texts_are_cut(typed: str) -> None:
    for reading in read_beginning(typed):
        assert len(reading.words) <= 8
        assert sum(map(len, reading.words)) <= 200


def test_phrases_are_found_by_their_beginning_with_what_they_stand_for() -> None:
    assert PHRASES.spelt("житом") == [("житомир", "ЖИТОМИР"), ("житомирська", "ЖИТОМИРСЬКА")]
    assert PHRASES.spelt("біла це") == [("біла церква", "БІЛА ЦЕРКВА")]
    assert PHRASES.spelt("омир") == []
    assert PHRASES.sounding(phrase_key("жытомирс")) == [(phrase_key("житомирська"), "ЖИТОМИРСЬКА")]


def test_known_beginnings_are_known() -> None:
    assert PHRASES.knows("харк")
    assert PHRASES.knows_sound("hark")
    assert not PHRASES.knows("харкл")
    assert not PHRASES.knows_sound("harkl")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("житемир", "житомир"),
        ("жиомир", "житомир"),
        ("бердисів", "бердичів"),
        ("біла цркв", "біла церкв"),
        ("жтиом", "житом"),
    ],
)
def test_one_slip_is_repaired(typed: str, meant: str) -> None:
    assert meant in [beginning for beginning, _ in PHRASES.repaired(typed)]


@pytest.mark.parametrize("typed", ["хар", "харл", "жщщтом", "йцукен", "х" * 60])
def test_short_beginnings_two_slips_and_nonsense_are_not_repaired(typed: str) -> None:
    assert PHRASES.repaired(typed) == []


def test_the_lightest_slip_is_preferred() -> None:
    phrases: BegunPhrases[None] = BegunPhrases([("гарбуз", None), ("горбуз", None), ("шарбуз", None)])
    # «а» for «о» is heard wrong, a letter out of nowhere is not.
    assert phrases.repaired("герьуз") == []
    assert [beginning for beginning, _ in phrases.repaired("гурбуз")] == ["гарбуз", "горбуз"]
