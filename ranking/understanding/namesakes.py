"""Which of several places of one name is meant, and which others to offer."""

from collections.abc import Sequence

from directory.places import Place, distance_km
from ranking.intent import Point

# A village of a city's name is meant only by those who live beside it.
NEXT_DOOR_KM = 30.0
_CITIES = frozenset("KM")


def choose_place(candidates: Sequence[Place], near: Point | None) -> Place:
    """The place meant among at least one namesakes, given the likeliest first.

    With the patient's point: the nearest, but a city yields to a smaller namesake only next door. Without: the first,
    that is by category, then population (search notes §5).
    """
    likeliest = candidates[0]
    if near is None or len(candidates) == 1:
        return likeliest
    nearest = min(candidates, key=lambda place: _km(place, near))
    rivals = [place for place in candidates if place.category in _CITIES]
    if likeliest.category in _CITIES and nearest not in rivals:
        return nearest if _km(nearest, near) <= NEXT_DOOR_KM else min(rivals, key=lambda place: _km(place, near))
    return nearest


def chosen_first(candidates: Sequence[Place], near: Point | None) -> tuple[Place, ...]:
    """The same places without repeats, the one meant first."""
    chosen = choose_place(candidates, near)
    return (chosen, *(place for place in dict.fromkeys(candidates) if place is not chosen))


def fits_regions(place: Place, regions: Sequence[Place]) -> bool:
    """The place lies in one of the regions named, or has one of them as its district; any does when none is named."""
    return not regions or any(
        region.code in (place.code, place.parent, place.hromada, place.raion, place.oblast)
        or region.parent == place.code
        for region in regions
    )


def is_next_door(place: Place, near: Point | None) -> bool:
    """The patient is close enough to mean even a small place by its name."""
    return near is not None and _km(place, near) <= NEXT_DOOR_KM


def _km(place: Place, near: Point) -> float:
    if place.lat is None or place.lon is None:
        return float("inf")
    return distance_km((near.lat, near.lon), (place.lat, place.lon))
