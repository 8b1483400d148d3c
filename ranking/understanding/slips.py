"""How grave a slip is: a letter heard wrong weighs less than a key missed, that less than one out of nowhere."""

from functools import lru_cache
from itertools import pairwise

_ROWS = ("йцукенгшщзхї", "фівапролджє", "ячсмитьбю", "йцукенгшщзхъ", "фывапролджэ")
# Letters that are taken for each other by ear, in Ukrainian and in Russian (counts of essays: search notes §8).
_HEARD = (
    "иіїйыьея",
    "еєэёи",
    "оау",
    "ая",
    "ую",
    "уов",
    "гґхк",
    "зсц",
    "дт",
    "бп",
    "шщчж",
    "кг",
    "вф",
    "мн",
    "єї",
    "ь'",
    "'й",
    "оі",
)

_HEARD_WRONG, _KEY_MISSED, _ANY = 0.5, 0.75, 1.0
_SWAPPED, _DOUBLED, _SILENT, _LOST = 0.7, 0.4, 0.3, 0.9
_SILENT_LETTERS = frozenset("ьъ'й")


def _pairs() -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for row in _ROWS:
        for left, right in pairwise(row):
            found[left, right] = found[right, left] = _KEY_MISSED
    for group in _HEARD:
        for one in group:
            for other in group:
                found[one, other] = _HEARD_WRONG
    return found


_CHANGE = _pairs()


@lru_cache(maxsize=8192)
def slip_weight(typed: str, meant: str) -> float:
    """The least total weight of slips that turn `meant` into `typed`; 0 for equal words, about 1 a slip."""
    before_last: list[float] = []
    last = [0.0]
    for at, letter in enumerate(meant):
        last.append(last[-1] + _alone(meant, at, letter))
    for row, heard in enumerate(typed, start=1):
        now = [last[0] + _alone(typed, row - 1, heard)]
        extra = _alone(typed, row - 1, heard)
        for column, letter in enumerate(meant, start=1):
            if heard == letter:
                best = last[column - 1]
            else:
                best = last[column - 1] + _CHANGE.get((heard, letter), _ANY)
                best = min(best, last[column] + extra, now[column - 1] + _alone(meant, column - 1, letter))
                if row > 1 and column > 1 and heard == meant[column - 2] and typed[row - 2] == letter:
                    best = min(best, before_last[column - 2] + _SWAPPED)
            now.append(best)
        before_last, last = last, now
    return last[-1]


def _alone(word: str, at: int, letter: str) -> float:
    """What it weighs that this letter stands in one word only."""
    if letter in _SILENT_LETTERS:
        return _SILENT
    if (at > 0 and word[at - 1] == letter) or (at + 1 < len(word) and word[at + 1] == letter):
        return _DOUBLED
    return _LOST
