"""Slips of a finger and of the pen in one word: as essays show them (UA-GEC counts), as keyboards invite them."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from rapidfuzz.distance import OSA

_FILE = Path(__file__).parent / "data" / "slips.toml"
_ROWS = {
    "uk": ("йцукенгшщзхї", "фівапролджє", "ячсмитьбю"),
    "ru": ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
}
_NEIGHBOURS = {
    language: {
        row[at]: [row[by] for by in (at - 1, at + 1) if 0 <= by < len(row)] for row in rows for at in range(len(row))
    }
    for language, rows in _ROWS.items()
}
_TRIES = 40
# Slips shorter words cannot bear: nobody could tell what was meant.
LEAST_LETTERS = 4
# Essays are typed with care, phones are not (search notes §8).
_FINGER_SHARE = 0.4
_LEAST_DROPPED_SHARE = 0.05
_DROPPED_SCALE = 40


@dataclass(frozen=True, slots=True)
class SlipCounts:
    """Counts of `slips.toml`: kinds of slips, «was>became», letters dropped, letters added."""

    kinds: dict[str, int]
    substitutions: dict[str, int]
    dropped: dict[str, int]
    added: dict[str, int]


@lru_cache(maxsize=1)
def slip_counts() -> SlipCounts:
    """The statistics of real slips."""
    with _FILE.open("rb") as file:
        return SlipCounts(**tomllib.load(file))


def slip(word: str, rng: Random) -> str:
    """The word with one slip in it; never the word itself. Words too short for a slip come back as they are."""
    if sum(letter.isalpha() for letter in word) < LEAST_LETTERS:
        return word
    for _ in range(_TRIES):
        slipped = finger_slip(word, rng) if rng.random() < _FINGER_SHARE else spelling_slip(word, rng)
        if slipped != word:
            return slipped
    return word


def spelling_slip(word: str, rng: Random) -> str:
    """One slip as writers of essays make them, by the counts; the word itself when none fits the drawn kind."""
    letters, counts = list(word), slip_counts()
    kind = _drawn(counts.kinds, rng)
    for _ in range(_TRIES):
        at = rng.randrange(len(letters))
        letter = letters[at]
        if kind == "replace":
            options = {pair[2]: count for pair, count in counts.substitutions.items() if pair[0] == letter.lower()}
            if options:
                return _put(letters, at, _like(letter, _drawn(options, rng)))
        elif kind == "delete":
            share = _LEAST_DROPPED_SHARE + counts.dropped.get(letter.lower(), 0) / _DROPPED_SCALE
            if rng.random() < share:
                return _put(letters, at, "")
        elif kind == "insert":
            added = _drawn(counts.added, rng)
            return _put(letters, at, letter + (letter.lower() if added == "double" else added))
        elif at + 1 < len(letters) and letters[at + 1] != letter:
            return swapped(word, at)
    return word


def finger_slip(word: str, rng: Random) -> str:
    """A neighbouring key hit instead or as well, a letter doubled, dropped or swapped with the next."""
    at = rng.randrange(len(word))
    letter = word[at]
    beside = next((keys[letter.lower()] for keys in _NEIGHBOURS.values() if letter.lower() in keys), None)
    kind = rng.choices(("key", "both keys", "double", "drop", "swap"), (45, 15, 15, 15, 10))[0]
    letters = list(word)
    if kind == "double":
        return _put(letters, at, letter + letter.lower())
    if kind == "drop":
        return _put(letters, at, "")
    if kind == "swap":
        return swapped(word, at) if at + 1 < len(word) else word
    if beside is None:
        return word
    other = _like(letter, rng.choice(beside))
    return _put(letters, at, other if kind == "key" else letter + other.lower())


def swapped(word: str, at: int) -> str:
    """The word with the letters at `at` and after it exchanged; capitals stay where they were."""
    first, second = word[at], word[at + 1]
    return word[:at] + _like(first, second) + _like(second, first) + word[at + 2 :]


def edits(one: str, other: str) -> int:
    """Letters changed, dropped, added or swapped between two words (optimal string alignment)."""
    return OSA.distance(one, other)


def _drawn(counts: dict[str, int], rng: Random) -> str:
    return rng.choices(list(counts), list(counts.values()))[0]


def _put(letters: list[str], at: int, text: str) -> str:
    return "".join([*letters[:at], text, *letters[at + 1 :]])


def _like(letter: str, other: str) -> str:
    return other.upper() if letter.isupper() else other
