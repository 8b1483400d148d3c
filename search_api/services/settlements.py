"""Which settlement a caller means by a code or a name; a shared name is never settled silently (search notes §5)."""

from dataclasses import dataclass

from directory.places import Gazetteer, Place
from ranking import Point
from search_api.errors import Fault, RequestFaulty
from search_api.language import Language

_CITIES = frozenset("KM")
_CLEARLY_LARGER = 10
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class ChosenPlace:
    """The place taken and the others its name may mean."""

    place: Place
    alternatives: tuple[Place, ...] = ()


def choose_settlement(text: str, near: Point | None, gazetteer: Gazetteer, language: Language) -> ChosenPlace:
    """The place a code or name means; raises RequestFaulty for unknown and for evenly shared names.

    Among namesakes the one nearest to `near` is taken; without a point a city before villages, and a place ten times as
    large as the next. The others are handed back to be said.
    """
    text = text.strip()
    # Codes of quarters have small letters, and codes of the codifier are often copied in them.
    by_code = gazetteer.by_code(text) or gazetteer.by_code(text.upper())
    if by_code is not None:
        return ChosenPlace(by_code)
    found = gazetteer.find(text)
    if not found:
        raise RequestFaulty((Fault("settlement", "place_unknown"),))
    best = _best_of(found, near, gazetteer)
    if best is None:
        candidates = tuple((place.code, gazetteer.label(place, language)) for place in found[:_MOST_NAMED])
        raise RequestFaulty((Fault("settlement", "place_ambiguous", candidates=candidates),))
    return ChosenPlace(best, tuple(place for place in found if place is not best)[:_MOST_NAMED])


def _best_of(found: list[Place], near: Point | None, gazetteer: Gazetteer) -> Place | None:
    if len(found) == 1:
        return found[0]
    if near is not None:
        distances = [gazetteer.distance_km(place, near.lat, near.lon) for place in found]
        located = [(km, place.code, place) for km, place in zip(distances, found, strict=True) if km is not None]
        if located:
            return min(located)[2]
    first, second = found[0], found[1]
    if first.category in _CITIES and second.category not in _CITIES:
        return first
    if (first.population or 0) > _CLEARLY_LARGER * max(second.population or 0, 100):
        return first
    return None
