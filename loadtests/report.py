"""A run in words and as JSON."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from loadtests.generator_state import GeneratorState
from loadtests.machine import Machine
from loadtests.samples import ALL, Figures, Samples, figures
from loadtests.targets import Serving
from loadtests.thresholds import Verdict, passed

_HEAD = ("kind", "p50", "p95", "p99", "max", "p99 served", "count", "failed", "empty")


@dataclass(frozen=True, slots=True)
class Setting:
    """What was run, on what, against what. `how` says in words what the numbers in `pace` are."""

    url: str
    seed: int
    how: str
    pace: dict[str, float]
    machine: Machine
    serving: Serving


@dataclass(frozen=True, slots=True)
class Report:
    """A finished measurement; texts and the JSON document are made of nothing else.

    One client alone has neither `warmup` figures nor a `generator`; `cold_share` is None where points are not told
    apart.
    """

    setting: Setting
    samples: Samples
    verdicts: Sequence[Verdict]
    warmup: Figures | None = None
    generator: GeneratorState | None = None
    cold_share: float | None = None

    @property
    def passed(self) -> bool:
        """Whether every limit was kept."""
        return passed(self.verdicts)

    def document(self) -> dict[str, Any]:
        """The measurement as a JSON document; figures that are no number (nothing asked, failures) become null."""
        generator, warmup = self.generator, self.warmup
        return {
            "setting": asdict(self.setting),
            "kinds": {kind: _figures_document(figures(self.samples.of(kind))) for kind in (ALL, *self.samples.kinds())},
            "failures": _failures(self.samples),
            "warmup": {"count": warmup.count, "failed": warmup.failed} if warmup else None,
            "cold_point_share": self.cold_share,
            "generator": asdict(generator) | {"notes": generator.notes()} if generator else None,
            "verdicts": [asdict(verdict) | {"value": _number(verdict.value)} | {"held": verdict.held}
                         for verdict in self.verdicts],
            "passed": self.passed,
        }  # fmt: skip

    def text(self) -> str:
        """The measurement as lines for a terminal."""
        return "\n".join([*self._heading(), "", *table(self.samples), "", *self._after()])

    def _heading(self) -> list[str]:
        setting = self.setting
        return [
            f"{setting.url}, {setting.how}, seed {setting.seed}",
            *(f"{alias}: {index}" for alias, index in setting.serving.indexes.items()),
            _machine_line(setting.machine),
        ]

    def _after(self) -> list[str]:
        generator, warmup = self.generator, self.warmup
        lines = []
        if generator:
            lines.append(f"offered {generator.offered_per_s:.1f} a second, achieved {generator.achieved_per_s:.1f}")
        if self.cold_share is not None:
            lines.append(f"{self.cold_share:.0%} of the searches came from points never asked about before")
        if warmup and warmup.failed:
            lines.append(f"{warmup.failed} of {warmup.count} requests of the warm-up failed")
        lines += [
            f"failed: {kind}: {reason} ×{count}"
            for kind, reasons in _failures(self.samples).items()
            for reason, count in reasons.items()
        ]
        lines += [f"generator: {note}" for note in generator.notes()] if generator else []
        return lines + verdict_lines(self.verdicts)


def table(samples: Samples) -> list[str]:
    """Figures by kind, milliseconds from the intended start; «served» counts from the sending."""
    rows: list[tuple[str, ...]] = [_HEAD]
    for kind in (*samples.kinds(), ALL):
        found = figures(samples.of(kind))
        times = (found.p50_ms, found.p95_ms, found.p99_ms, found.max_ms, found.service_p99_ms)
        counts = (str(found.count), str(found.failed), str(found.empty))
        rows.append((kind, *(written(value) for value in times), *counts))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]


def verdict_lines(verdicts: Sequence[Verdict]) -> list[str]:
    """Every missed limit, then the verdict."""
    missed = [verdict for verdict in verdicts if not verdict.held]
    lines = [
        f"MISSED {verdict.kind} {verdict.measure}: {_value(verdict)}, "
        f"{'at least' if verdict.at_least else 'at most'} {verdict.limit:g} wanted"
        for verdict in missed
    ]
    kept = len(verdicts) - len(missed)
    word = "passed" if passed(verdicts) else "FAILED"
    return [*lines, f"{word}: {kept} of {len(verdicts)} limits kept"]


def _machine_line(machine: Machine) -> str:
    busy = ": it was busy with other work, which is part of the figures" if machine.was_busy else ""
    return (
        f"{machine.processor}, {machine.cores} cores, {machine.memory_gib:g} GiB, {machine.system}, "
        f"Python {machine.python}, load {machine.load_before:g} before{busy}"
    )


def written(value: float) -> str:
    """A figure for a cell: «–» for nothing asked, «failed» where the rank falls on a failed request."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "failed"
    return f"{value:.3g}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def written_json(document: dict[str, Any]) -> str:
    """The document as text; a number that JSON lacks is a defect and raises ValueError."""
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _value(verdict: Verdict) -> str:
    return f"{verdict.value:g}" if verdict.measure == "min_samples" else written(verdict.value)


def _figures_document(found: Figures) -> dict[str, Any]:
    values = asdict(found) | {"error_share": found.error_share, "empty_share": found.empty_share}
    return {name: _number(value) for name, value in values.items()}


def _failures(samples: Samples) -> dict[str, dict[str, int]]:
    return {kind: dict(samples.of(kind).failures.most_common()) for kind in samples.kinds() if samples.of(kind).failed}


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
