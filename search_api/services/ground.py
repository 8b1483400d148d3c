"""Where was searched, and what was loosened because nobody was found there, in words."""

from collections.abc import Iterable
from typing import Any

from directory.places import Gazetteer
from ranking import Loosened, RadiusSource, Where
from search_api.language import Language
from search_api.texts import area_text


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


def describe_relaxed(loosened: Iterable[Loosened], language: Language) -> list[dict[str, Any]]:
    """See `Relaxed`; empty when nothing had to be loosened."""
    return [
        {"what": each.what, "text": each.text.text(language), "from": each.before, "to": each.after}
        for each in loosened
    ]


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
    if where.source is RadiusSource.COUNTRY and where.origin is not None:
        return area_text("whole_country", language)
    return area_text(where.source.value, language)


def _km(radius_km: float | None) -> str:
    return f"{radius_km:g}" if radius_km is not None else ""
