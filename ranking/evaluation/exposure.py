"""How evenly doctors are seen: exposure by position, its inequality, and what sharing it costs the patients.

Exposure is what a place on the list is worth: 1/log2(1 + place), as in DCG. Doctors who are equal for a patient should
be seen about equally often; the Gini coefficient says how far they are from that, nDCG what the patients lose by it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence


def discount(place: int) -> float:
    """What the place (1 = first) on a list is worth: 1 at the first, 0.5 at the third, 0.29 at the tenth."""
    return 1 / math.log2(1 + place)


def exposures(lists: Iterable[Sequence[str]]) -> dict[str, float]:
    """The sum of discounts each doctor got over the lists; doctors on no list are absent."""
    seen: dict[str, float] = defaultdict(float)
    for ranked in lists:
        for place, doctor in enumerate(ranked, start=1):
            seen[doctor] += discount(place)
    return dict(seen)


def gini(values: Iterable[float]) -> float:
    """The Gini coefficient of non-negative values: 0 when all are equal, near 1 when one has all; 0 of nothing."""
    ordered = sorted(values)
    total = math.fsum(ordered)
    if not ordered or total == 0:
        return 0.0
    weighted = math.fsum(place * value for place, value in enumerate(ordered, start=1))
    return 2 * weighted / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)


def gini_among_equals(groups: Iterable[Iterable[float]]) -> float:
    """The mean Gini inside groups of doctors who are equal for a query, each weighted by its size; 0 without groups."""
    found = [(len(values), gini(values)) for group in groups if len(values := list(group)) > 1]
    members = sum(size for size, _ in found)
    return math.fsum(size * inequality for size, inequality in found) / members if members else 0.0


def ndcg(ranked: Sequence[str], grades: Mapping[str, float], depth: int = 10) -> float:
    """nDCG with linear gain over the first `depth` places; 1 when nothing has a grade above 0."""
    best = math.fsum(
        grade * discount(place) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:depth], start=1)
    )
    gained = math.fsum(
        grades.get(doctor, 0.0) * discount(place) for place, doctor in enumerate(ranked[:depth], start=1)
    )
    return gained / best if best else 1.0
