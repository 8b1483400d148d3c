"""nDCG@10, reciprocal rank, success@1 and @5 of judged queries, by `ir_measures`; and whether a difference is chance.

Gain is linear, as in trec_eval: a doctor of grade 3 is worth three times one of grade 1. Relevant is grade 2 or better.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from random import Random

import ir_measures
from ir_measures import RR, Success, nDCG

from ranking.evaluation.doctors import Doctors
from ranking.evaluation.grades import RELEVANT, grade, graded
from ranking.evaluation.truth import TrueIntent

DEPTH = 10
_MEASURES = (nDCG @ DEPTH, RR(rel=RELEVANT), Success(rel=RELEVANT) @ 1, Success(rel=RELEVANT) @ 5)


@dataclass(frozen=True, slots=True)
class Measured:
    """The four measures of one query, or their means over several; each 0 to 1."""

    ndcg: float = 0.0
    rr: float = 0.0
    first: float = 0.0
    first_five: float = 0.0


def measure(asked: Mapping[str, tuple[TrueIntent, Sequence[str]]], doctors: Doctors) -> dict[str, Measured]:
    """For each key (true meaning, employee ids in order) its measures; queries nobody can answer are left out.

    Persons are judged, not posts: an answer shows each person once, at the place that fits best. Whoever is shown at a
    worse place than they could be counts by that place.
    """
    qrels: list[ir_measures.Qrel] = []
    run: list[ir_measures.ScoredDoc] = []
    for key, (truth, hits) in asked.items():
        best = graded(doctors, truth)
        if not best:
            continue
        ideal = sorted(best.items(), key=lambda person: -person[1])[:DEPTH]
        wanted = dict(ideal)
        for rank, employee in enumerate(hits):
            doctor = doctors.by_id.get(employee)
            value = grade(doctor, truth) if doctor else 0
            person = doctor.party if doctor else employee
            if doctor and value < best.get(person, 0):
                person = f"{person} elsewhere"
            wanted.setdefault(person, value)
            run.append(ir_measures.ScoredDoc(key, person, float(len(hits) - rank)))
        if not hits:
            run.append(ir_measures.ScoredDoc(key, "nobody", 1.0))
        qrels += [ir_measures.Qrel(key, person, value) for person, value in wanted.items()]
    values: dict[str, dict[str, float]] = {}
    for found in ir_measures.iter_calc(_MEASURES, qrels, run) if qrels else ():
        values.setdefault(found.query_id, {})[str(found.measure)] = found.value
    names = [str(each) for each in _MEASURES]
    return {key: Measured(*(measured[name] for name in names)) for key, measured in values.items()}


def mean(measured: Iterable[Measured]) -> Measured:
    """The means; zeros for none."""
    rows = list(measured)
    if not rows:
        return Measured()
    share = 1 / len(rows)
    return Measured(
        fsum(row.ndcg for row in rows) * share,
        fsum(row.rr for row in rows) * share,
        fsum(row.first for row in rows) * share,
        fsum(row.first_five for row in rows) * share,
    )


def chance_of_difference(one: Sequence[float], other: Sequence[float], seed: int = 1, rounds: int = 10_000) -> float:
    """Paired randomisation test, two-sided: how often signs drawn at random give a difference as large as this one."""
    differences = [a - b for a, b in zip(one, other, strict=True) if a != b]
    if not differences:
        return 1.0
    observed, rng = abs(fsum(differences)), Random(seed)
    as_large = sum(
        abs(fsum(value if rng.random() < 0.5 else -value for value in differences)) >= observed - 1e-12
        for _ in range(rounds)
    )
    return (as_large + 1) / (rounds + 1)
