"""A list of phrases that are found by their beginning: by spelling, by sound, and with one slip in what is typed."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from directory.text import sound_key, sound_keys
from ranking.understanding.beginnings import Sought
from ranking.understanding.near_words import NearWords
from ranking.understanding.slips import slip_weight

SHORTEST_WITH_SLIP = 5
# Beginnings longer than this are not repaired: whoever typed so much has seen that nothing comes.
_LONGEST_WITH_SLIP = 24
_HEAVIEST_IN_SHORT, _SHORT = 0.95, 5
_AS_GOOD = 0.15
_MOST_REPAIRED = 8
_AFTER_ALL = "\U0010ffff"

_Item = TypeVar("_Item")


class BegunPhrases(Generic[_Item]):
    """Phrases with what they stand for; words of a phrase are joined by one blank. Immutable once made."""

    def __init__(self, entries: Iterable[tuple[str, _Item]]) -> None:
        spelt = sorted(((phrase, item) for phrase, item in entries if phrase), key=_phrase)
        self._spelt = [phrase for phrase, _ in spelt]
        self._items = [item for _, item in spelt]
        sounding = sorted(zip(_phrase_keys(self._spelt), self._items, strict=True), key=_phrase)
        self._keys = [key for key, _ in sounding]
        self._key_items = [item for _, item in sounding]

    def spelt(self, beginning: str) -> Sequence[tuple[str, _Item]]:
        """All phrases that begin just so, with the whole phrase."""
        low, high = _between(self._spelt, beginning)
        return list(zip(self._spelt[low:high], self._items[low:high], strict=True))

    def sounding(self, key: str) -> Sequence[tuple[str, _Item]]:
        """All phrases whose sound keys begin so, with the whole key."""
        low, high = _between(self._keys, key)
        return list(zip(self._keys[low:high], self._key_items[low:high], strict=True))

    def find(self, sought: Sought) -> Sequence[tuple[str, _Item]]:
        """All phrases that begin as sought, with the whole phrase or key."""
        return self.sounding(sought.text) if sought.by_sound else self.spelt(sought.text)

    def has(self, sought: Sequence[Sought]) -> bool:
        """Some phrase begins as one of these."""
        return any(self.knows_sound(one.text) if one.by_sound else self.knows(one.text) for one in sought)

    def knows(self, beginning: str) -> bool:
        """Some phrase begins just so."""
        low = bisect_left(self._spelt, beginning)
        return low < len(self._spelt) and self._spelt[low].startswith(beginning)

    def knows_sound(self, key: str) -> bool:
        """Some phrase's key begins so."""
        low = bisect_left(self._keys, key)
        return low < len(self._keys) and self._keys[low].startswith(key)

    def repaired(self, beginning: str) -> list[tuple[str, float]]:
        """Beginnings of phrases one slip from this one, the lightest and those as good, with the weight of the slip.

        Empty for fewer than five letters and for more than any phrase has.
        """
        return _lightest(beginning, self._near_spelt) if _may_slip(beginning) else []

    def repaired_key(self, key: str) -> list[tuple[str, float]]:
        """The same for sound keys."""
        return _lightest(key, self._near_keys) if _may_slip(key) else []

    def warm(self) -> None:
        """Builds what is otherwise built at the first slip."""
        self._near_spelt.within("-", 0)
        self._near_keys.within("-", 0)

    @cached_property
    def _near_spelt(self) -> NearWords:
        return NearWords(_beginnings(self._spelt))

    @cached_property
    def _near_keys(self) -> NearWords:
        return NearWords(_beginnings(self._keys))


def phrase_key(phrase: str) -> str:
    """The sound keys of the words of a phrase, joined by blanks."""
    return " ".join(map(sound_key.__wrapped__, phrase.split(" ")))


def _phrase_keys(phrases: Sequence[str]) -> Iterator[str]:
    divided = [phrase.split(" ") for phrase in phrases]
    keys = iter(sound_keys([word for words in divided for word in words]))
    return (" ".join(next(keys) for _ in words) for words in divided)


def _phrase(entry: tuple[str, object]) -> str:
    return entry[0]


def _between(phrases: list[str], beginning: str) -> tuple[int, int]:
    low = bisect_left(phrases, beginning)
    return low, bisect_left(phrases, beginning + _AFTER_ALL, lo=low)


def _may_slip(beginning: str) -> bool:
    return SHORTEST_WITH_SLIP <= len(beginning) <= _LONGEST_WITH_SLIP


def _lightest(beginning: str, near: NearWords) -> list[tuple[str, float]]:
    found = sorted((slip_weight(beginning, other), other) for other, _ in near.within(beginning, 1))
    heaviest = _HEAVIEST_IN_SHORT if len(beginning) <= _SHORT else 1.0
    if not found or found[0][0] > heaviest:
        return []
    best = found[0][0]
    return [(other, weight) for weight, other in found if weight <= min(best + _AS_GOOD, heaviest)][:_MOST_REPAIRED]


def _beginnings(phrases: Collection[str]) -> list[str]:
    """All beginnings a repaired one may be, each once, of sorted phrases."""
    found: dict[str, None] = {}
    for phrase in phrases:
        for length in range(SHORTEST_WITH_SLIP - 1, min(len(phrase), _LONGEST_WITH_SLIP + 1) + 1):
            found[phrase[:length]] = None
    return list(found)
