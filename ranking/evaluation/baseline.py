"""The stored figures that no change may fall below, and the rule that tells a drop; see `baseline.toml`."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ranking.evaluation.hand_written import HALVES, hash_of_half
from ranking.evaluation.results import ClassFigures, Results, by_class, overall

BASELINE = Path(__file__).with_name("baseline.toml")
# Figures are written with four digits; one query of a class weighs thirty times as much.
TOLERANCE = 0.0002
_HEADER = """\
# The relevance that the search has reached: `make relevance` and the tests fail when it falls below. Written by
# `python -m tests.relevance baseline` only, together with a line «Relevance:» under Unreleased in CHANGELOG.md.
#
#   known_items  sha256 of the generated queries: another set cannot be compared with this one
#   test_half    sha256 of the test half of the queries written by hand, which nobody may tune on
#   figures      by half and class: shares from 0 to 1 (success, exact parse, first hit right; by hand; MRR, nDCG@10)
#   failing      keys of the queries that fail; every other query passes, and must go on passing
"""


class BaselineUnreadable(ValueError):
    """The stored baseline is missing or not as it must be."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What `baseline.toml` holds. `figures`: half → class → measure → value, with «all» for the means of a half."""

    known_items: str
    test_half: str
    figures: Mapping[str, Mapping[str, Mapping[str, float]]]
    failing: frozenset[str]


def baseline_of(results: Results) -> Baseline:
    """The baseline that these results would set."""
    return Baseline(
        hash_of_items(results),
        hash_of_half((each.query for each in results.written), "test"),
        {half: _figures_of(results, half) for half in HALVES if _has(results, half)},
        frozenset(key for key, passed in results.passed().items() if not passed),
    )


def faults(results: Results, baseline: Baseline) -> list[str]:
    """Why these results may not be taken: one sentence a fault; empty when they hold the baseline.

    A drop of any figure, a query that passed and now fails, a test half or a generated set that is another one.
    """
    now = baseline_of(results)
    if now.known_items != baseline.known_items:
        return ["the generated queries are others than those of the baseline: measure and set it anew"]
    found = []
    if now.test_half != baseline.test_half:
        found.append("the test half of the written queries was changed: set the baseline anew and say why")
    for half, classes in baseline.figures.items():
        for name, figures in classes.items():
            for measure, before in figures.items():
                value = now.figures.get(half, {}).get(name, {}).get(measure)
                if value is None:
                    found.append(f"{half} {name}: {measure} was {before:.4f} and is not measured any more")
                elif value < before - TOLERANCE:
                    found.append(f"{half} {name}: {measure} fell from {before:.4f} to {value:.4f}")
    return found + [f"passed before and fails now: {key}" for key in sorted(now.failing - baseline.failing)]


def hash_of_items(results: Results) -> str:
    """sha256 over the generated queries, in the order of their keys."""
    rows = sorted((each.item.key, each.item.text, str(each.item.truth)) for each in results.verdicts)
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def parse_baseline(text: str) -> Baseline:
    """The baseline of a file's text; raises BaselineUnreadable."""
    try:
        data = tomllib.loads(text)
        failing = frozenset(key for keys in data["failing"].values() for key in keys)
        return Baseline(data["known_items"], data["test_half"], data["figures"], failing)
    except (tomllib.TOMLDecodeError, KeyError, AttributeError) as error:
        raise BaselineUnreadable(f"baseline.toml is not as it must be ({error}): write it anew") from error


def read_baseline(path: Path = BASELINE) -> Baseline:
    """The stored baseline; raises BaselineUnreadable."""
    try:
        return parse_baseline(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise BaselineUnreadable("there is no baseline.toml yet: python -m tests.relevance baseline") from error


def write_baseline(baseline: Baseline) -> str:
    """The text of the file."""
    lines = [_HEADER, f'known_items = "{baseline.known_items}"', f'test_half = "{baseline.test_half}"', ""]
    for half, classes in baseline.figures.items():
        lines.append(f"[figures.{half}]")
        for name, figures in classes.items():
            fields = ", ".join(f"{measure} = {value:.4f}" for measure, value in figures.items())
            lines.append(f"{name} = {{ {fields} }}")
        lines.append("")
    lines.append("[failing]")
    for name in dict.fromkeys(key.split("/")[0] for key in sorted(baseline.failing)):
        keys = ",\n".join(f'    "{key}"' for key in sorted(baseline.failing) if key.split("/")[0] == name)
        lines.append(f"{name} = [\n{keys},\n]")
    return "\n".join(lines) + "\n"


def _figures_of(results: Results, half: str) -> dict[str, dict[str, float]]:
    means = overall(results, half)
    figures = {row.name: dict(_measures(row)) for row in by_class(results, half) if row.both is not None}
    return figures | {"all": {"mrr": means.rr, "ndcg": means.ndcg}}


def _measures(row: ClassFigures) -> Iterable[tuple[str, float]]:
    measured = row.measured
    values = {
        "success": row.success,
        "exact": row.exact,
        "first": row.first,
        "written": row.written_success,
        "mrr": measured.rr if measured else None,
        "ndcg": measured.ndcg if measured else None,
    }
    return ((name, value) for name, value in values.items() if value is not None)


def _has(results: Results, half: str) -> bool:
    return any(each.item.half == half for each in results.verdicts) or any(
        each.query.half == half for each in results.written
    )
