"""The word files say one thing of one phrase, and know every speciality there is."""

import pytest

from directory.specialities import specialities
from directory.text import words
from ranking import Lexicons, understand
from ranking.facility_kinds import facility_kinds
from ranking.phrases import Contradiction, PhraseBook, UnknownEnding, expand
from ranking.understanding.word_files import facility_phrases, small_words, speciality_phrases


@pytest.mark.parametrize("code", specialities())
def test_every_speciality_is_understood_by_its_official_name(code: str) -> None:
    assert understand(specialities()[code].uk, Lexicons()).specialities == (code,)


def test_speciality_file_names_known_codes_only() -> None:
    assert {code for _, code in speciality_phrases()} == set(specialities())


def test_no_phrase_is_a_speciality_and_a_kind_of_facility() -> None:
    assert not {phrase for phrase, _ in speciality_phrases()} & {phrase for phrase, _ in facility_phrases()}


def test_no_filler_is_a_phrase_by_itself() -> None:
    small = small_words()
    known = {phrase for phrase, _ in speciality_phrases()} | {phrase for phrase, _ in facility_phrases()}
    assert not (small.fillers | small.before_place) & known


def test_markers_stand_on_one_side_with_one_meaning() -> None:
    small = small_words()
    assert not set(small.marker_before) & set(small.marker_after)
    assert not small.before_place & small.fillers
    assert all(words(word) == [word] for word in (*small.marker_before, *small.marker_after, *small.before_place))


def test_words_in_official_names_are_single_and_normalised() -> None:
    for kind in facility_kinds().values():
        assert kind.in_names
        assert all(words(word) == [word] for word in kind.in_names)


def test_endings_are_expanded_in_every_combination() -> None:
    assert expand("сімейн{a} лікар{b}", {"a": ["ий", "ого"], "b": ["", "я"]}) == (
        "сімейний лікар",
        "сімейний лікаря",
        "сімейного лікар",
        "сімейного лікаря",
    )


def test_unlisted_ending_is_refused_with_its_name() -> None:
    with pytest.raises(UnknownEnding, match="«typo»"):
        expand("лікар{typo}", {"s": [""]})


def test_phrase_with_two_meanings_is_refused() -> None:
    with pytest.raises(Contradiction, match="хірург"):
        PhraseBook([("хірург", "SURGEON"), ("хірург", "CHILD_SURGEON")])


def test_phrases_of_two_meanings_that_sound_alike_are_refused() -> None:
    with pytest.raises(Contradiction):
        PhraseBook([("педіатр", "A"), ("педиатр", "B")])


def test_spelling_goes_before_sound_and_says_so() -> None:
    book = PhraseBook([("хірург", "SURGEON")])
    exact, by_sound = book.match(["хірург"], 0), book.match(["хирург"], 0)
    assert exact is not None
    assert by_sound is not None
    assert (exact.by_sound, by_sound.by_sound) == (False, True)
    assert book.match(["інше"], 0) is None
