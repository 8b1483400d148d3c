"""Limits a run must keep, read from a TOML file, and the verdict on each of them."""

import math
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loadtests.errors import CannotRun
from loadtests.samples import ALL, Figures

GENERATOR = "generator"
ACHIEVED = "achieved_share"
_TIMES = ("p50_ms", "p95_ms", "p99_ms")
_SHARES = ("error_share", "empty_share")
_LEAST_SAMPLES = "min_samples"
_DEFAULTS = {"error_share": 0.0, _LEAST_SAMPLES: 1.0}

Limits = Mapping[str, Mapping[str, float]]
"""By table, by key: what may not be exceeded; `min_samples` and `achieved_share` may not be undercut."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One limit and what was measured against it. A value that is no number keeps no limit."""

    kind: str
    measure: str
    limit: float
    value: float
    at_least: bool = False

    @property
    def held(self) -> bool:
        """Whether the limit was kept; NaN keeps none."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def read_limits(path: Path, kinds: Collection[str]) -> Limits:
    """The limits in a file: a table a kind of request, `[all]`, and maybe `[generator]`.

    Raises CannotRun for a missing file, no TOML, a missing `[all]`, unknown tables or keys, and values out of range.
    Every kind allows no error and needs one sample unless its table says otherwise.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CannotRun(f"The thresholds file {path} cannot be read: name one with --thresholds.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CannotRun(f"The thresholds file {path} is no TOML ({error}): mend it.") from error
    faults = [] if ALL in tables else [f"a table [{ALL}] is missing"]
    for name, table in tables.items():
        if name not in {*kinds, ALL, GENERATOR}:
            faults.append(f"[{name}] is no kind of request (there are {', '.join(sorted(kinds))})")
        elif not isinstance(table, dict):
            faults.append(f"{name} is no table")
        else:
            faults += _faults_of(name, table)
    if faults:
        raise CannotRun(f"The thresholds file {path} has faults: {'; '.join(faults)}.")
    return {
        name: ({} if name == GENERATOR else _DEFAULTS) | {key: float(value) for key, value in table.items()}
        for name, table in tables.items()
    }


def judge(limits: Limits, figures_of: Callable[[str], Figures], achieved_share: float) -> list[Verdict]:
    """A verdict for every limit, `[all]` first; `achieved_share` is the achieved rate over the offered one."""
    verdicts = []
    for kind in sorted(limits, key=lambda kind: (kind != ALL, kind)):
        table = limits[kind]
        if kind == GENERATOR:
            verdicts += [Verdict(kind, key, limit, achieved_share, at_least=True) for key, limit in table.items()]
            continue
        found = figures_of(kind)
        verdicts.append(Verdict(kind, _LEAST_SAMPLES, table[_LEAST_SAMPLES], float(found.count), at_least=True))
        verdicts += [
            Verdict(kind, measure, table[measure], getattr(found, measure))
            for measure in (*_TIMES, *_SHARES)
            if measure in table
        ]
    return verdicts


def passed(verdicts: Collection[Verdict]) -> bool:
    """Whether every limit was kept; without a verdict nothing was."""
    return bool(verdicts) and all(verdict.held for verdict in verdicts)


def _faults_of(name: str, table: Mapping[str, Any]) -> list[str]:
    known = (ACHIEVED,) if name == GENERATOR else (*_TIMES, *_SHARES, _LEAST_SAMPLES)
    faults = []
    for key, value in table.items():
        if key not in known:
            faults.append(f"[{name}] knows no «{key}» (it knows {', '.join(known)})")
        elif isinstance(value, bool) or not isinstance(value, int | float) or not _in_range(key, value):
            faults.append(f"[{name}] {key} must be {_range_of(key)}")
    return faults


def _in_range(key: str, value: float) -> bool:
    if key.endswith("_share"):
        return 0 <= value <= 1
    if key == _LEAST_SAMPLES:
        return value >= 1 and value == int(value) if math.isfinite(value) else False
    return math.isfinite(value) and value > 0


def _range_of(key: str) -> str:
    if key.endswith("_share"):
        return "a number from 0 to 1"
    return "a whole number from 1" if key == _LEAST_SAMPLES else "a number above 0"
