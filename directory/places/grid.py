"""Distances on the sphere and the nearest of many points."""

from collections.abc import Iterable
from math import asin, cos, floor, radians, sin, sqrt
from typing import Generic, TypeVar

EARTH_RADIUS_KM = 6371.0088
KM_A_DEGREE = EARTH_RADIUS_KM * radians(1)
_CELL_DEGREES = 0.25

Point = tuple[float, float]
T = TypeVar("T")


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance between two (latitude, longitude) pairs in degrees; within 0.6 % of the geodesic."""
    lat_a, lat_b = radians(a[0]), radians(b[0])
    half_lat, half_lon = (lat_b - lat_a) / 2, radians(b[1] - a[1]) / 2
    chord = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


class PointGrid(Generic[T]):
    """The nearest of many labelled points, found by looking only at the cells around the question."""

    def __init__(self, points: Iterable[tuple[Point, T]]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Point, T]]] = {}
        for point, label in points:
            self._cells.setdefault(_cell(point), []).append((point, label))

    def nearest(self, point: Point, count: int, max_km: float) -> list[tuple[float, T]]:
        """At most `count` (distance_km, label) pairs within `max_km`, nearest first."""
        row, column = _cell(point)
        # Meridians close towards the poles: a ring of cells is only as wide as its narrower, east-west side.
        ring_km = _CELL_DEGREES * KM_A_DEGREE * max(cos(radians(min(abs(point[0]) + 5.0, 89.0))), 0.01)
        found: list[tuple[float, T]] = []
        ring = 0
        # Whatever lies in ring r is at least (r - 1) rings away, since the question may sit at its cell's edge.
        while (ring - 1) * ring_km <= max_km:
            if len(found) >= count and (ring - 1) * ring_km > found[count - 1][0]:
                break
            for cell in _ring(row, column, ring):
                for there, label in self._cells.get(cell, ()):
                    away_km = distance_km(point, there)
                    if away_km <= max_km:
                        found.append((away_km, label))
            found.sort(key=lambda item: item[0])
            ring += 1
        return found[:count]


def _cell(point: Point) -> tuple[int, int]:
    return floor(point[0] / _CELL_DEGREES), floor(point[1] / _CELL_DEGREES)


def _ring(row: int, column: int, ring: int) -> Iterable[tuple[int, int]]:
    if ring == 0:
        return [(row, column)]
    low, high = column - ring, column + ring
    edges = [(line, at) for line in (row - ring, row + ring) for at in range(low, high + 1)]
    return edges + [(line, at) for line in range(row - ring + 1, row + ring) for at in (low, high)]
