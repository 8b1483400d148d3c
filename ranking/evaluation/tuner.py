"""Weights proposed from judged queries: coordinate search on one half, the verdict of the other. Writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ranking.evaluation.measures import DEPTH, chance_of_difference

_STEPS = (0.5, 0.8, 0.9, 1.1, 1.25, 2.0)
_LEAST_WEIGHT = 0.01
_LEAST_GAIN = 1e-5
_ROUNDS = 30
_SHARED = 1 / np.log2(np.arange(2, DEPTH + 2))


@dataclass(frozen=True, slots=True)
class Candidates:
    """The hits of one query to be put in order: points that no weight moves (the name gate), the value of each signal
    (hits × signals), the grade of each hit, and the grades of all that could have been found."""

    key: str
    fixed: np.ndarray
    values: np.ndarray
    grades: np.ndarray
    best_grades: Sequence[int]

    def ndcg(self, weights: np.ndarray) -> float:
        """nDCG@10 (linear gain) of the order under these weights; equals stay in the order they came in."""
        order = np.argsort(-(self.fixed + self.values @ weights), kind="stable")[:DEPTH]
        ideal = sorted(self.best_grades, reverse=True)[:DEPTH]
        best = float(np.dot(ideal, _SHARED[: len(ideal)]))
        gained = self.grades[order]
        return float(np.dot(gained, _SHARED[: len(gained)])) / best if best else 0.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """Weights in use and proposed, with the mean nDCG@10 of both on both halves. `chance`: how often a difference as
    large as that on the test half comes by chance (paired randomisation)."""

    before: Mapping[str, float]
    after: Mapping[str, float]
    development: tuple[float, float]
    test: tuple[float, float]
    chance: float
    queries: tuple[int, int]


def propose(weights: Mapping[str, float], development: Sequence[Candidates], test: Sequence[Candidates]) -> Proposal:
    """The best weights that coordinate search finds on the development half, starting from those in use."""
    names = list(weights)
    start = np.array([weights[name] for name in names])
    best, value = start, mean_ndcg(development, start)
    for _ in range(_ROUNDS):
        gained = False
        for at in range(len(names)):
            for step in _STEPS:
                tried = _stepped(best, at, step)
                reached = mean_ndcg(development, tried)
                if reached > value + _LEAST_GAIN:
                    best, value, gained = tried, reached, True
        if not gained:
            break
    old, new = ([query.ndcg(each) for query in test] for each in (start, best))
    return Proposal(
        dict(weights),
        {name: round(float(weight), 3) for name, weight in zip(names, best, strict=True)},
        (mean_ndcg(development, start), value),
        (float(np.mean(old)) if old else 0.0, float(np.mean(new)) if new else 0.0),
        chance_of_difference(new, old),
        (len(development), len(test)),
    )


def mean_ndcg(queries: Sequence[Candidates], weights: np.ndarray) -> float:
    """The mean over the queries, 0 for none."""
    return float(np.mean([query.ndcg(weights) for query in queries])) if queries else 0.0


def _stepped(weights: np.ndarray, at: int, step: float) -> np.ndarray:
    changed = weights.copy()
    changed[at] = max(changed[at] * step, _LEAST_WEIGHT)
    return np.asarray(changed / changed.sum())
