"""Settlements whose name goes on from what is typed: a sorted list in memory, by spelling and by sound."""

from bisect import bisect_left
from collections.abc import Iterable
from heapq import nsmallest
from typing import NamedTuple

from directory.places import Place, distance_km
from directory.text import sound_key, words

_AFTER_ALL = "\U0010ffff"
_CITIES = frozenset("KM")


class _Entry(NamedTuple):
    name: str
    official: bool
    place: Place


class PlacePrefixes:
    """Look-up by the beginning of official and alternate names; made once, about 60,000 names in a second."""

    def __init__(self, places: Iterable[Place]) -> None:
        spelt, sounding = [], []
        for place in places:
            for name in (place.name, *place.alternate_names):
                official = name == place.name
                spelling = " ".join(words(name))
                spelt.append(_Entry(spelling, official, place))
                sounding.append(_Entry(_sounds(spelling), official, place))
        self._spelt = sorted(spelt, key=_by_name)
        self._sounding = sorted(sounding, key=_by_name)

    def find(self, typed: str, near: tuple[float, float] | None, count: int) -> list[Place]:
        """At most `count` places, the likeliest first: whole names, cities, then the nearer or the larger ones.

        By spelling, and by sound where no spelling fits. Empty for a text without letters.
        """
        spelling = " ".join(words(typed))
        if not spelling:
            return []
        found = _ranked(_beginning_with(self._spelt, spelling), spelling, near, count)
        sounds = _sounds(spelling)
        return found or (_ranked(_beginning_with(self._sounding, sounds), sounds, near, count) if sounds else [])


def _ranked(entries: list[_Entry], typed: str, near: tuple[float, float] | None, count: int) -> list[Place]:
    best: dict[str, tuple[tuple[bool, bool, bool, float, str], Place]] = {}
    for entry in entries:
        place = entry.place
        rank = (entry.name != typed, place.category not in _CITIES, not entry.official, _far(place, near), place.code)
        if place.code not in best or rank < best[place.code][0]:
            best[place.code] = (rank, place)
    return [place for _, place in nsmallest(count, best.values(), key=lambda pair: pair[0])]


def _far(place: Place, near: tuple[float, float] | None) -> float:
    """What puts one of two equals first: the smaller distance, without a point the larger population."""
    if near is None or place.lat is None or place.lon is None:
        return float(-(place.population or 0)) if near is None else float("inf")
    return distance_km(near, (place.lat, place.lon))


def _beginning_with(entries: list[_Entry], prefix: str) -> list[_Entry]:
    low = bisect_left(entries, prefix, key=_by_name)
    high = bisect_left(entries, prefix + _AFTER_ALL, key=_by_name)
    return entries[low:high]


def _by_name(entry: _Entry) -> str:
    return entry.name


def _sounds(spelling: str) -> str:
    return " ".join(sound_key(word) for word in spelling.split())
