"""Why a doctor is not a hit, and the smallest change that would bring them up. Pure: documents and intents only."""

from ranking.whynot.changes import (
    Change,
    ChangeKind,
    altered,
    by_effort,
    change_kinds,
    check_change_kinds,
    pairs_of,
)
from ranking.whynot.misses import Miss, find_misses
from ranking.whynot.nearer import STEP_KM, least_step, point_between, steps_between
from ranking.whynot.place import FIRST, place_among

__all__ = [
    "FIRST",
    "STEP_KM",
    "Change",
    "ChangeKind",
    "Miss",
    "altered",
    "by_effort",
    "change_kinds",
    "check_change_kinds",
    "find_misses",
    "least_step",
    "pairs_of",
    "place_among",
    "point_between",
    "steps_between",
]
