"""From an intent to one OpenSearch body: filters never score, every scoring clause is named and bounded.

The same arguments always give the same dict. Text of a person never reaches a query-string parser: words become terms.
"""

from ranking.query.doctors import build_search_body
from ranking.query.facets import FACETS
from ranking.query.facilities import build_facilities_body
from ranking.query.map import Box, build_map_body, cluster_zoom
from ranking.query.sort import tie_field
from ranking.query.suggest import BegunReading, build_doctor_suggest_body, build_facility_suggest_body
from ranking.query.terms import (
    WORD_FIELDS,
    build_bearers_body,
    build_density_body,
    build_settlement_counts_body,
    build_terms_body,
)

__all__ = [
    "FACETS",
    "WORD_FIELDS",
    "BegunReading",
    "Box",
    "build_bearers_body",
    "build_density_body",
    "build_doctor_suggest_body",
    "build_facilities_body",
    "build_facility_suggest_body",
    "build_map_body",
    "build_search_body",
    "build_settlement_counts_body",
    "build_terms_body",
    "cluster_zoom",
    "tie_field",
]
