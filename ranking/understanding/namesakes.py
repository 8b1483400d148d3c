"""Which of several places of one name is meant, and which others to offer."""

from collections.abc import Mapping, Sequence
from math import inf

from directory.places import Place, distance_km
from ranking.intent import Point

# A village of a city's name is meant only by those who live beside it.
NEXT_DOOR_KM = 30.0
# … of a large city's name; a small one far away yields to a namesake in the same parts.
_AROUND_KM = 70.0
_CITIES = frozenset("KM")
_LARGE, _MIDDLING = 100_000, 20_000

_DOUBT = {"K": 0.0, "M": 0.12, "X": 0.5, "C": 0.85, "O": 1.0, "P": 1.0, "H": 1.2, "B": 0.6, "Q": 0.4}
_CRIMEA = "UA01"
_LARGE_CITY, _MIDDLING_CITY = 0.0, 0.05
_NEXT_DOOR_SHARE = 0.4
# A quarter of a city where the patient is not.
_ANOTHER_CITY_KM, _QUARTER_ELSEWHERE = 60.0, 0.5
_NO_DOCTORS: Mapping[str, int] = {}


def place_doubt(place: Place, near: Point | None, doctors_in: Mapping[str, int] = _NO_DOCTORS) -> float:
    """How much less likely than a large city a place is meant by its bare name; less so next door to the patient."""
    doubt = _DOUBT[place.category]
    if place.code.startswith(_CRIMEA) and place.category == "O":
        # Not an adjective like the other oblasts: it needs no word beside it.
        doubt = _MIDDLING_CITY
    elif place.category in _CITIES:
        people = place.population or 0
        doubt = (
            _LARGE_CITY
            if people >= _LARGE or place.category == "K"
            else min(doubt, _MIDDLING_CITY if people >= _MIDDLING else doubt)
        )
    elif place.category == "Q" and not (place.russian_names or place.short_names or place.district):
        # A section of a city that only GeoNames names: hardly anybody says it without the city.
        doubt += 0.4
    elif place.category in "XC":
        doubt -= 0.1 if doctors_in.get(place.code) else 0.0
    if place.category == "Q" and near is not None and _km(place, near) > _ANOTHER_CITY_KM:
        doubt += _QUARTER_ELSEWHERE
    return doubt * (_NEXT_DOOR_SHARE if is_next_door(place, near) else 1.0)


def choose_place(candidates: Sequence[Place], near: Point | None, doctors_in: Mapping[str, int] = _NO_DOCTORS) -> Place:
    """The place meant among at least one namesakes.

    With the patient's point: the nearest, but a city yields to a smaller namesake only next door. Without: by category,
    then population, then how many doctors work there (search notes §5).
    """
    if len(candidates) == 1:
        return candidates[0]
    likeliest = min(candidates, key=lambda place: (_order(place), -doctors_in.get(place.code, 0), place.code))
    if near is None:
        return likeliest
    nearest = min(candidates, key=lambda place: _km(place, near))
    rivals = [place for place in candidates if place.category in _CITIES]
    if likeliest.category in _CITIES and nearest not in rivals:
        city = min(rivals, key=lambda place: _km(place, near))
        reach_km = NEXT_DOOR_KM if (city.population or 0) >= _LARGE else _AROUND_KM
        return nearest if _km(nearest, near) <= reach_km else city
    return nearest


def chosen_first(
    candidates: Sequence[Place], near: Point | None, doctors_in: Mapping[str, int] = _NO_DOCTORS
) -> tuple[Place, ...]:
    """The same places without repeats, the one meant first, then the likelier ones."""
    if len(candidates) == 1:
        return tuple(candidates)
    chosen = choose_place(candidates, near, doctors_in)
    others = {place.code: place for place in candidates if place is not chosen}
    ordered = sorted(
        others.values(),
        key=lambda place: (
            _km(place, near) if near else 0.0, _order(place), -doctors_in.get(place.code, 0), place.code
        ),
    )  # fmt: skip
    return (chosen, *ordered)


# The special city is a region of its own; people name it for the oblast around, and the oblast for the city.
OBLAST_AROUND = {"UA80000000000093317": "UA32000000000030281"}


def fits_regions(place: Place, regions: Sequence[Place]) -> bool:
    """The place lies in one of the regions named, or has one of them as its district; any does when none is named."""
    return not regions or any(
        region.code in (place.code, place.parent, place.hromada, place.raion, place.oblast)
        or OBLAST_AROUND.get(place.code) == region.code
        or region.parent == place.code
        for region in regions
    )


def is_next_door(place: Place, near: Point | None) -> bool:
    """The patient is close enough to mean even a small place by its name."""
    return near is not None and _km(place, near) <= NEXT_DOOR_KM


def _order(place: Place) -> tuple[float, int]:
    """Category, then population, the likelier first."""
    return _DOUBT[place.category], -(place.population or 0)


def _km(place: Place, near: Point) -> float:
    if place.lat is None or place.lon is None:
        return inf
    return distance_km((near.lat, near.lon), (place.lat, place.lon))
