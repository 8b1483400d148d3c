"""What reading a patient's text costs over the national lexicons: loading them, their memory, each class of queries.

Every repeat is a process of its own on one core, with collections of garbage set as the API sets them. Times of queries
are of the processor, so that other work on the machine shows less. Figures are told beside what the project aims at.
"""

import argparse
import asyncio
import json
import multiprocessing
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from benchmarks.measuring import Inputs, Measured, measure, traced_mib
from directory.surnames import build_surnames
from loadtests.machine import Machine, describe_machine
from loadtests.samples import percentile

PLACES = Path(__file__).parents[1] / ".likar" / "places"
GAZETTEER, SURNAMES = PLACES / "gazetteer.json.gz", PLACES / "surnames.txt.gz"
LEAST_REPEATS = 3
ALL = "all"
# What the understanding of texts shall cost at most, on one core.
AIMS = {"p50_ms": 1.5, "p99_ms": 6.0, "load_s": 3.0, "memory_mib": 250.0}
_PERCENTS = (50, 90, 99, 100)

Result = TypeVar("Result")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description=__doc__)
    parser.add_argument(
        "--engine-url",
        default="http://127.0.0.1:9201",
        help="whose index the names are read from; where no engine answers, one is started with the national registry",
    )
    parser.add_argument("--repeats", type=int, default=LEAST_REPEATS, help=f"at least {LEAST_REPEATS}")
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    arguments = parser.parse_args()
    if arguments.repeats < LEAST_REPEATS:
        sys.exit(f"A spread needs {LEAST_REPEATS} repeats at least.")
    machine = describe_machine()
    inputs = asyncio.run(_inputs(arguments.engine_url))
    if not SURNAMES.exists():
        build_surnames(SURNAMES)
    repeats = [_in_a_process(measure, inputs) for _ in range(arguments.repeats)]
    result = figures(repeats, _in_a_process(traced_mib, inputs))
    print("\n".join(report(result, machine, inputs)))
    print("slowest:", *(f"{took:6.1f} ms  {text}" for took, text in repeats[-1].slowest), sep="\n  ")
    if arguments.json:
        arguments.json.write_text(json.dumps(result, ensure_ascii=False, indent=2), "utf-8")


async def _inputs(engine_url: str) -> Inputs:
    # The processes that measure import this module: what they need not have would count as theirs.
    from benchmarks.inputs import inputs_from

    async with inputs_from(engine_url) as inputs:
        return inputs


def _in_a_process(work: Callable[[Inputs, Path, Path], Result], inputs: Inputs) -> Result:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, inputs, GAZETTEER, SURNAMES).result()


def figures(repeats: Sequence[Measured], traced: float) -> dict[str, Any]:
    """All figures, each a list with a number for every repeat; of the traced memory there is one."""
    loads = [repeat.load for repeat in repeats]
    classes = {ALL: [[took for each in repeat.query_ms.values() for took in each] for repeat in repeats]}
    for name in repeats[0].query_ms:
        classes[name] = [repeat.query_ms[name] for repeat in repeats]
    return {
        "gazetteer_s": [load.gazetteer_s for load in loads],
        "lexicons_s": [load.lexicons_s for load in loads],
        "load_s": [load.gazetteer_s + load.lexicons_s for load in loads],
        "load_cpu_s": [load.cpu_s for load in loads],
        "memory_mib": [load.resident_mib for load in loads],
        "peak_mib": [load.peak_mib for load in loads],
        "traced_mib": [traced],
        "phrases": loads[0].phrases,
        "places": loads[0].places,
        "classes": {
            name: {
                "count": len(samples[0]),
                **{f"p{percent}_ms": [percentile(sorted(one), percent) for one in samples] for percent in _PERCENTS},
            }
            for name, samples in classes.items()
        },
    }


def report(result: dict[str, Any], machine: Machine, inputs: Inputs) -> list[str]:
    """The figures as lines: medians of the repeats, least and greatest, and the part of what is aimed at."""
    busy = f", BUSY before the run (load {machine.load_before})" if machine.was_busy else ""
    lines = [
        f"{machine.processor}, {machine.cores} cores, {machine.memory_gib} GiB, {machine.system}, "
        f"Python {machine.python}{busy}",
        f"index {inputs.index}: {inputs.doctors} doctors; {result['places']} places; {result['phrases']} phrases; "
        f"{len(inputs.queries)} queries of the development half; {len(result['load_s'])} repeats",
        "",
    ]
    for name, label in (
        ("load_s", "loaded, s of the clock"),
        ("load_cpu_s", "  s of the processor"),
        ("gazetteer_s", "  gazetteer and surnames, s"),
        ("lexicons_s", "  lexicons, s"),
        ("memory_mib", "memory, growth of resident MiB"),
        ("peak_mib", "  growth of the peak while loading"),
        ("traced_mib", "  live objects by tracemalloc"),
    ):
        lines.append(f"{label:36} {_spread(result[name], name)}")
    lines += ["", f"{'class, ms':15}{'count':>6}" + "".join(f"{f'p{percent}':>24}" for percent in _PERCENTS)]
    for name, row in result["classes"].items():
        cells = "".join(f"{_spread(row[key := f'p{percent}_ms'], key):>24}" for percent in _PERCENTS)
        lines.append(f"{name:15}{row['count']:6}{cells}")
    return [line.replace("p100", " max") for line in lines]


def _spread(numbers: Sequence[float], name: str) -> str:
    middle = median(numbers)
    between = f" [{min(numbers):.2f}–{max(numbers):.2f}]" if len(numbers) > 1 else ""
    aim = f" ×{middle / AIMS[name]:.2f}" if name in AIMS else ""
    return f"{middle:.2f}{between}{aim}"


if __name__ == "__main__":
    main()
