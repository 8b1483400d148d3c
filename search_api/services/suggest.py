"""Suggestions while typing: specialities and places from memory, doctors and facilities from the engine at once."""

import asyncio
from collections.abc import Mapping
from typing import Any

from directory.schema import Alias
from directory.specialities import specialities
from ranking import Point, build_doctor_suggest_body, build_facility_suggest_body
from search_api import rendering
from search_api.call import Call
from search_api.kyiv import kyiv_today
from search_api.language import Language
from search_api.requests import SuggestQuery
from search_api.services.begun import Shelf, begun
from search_api.serving import ServedIndex


async def suggest(call: Call, query: SuggestQuery) -> dict[str, Any]:
    """See `SuggestResponse`; raises EngineFault."""
    near = Point(*query.point) if query.point else None
    day = kyiv_today(call.now)
    served = await call.api.serving.index("doctors")
    assert served.knowledge is not None
    typed = begun(query.q, Shelf(call.api.prefixes, served.knowledge.lexicons, query.point, query.limit))
    doctors, facilities = await asyncio.gather(
        _hits(
            call,
            "doctors",
            served,
            build_doctor_suggest_body(typed.names, query.limit, day, near, typed.of_specialities),
        ),
        _hits(call, "facilities", None, build_facility_suggest_body(typed.facilities, query.limit, day, near)),
    )
    known = specialities()
    return {
        "request_id": call.request_id,
        "took_ms": call.took_ms(),
        "read_as": typed.read_as,
        "before": typed.before,
        "specialities": [{"code": code, "label": known[code].label(call.language)} for code in typed.specialities],
        "places": [
            {"code": place.code, "name": place.name, "label": call.api.gazetteer.label(place, call.language)}
            for place in typed.places
        ],
        "doctors": [_doctor(document, call.language) for document in doctors],
        "facilities": [_facility(document) for document in facilities],
    }


async def _hits(
    call: Call, alias: Alias, served: ServedIndex | None, body: Mapping[str, Any] | None
) -> list[Mapping[str, Any]]:
    if body is None:
        return []
    index = served or await call.api.serving.index(alias)
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
