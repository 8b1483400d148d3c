"""How many people each further filter would leave, with names for the codes."""

from collections.abc import Mapping
from typing import Any

from directory.places import Gazetteer
from directory.specialities import speciality_label
from ranking import FACETS
from search_api.call import Call
from search_api.language import Language
from search_api.serving import ServedIndex
from search_api.texts import label

_GROUPS = {"capacity": "capacity", "facility_type": "division_type", "gender": "gender"}


def count_facets(answer: Mapping[str, Any], call: Call, index: ServedIndex) -> dict[str, list[dict[str, Any]]]:
    """Every facet with its values, the most frequent first; people are counted, not posts.

    Under counts that are too old every capacity is unknown, as it is in the hits.
    """
    aggregations = dict(answer.get("aggregations", {}))
    if not call.knows_capacity(index) and aggregations.get("persons", {}).get("value"):
        aggregations["capacity"] = {"buckets": [{"key": "unknown", "persons": aggregations["persons"]}]}
    return {
        name: [
            {
                "code": bucket["key"],
                "label": _label(name, bucket["key"], call.api.gazetteer, call.language),
                "count": bucket["persons"]["value"],
            }
            for bucket in aggregations.get(name, {}).get("buckets", ())
        ]
        for name in FACETS
    }


def _label(facet: str, code: str, gazetteer: Gazetteer, language: Language) -> str:
    if facet == "speciality":
        return speciality_label(code, language)
    if facet in _GROUPS:
        return label(_GROUPS[facet], code, language)
    place = gazetteer.by_code(code)
    return place.title(language) if place else code
