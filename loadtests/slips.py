"""Names as people type them: cut short, or with one slip."""

from collections.abc import Callable
from random import Random

_ROWS = ("йцукенгшщзхї", "фівапролджє", "ячсмитьбю")
_SOUNDS_ALIKE = {"и": "і", "і": "и", "е": "и", "є": "е", "ї": "і", "г": "х", "ґ": "г", "у": "в", "в": "у", "о": "а"}
_SILENT = "'’ʼь"
_SHORTEST_PREFIX = 3


def cut_short(word: str, rng: Random) -> str:
    """The first letters of a word, at least three, at most all of it."""
    return word[: rng.randint(min(_SHORTEST_PREFIX, len(word)), len(word))]


def slip(word: str, rng: Random) -> str:
    """The word with one slip, never in its first letter: always another word, at most one letter longer or shorter."""
    ways = list(_WAYS)
    rng.shuffle(ways)
    for way in ways:
        slipped = way(word, rng)
        if slipped != word:
            return slipped
    return word + word[-1]


def _swap(word: str, rng: Random) -> str:
    if len(word) < 4:
        return word
    at = rng.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _drop(word: str, rng: Random) -> str:
    if len(word) < 5:
        return word
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _double(word: str, rng: Random) -> str:
    at = rng.randrange(1, len(word)) if len(word) > 1 else 0
    return word[:at] + word[at] + word[at:]


def _neighbour_key(word: str, rng: Random) -> str:
    if len(word) < 3:
        return word
    at = rng.randrange(1, len(word))
    for row in _ROWS:
        column = row.find(word[at].lower())
        if column >= 0:
            other = row[column + 1] if column + 1 < len(row) else row[column - 1]
            return word[:at] + other + word[at + 1 :]
    return word


def _by_ear(word: str, rng: Random) -> str:
    places = [at for at, letter in enumerate(word) if at and letter in _SOUNDS_ALIKE]
    if not places:
        return word
    at = rng.choice(places)
    return word[:at] + _SOUNDS_ALIKE[word[at]] + word[at + 1 :]


def _without_silent(word: str, rng: Random) -> str:
    places = [at for at, letter in enumerate(word) if at and letter in _SILENT]
    if not places:
        return word
    at = rng.choice(places)
    return word[:at] + word[at + 1 :]


_WAYS: tuple[Callable[[str, Random], str], ...] = (_swap, _drop, _double, _neighbour_key, _by_ear, _without_silent)
