"""Facilities on a map: points when few are in sight, clusters when many."""

from collections.abc import Mapping
from typing import Any

from directory.specialities import specialities_for_age
from ranking import Box, FacilityIntent, RadiusSource, Where, build_map_body
from ranking.query.map import MAX_POINTS
from search_api import rendering
from search_api.call import Call
from search_api.kyiv import parse_open_at
from search_api.requests import MapQuery
from search_api.serving import ServedIndex
from search_api.texts import label

_DIGITS = 6


async def draw_map(call: Call, query: MapQuery) -> dict[str, Any]:
    """The box as GeoJSON, see `FeatureCollection`; raises EngineFault."""
    index = await call.api.serving.index("facilities")
    wanted = _specialities(query)
    if wanted is None or (query.open_only and not call.knows_capacity(index)):
        return _collection([], 0, index, clustered=False)
    body = build_map_body(
        FacilityIntent(
            # The box is the ground; nothing else bounds the search.
            where=Where(RadiusSource.FACILITY),
            specialities=wanted,
            types=tuple(code.upper() for code in query.type),
            open_only=query.open_only,
            contract_only=query.contract_only,
            open_at=parse_open_at(query.open_at) if query.open_at else None,
        ),
        Box(*query.box),
        query.zoom,
    )
    call.state["kind"] = "map"
    answer = await call.search("map", index, body)
    count = answer["hits"]["total"]["value"]
    clustered = count > MAX_POINTS
    if clustered:
        features = [_cluster(bucket) for bucket in answer["aggregations"]["clusters"]["buckets"]]
    else:
        features = [_facility(hit["_source"], call) for hit in answer["hits"]["hits"]]
    return _collection(features, count, index, clustered=clustered)


def _collection(features: list[dict[str, Any]], count: int, index: ServedIndex, *, clustered: bool) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": features,
        "clustered": clustered,
        "total": {"value": count, "relation": "exact"},
        "as_of": index.data_date,
    }


def _specialities(query: MapQuery) -> tuple[str, ...] | None:
    """Asked specialities, empty for any; with an age those that may register the patient, None when none of the asked
    may (domain rules §5.1)."""
    asked = tuple(dict.fromkeys(code.upper() for code in query.speciality))
    if query.age is None:
        return asked
    fitting = specialities_for_age(query.age)
    return (tuple(code for code in asked if code in fitting) or None) if asked else fitting


def _cluster(bucket: Mapping[str, Any]) -> dict[str, Any]:
    middle = bucket["middle"]["location"]
    return {
        "type": "Feature",
        "id": bucket["key"],
        "geometry": _point(middle),
        "properties": {
            "cluster": True,
            "facilities": bucket["doc_count"],
            "doctors": int(bucket["doctors"]["value"]),
        },
    }


def _facility(document: Mapping[str, Any], call: Call) -> dict[str, Any]:
    division, doctors = document["division"], document["doctors"]
    kind = division.get("type")
    too_old = rendering.facility_counts_are_too_old(document, call.view(None))
    return {
        "type": "Feature",
        "id": division["id"],
        "geometry": _point(document["place"]["location"]),
        "properties": {
            "cluster": False,
            "division_id": division["id"],
            "name": division.get("name"),
            "type": kind,
            "type_label": label("division_type", kind, call.language) if kind else None,
            "address": division.get("address"),
            "precision": document["place"].get("precision"),
            "contract": document["contract"]["active"],
            "doctors": doctors["count"],
            "open_specialities": [] if too_old else list(doctors.get("open_specialities", ())),
        },
    }


def _point(location: Mapping[str, float]) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [round(location["lon"], _DIGITS), round(location["lat"], _DIGITS)]}
