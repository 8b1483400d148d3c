"""A whole run: verdicts on known items, understanding of written queries, measures; summed up class by class."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ranking.evaluation.doctors import Doctors, is_busy
from ranking.evaluation.grades import reach_km
from ranking.evaluation.hand_written import WRITTEN_CLASSES, WrittenQuery, is_understood
from ranking.evaluation.judging import Reply, Verdict, judge
from ranking.evaluation.measures import Measured, mean, measure
from ranking.evaluation.truth import KnownItem, TrueIntent

# To be reached on the test half (success of the right doctor, or exact parse); nDCG@10 over all queries but nonsense.
TARGETS: Mapping[str, float] = {
    "clean": 0.99, "apostrophe": 0.99, "layout": 0.98, "romanised": 0.97, "russian": 0.97, "inflected": 0.97,
    "one_slip": 0.97, "two_slips": 0.88, "initials": 0.95, "old_names": 0.95, "abbreviations": 0.95, "mixed": 0.90,
    "nonsense": 1.00, "ambiguity": 0.95,
}  # fmt: skip
NDCG_TARGET = 0.95
_ADULT_AGE = 18


@dataclass(frozen=True, slots=True)
class WrittenVerdict:
    """How one query written by hand fared."""

    query: WrittenQuery
    reply: Reply
    success: bool


@dataclass(frozen=True, slots=True)
class Results:
    """All that one run found. `measured` by key of the known item; items nobody can answer have none."""

    verdicts: tuple[Verdict, ...]
    written: tuple[WrittenVerdict, ...]
    measured: Mapping[str, Measured]

    def passed(self) -> dict[str, bool]:
        """Pass or fail of every query by key."""
        known = {verdict.item.key: verdict.success for verdict in self.verdicts}
        return known | {verdict.query.key: verdict.success for verdict in self.written}


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """One class and half in numbers: shares are 0 to 1, None where there is nothing to count."""

    name: str
    half: str
    known: int
    success: float | None
    exact: float | None
    first: float | None
    written: int
    written_success: float | None
    measured: Measured | None

    @property
    def both(self) -> float | None:
        """Success over known items and written queries together: what the targets are held against."""
        asked = self.known + self.written
        good = self.known * (self.success or 0) + self.written * (self.written_success or 0)
        return good / asked if asked else None

    @property
    def reached(self) -> bool:
        """The target of the class is met."""
        return self.both is not None and self.both >= TARGETS[self.name] - 1e-9


def judge_all(
    items: Sequence[KnownItem],
    replies: Sequence[Reply],
    queries: Sequence[WrittenQuery],
    understood: Sequence[Reply],
    doctors: Doctors,
) -> Results:
    """Judges every reply; the sequences belong together one by one."""
    pairs = list(zip(items, replies, strict=True))
    asked = {item.key: (item.truth, reply.hits) for item, reply in pairs if item.name != "nonsense"}
    return Results(
        tuple(judge(item, reply, doctors) for item, reply in pairs),
        tuple(
            WrittenVerdict(query, reply, is_understood(query, reply))
            for query, reply in zip(queries, understood, strict=True)
        ),
        measure(asked, doctors),
    )


def by_class(results: Results, half: str) -> list[ClassFigures]:
    """The figures of every class in one half, in the order of the classes."""
    rows = []
    for name in WRITTEN_CLASSES:
        known = [each for each in results.verdicts if (each.item.name, each.item.half) == (name, half)]
        written = [each for each in results.written if (each.query.name, each.query.half) == (name, half)]
        measured = [results.measured[each.item.key] for each in known if each.item.key in results.measured]
        rows.append(
            ClassFigures(
                name,
                half,
                len(known),
                _share(each.success for each in known),
                _share(each.exact for each in known),
                _share(each.first for each in known),
                len(written),
                _share(each.success for each in written),
                mean(measured) if measured else None,
            )
        )
    return rows


def by_segment(results: Results, half: str, doctors: Doctors) -> list[tuple[str, int, Measured]]:
    """(segment, queries, means) for village, city, child, adult and areas where most doctors are full."""
    rows = []
    for name, belongs in _SEGMENTS.items():
        measured = [
            results.measured[each.item.key]
            for each in results.verdicts
            if each.item.half == half and each.item.key in results.measured and belongs(each.item.truth, doctors)
        ]
        rows.append((name, len(measured), mean(measured)))
    return rows


def overall(results: Results, half: str) -> Measured:
    """The means over all measured queries of a half."""
    return mean(results.measured[each.item.key] for each in results.verdicts
                if each.item.half == half and each.item.key in results.measured)  # fmt: skip


def _is_full_area(truth: TrueIntent, doctors: Doctors) -> bool:
    if truth.near is not None:
        around = doctors.around(truth.near, reach_km(truth))
    elif truth.settlement is not None:
        around = doctors.within_area(truth.settlement)
    else:
        return False
    return is_busy(each for each in around if not truth.specialities or each.speciality in truth.specialities)


def _is_placed(truth: TrueIntent) -> bool:
    return truth.settlement is not None or truth.near is not None


_SEGMENTS: Mapping[str, Callable[[TrueIntent, Doctors], bool]] = {
    "village": lambda truth, _: _is_placed(truth) and truth.rural,
    "city": lambda truth, _: _is_placed(truth) and not truth.rural,
    "child": lambda truth, _: truth.age is not None and truth.age < _ADULT_AGE,
    "adult": lambda truth, _: truth.age is not None and truth.age >= _ADULT_AGE,
    "full area": _is_full_area,
}


def _share(values: Iterable[bool]) -> float | None:
    rows = list(values)
    return sum(rows) / len(rows) if rows else None
