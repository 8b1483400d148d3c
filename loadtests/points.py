"""Where patients are: places by a power law, points scattered around them, cold ones told from warm ones."""

import math
from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from loadtests.lexicon import PlaceOfCare

ZIPF_S = 1.1
COLD_SHARE = 0.6
"""Share of points never asked about before; with the searches that name a settlement still over 30 % of all."""

_KM_A_DEGREE = 111.2
_CELL_KM = 0.15
_TRIES = 30


class Zipf:
    """Ranks 0…n-1, the k-th with a weight of 1 / (k + 1)^s."""

    def __init__(self, n: int, s: float = ZIPF_S) -> None:
        self._edges = list(accumulate((rank + 1) ** -s for rank in range(n)))

    def draw(self, rng: Random) -> int:
        """One rank."""
        return min(bisect(self._edges, rng.random() * self._edges[-1]), len(self._edges) - 1)


def scatter(lat: float, lon: float, spread_km: float, rng: Random) -> tuple[float, float]:
    """A point around another, Gaussian with `spread_km` north and east; degrees to 5 places."""
    north, east = rng.gauss(0, spread_km), rng.gauss(0, spread_km)
    return (
        round(lat + north / _KM_A_DEGREE, 5),
        round(lon + east / (_KM_A_DEGREE * math.cos(math.radians(lat))), 5),
    )


@dataclass(frozen=True, slots=True)
class PatientPoint:
    """Where a patient is, degrees; `cold`: nobody has asked from this cell of 150 m before."""

    lat: float
    lon: float
    cold: bool

    def near(self) -> dict[str, object]:
        """The field of a search."""
        return {"near": {"lat": self.lat, "lon": self.lon}}


class Points:
    """Draws patients' points and remembers which cells have been asked about."""

    def __init__(self) -> None:
        self._cells: set[tuple[int, int]] = set()
        self._homes: dict[tuple[float, float], list[tuple[float, float]]] = {}

    def draw(self, place: PlaceOfCare, rng: Random) -> PatientPoint:
        """A point around a place: a cold one with `COLD_SHARE`, else one asked about before."""
        homes = self._homes.setdefault((place.lat, place.lon), [])
        if homes and rng.random() >= COLD_SHARE:
            return PatientPoint(*rng.choice(homes), cold=False)
        spread_km = place.spread_km
        for _ in range(_TRIES):
            point = scatter(place.lat, place.lon, spread_km, rng)
            if _cell(point) not in self._cells:
                self._cells.add(_cell(point))
                homes.append(point)
                return PatientPoint(*point, cold=True)
            # A place whose middle is used up grows outwards.
            spread_km *= 1.2
        return PatientPoint(*point, cold=False)


def _cell(point: tuple[float, float]) -> tuple[int, int]:
    return math.floor(point[0] * _KM_A_DEGREE / _CELL_KM), math.floor(point[1] * 71.5 / _CELL_KM)
