"""Places one of whose names goes on from what is typed: settlements, parts of cities, raions and oblasts, in memory."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

from directory.places import Gazetteer, NameKind, Place, PlaceName, distance_km
from ranking.understanding.beginnings import Beginning, Sought, plain_phrase
from ranking.understanding.begun_phrases import BegunPhrases
from ranking.understanding.typed import words_of

# Of the codifier's kinds hromadas are left out: nobody types them.
_LEVELS = {"K": 0, "M": 0, "O": 1, "B": 2, "Q": 2, "X": 3, "C": 3, "P": 4}
_CITY, _PART = 0, 2
_KINDS = {NameKind.OFFICIAL: 0, NameKind.SHORT: 0, NameKind.RUSSIAN: 0, NameKind.FORMER: 1}
_UNSURE_NAME, _TAIL = 2, 3
# Latin names of other languages («Lemberg») are for cities only; the shortest of them are codes of stations.
_SHORTEST_LATIN = 4
_KEPT_ANSWERS = 4096
_WORDS_OF_KIND = {"B": "район", "P": "район", "O": "область"}

_Rank = tuple[bool, int, int, int, str]


class _Named(NamedTuple):
    """A place by one of its names; `kind` orders names of one place and of one level, the surest first."""

    place: Place
    kind: int


class PlacePrefixes:
    """Look-up by the beginning of official, everyday, Russian and former names; made once, about a second."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._phrases: BegunPhrases[_Named] = BegunPhrases(_entries(gazetteer.names()))
        self._ranked = lru_cache(_KEPT_ANSWERS)(self._rank)

    def has(self, sought: Sequence[Sought]) -> bool:
        """Some name begins so."""
        return self._phrases.has(sought)

    def find(self, sought: Sequence[Sought], near: tuple[float, float] | None, count: int) -> list[Place]:
        """At most `count` places one of whose names begins as any of these, the likeliest first.

        Cities by population, then the nearer places when `near` is given, else parts of cities before larger and
        smaller settlements; before all a city or part of one whose whole name was typed.
        """
        found = [pair for one in sought for pair in self._ranked(one)]
        if len(sought) > 1:
            # Several beginnings may lead to one place by different names.
            found = list({pair[1].code: pair for pair in sorted(found, key=_rank_of, reverse=True)}.values())[::-1]
        if near is None:
            return [place for _, place in found[:count]]
        cities = [place for rank, place in found if rank[1] == _CITY][:count]
        if len(cities) == count:
            return cities
        others = (pair for pair in found if pair[0][1] != _CITY)
        nearer = nsmallest(count - len(cities), others, key=lambda pair: (pair[0][2], _km(pair[1], near), pair[0]))
        return [*cities, *(place for _, place in nearer)]

    def repaired(self, beginning: Beginning) -> list[tuple[str, float]]:
        """Beginnings of names one slip away, with the weight of the slip."""
        return self._phrases.repaired(beginning.text)

    def repaired_key(self, key: str) -> list[tuple[str, float]]:
        """Beginnings of sound keys of names one slip away, with the weight of the slip."""
        return self._phrases.repaired_key(key)

    def warm(self) -> None:
        """Builds what is otherwise built at the first slip."""
        self._phrases.warm()

    def _rank(self, sought: Sought) -> tuple[tuple[_Rank, Place], ...]:
        best: dict[str, tuple[_Rank, Place]] = {}
        for phrase, (place, kind) in self._phrases.find(sought):
            level = _LEVELS[place.category]
            # A village is not likelier than a city for being written out; that it is, puts it before longer villages.
            whole = phrase == sought.text and kind < _UNSURE_NAME
            counts = whole and level in (_CITY, _PART)
            rank = (
                not counts,
                level,
                kind + (0 if whole else 1) if level > _PART else kind,
                -_people(place),
                place.code,
            )
            if place.code not in best or rank < best[place.code][0]:
                best[place.code] = (rank, place)
        return tuple(sorted(best.values(), key=_rank_of))


def _entries(names: Iterable[PlaceName]) -> Iterator[tuple[str, _Named]]:
    for name in names:
        place, split = name.place, words_of(name.text)
        level = _LEVELS.get(place.category)
        if level is None or not split or (name.kind is NameKind.LATIN and not _worth_keeping(name)):
            continue
        named = _Named(place, _KINDS.get(name.kind, _UNSURE_NAME))
        phrase = plain_phrase(" ".join(split))
        yield phrase, named
        if place.category in _WORDS_OF_KIND and name.kind is NameKind.OFFICIAL:
            yield f"{phrase} {_WORDS_OF_KIND[place.category]}", named
        if level in (_CITY, _PART) and name.kind is NameKind.OFFICIAL:
            for at in range(1, len(split)):
                yield plain_phrase(" ".join(split[at:])), _Named(place, _TAIL)


def _worth_keeping(name: PlaceName) -> bool:
    return name.place.category in "KM" and len(name.text) >= _SHORTEST_LATIN


def _rank_of(pair: tuple[_Rank, Place]) -> _Rank:
    return pair[0]


def _people(place: Place) -> int:
    return place.population or 0


def _km(place: Place, near: tuple[float, float]) -> float:
    """From the point to the place; infinite for one whose point nobody knows."""
    if place.lat is None or place.lon is None:
        return float("inf")
    return distance_km(near, (place.lat, place.lon))
