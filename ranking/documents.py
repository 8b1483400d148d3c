"""Reading stored documents as the engine gives them back: plain dicts in which absent parts are left out."""

from collections.abc import Mapping
from typing import Any

from directory.places import distance_km
from ranking.intent import Point

Document = Mapping[str, Any]
LOCATION = "place.location"


def field_of(document: Document, path: str) -> Any:
    """The value at a dotted path, None where any part of it is absent."""
    found: Any = document
    for part in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(part)
    return found


def point_of(document: Document) -> Point | None:
    """Where the place of work is; None when nobody knows."""
    location = field_of(document, LOCATION)
    return None if location is None else Point(location["lat"], location["lon"])


def distance_from(document: Document, point: Point) -> float | None:
    """Great-circle kilometres from `point` to the place of work; None when nobody knows where that is."""
    found = point_of(document)
    return None if found is None else distance_km((point.lat, point.lon), (found.lat, found.lon))


def point_clause(point: Point) -> dict[str, float]:
    """A point as the engine takes it."""
    return {"lat": point.lat, "lon": point.lon}
