"""What a build did, in figures: for the terminal, for `--json`, for operators."""

import resource
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from directory.documents import DoctorDocument, FacilityDocument
from indexer.locate import LocatedPlace
from indexer.quarantine import QuarantineCount
from indexer.registry import FeedReading


@dataclass
class DocumentCounts:
    """The documents of one index: written, in force, rejected by the engine's reason; and what they hold."""

    index: str = ""
    written: int = 0
    active: int = 0
    size_bytes: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    inactive_reasons: Counter[str] = field(default_factory=Counter)
    quality_flags: Counter[str] = field(default_factory=Counter)
    capacity: Counter[str] = field(default_factory=Counter)

    def add(self, document: DoctorDocument | FacilityDocument) -> None:
        self.active += document.active
        self.inactive_reasons.update(document.inactive_reasons)
        self.quality_flags.update(document.quality_flags)
        if isinstance(document, DoctorDocument):
            self.kinds[document.kind] += 1
            if document.capacity:
                self.capacity[document.capacity.state] += 1


@dataclass
class BuildReport:
    """One build. `seconds` by step in order; `located` counts divisions by «source/precision», `unresolved` by why the
    address gave no settlement; `orphans` are employments of parties upstream does not list."""

    started_at: datetime
    feeds: list[FeedReading] = field(default_factory=list)
    quarantine: list[QuarantineCount] = field(default_factory=list)
    doctors: DocumentCounts = field(default_factory=DocumentCounts)
    facilities: DocumentCounts = field(default_factory=DocumentCounts)
    persons: int = 0
    possible_duplicates: int = 0
    orphans: int = 0
    other_employees: int = 0
    located: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[str] = field(default_factory=Counter)
    removed_indexes: tuple[str, ...] = ()
    warnings: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    took_s: float = 0.0
    peak_memory_mb: int = 0

    @property
    def rows_read(self) -> int:
        return sum(reading.rows for reading in self.feeds)

    def add_places(self, places: Iterable[LocatedPlace]) -> None:
        for place in places:
            self.located[f"{place.source}/{place.precision}" if place.precision else str(place.source)] += 1
            if place.unresolved:
                self.unresolved[str(place.unresolved)] += 1


def peak_memory_mb() -> int:
    """The most memory this process ever held, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak // (1024 * 1024 if sys.platform == "darwin" else 1024))


def as_plain(value: Any) -> Any:
    """A report as JSON-ready values."""
    return msgspec.to_builtins(value, enc_hook=str)
