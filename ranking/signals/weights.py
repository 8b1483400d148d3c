"""The weights of the signals: read from one file in which each has its value and its reason."""

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

SIGNAL_NAMES = (
    "distance", "capacity", "contract", "hours", "gender", "same_facility", "language", "precision", "freshness",
)  # fmt: skip

_FILE = Path(__file__).with_name("weights.toml")
_KEYS = {"value", "why", "since", "evidence"}


class WeightsError(ValueError):
    """The weights file is not as it must be; the message names the key and the cure."""


@dataclass(frozen=True, slots=True)
class Weight:
    """One weight, above 0 and at most 1, with the reason for it."""

    value: float
    why: str
    since: date
    evidence: str


class Weights(Mapping[str, float]):
    """Signal name to weight; immutable, the weights sum to 1. `about` holds the reasons."""

    def __init__(self, about: Mapping[str, Weight]) -> None:
        """Raises WeightsError for a missing or unknown signal, a value out of (0, 1], or a sum that is not 1."""
        for name in SIGNAL_NAMES:
            if name not in about:
                raise WeightsError(f"weight «{name}» is missing: add [{name}] with {', '.join(sorted(_KEYS))}")
        for name, weight in about.items():
            if name not in SIGNAL_NAMES:
                raise WeightsError(f"weight «{name}» belongs to no signal: remove it or add the signal")
            if not 0 < weight.value <= 1:
                raise WeightsError(f"weight «{name}» is {weight.value}: it must be above 0 and at most 1")
        total = math.fsum(weight.value for weight in about.values())
        if not math.isclose(total, 1.0, abs_tol=1e-9):
            raise WeightsError(f"weights sum to {total}, not 1: change them together")
        self.about = dict(about)

    def __getitem__(self, name: str) -> float:
        return self.about[name].value

    def __iter__(self) -> Iterator[str]:
        return iter(self.about)

    def __len__(self) -> int:
        return len(self.about)


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights of the product."""
    return parse_weights(_FILE.read_text("utf-8"))


def parse_weights(text: str) -> Weights:
    """Weights from the text of such a file; raises WeightsError naming the first fault."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WeightsError(f"the weights file is not TOML: {error}") from error
    return Weights({name: _parse_weight(name, fields) for name, fields in data.items()})


def _parse_weight(name: str, fields: Any) -> Weight:
    if not isinstance(fields, dict):
        raise WeightsError(f"weight «{name}» must be a table [{name}] with {', '.join(sorted(_KEYS))}")
    for key in sorted(_KEYS ^ set(fields)):
        fault = "is missing" if key in _KEYS else "is not known"
        raise WeightsError(f"weight «{name}»: key «{key}» {fault}; the keys are {', '.join(sorted(_KEYS))}")
    value, why, since, evidence = fields["value"], fields["why"], fields["since"], fields["evidence"]
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise WeightsError(f"weight «{name}»: value must be a number")
    if not all(isinstance(text, str) and text.strip() for text in (why, since, evidence)):
        raise WeightsError(f"weight «{name}»: why, since and evidence must say something")
    try:
        day = date.fromisoformat(since)
    except ValueError as error:
        raise WeightsError(f"weight «{name}»: since must be a day like 2026-03-02") from error
    return Weight(float(value), why, day, evidence)
