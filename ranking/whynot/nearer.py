"""How much nearer the patient would have to be: steps of a hundred metres on the straight way to the doctor."""

import math
from collections.abc import Callable

from directory.places import distance_km
from ranking.intent import Point

STEP_KM = 0.1
# A rival may lie on the way, so being nearer is not better at every step: coarse steps first, then halving.
_COARSE = 16


def steps_between(start: Point, end: Point) -> int:
    """How many steps lead from `start` to the very door of `end`; 0 at the door."""
    return math.ceil(round(distance_km((start.lat, start.lon), (end.lat, end.lon)) / STEP_KM, 6))


def point_between(start: Point, end: Point, step: int) -> Point:
    """The point `step` steps along the straight way, `end` itself at the last; 1 m exact."""
    km = distance_km((start.lat, start.lon), (end.lat, end.lon))
    share = min(1.0, step * STEP_KM / km) if km else 1.0
    if share == 1.0:
        return end
    lat, lon = (a + (b - a) * share for a, b in ((start.lat, end.lat), (start.lon, end.lon)))
    return Point(round(lat, 5), round(lon, 5))


def least_step(steps: int, works: Callable[[int], bool]) -> int | None:
    """The least of 1…`steps` at which `works`, None when at none of those tried.

    Tries sixteen steps evenly from near to far, then halves between the last that fails and the first that works: about
    24 calls for 200 km. Exact where `works` changes once between two of the sixteen.
    """
    fails = 0
    for coarse in range(1, _COARSE + 1):
        step = math.ceil(steps * coarse / _COARSE)
        if step == fails:
            continue
        if works(step):
            while step - fails > 1:
                middle = (step + fails) // 2
                if works(middle):
                    step = middle
                else:
                    fails = middle
            return step
        fails = step
    return None
