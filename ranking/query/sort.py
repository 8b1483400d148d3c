"""The order of the answer, complete to the last tie, so that pages partition it."""

from datetime import date
from typing import Any

from ranking.documents import LOCATION, point_clause
from ranking.intent import Sort, Where

_DAYS = 7


def tie_field(day: date) -> str:
    """The field that orders equals on this day: another of seven permutations each day of a week's cycle.

    Equal doctors so share the first places; within a day the order is stable and pages agree (search notes §7).
    """
    return f"tie.d{day.toordinal() % _DAYS}"


def sort_clauses(sort: Sort, where: Where, day: date, id_field: str) -> list[dict[str, Any]]:
    """Best: by score; nearest: by distance from the origin; then the tie of the day, then the id."""
    ties: list[dict[str, Any]] = [{tie_field(day): {"order": "asc"}}, {id_field: {"order": "asc"}}]
    if sort is Sort.BEST or where.origin is None:
        return [{"_score": {"order": "desc"}}, *ties]
    return [{"_geo_distance": {LOCATION: point_clause(where.origin), "order": "asc", "unit": "km"}}, *ties]
