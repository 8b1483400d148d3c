"""Every sample of a run, kept raw, and exact percentiles of them."""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

ALL = "all"


def percentile(ordered: Sequence[float], percent: int, failed: int = 0) -> float:
    """The smallest sample that at least `percent` of all requests did not exceed (nearest rank, no interpolation).

    `ordered` are the times of answered requests, ascending; `failed` requests count as slower than any of them, so that
    failing fast improves nothing: the result is infinite where the rank falls on one. NaN when there is no request.
    """
    total = len(ordered) + failed
    if total == 0:
        return math.nan
    rank = max(1, -(-percent * total // 100))
    return ordered[rank - 1] if rank <= len(ordered) else math.inf


def _times() -> "array[float]":
    return array("d")


@dataclass(slots=True)
class KindSamples:
    """Samples of one kind of request, milliseconds.

    `latency_ms` counts from the intended start, `service_ms` from the moment of sending; both of good answers only.
    `empty` are good answers that held nothing, `failures` the others by reason.
    """

    latency_ms: "array[float]" = field(default_factory=_times)
    service_ms: "array[float]" = field(default_factory=_times)
    empty: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    @property
    def failed(self) -> int:
        """How many requests got no good answer."""
        return self.failures.total()

    @property
    def count(self) -> int:
        """How many requests were sent."""
        return len(self.latency_ms) + self.failed


class Samples:
    """What a run measured, by kind of request."""

    def __init__(self) -> None:
        self._by_kind: dict[str, KindSamples] = defaultdict(KindSamples)

    def add(self, kind: str, latency_ms: float, service_ms: float, *, reason: str | None, empty: bool) -> None:
        """One request; `reason` says why it failed, None that it was answered well."""
        samples = self._by_kind[kind]
        if reason is not None:
            samples.failures[reason] += 1
            return
        samples.latency_ms.append(latency_ms)
        samples.service_ms.append(service_ms)
        samples.empty += empty

    def kinds(self) -> list[str]:
        """The kinds seen, sorted."""
        return sorted(self._by_kind)

    def of(self, kind: str) -> KindSamples:
        """The samples of one kind; empty when there are none. `all` is every kind together."""
        if kind == ALL:
            return _together(self._by_kind.values())
        return self._by_kind.get(kind, KindSamples())


def _together(parts: Iterable[KindSamples]) -> KindSamples:
    whole = KindSamples()
    for part in parts:
        whole.latency_ms.extend(part.latency_ms)
        whole.service_ms.extend(part.service_ms)
        whole.empty += part.empty
        whole.failures.update(part.failures)
    return whole


@dataclass(frozen=True, slots=True)
class Figures:
    """What is reported of one kind. Times in ms: NaN when nothing was asked, infinite where failures reach that far.

    `error_share` and `empty_share` are of all requests of the kind, NaN when there was none; `max_ms` is of answered
    ones.
    """

    count: int
    failed: int
    empty: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    service_p99_ms: float

    @property
    def error_share(self) -> float:
        return self.failed / self.count if self.count else math.nan

    @property
    def empty_share(self) -> float:
        return self.empty / self.count if self.count else math.nan


def figures(samples: KindSamples) -> Figures:
    """The exact figures of one kind."""
    ordered = sorted(samples.latency_ms)
    served = sorted(samples.service_ms)
    return Figures(
        count=samples.count,
        failed=samples.failed,
        empty=samples.empty,
        p50_ms=percentile(ordered, 50, samples.failed),
        p95_ms=percentile(ordered, 95, samples.failed),
        p99_ms=percentile(ordered, 99, samples.failed),
        max_ms=ordered[-1] if ordered else math.nan,
        service_p99_ms=percentile(served, 99, samples.failed),
    )
