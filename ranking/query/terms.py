"""What the API loads from the index at start: names for the lexicon, counts for the density. Paged by `after`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ranking.density import DENSITY_ZOOM
from ranking.documents import LOCATION

TERMS_A_PAGE = 10_000
AGGREGATION = "terms"

# Field of the index `doctors` to the lexicon it fills.
WORD_FIELDS: Mapping[str, str] = MappingProxyType({"facility.words": "facility_words", "place.street": "streets"})


def build_bearers_body(after: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Combinations of names among doctors in force: keys `surname`, `given`, `patronymic` and `gender`, the last two
    None where unknown; a double name counts whole and by part."""
    sources: list[dict[str, Any]] = [
        {"surname": {"terms": {"field": "name.surname"}}},
        {"given": {"terms": {"field": "name.given"}}},
        {"patronymic": {"terms": {"field": "name.patronymic", "missing_bucket": True}}},
        {"gender": {"terms": {"field": "party.gender", "missing_bucket": True}}},
    ]
    return _composite(sources, after)


def build_terms_body(field: str, after: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """All terms of `field` among doctors in force: buckets of `terms`, key `term`; go on with its `after_key`."""
    return _composite([{"term": {"terms": {"field": field}}}], after)


def build_density_body(after: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Doctors in force by map tile and officio speciality: keys `tile` («zoom/x/y») and `speciality`."""
    tile = {"geotile_grid": {"field": LOCATION, "precision": DENSITY_ZOOM}}
    return _composite([{"tile": tile}, {"speciality": {"terms": {"field": "speciality.officio"}}}], after)


def build_settlement_counts_body(after: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Doctors in force by settlement and officio speciality: keys `settlement` and `speciality`."""
    sources = [
        {"settlement": {"terms": {"field": "place.settlement"}}},
        {"speciality": {"terms": {"field": "speciality.officio"}}},
    ]
    return _composite(sources, after)


def _composite(sources: list[dict[str, Any]], after: Mapping[str, Any] | None) -> dict[str, Any]:
    composite: dict[str, Any] = {"size": TERMS_A_PAGE, "sources": sources}
    if after is not None:
        composite["after"] = dict(after)
    return {
        "size": 0,
        "query": {"bool": {"filter": [{"term": {"active": True}}]}},
        "track_total_hits": False,
        "aggs": {AGGREGATION: {"composite": composite}},
    }
