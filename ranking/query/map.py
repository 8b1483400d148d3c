"""Facilities on a map: points when few are in sight, clusters when many; one trip brings both."""

from dataclasses import dataclass
from typing import Any

from ranking.documents import LOCATION
from ranking.intent import FacilityIntent
from ranking.query.facilities import ID_FIELD, facility_facts
from ranking.query.facility_words import facility_clauses
from ranking.query.source import WHOLE

# Up to so many facilities are drawn one by one.
MAX_POINTS = 200
MAX_CLUSTERS = 500
# A tile of the web map is 256 pixels wide; a cluster every 64 pixels.
_FINER_THAN_MAP = 2
_FINEST_ZOOM = 20


@dataclass(frozen=True, slots=True)
class Box:
    """The part of the map in sight, degrees; west < east and south < north."""

    west: float
    south: float
    east: float
    north: float


def cluster_zoom(zoom: int) -> int:
    """The zoom of the cluster tiles for a map at `zoom`."""
    return min(zoom + _FINER_THAN_MAP, _FINEST_ZOOM)


def build_map_body(intent: FacilityIntent, box: Box, zoom: int) -> dict[str, Any]:
    """One body for index `facilities` within `box`; the ground of `intent.where` is the box, nothing else.

    Draw `hits` when `hits.total.value` is at most MAX_POINTS, else the buckets of `clusters`: `doc_count` facilities,
    their middle in `middle.location`, their doctors in `doctors.value`.
    """
    sight = {"top_left": {"lat": box.north, "lon": box.west}, "bottom_right": {"lat": box.south, "lon": box.east}}
    filters = [*facility_facts(intent), *facility_clauses(intent.facility), {"geo_bounding_box": {LOCATION: sight}}]
    return {
        "size": MAX_POINTS,
        "query": {"bool": {"filter": filters}},
        "sort": [{ID_FIELD: {"order": "asc"}}],
        "track_total_hits": True,
        "_source": WHOLE,
        "aggs": {
            "clusters": {
                "geotile_grid": {"field": LOCATION, "precision": cluster_zoom(zoom), "size": MAX_CLUSTERS},
                "aggs": {
                    "middle": {"geo_centroid": {"field": LOCATION}},
                    "doctors": {"sum": {"field": "doctors.count"}},
                },
            }
        },
    }
