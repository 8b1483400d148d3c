"""Why a hit stands where it stands: the scores of its named clauses as parts that add up to its score."""

from collections.abc import Mapping
from dataclasses import dataclass

from ranking.query.name_gate import GATE, Grade
from ranking.signals import SIGNALS
from ranking.signals.weights import Weights


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: `points` = `weight` × `value`, value in [0, 1]. The gate's weight is its highest grade."""

    signal: str
    value: float
    weight: float
    points: float


def explain(clause_scores: Mapping[str, float], weights: Weights) -> tuple[Part, ...]:
    """The parts of one hit's score, the gate first, then every signal in its fixed order, also those that gave nothing.

    `clause_scores` is the hit's `matched_queries` under `include_named_queries_score`. The points sum to `_score` but
    for 32-bit rounding (1e-6 of it). Of the gate's grades, all of which are listed, only the best one counts.
    """
    grades = [score for name, score in clause_scores.items() if name.partition(".")[0] == GATE]
    best_grade = float(max(Grade))
    parts = [Part(GATE, max(grades) / best_grade, best_grade, max(grades))] if grades else []
    for signal in SIGNALS:
        points = sum(score for name, score in clause_scores.items() if name.partition(".")[0] == signal.name)
        parts.append(Part(signal.name, points / weights[signal.name], weights[signal.name], points))
    return tuple(parts)
