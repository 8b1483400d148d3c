"""Counts beside the answer: how many persons each further filter would leave."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

# Exact up to here, then an estimate; the answer says «more than» from its own bound on.
EXACT_UP_TO = 1_000

FACETS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "speciality": ("speciality.officio", 50),
        "capacity": ("capacity.state", 5),
        "settlement": ("place.settlement", 20),
        "district": ("place.district", 20),
        "facility_type": ("division.type", 10),
        "gender": ("party.gender", 3),
    }
)
# A number, not the id: distinct texts cost a look-up in the dictionary of terms for every document.
_PERSON = "party.number"


def persons_aggregation() -> dict[str, Any]:
    """How many persons the hits belong to: `persons.value`."""
    return {"persons": {"cardinality": {"field": _PERSON, "precision_threshold": EXACT_UP_TO}}}


def facet_aggregations() -> dict[str, Any]:
    """One `terms` aggregation a facet, each bucket with its `persons.value`."""
    return {
        name: {"terms": {"field": field, "size": size}, "aggs": persons_aggregation()}
        for name, (field, size) in FACETS.items()
    }
