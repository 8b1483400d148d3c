"""Suggestions while typing: specialities and places from memory, doctors and facilities from the engine at once."""

import asyncio
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from directory.schema import Alias
from directory.specialities import specialities
from directory.text import sound_key, words
from ranking import Point, build_doctor_suggest_body, build_facility_suggest_body
from search_api import rendering
from search_api.call import Call
from search_api.kyiv import kyiv_today
from search_api.language import Language
from search_api.requests import SuggestQuery


async def suggest(call: Call, query: SuggestQuery) -> dict[str, Any]:
    """See `SuggestResponse`; raises EngineFault."""
    point = query.point
    near = Point(*point) if point else None
    day = kyiv_today(call.now)
    doctors, facilities = await asyncio.gather(
        _hits(call, "doctors", build_doctor_suggest_body(query.q, query.limit, day, near)),
        _hits(call, "facilities", build_facility_suggest_body(query.q, query.limit, day, near)),
    )
    places = call.api.prefixes.find(query.q, point, query.limit)
    return {
        "request_id": call.request_id,
        "took_ms": call.took_ms(),
        "specialities": _specialities(query.q, query.limit, call.language),
        "places": [
            {"code": place.code, "name": place.name, "label": call.api.gazetteer.label(place, call.language)}
            for place in places
        ],
        "doctors": [_doctor(document, call.language) for document in doctors],
        "facilities": [_facility(document) for document in facilities],
    }


async def _hits(call: Call, alias: Alias, body: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    if body is None:
        return []
    index = await call.api.serving.index(alias)
    answer = await call.search(f"suggest_{alias}", index, body)
    return [hit["_source"] for hit in answer["hits"]["hits"]]


def _doctor(document: Mapping[str, Any], language: Language) -> dict[str, Any]:
    name = document["name"]
    return {
        "employee_id": document["employee"]["id"],
        "name": " ".join(filter(None, (name["last"], name["first"], name.get("second")))),
        "speciality": rendering.speciality((document.get("speciality") or {}).get("officio"), language),
        "division_name": (document.get("division") or {}).get("name"),
        "settlement": (document.get("place") or {}).get("settlement_name"),
    }


def _facility(document: Mapping[str, Any]) -> dict[str, Any]:
    legal_entity = document.get("legal_entity") or {}
    return {
        "division_id": document["division"]["id"],
        "name": document["division"].get("name"),
        "legal_entity_name": legal_entity.get("public_name") or legal_entity.get("name"),
        "settlement": (document.get("place") or {}).get("settlement_name"),
    }


def _specialities(typed: str, count: int, language: Language) -> list[dict[str, str]]:
    """Specialities one of whose names, in either language, has a word that begins as typed."""
    wanted = words(typed)
    if not wanted:
        return []
    spelling = " ".join(wanted)
    sounds = " ".join(map(sound_key, wanted))
    found = [code for code, names, _ in _speciality_names() if _goes_on(names, spelling)]
    if not found and sounds.strip():
        found = [code for code, _, keys in _speciality_names() if _goes_on(keys, sounds)]
    known = specialities()
    return [{"code": code, "label": known[code].label(language)} for code in found[:count]]


def _goes_on(names: tuple[str, ...], typed: str) -> bool:
    return any(name.startswith(typed) or f" {typed}" in name for name in names)


@lru_cache(maxsize=1)
def _speciality_names() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    entries = []
    for info in specialities().values():
        names = [words(info.uk), words(info.en)]
        spelt = tuple(" ".join(name) for name in names)
        entries.append((info.code, spelt, tuple(" ".join(map(sound_key, name)) for name in names)))
    return tuple(entries)
