"""Every word and phrase a text may be made of, in one place: found by spelling, by sound, and within a few slips.

One vocabulary for specialities, places, names, facilities, wishes and small words, so that a misspelt word is compared
with all of them at once and the likeliest wins, whatever it is.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any

from directory.text import sound_keys
from ranking.understanding.near_words import NearWords
from ranking.understanding.reading import TakenAs

# Shorter words share their sound with too much else to be recognised by it.
SHORTEST_BY_SOUND = 3
_SMALL = frozenset({TakenAs.FILLER, TakenAs.PLACE_MARKER})
_REMEMBERED = 64
_AFTER_ALL = "\uffff"


class How(IntEnum):
    """How a phrase says its meaning, the plainest first."""

    LEMMA = 0
    FORM = 1
    RUSSIAN = 2
    SHORT = 3
    FORMER = 4
    OTHER = 5


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase may mean: `value` is a code, a lemma or a group of places, by `taken_as`. `doubt` is its own
    penalty, before neighbours are heard. `shortened`: people write only its beginning, as «стомат.» and «харк.»."""

    taken_as: TakenAs
    value: Any
    how: How = How.LEMMA
    doubt: float = 0.0
    shortened: bool = False


class Vocabulary:
    """Phrases to meanings. A phrase is words joined by one blank; hyphens divide words. Immutable once made."""

    def __init__(self, entries: Iterable[tuple[str, Meaning]], known: frozenset[str] = frozenset()) -> None:
        """`known`: words that exist though they have no meaning here."""
        self._known = known
        self._meanings, shortened = _gathered(entries)
        self._beginnings = frozenset(_beginnings(self._meanings))
        words = list(dict.fromkeys(word for phrase in self._meanings for word in phrase.split(" ")))
        # Words of phrases that mean nothing alone; the others are phrases themselves.
        self._only_in_phrases = frozenset(word for word in words if word not in self._meanings)
        # A key of one word leads to the word itself: so it is with nearly all of them.
        self._by_sound: dict[str, str | tuple[str, ...]] = {}
        for word, key in zip(words, sound_keys(words), strict=True):
            alike = self._by_sound.get(key)
            if alike is None:
                self._by_sound[key] = word
            else:
                self._by_sound[key] = (*alike, word) if isinstance(alike, tuple) else (alike, word)
        self._by_sound.pop("", None)
        self._shortened = sorted({word for phrase in shortened for word in phrase.split(" ") if len(word) > 2})
        together = {word for phrase in self._meanings if " " in phrase for word in phrase.split(" ")}
        self._shortened_in_phrases = [word for word in self._shortened if word in together]
        # A text that repeats a word is read no longer for it. So few are remembered, nowhere but here, for seconds.
        remembered = lru_cache(maxsize=_REMEMBERED)
        self._near = remembered(NearWords([word for word in words if not word.isdigit()]).within)
        self._near_keys = remembered(NearWords([key for key in self._by_sound if not key.isdigit()]).within)

    def __contains__(self, word: str) -> bool:
        """The word stands in some phrase, spelt just so."""
        return word in self._meanings or word in self._only_in_phrases

    def __len__(self) -> int:
        return len(self._meanings)

    def meanings(self, phrase: str) -> tuple[Meaning, ...]:
        """All meanings of this very phrase; empty when it has none."""
        return self._meanings.get(phrase, ())

    def exists(self, word: str) -> bool:
        """The word is one, in the vocabulary or beside it."""
        return word in self or word in self._known

    def goes_on(self, beginning: str) -> bool:
        """Some phrase begins with these words and has more."""
        return beginning in self._beginnings

    def by_sound(self, key: str) -> tuple[str, ...]:
        """Words with this sound key; of the shortest keys only small words like «до» and «м»."""
        found = self._by_sound.get(key, ())
        if isinstance(found, str):
            found = (found,)
        if len(key) >= SHORTEST_BY_SOUND:
            return found
        return tuple(word for word in found if any(meaning.taken_as in _SMALL for meaning in self.meanings(word)))

    def begun_by(self, beginning: str, *, in_phrases: bool = False) -> tuple[str, ...]:
        """Words that people shorten and that begin so, the commonest kinds only: specialities, facilities, cities.

        `in_phrases`: only those that stand in a phrase with others.
        """
        words = self._shortened_in_phrases if in_phrases else self._shortened
        low = bisect_left(words, beginning)
        high = bisect_left(words, beginning + _AFTER_ALL, lo=low)
        return tuple(words[low:high])

    def near(self, word: str, slips: int) -> Sequence[tuple[str, int]]:
        """Words other than this one, at most `slips` slips of a letter apart, with their number."""
        return self._near(word, slips)

    def near_by_sound(self, key: str, slips: int) -> Sequence[tuple[str, int]]:
        """Sound keys at most `slips` apart from `key`, with their number of slips."""
        return self._near_keys(key, slips)


def _gathered(entries: Iterable[tuple[str, Meaning]]) -> tuple[dict[str, tuple[Meaning, ...]], set[str]]:
    """The meanings of each phrase in their order, and the phrases that people shorten.

    Equal tuples are one: names of one kind share most of theirs.
    """
    gathered: dict[str, tuple[Meaning, ...]] = {}
    shortened: set[str] = set()
    # By identity: equal meanings are one object, and comparing places costs more than all the rest.
    alone: dict[int, tuple[Meaning, ...]] = {}
    longer: dict[tuple[int, int], tuple[Meaning, ...]] = {}
    for phrase, meaning in entries:
        known = gathered.get(phrase)
        if known is None:
            found = alone.get(id(meaning))
            if found is None:
                found = alone[id(meaning)] = (meaning,)
        elif any(one is meaning for one in known):
            continue
        else:
            pair = (id(known), id(meaning))
            found = longer.get(pair)
            if found is None:
                found = longer[pair] = (*known, meaning)
        gathered[phrase] = found
        if meaning.shortened:
            shortened.add(phrase)
    gathered.pop("", None)
    shortened.discard("")
    return gathered, shortened


def _beginnings(phrases: Iterable[str]) -> Iterator[str]:
    for phrase in phrases:
        at = phrase.find(" ")
        while at >= 0:
            yield phrase[:at]
            at = phrase.find(" ", at + 1)
