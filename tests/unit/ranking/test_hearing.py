"""Which known words a typed word may be: the plainest way that means something ends the search for others."""

from collections.abc import Iterable

import pytest

from ranking.understanding.hearing import Heard, Match, hear, hear_plainly, hear_with_slips
from ranking.understanding.reading import Repaired, TakenAs
from ranking.understanding.vocabulary import Meaning, Vocabulary


def vocabulary(*words: str) -> Vocabulary:
    return Vocabulary((word, Meaning(TakenAs.SURNAME, word)) for word in words)


KNOWN = vocabulary("коваленко", "вовк", "вовчок", "ковальчук", "полтава", "харків", "київ", "ґава", "гава")


def words(heard: Iterable[Heard]) -> list[str]:
    return [one.word for one in heard if not one.in_phrase_only]


def best(word: str, known: Vocabulary = KNOWN) -> Heard:
    return min(hear(word, known), key=lambda heard: heard.cost)


def test_word_as_spelt_costs_nothing() -> None:
    assert best("коваленко") == Heard("коваленко", 0.0, Match.EXACT)


def test_spelling_beats_sound_and_sound_beats_slips() -> None:
    ways = [best(typed) for typed in ("харків", "харьків", "хавків", "хавкив")]
    assert [heard.match for heard in ways] == [Match.EXACT, Match.SOUND, Match.SLIP, Match.TWO_SLIPS]
    assert [heard.cost for heard in ways] == sorted({heard.cost for heard in ways})
    assert {heard.word for heard in ways} == {"харків"}


@pytest.mark.parametrize("rare", ["гава", "ґава"])
def test_rare_word_that_exists_is_never_corrected_into_its_neighbour(rare: str) -> None:
    assert words(hear(rare, KNOWN)) == [rare]


def test_word_that_exists_is_not_looked_for_with_slips() -> None:
    known = vocabulary("петренка", "петренко", "петренчук")
    assert words(hear("петренка", known)) == ["петренка"]


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("вво", None),
        ("вов", None),
        ("вовг", Match.SLIP),
        ("вавг", None),
        ("палтава", Match.SLIP),
        ("плтваа", Match.TWO_SLIPS),
        ("ковлаьчук", Match.SLIP),
        ("ковлаьчку", Match.TWO_SLIPS),
        ("квлаьчку", None),
    ],
)
def test_longer_words_bear_more_slips(typed: str, match: Match | None) -> None:
    found = [one.match for one in hear(typed, KNOWN) if one.match >= Match.SLIP]
    assert (found[:1] or [None]) == [match]


def test_slip_in_a_short_word_costs_more_than_in_a_long_one() -> None:
    assert best("вовг").cost > best("ковалинко").cost


def test_heard_wrong_is_likelier_than_typed_wrong() -> None:
    known = vocabulary("батон", "бутон")
    costs = {one.word: one.cost for one in hear("ботон", known)}
    assert costs["батон"] <= costs["бутон"]
    assert {one.word: one.cost for one in hear("битон", known)}["батон"] > costs["батон"]


@pytest.mark.parametrize(
    ("typed", "meant", "repairs"),
    [
        ("kovalenko", "коваленко", (Repaired.SCRIPT,)),
        ("Kharkiv".lower(), "харків", (Repaired.SCRIPT,)),
        ("харьков", "харків", None),
        ("харкыв", "харків", None),
        ("лншм", "київ", (Repaired.LAYOUT, Repaired.SCRIPT)),
        ("ковалинко", "коваленко", (Repaired.SPELLING,)),
        ("kovalemko", "коваленко", (Repaired.SCRIPT, Repaired.SPELLING)),
    ],
)
def test_how_a_word_was_mended_is_told(typed: str, meant: str, repairs: tuple[Repaired, ...] | None) -> None:
    heard = best(typed)
    assert heard.word == meant
    assert repairs is None or heard.repairs == repairs


def test_dot_behind_a_word_may_cut_it_short() -> None:
    known = Vocabulary([("стоматолог", Meaning(TakenAs.SPECIALITY, "DENTIST", shortened=True))])
    assert words(hear("стомат", known, cut_short=True)) == ["стоматолог"]
    assert best("стом", known).cost > min(one.cost for one in hear("стом", known, cut_short=True))
    assert words(hear("сто", known)) == []


def test_one_letter_with_a_dot_begins_a_word_only_inside_a_phrase() -> None:
    known = Vocabulary([("кривий ріг", Meaning(TakenAs.PLACE, ("UA1",), shortened=True))])
    assert [(one.word, one.in_phrase_only) for one in hear("к", known, cut_short=True)] == [("кривий", True)]


def test_word_that_means_something_may_be_another_of_its_sound_only_inside_a_phrase() -> None:
    heard = {one.word: one.in_phrase_only for one in hear_plainly("гава", KNOWN)}
    assert heard == {"гава": False, "ґава": True}


@pytest.mark.parametrize("word", ["", "ь", "ьььььь", "бббббб", "бубубу", "12345", "xzxzxz", "'", "ъ'ъ'ъ'ъ"])
def test_what_is_like_nothing_is_heard_as_nothing(word: str) -> None:
    known = Vocabulary(
        [
            *((one, Meaning(TakenAs.SURNAME, one)) for one in ("коваленко", "вовк")),
            *((one, Meaning(TakenAs.FILLER, "filler")) for one in ("б", "є", "а")),
        ]
    )
    assert hear(word, known) == []
    assert hear_with_slips(word, known) == []
