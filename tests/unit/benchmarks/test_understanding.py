import subprocess
import sys
from dataclasses import replace

import pytest

from benchmarks.measuring import Inputs, Load, Measured, Query
from benchmarks.understanding import ALL, figures, main, report
from loadtests.machine import Machine
from search_api.knowledge import IndexCounts

LOAD = Load(0.25, 2.25, 2.4, 200.0, 210.0, phrases=350_000, places=32_000)
MACHINE = Machine("A processor", 2, 8.0, "Linux", "3.11", load_before=0.1)
INPUTS = Inputs("doctors-1", 24_500, IndexCounts([], {}, [], {}), (Query("clean", "терапевт", None),))


def repeats() -> list[Measured]:
    return [
        Measured(replace(LOAD, lexicons_s=seconds), {"clean": [1.0, 3.0, 2.0], "mixed": [slowest]}, [(slowest, "x")])
        for seconds, slowest in ((2.0, 6.0), (3.0, 8.0), (2.5, 7.0))
    ]


def test_every_class_and_all_together_have_their_percentiles_in_each_repeat() -> None:
    found = figures(repeats(), traced=165.0)
    assert found["load_s"] == [2.25, 3.25, 2.75]
    assert found["classes"]["clean"] == {
        "count": 3, "p50_ms": [2.0] * 3, "p90_ms": [3.0] * 3, "p99_ms": [3.0] * 3, "p100_ms": [3.0] * 3,
    }  # fmt: skip
    assert found["classes"]["mixed"]["p99_ms"] == [6.0, 8.0, 7.0]
    assert found["classes"][ALL]["count"] == 4
    assert found["classes"][ALL]["p100_ms"] == [6.0, 8.0, 7.0]


def test_the_report_says_median_spread_and_the_part_of_what_is_aimed_at() -> None:
    lines = report(figures(repeats(), traced=165.0), MACHINE, INPUTS)
    text = "\n".join(lines)
    assert "24500 doctors" in text
    assert any(line.startswith("loaded") and "2.75 [2.25–3.25] ×0.92" in line for line in lines)
    assert any(line.startswith("memory") and "200.00 [200.00–200.00] ×0.80" in line for line in lines)
    assert any(line.startswith("mixed") and "7.00 [6.00–8.00] ×1.17" in line for line in lines)
    assert "BUSY" not in text


def test_a_machine_that_was_busy_before_is_said_to_be() -> None:
    lines = report(figures(repeats(), traced=165.0), replace(MACHINE, load_before=3.5), INPUTS)
    assert "BUSY before the run (load 3.5)" in lines[0]


def test_fewer_than_three_repeats_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmarks.understanding", "--repeats", "2"])
    with pytest.raises(SystemExit, match="3 repeats"):
        main()


def test_processes_that_measure_load_nothing_of_the_registry_or_the_tests() -> None:
    code = (
        "import sys, benchmarks.understanding as b; sys.exit(bool({'duckdb', 'tests', 'indexer'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
