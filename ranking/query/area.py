"""The ground of a search as filters: circle, area, country box. Two faces side by side."""

from ranking.documents import LOCATION, Document, distance_from, field_of, point_clause, point_of
from ranking.intent import AreaLevel, RadiusSource, Where
from ranking.query.hard_facts import Clause, any_of

# Ukraine with a margin: north, west, south, east in degrees.
COUNTRY_BOX = (52.5, 22.0, 44.2, 40.4)


def area_clauses(where: Where) -> list[Clause]:
    """The filters of the ground; none only where ids of a facility bound the search already."""
    clauses = _circle_and_area(where)
    if clauses:
        return [any_of(clauses)] if where.widened else clauses
    return [_country()] if where.source is RadiusSource.COUNTRY else []


def in_area(document: Document, where: Where) -> bool:
    """The document lies on the ground of the search."""
    holds = []
    if where.radius_km is not None and where.center is not None:
        km = distance_from(document, where.center)
        holds.append(km is not None and km <= where.radius_km)
    if where.area is not None and where.area.level is not AreaLevel.QUARTER:
        holds.append(field_of(document, f"place.{where.area.level}") == where.area.code)
    if holds:
        return any(holds) if where.widened else all(holds)
    return where.source is not RadiusSource.COUNTRY or _in_country(document)


def _circle_and_area(where: Where) -> list[Clause]:
    clauses: list[Clause] = []
    if where.radius_km is not None and where.center is not None:
        circle = {"distance": f"{where.radius_km}km", LOCATION: point_clause(where.center)}
        clauses.append({"geo_distance": circle})
    if where.area is not None and where.area.level is not AreaLevel.QUARTER:
        clauses.append({"term": {f"place.{where.area.level}": where.area.code}})
    return clauses


def _country() -> Clause:
    north, west, south, east = COUNTRY_BOX
    box = {"top_left": {"lat": north, "lon": west}, "bottom_right": {"lat": south, "lon": east}}
    nowhere = {"bool": {"must_not": [{"exists": {"field": LOCATION}}]}}
    # A doctor whose place could not be located is still found by name.
    return any_of([{"geo_bounding_box": {LOCATION: box}}, nowhere])


def _in_country(document: Document) -> bool:
    point = point_of(document)
    if point is None:
        return True
    north, west, south, east = COUNTRY_BOX
    return south <= point.lat <= north and west <= point.lon <= east
