"""One measurement in a fresh process on one core: loading, memory, then every query once, as the API would read it."""

import gc
import os
import resource
import tracemalloc
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter, process_time

import psutil

from directory.places import Gazetteer
from directory.surnames import load_surnames
from ranking import Lexicons, Point, understand
from search_api.knowledge import IndexCounts, digest
from search_api.large_things import keep_what_lives, keep_what_was_made, large_things_made

_MIB = 2**20
# Wednesday noon: «сьогодні ввечері» needs some moment, and always the same one.
_NOW = datetime(2026, 3, 4, 12, 0)  # noqa: DTZ001 - Kyiv time, as `understand` wants it
_WARM_UP_EVERY = 7


@dataclass(frozen=True, slots=True)
class Query:
    """What a patient types, of one class of the evaluation; `near` is (lat, lon) or None."""

    name: str
    text: str
    near: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a measurement needs; `index` names the concrete index the counts are of."""

    index: str
    doctors: int
    counts: IndexCounts
    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """Seconds of the clock and of the processor; what is resident afterwards beside before, and at the most, MiB."""

    gazetteer_s: float
    lexicons_s: float
    cpu_s: float
    resident_mib: float
    peak_mib: float
    phrases: int
    places: int


@dataclass(frozen=True, slots=True)
class Measured:
    """One repeat: the load, and milliseconds of processor time of each query by class."""

    load: Load
    query_ms: Mapping[str, list[float]]
    slowest: list[tuple[float, str]]


def measure(inputs: Inputs, gazetteer_file: Path, surnames_file: Path) -> Measured:
    """Loads and reads every query; for a process that has done nothing else."""
    _stay_on_one_core()
    keep_what_lives()
    load, lexicons = _load(inputs, gazetteer_file, surnames_file)
    keep_what_was_made()
    for query in inputs.queries[::_WARM_UP_EVERY]:
        _read(query, lexicons)
    query_ms: dict[str, list[float]] = defaultdict(list)
    slowest = []
    for query in inputs.queries:
        took = _read(query, lexicons)
        query_ms[query.name].append(took)
        slowest.append((took, query.text[:80]))
    return Measured(load, dict(query_ms), sorted(slowest, reverse=True)[:5])


def traced_mib(inputs: Inputs, gazetteer_file: Path, surnames_file: Path) -> float:
    """What the loaded lexicons hold, counted object by object (tracemalloc), MiB; for a process of its own."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = _load(inputs, gazetteer_file, surnames_file)
    gc.collect()
    held = tracemalloc.get_traced_memory()[0] - before
    del kept
    return held / _MIB


def _load(inputs: Inputs, gazetteer_file: Path, surnames_file: Path) -> tuple[Load, Lexicons]:
    gc.collect()
    resident, peak = _resident_mib(), _peak_mib()
    began, cpu = perf_counter(), process_time()
    with large_things_made():
        gazetteer, surnames = Gazetteer.load(gazetteer_file), load_surnames(surnames_file)
    read = perf_counter()
    lexicons = digest(inputs.counts, gazetteer, surnames).lexicons
    done, cpu = perf_counter(), process_time() - cpu
    gc.collect()
    load = Load(
        gazetteer_s=read - began,
        lexicons_s=done - read,
        cpu_s=cpu,
        resident_mib=_resident_mib() - resident,
        peak_mib=_peak_mib() - peak,
        phrases=len(lexicons.vocabulary),
        places=len(gazetteer),
    )
    return load, lexicons


def _read(query: Query, lexicons: Lexicons) -> float:
    near = Point(*query.near) if query.near else None
    began = process_time()
    understand(query.text, lexicons, near=near, now=_NOW)
    return (process_time() - began) * 1_000


def _stay_on_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _resident_mib() -> float:
    return float(psutil.Process().memory_info().rss / _MIB)


def _peak_mib() -> float:
    """The most that was ever resident; where the system does not say it of this process alone, of its parent, too."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1_024
