"""A text as words: each chunk spelt the way that gives the most sense."""

import pytest

from ranking.understanding.reading import Repaired, TakenAs
from ranking.understanding.typed import MAX_TEXT, MAX_WORDS, Typed, split, words_of
from ranking.understanding.vocabulary import Meaning, Vocabulary

VOCABULARY = Vocabulary(
    [
        *((word, Meaning(TakenAs.SPECIALITY, word)) for word in ("терапевт", "педіатр", "лор", "окуліст")),
        *((word, Meaning(TakenAs.PLACE, (word,))) for word in ("київ", "харків", "бровари", "кривий ріг", "суми")),
        *((word, Meaning(TakenAs.SURNAME, word)) for word in ("коваленко", "захарченко", "нечуй левицька", "сова")),
        *((word, Meaning(TakenAs.FILLER, "filler")) for word in ("в", "у", "до", "і", "о")),
    ]
)


def typed(text: str) -> list[Typed]:
    return split(text, VOCABULARY)[0]


def texts(text: str) -> list[str]:
    return [word.text for word in typed(text)]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("Нечуй-Левицька", ["нечуй", "левицька"]),
        ("о 9:30", ["о", "9:30"]),
        ("о 18.00", ["о", "18.00"]),
        ("№3", ["3"]),
        ("3-я", ["3"]),
        ("3-тя", ["3"]),
        ("2га", ["2"]),
        ("5-ти", ["5"]),
        ("№3а", ["3"]),
        ("12Б", ["12", "б"]),
        ("солов’яненко", ["солов'яненко"]),
        ("Коваленко,О.В.", ["коваленко", "о", "в"]),
        ("педіатр/терапевт", ["педіатр", "терапевт"]),
        ("(лор)", ["лор"]),
        ("😀 лор 😀", ["лор"]),
        ("", []),
        ("--- !!!", []),
    ],
)
def test_words_of_a_text(text: str, listed: list[str]) -> None:
    assert list(words_of(text)) == listed


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("nthfgtdn", ["терапевт"]),
        (",hjdfhb", ["бровари"]),
        ("{fhrsd", ["харків"]),
        ("Pf[арченко", ["захарченко"]),
        ("gtlsfnh?{fhrsd", ["педіатр", "харків"]),
        ("kjh", ["лор"]),
        ("KИЇВ", ["київ"]),
        ("Терапeвт", ["терапевт"]),
        ("Rjdfktyrj d {fhrsd", ["коваленко", "в", "харків"]),
    ],
)
def test_chunk_is_spelt_the_way_that_makes_sense(text: str, listed: list[str]) -> None:
    assert texts(text) == listed


def test_known_latin_spelling_stays() -> None:
    assert texts("Kovalenko Kyiv terapevt") == ["kovalenko", "kyiv", "terapevt"]


def test_half_switched_text_is_switched_chunk_by_chunk() -> None:
    assert texts("терапевт Rjdfktyrj Харків") == ["терапевт", "коваленко", "харків"]


def test_two_words_without_a_blank_are_parted_and_that_is_said() -> None:
    (first, second) = typed("педіатркиїв")
    assert (first.text, second.text) == ("педіатр", "київ")
    assert Repaired.SPACING in first.repairs


def test_capital_inside_a_word_is_a_lost_blank_but_not_behind_its_first_letter() -> None:
    assert texts("педіатрКиїв") == ["педіатр", "київ"]
    assert texts("Київ лОР") == ["київ", "лор"]


def test_known_word_is_never_parted() -> None:
    known = Vocabulary((word, Meaning(TakenAs.SURNAME, word)) for word in ("лорсова", "лор", "сова"))
    assert [word.text for word in split("лорсова", known)[0]] == ["лорсова"]


def test_scrap_follows_the_layout_of_the_longer_words() -> None:
    assert texts("Rjdfktyrj d {fhrsd")[1] == "в"
    assert texts("Kovalenko d Kyiv")[1] == "d"


def test_source_is_what_stood_in_the_text() -> None:
    assert [(word.text, word.source) for word in typed("Nthfgtdn Київ")] == [("терапевт", "nthfgtdn"), ("київ", "київ")]


@pytest.mark.parametrize(
    ("text", "dotted"),
    [
        ("О.В. Коваленко", [True, True, False]),
        ("О.В Коваленко", [True, True, False]),
        ("о в коваленко", [False, False, False]),
        ("тер. Київ", [True, False]),
    ],
)
def test_dot_behind_a_word_is_kept_in_mind(text: str, dotted: list[bool]) -> None:
    assert [word.dotted for word in typed(text)] == dotted


def test_capitals_tell_initials_but_not_in_a_shouted_text() -> None:
    assert [word.capitals for word in typed("Коваленко ОВ")] == [False, True]
    assert [word.capitals for word in typed("КОВАЛЕНКО ОВ")] == [False, False]
    assert [word.capital for word in typed("Коваленко овес")] == [True, False]


def test_long_texts_are_cut_in_characters_and_in_words() -> None:
    words, cut = split("лор " * 10_000, VOCABULARY)
    assert cut
    assert len(words) == MAX_WORDS
    words, cut = split("а" * 10_000, VOCABULARY)
    assert cut
    assert [len(word.text) for word in words] == [MAX_TEXT]
    assert split("лор " * (MAX_WORDS - 1), VOCABULARY)[1] is False


@pytest.mark.parametrize("text", ["\x00\u202e", "\u200b\u200d", "؟", "…", "\ufeff", "``", "[[", "']"])
def test_marks_alone_are_no_known_words(text: str) -> None:
    assert all(word.text not in VOCABULARY for word in typed(text))
