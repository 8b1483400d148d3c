"""Text typed with the wrong layout on: every direction, shifted keys, marks that are letters."""

import pytest

from ranking.understanding.keyboards import retype_cyrillic, retype_latin, retype_mixed, retype_to_latin

KEYS_EN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
KEYS_UK = "йцукенгшщзхїфівапролджєячсмитьбю"
KEYS_RU = "йцукенгшщзхъфывапролджэячсмитьбю"


def as_ukrainian(chunk: str) -> list[str]:
    return [one.text for one in retype_latin(chunk) if one.layouts == "en-uk"]


def as_russian(chunk: str) -> list[str]:
    return [one.text for one in retype_latin(chunk) if one.layouts == "en-ru"]


@pytest.mark.parametrize(("key", "ukrainian", "russian"), list(zip(KEYS_EN, KEYS_UK, KEYS_RU, strict=True)))
def test_each_key_gives_its_letter_on_both_layouts(key: str, ukrainian: str, russian: str) -> None:
    texts = {one.text for one in retype_latin(f"f{key}f")}
    assert {f"а{ukrainian}а", f"а{russian}а"} == texts


@pytest.mark.parametrize(("shifted", "letter"), list(zip('{}:"<>~|', "хїжєбю'ґ", strict=True)))
def test_shifted_keys_are_the_same_letters(shifted: str, letter: str) -> None:
    assert as_ukrainian(f"{shifted}FF") == [f"{letter}аа"]


@pytest.mark.parametrize(
    ("chunk", "meant"),
    [
        (",hjdfhb", "бровари"),
        ("{fhrsd", "харків"),
        ("GTLSFNH", "педіатр"),
        ("Rbzy", "киян"),
        ("c'dthjlbyf", "сєверодина"),
        ("p`zrbq", "з'який"),
        ("\\\\fyjr", "ґґанок"),
    ],
)
def test_words_typed_on_the_english_layout_are_ukrainian(chunk: str, meant: str) -> None:
    assert meant in as_ukrainian(chunk)


def test_words_typed_on_the_english_layout_are_russian_too() -> None:
    assert "терапевт" in [one.text for one in retype_latin("nthfgtdn")]
    assert "детский" in as_russian("ltncrbq") or "детский" in as_ukrainian("ltncrbq")
    assert as_russian("ds[jl") == ["выход"]


def test_mark_at_the_end_is_a_letter_or_punctuation() -> None:
    assert as_ukrainian("gtlsfnh,") == ["педіатр", "педіатрб"]
    assert as_ukrainian("gtlsfnh.") == ["педіатр", "педіатрю"]


def test_same_spelling_is_given_once() -> None:
    texts = [one.text for one in retype_latin("nthfgtdn")]
    assert texts == ["терапевт"]


def test_chunk_switched_on_the_way_is_finished_in_cyrillic() -> None:
    assert retype_mixed("Киtd") == "Киев"
    assert retype_mixed("Пf[арченко") == "Пахарченко"
    assert retype_mixed("[арків") == "харків"


@pytest.mark.parametrize(
    ("word", "meant", "layouts"),
    [
        ("черныгыв", "чернігів", "ru-uk"),
        ("киъв", "київ", "ru-uk"),
        ("вэлика", "вєлика", "ru-uk"),
        ("черніх", "черных", "uk-ru"),
        ("обїект", "объект", "uk-ru"),
    ],
)
def test_cyrillic_layouts_differ_in_few_keys(word: str, meant: str, layouts: str) -> None:
    assert (meant, layouts) in [(one.text, one.layouts) for one in retype_cyrillic(word)]


def test_word_without_such_keys_is_left_alone() -> None:
    assert retype_cyrillic("полтава") == ()


def test_cyrillic_for_latin_comes_back() -> None:
    assert "kyiv" in [one.text for one in retype_to_latin("лншм")]
    assert "dnipro" in [one.text for one in retype_to_latin("втшзкщ")]


@pytest.mark.parametrize("word", ["бровари", "харків", "їжакевич", "полтава", "житомир"])
def test_to_english_keys_and_back_is_the_same_word(word: str) -> None:
    typed = retype_to_latin(word)[0].text
    assert word in as_ukrainian(typed)
