"""Why a hit stands where it stands: the scores of its named clauses as parts that add up to its score."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ranking.intent import Grade
from ranking.query.name_gate import GATE
from ranking.query.place_gate import PLACE_GATE, PLACE_POINTS
from ranking.signals import SIGNALS
from ranking.signals.weights import Weights

_BEST_GRADE = float(max(Grade))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: `points` = `weight` × `value`, value in [0, 1]. The gate's weight is its highest grade."""

    signal: str
    value: float
    weight: float
    points: float


def explain(clause_scores: Mapping[str, float], weights: Weights) -> tuple[Part, ...]:
    """The parts of one hit's score: the gates, then every signal in its fixed order, also those that gave nothing.

    `clause_scores` is the hit's `matched_queries` under `include_named_queries_score`. The points sum to `_score` but
    for 32-bit rounding (1e-6 of it). Of the gate's grades, all of which are listed, only the best one counts.
    """
    points: dict[str, list[float]] = {}
    for name, score in clause_scores.items():
        points.setdefault(name.partition(".")[0], []).append(score)
    parts = []
    if grades := points.get(GATE):
        parts.append(Part(GATE, max(grades) / _BEST_GRADE, _BEST_GRADE, max(grades)))
    if PLACE_GATE in clause_scores:
        parts.append(Part(PLACE_GATE, 1.0, PLACE_POINTS, clause_scores[PLACE_GATE]))
    for signal in SIGNALS:
        name = signal.name
        gained, weight = math.fsum(points.get(name, ())), weights[name]
        parts.append(Part(name, gained / weight, weight, gained))
    return tuple(parts)
