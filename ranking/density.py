"""How thickly doctors sit: the ground of every radius. Counts by map tile and speciality, held in memory."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from directory.places import distance_km
from ranking.intent import Point

# About three pages of twenty: the first page stays full when filters take half away (performance notes §2).
ENOUGH_DOCTORS = 60
RADII_KM = (3.0, 5.0, 10.0, 25.0, 50.0, 100.0, 200.0)
# Tiles of about 1.6 km at the latitude of Ukraine; wider circles are counted over coarser tiles.
DENSITY_ZOOM = 14
PIVOT_CITY_KM = 3.0
PIVOT_COUNTRY_KM = 10.0

_COARSEST_ZOOM = 7
_EQUATOR_KM = 40_075.0
# A tile is counted whole or not at all, by its middle: tiles of at most half the radius keep the error near a tenth.
_TILES_A_RADIUS = 2
_MERCATOR_EDGE_LAT = 85.05
_PIVOT_CIRCLE_KM = 10.0

# Stands for the doctors of all specialities together.
_ALL = ""
_KEY_BITS = 32


@dataclass(frozen=True, slots=True)
class TileCount:
    """So many doctors of one speciality in the tile «zoom/x/y» of the web map grid."""

    zoom: int
    x: int
    y: int
    speciality: str
    doctors: int

    @classmethod
    def parse(cls, tile: str, speciality: str, doctors: int) -> "TileCount":
        """From the engine's own spelling of a tile; raises ValueError on any other."""
        zoom, x, y = (int(part) for part in tile.split("/"))
        return cls(zoom, x, y, speciality, doctors)


class Density:
    """Counts of doctors in circles and settlements; immutable once made."""

    def __init__(self, tiles: Iterable[TileCount], by_settlement: Mapping[tuple[str, str], int] | None = None) -> None:
        """`tiles`: of zoom DENSITY_ZOOM or finer; `by_settlement`: (KATOTTG code, speciality) to doctors."""
        zooms = range(_COARSEST_ZOOM, DENSITY_ZOOM + 1)
        self._levels: dict[int, dict[str, dict[int, int]]] = {zoom: {_ALL: defaultdict(int)} for zoom in zooms}
        for tile in tiles:
            if tile.zoom < DENSITY_ZOOM:
                raise ValueError(f"density tiles are of zoom {DENSITY_ZOOM} or finer, not {tile.zoom}")
            for zoom, level in self._levels.items():
                shift = tile.zoom - zoom
                key = _key(tile.x >> shift, tile.y >> shift)
                level[_ALL][key] += tile.doctors
                level.setdefault(tile.speciality, defaultdict(int))[key] += tile.doctors
        self._settlements: dict[str, dict[str, int]] = defaultdict(dict)
        for (code, speciality), doctors in (by_settlement or {}).items():
            self._settlements[code][speciality] = doctors

    def doctors_within(
        self, center: Point, radius_km: float, specialities: Collection[str] | None, at_least: int = 0
    ) -> int:
        """About how many doctors of any of `specialities` (None = of all) work within the circle.

        0 when it is certain that there are fewer than `at_least`: that takes a fraction of the time.
        """
        zoom = _zoom_for(radius_km, center.lat)
        tiles = list(_tiles_around(center, radius_km, zoom))
        if self._count(zoom, tiles, specialities) < at_least:
            return 0
        middle = (center.lat, center.lon)
        return self._count(
            zoom, (key for key in tiles if distance_km(middle, _middle(key, zoom)) <= radius_km), specialities
        )

    def _count(self, zoom: int, tiles: Iterable[int], specialities: Iterable[str] | None) -> int:
        level, keys = self._levels[zoom], list(tiles)
        counts = [level[code] for code in ((_ALL,) if specialities is None else specialities) if code in level]
        return sum(counted.get(key, 0) for counted in counts for key in keys)

    def doctors_in(self, settlement: str, specialities: Iterable[str] | None) -> int:
        """How many doctors of any of `specialities` (None = of all) work in the settlement with this code."""
        by_speciality = self._settlements.get(settlement, {})
        if specialities is None:
            return sum(by_speciality.values())
        return sum(by_speciality.get(code, 0) for code in frozenset(specialities))


def plan_radius_km(origin: Point, specialities: Iterable[str] | None, density: Density) -> float:
    """The smallest of RADII_KM that holds about three pages of suitable doctors, else the widest (performance §2)."""
    wanted = None if specialities is None else frozenset(specialities)
    for radius_km in RADII_KM:
        if density.doctors_within(origin, radius_km, wanted, at_least=ENOUGH_DOCTORS) >= ENOUGH_DOCTORS:
            return radius_km
    return RADII_KM[-1]


def density_pivot_km(origin: Point, density: Density) -> float:
    """The distance that halves the distance signal: 3 km where doctors are many, 10 km in the country (search §5)."""
    many = density.doctors_within(origin, _PIVOT_CIRCLE_KM, None, ENOUGH_DOCTORS) >= ENOUGH_DOCTORS
    return PIVOT_CITY_KM if many else PIVOT_COUNTRY_KM


def _zoom_for(radius_km: float, lat: float) -> int:
    width_km = _EQUATOR_KM * math.cos(math.radians(_bounded(lat)))
    zoom = math.ceil(math.log2(width_km * _TILES_A_RADIUS / radius_km))
    return min(max(zoom, _COARSEST_ZOOM), DENSITY_ZOOM)


def _bounded(lat: float) -> float:
    return min(max(lat, -_MERCATOR_EDGE_LAT), _MERCATOR_EDGE_LAT)


def _tile(lat: float, lon: float, zoom: int) -> tuple[int, int]:
    across = 1 << zoom
    x = math.floor((lon + 180) / 360 * across)
    y = math.floor((1 - math.asinh(math.tan(math.radians(_bounded(lat)))) / math.pi) / 2 * across)
    return min(max(x, 0), across - 1), min(max(y, 0), across - 1)


def _key(x: int, y: int) -> int:
    return x << _KEY_BITS | y


def _middle(key: int, zoom: int) -> tuple[float, float]:
    across = 1 << zoom
    x, y = key >> _KEY_BITS, key & ((1 << _KEY_BITS) - 1)
    lon = (x + 0.5) / across * 360 - 180
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (y + 0.5) / across))))
    return lat, lon


def _tiles_around(center: Point, radius_km: float, zoom: int) -> Iterator[int]:
    lat_span = radius_km / 111.2
    lon_span = min(lat_span / max(math.cos(math.radians(_bounded(center.lat))), 0.01), 180.0)
    left, top = _tile(center.lat + lat_span, center.lon - lon_span, zoom)
    right, bottom = _tile(center.lat - lat_span, center.lon + lon_span, zoom)
    for x in range(left, right + 1):
        yield from range(_key(x, top), _key(x, bottom) + 1)
