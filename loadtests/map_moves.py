"""Maps that are opened, dragged and zoomed."""

from random import Random

from loadtests.lexicon import PlaceOfCare
from loadtests.points import scatter

Box = tuple[float, float, float, float]

_OPENED_AT = (11, 12, 13, 14)
_FARTHEST, _NEAREST = 6, 16
_SCREEN_TILES = 3.0
# A degree of latitude is drawn longer than one of longitude here: this makes the screen a square.
_SQUARE = 0.64
_SOUTH, _NORTH, _WEST, _EAST = 44.0, 52.5, 22.0, 40.5
_MAPS_OPEN = 20
_OPEN_ANEW = 0.3


class MapMoves:
    """A few maps in use at a time; each draw opens one anew or moves one by half a screen or one zoom level."""

    def __init__(self) -> None:
        self._maps: list[tuple[float, float, int]] = []

    def draw(self, place: PlaceOfCare, rng: Random) -> tuple[Box, int]:
        """The box in sight (west, south, east, north, degrees) and the zoom."""
        if not self._maps or rng.random() < _OPEN_ANEW:
            lat, lon = scatter(place.lat, place.lon, place.spread_km, rng)
            view = (lat, lon, rng.choice(_OPENED_AT))
            if len(self._maps) < _MAPS_OPEN:
                self._maps.append(view)
            else:
                self._maps[rng.randrange(_MAPS_OPEN)] = view
        else:
            at = rng.randrange(len(self._maps))
            view = self._maps[at] = _moved(*self._maps[at], rng)
        return _box(*view), view[2]


def _moved(lat: float, lon: float, zoom: int, rng: Random) -> tuple[float, float, int]:
    if rng.random() < 0.4:
        return lat, lon, min(max(zoom + rng.choice((-1, 1)), _FARTHEST), _NEAREST)
    half = _width(zoom) / 2
    lat, lon = lat + half * rng.choice((-_SQUARE, 0, _SQUARE)), lon + half * rng.choice((-1, 0, 1))
    return min(max(lat, _SOUTH), _NORTH), min(max(lon, _WEST), _EAST), zoom


def _box(lat: float, lon: float, zoom: int) -> Box:
    half = _width(zoom) / 2
    return lon - half, lat - half * _SQUARE, lon + half, lat + half * _SQUARE


def _width(zoom: int) -> float:
    return _SCREEN_TILES * 360.0 / 2.0**zoom
