"""Which words of the vocabulary a typed word may be, each with its cost.

As spelt, as it sounds, on another layout, with slips: the cheapest means come first, and dearer ones are tried only
when cheaper ones found nothing that means something.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from heapq import nsmallest

from directory.text import sound_key
from ranking.understanding.keyboards import retype_cyrillic, retype_to_latin
from ranking.understanding.reading import Repaired
from ranking.understanding.slips import slip_weight
from ranking.understanding.vocabulary import SHORTEST_BY_SOUND, Vocabulary

BY_SOUND = 0.4
ROMANISED = 0.15
RETYPED = 0.2
CUT_SHORT = 0.08
UNKNOWN = 4.0

_BESIDE_LAYOUT, _OTHER_HABIT = 0.45, 0.25
_SHORT_RETYPED = 0.7
_SLIP, _SLIP_WEIGHT = 0.45, 0.75
_SHORT_WORD, _SECOND_SLIP_SHORT = 0.6, 0.5
_SHORTEST_WITH_SLIP, _SHORTEST_SURE, _SHORTEST_WITH_TWO, _LONG = 4, 5, 6, 8
_HEAVIEST_IN_SHORT, _HEAVIEST_TWO_IN_MIDDLE = 0.95, 1.8
_SHORTEST_LATIN_WITH_SLIP, _LATIN_SLIP = 5, 0.2
_MOST_NEAR = 16
_SHORTEST_BEGINNING, _CUT_WITHOUT_DOT = 4, 1.0

# Latin letters that stand for one letter together.
_LATIN_PAIRS = re.compile("shch|[kztcs]h|ts|[yij][aeiou]")
_HARD_C = re.compile("c(?![hz])")


class Match(IntEnum):
    """How a typed word fits the word of the vocabulary, the best first."""

    EXACT = 0
    SOUND = 1
    SLIP = 2
    TWO_SLIPS = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """A word of the vocabulary that was perhaps meant: at what cost, by which match, after which repairs.

    `in_phrase_only`: too little to be that word alone; only together with its neighbours.
    """

    word: str
    cost: float
    match: Match
    repairs: tuple[Repaired, ...] = ()
    in_phrase_only: bool = False


def is_latin(word: str) -> bool:
    """The word has Latin letters and no others."""
    if word.isalpha():
        return word.isascii()
    letters = [letter for letter in word if letter.isalpha()]
    return bool(letters) and all(letter.isascii() for letter in letters)


def hear_plainly(word: str, vocabulary: Vocabulary) -> list[Heard]:
    """The words it may be without a slip: as spelt, else as on another Cyrillic layout, else as it sounds."""
    exact = [Heard(word, 0.0, Match.EXACT)] if word in vocabulary else []
    alike = _alike(word, vocabulary)
    if is_latin(word):
        return exact + alike
    if exact and vocabulary.meanings(word):
        # A word that means something is that word; only a phrase around it may want another of its sound.
        return exact + [replace(one, in_phrase_only=True) for one in alike]
    retyped = _other_layout(word, vocabulary) if not exact else []
    if retyped:
        alike = [replace(one, cost=one.cost + _BESIDE_LAYOUT) for one in alike]
    return exact + retyped + alike


def hear(word: str, vocabulary: Vocabulary, *, cut_short: bool = False) -> list[Heard]:
    """All words it may be, without a slip when any such means something, else with slips.

    `cut_short`: a dot stands behind it, so it may be the beginning of a longer word.
    """
    found = hear_plainly(word, vocabulary)
    if cut_short:
        if len(word) == 1:
            return found + [
                Heard(longer, CUT_SHORT, Match.EXACT, in_phrase_only=True)
                for longer in vocabulary.begun_by(word, in_phrases=True)
                if longer != word
            ]
        begun = _begun(word, vocabulary, CUT_SHORT)
        if begun:
            return found + begun
    if not _means_something(found, vocabulary):
        found += _typed_for_latin(word, vocabulary)
    if (
        not any(one.match is Match.EXACT and vocabulary.meanings(one.word) for one in found)
        and not is_latin(word)
        and _means_something(found, vocabulary)
    ):
        # What only sounds alike may as well be a slip away from something likelier.
        found += _weighed(word, vocabulary.near(word, 1)) if len(word) >= _SHORTEST_SURE else []
    if not _means_something(found, vocabulary):
        found += _misspelt(word, vocabulary)
        if len(word) >= _SHORTEST_BEGINNING:
            found += _begun(word, vocabulary, _CUT_WITHOUT_DOT)
    return found


def _means_something(heard: Iterable[Heard], vocabulary: Vocabulary) -> bool:
    return any(not one.in_phrase_only and vocabulary.meanings(one.word) for one in heard)


def _begun(word: str, vocabulary: Vocabulary, cost: float) -> list[Heard]:
    return [Heard(longer, cost, Match.EXACT) for longer in vocabulary.begun_by(word) if longer != word]


def hear_with_slips(word: str, vocabulary: Vocabulary) -> list[Heard]:
    """Words that it may be only with slips; for a word that was found but fits nothing around it."""
    return _misspelt(word, vocabulary)


def _alike(word: str, vocabulary: Vocabulary) -> list[Heard]:
    latin = is_latin(word)
    cost, repairs = (ROMANISED, (Repaired.SCRIPT,)) if latin else (BY_SOUND, (Repaired.SPELLING,))
    found = [Heard(other, cost, Match.SOUND, repairs) for other in of_its_sound(word, word, vocabulary)]
    if latin:
        for habit in _other_habits(word):
            found += [
                Heard(other, cost + _OTHER_HABIT, Match.SOUND, repairs)
                for other in of_its_sound(habit, word, vocabulary)
            ]
    return found


def of_its_sound(spelling: str, word: str, vocabulary: Vocabulary) -> list[str]:
    """Words that sound like this spelling of `word`; «бббббб» is not «б»."""
    key = sound_key(spelling)
    if len(key) < SHORTEST_BY_SOUND < len(word):
        return []
    return [other for other in vocabulary.by_sound(key) if other != word]


def _other_habits(word: str) -> list[str]:
    """What else Latin letters stand for in some habits: «Poberejna» with j for ж, «Cowtun» with c for к."""
    if len(word) <= SHORTEST_BY_SOUND:
        return []
    plain_c = _HARD_C.sub("k", word)
    return [
        habit
        for habit in dict.fromkeys(
            (
                word.replace("j", "zh"),
                plain_c,
                plain_c.replace("j", "zh"),
                word.replace("x", "kh"),
                word.replace("ts", "t-s"),
            )
        )
        if habit != word
    ]


def _other_layout(word: str, vocabulary: Vocabulary) -> list[Heard]:
    """The word with the other Cyrillic layout on."""
    return [
        Heard(retyped.text, RETYPED, Match.EXACT, (Repaired.LAYOUT,))
        for retyped in retype_cyrillic(word)
        if retyped.text in vocabulary
    ]


def _typed_for_latin(word: str, vocabulary: Vocabulary) -> list[Heard]:
    """A Cyrillic word that was to be Latin letters: «Лншм» for «Kyiv»."""
    if is_latin(word) or len(word) < SHORTEST_BY_SOUND + 1:
        return []
    cost = RETYPED + ROMANISED + (0.0 if len(word) >= _SHORTEST_WITH_TWO else _SHORT_RETYPED)
    return [
        Heard(other, cost, Match.SOUND, (Repaired.LAYOUT, Repaired.SCRIPT))
        for retyped in retype_to_latin(word)
        # «бубубу» is «,e,e,e» there, and not «є»; «ььььь» is «mmmmm», and not «м».
        if retyped.text.replace("'", "").isalpha() and len(sound_key(retyped.text)) >= SHORTEST_BY_SOUND
        for other in (retyped.text, *vocabulary.by_sound(sound_key(retyped.text)))
        # «мтннгл» is «vnyyuk» there: too many letters for «внук».
        if other in vocabulary and len(_LATIN_PAIRS.sub("-", retyped.text)) <= len(other)
    ]


def _misspelt(word: str, vocabulary: Vocabulary) -> list[Heard]:
    length = len(word)
    if length < _SHORTEST_WITH_SLIP or not word.replace("'", "").isalpha():
        return []
    if is_latin(word):
        return _misspelt_latin(word, vocabulary)
    found = _weighed(word, vocabulary.near(word, 1))
    if not found and length >= _SHORTEST_WITH_TWO:
        found = _weighed(word, vocabulary.near(word, 2))
    if not found and length >= _SHORTEST_WITH_TWO:
        key = sound_key(word)
        near = vocabulary.near_by_sound(key, 1)
        found = [
            Heard(other, heard.cost + BY_SOUND, Match.TWO_SLIPS, heard.repairs)
            for heard in _weighed(key, near)
            for other in vocabulary.by_sound(heard.word)
        ]
    return found


def _misspelt_latin(word: str, vocabulary: Vocabulary) -> list[Heard]:
    key = sound_key(word)
    if len(key) < _SHORTEST_LATIN_WITH_SLIP:
        return []
    near = _weighed(key, vocabulary.near_by_sound(key, 1))
    if not near and len(key) >= _LONG:
        near = _weighed(key, vocabulary.near_by_sound(key, 2))
    return [
        Heard(other, heard.cost + ROMANISED + _LATIN_SLIP, heard.match, (Repaired.SCRIPT, Repaired.SPELLING))
        for heard in near
        for other in vocabulary.by_sound(heard.word)[:_MOST_NEAR]
    ]


def _weighed(word: str, near: Iterable[tuple[str, int]]) -> list[Heard]:
    """The nearest few, each at the cost of its slips; those too far for a word so short are left out."""
    length = len(word)
    found = []
    for other, slips in near:
        weight = slip_weight(word, other)
        cost = _SLIP + _SLIP_WEIGHT * weight
        if length < _SHORTEST_SURE:
            if weight > _HEAVIEST_IN_SHORT:
                continue
            cost += _SHORT_WORD
        if slips > 1 and length < _LONG:
            if weight > _HEAVIEST_TWO_IN_MIDDLE:
                continue
            cost += _SECOND_SLIP_SHORT
        match = Match.SLIP if slips == 1 else Match.TWO_SLIPS
        found.append(Heard(other, cost, match, (Repaired.SPELLING,)))
    return nsmallest(_MOST_NEAR, found, key=lambda heard: (heard.cost, heard.word))


def cheapest(heard: Sequence[Heard]) -> float:
    """The least cost among them; UNKNOWN when there are none."""
    return min((one.cost for one in heard), default=UNKNOWN)
