"""Where was searched, in words: the planned radius, the widened one, the area."""

from dataclasses import replace
from typing import Any

from directory.places import Gazetteer
from ranking import RadiusSource, Where
from ranking.density import RADII_KM
from search_api.language import Language
from search_api.texts import area_text

# The second trip is the only one: three steps up, 3 km become 25, 10 become 100.
_STEPS_UP = 3


def widen(where: Where) -> Where | None:
    """The same ground with a wider radius for the second trip; None when the radius was asked for or is the widest."""
    if where.source is not RadiusSource.PLANNED or where.radius_km is None:
        return None
    wider = [radius_km for radius_km in RADII_KM if radius_km > where.radius_km][:_STEPS_UP]
    return replace(where, radius_km=wider[-1]) if wider else None


def describe_area(where: Where, gazetteer: Gazetteer, language: Language) -> dict[str, Any]:
    """See `Area`."""
    place = gazetteer.by_code(where.area.code) if where.area else None
    label = gazetteer.label(place, language) if place else None
    return {
        "kind": _kind(where),
        "code": where.area.code if where.area else None,
        "label": label,
        "radius_km": where.radius_km,
        "planned": where.source is RadiusSource.PLANNED,
        "surroundings": where.widened,
        "measured_from": where.origin_source.value if where.origin_source else None,
        "text": _text(where, label, language),
    }


def describe_relaxed(planned: Where, widened: Where, language: Language) -> dict[str, Any]:
    """See `Relaxed`."""
    return {
        "what": "radius",
        "from_radius_km": planned.radius_km,
        "to_radius_km": widened.radius_km,
        "text": area_text("widened", language, **{"from": _km(planned.radius_km), "to": _km(widened.radius_km)}),
    }


def _kind(where: Where) -> str:
    if where.source is RadiusSource.SETTLEMENT or where.widened:
        return "area"
    return "radius" if where.radius_km is not None else where.source.value


def _text(where: Where, label: str | None, language: Language) -> str:
    km = _km(where.radius_km)
    if where.widened:
        return area_text("surroundings", language, place=label or "", km=km)
    if where.source is RadiusSource.SETTLEMENT:
        return area_text("settlement", language, place=label or "")
    if where.source is RadiusSource.ASKED:
        return area_text("radius_asked", language, km=km)
    if where.source is RadiusSource.PLANNED:
        return area_text("radius_planned", language, km=km)
    return area_text(where.source.value, language)


def _km(radius_km: float | None) -> str:
    return f"{radius_km:g}" if radius_km is not None else ""
