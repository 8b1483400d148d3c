"""The load kit through its real command line, against a stub of the API that can stall, refuse and die.

All runs take place at once, three at a time: most of each is waiting.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from fixtures.tiny import BERDYCHIV, LVIV, ZHYTOMYR, TinyRegistry
from tests.http.test_loadkit_stub import StubApi, digest, serve_stub
from tests.support.sandbox import serve_sandbox

_ROOT = Path(__file__).parents[2]
_KINDS = ("search", "name_search", "next_page", "card", "suggest", "map", "facilities")
_LOOSE = {"p50_ms": 900, "p99_ms": 5000, "min_samples": 5}


@dataclass(frozen=True)
class Scenario:
    """How the stub behaves, what is run against it and what is wanted of it."""

    pace: str
    stub: Mapping[str, Any] = field(default_factory=dict)
    limits: Mapping[str, Mapping[str, float]] = field(default_factory=lambda: {"all": _LOOSE})
    command: str = "run"


_KEPT = Scenario(
    "--rate 60 --seconds 1.5 --warmup-seconds 3 --seed 7",
    limits={"all": _LOOSE} | {kind: {"p99_ms": 5000} for kind in _KINDS},
)
_SCENARIOS = {
    "kept": _KEPT,
    "kept again": _KEPT,
    "stall": Scenario(
        "--rate 60 --seconds 3 --warmup-seconds 0", {"stall": (1.0, 2.0)}, {"all": {"p99_ms": 500, "min_samples": 50}}
    ),
    "stall, three users": Scenario("--rate 60 --seconds 2.5 --warmup-seconds 0 --users 3", {"stall": (0.5, 1.5)}),
    "dies": Scenario("--rate 80 --seconds 1.5 --warmup-seconds 0", {"dies_after": 30}),
    "no answer": Scenario("--rate 50 --seconds 1 --warmup-seconds 0 --timeout-seconds 0.5", {"stall": (0.5, 5.0)}),
    "refused": Scenario("--rate 150 --seconds 1 --warmup-seconds 0", {"refuse": "/v1/facilities"}),
    "ten kinds": Scenario("--rate 100 --seconds 1 --warmup-seconds 0", command="kinds"),
    "no samples": Scenario("--rate 0.001 --seconds 0.2 --warmup-seconds 0", limits={"all": {"p99_ms": 1000}}),
}


@dataclass(frozen=True)
class Ran:
    """A finished run: what the stub was asked, how the command ended, what it wrote."""

    stub: StubApi
    code: int
    out: str
    found: dict[str, Any]

    def reasons(self) -> set[str]:
        return {reason for kind in self.found["failures"].values() for reason in kind}


def loadtests(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "loadtests", *map(str, arguments)],
        cwd=_ROOT,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def sandbox_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    registry = TinyRegistry()
    for place, clinics in ((LVIV, 4), (ZHYTOMYR, 3), (BERDYCHIV, 1)):
        for number in range(clinics):
            clinic = registry.division(f"Амбулаторія №{number}", place, km_north=float(number))
            registry.doctor("Коваленко", "Олена", "Іванівна", at=clinic)
            registry.doctor("Бондар", "Петро", "Ілліч", at=clinic, speciality="THERAPIST")
            registry.doctor("Дерев’янко", "Ганна", at=clinic, speciality="CARDIOLOGIST")
    folder = tmp_path_factory.mktemp("loadkit") / "registry"
    registry.write(folder)
    with serve_sandbox(folder) as url:
        yield url


@pytest.fixture(scope="module")
def runs(sandbox_url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    folder = tmp_path_factory.mktemp("runs")

    def carry_out(name: str) -> Ran:
        scenario = _SCENARIOS[name]
        limits, out = folder / f"{name}.toml", folder / f"{name}.json"
        tables = (
            f"[{kind}]\n" + "".join(f"{key} = {value}\n" for key, value in table.items())
            for kind, table in scenario.limits.items()
        )
        limits.write_text("\n".join(tables), encoding="utf-8")
        judged = ["--thresholds", limits] if scenario.command == "run" else []
        with serve_stub(StubApi(**scenario.stub)) as stub:
            where = ("--url", stub.url, "--sandbox-url", sandbox_url)
            done = loadtests(scenario.command, *where, *scenario.pace.split(), *judged, "--json", out)
        assert out.exists(), f"{name}: {done.stdout}{done.stderr}"
        return Ran(stub, done.returncode, done.stdout, json.loads(out.read_text(encoding="utf-8")))

    with ThreadPoolExecutor(3) as pool:
        return dict(zip(_SCENARIOS, pool.map(carry_out, _SCENARIOS), strict=True))


def test_a_stall_of_a_second_shows_in_the_p99_and_misses_the_limit(runs: dict[str, Ran]) -> None:
    ran = runs["stall"]
    whole = ran.found["kinds"]["all"]
    assert ran.code == 2, ran.out
    # A third of the requests came due while nothing was answered: their waits lie evenly between 0 and 1 s.
    assert 850 < whole["p99_ms"] < 2000
    assert whole["p95_ms"] > 500
    assert whole["p50_ms"] < 250
    assert whole["count"] == len(ran.stub.asked)
    assert "MISSED all p99_ms" in ran.out


def test_a_stall_shows_in_full_even_when_there_are_fewer_users_than_waiting_requests(runs: dict[str, Ran]) -> None:
    ran = runs["stall, three users"]
    assert ran.code == 0, ran.out
    # From the sending, only three requests saw the stall; from the intended start, all that came due in it did.
    assert ran.found["kinds"]["all"]["p95_ms"] > 500
    assert ran.found["generator"]["nobody_free"] > 20
    assert "found no free user" in ran.out


def test_kept_limits_end_with_0_and_say_what_was_measured_where(runs: dict[str, Ran]) -> None:
    ran = runs["kept"]
    found = ran.found
    assert ran.code == 0, ran.out
    assert found["passed"]
    assert {verdict["kind"] for verdict in found["verdicts"]} == {"all", *_KINDS}
    assert found["generator"]["achieved_per_s"] == pytest.approx(found["generator"]["offered_per_s"], rel=0.1)
    assert found["kinds"]["all"]["count"] + found["warmup"]["count"] == len(ran.stub.asked)
    assert found["setting"]["machine"]["cores"] >= 1
    assert found["setting"]["serving"]["indexes"] == {"doctors": "doctors-1 (2026-03-02)"}
    assert "offered" in ran.out
    assert "passed: " in ran.out


def test_next_pages_repeat_the_request_with_the_cursor_of_its_answer(runs: dict[str, Ran]) -> None:
    searches = [body for _, path, body in runs["kept"].stub.asked if path == "/v1/search"]
    answered = {f"after-{digest(body)}": body for body in searches}
    pages = [body for body in searches if "cursor" in body]
    assert pages
    for page in pages:
        assert page | {"cursor": None} == answered[page["cursor"]] | {"cursor": None}
    assert len({page["cursor"] for page in pages}) == len(pages)


def test_cards_are_opened_from_hits(runs: dict[str, Ran]) -> None:
    stub = runs["kept"].stub
    shown = {f"/v1/doctors/{digest(body)}-{rank}" for _, _, body in stub.asked for rank in range(stub.hits)}
    opened = {path for _, path, _ in stub.asked if path.startswith("/v1/doctors/")}
    assert opened
    assert opened <= shown


def test_the_same_seed_sends_the_same_requests(runs: dict[str, Ran]) -> None:
    # Sorted: two requests due within a fraction of a millisecond may overtake each other on their connections.
    first, second = (sorted(map(json.dumps, runs[name].stub.asked)) for name in ("kept", "kept again"))
    assert first == second


def test_a_refusal_is_an_error_counted_by_kind_and_reason(runs: dict[str, Ran]) -> None:
    ran = runs["refused"]
    assert ran.code == 2, ran.out
    assert list(ran.found["failures"]) == ["facilities"]
    assert ran.reasons() == {"422 request_faulty settlement:place_unknown"}
    assert "MISSED all error_share" in ran.out


def test_a_run_without_samples_fails(runs: dict[str, Ran]) -> None:
    ran = runs["no samples"]
    assert ran.code == 2, ran.out
    assert ran.found["kinds"]["all"]["p99_ms"] is None
    assert "MISSED all min_samples: 0" in ran.out


def test_an_api_that_dies_in_the_middle_fails_the_run(runs: dict[str, Ran]) -> None:
    ran = runs["dies"]
    assert ran.code == 2, ran.out
    assert "connection refused" in ran.reasons() <= {"connection closed", "connection refused"}
    # Failing fast makes nothing faster: more than half failed, so the median is on a failed request.
    assert ran.found["kinds"]["all"]["p50_ms"] is None


def test_an_answer_that_does_not_come_is_an_error(runs: dict[str, Ran]) -> None:
    ran = runs["no answer"]
    assert ran.code == 2, ran.out
    assert ran.reasons() == {"no answer in 0.5 s"}


def test_ten_kinds_are_measured_together_at_a_rate(runs: dict[str, Ran]) -> None:
    ran = runs["ten kinds"]
    assert ran.code == 0, ran.out
    assert len(ran.found["kinds"]) == 11
    assert ran.found["kinds"]["all"]["count"] == len(ran.stub.asked)


def test_an_api_that_is_not_up_ends_with_1_and_one_plain_sentence() -> None:
    done = loadtests("run", "--url", "http://127.0.0.1:9")
    assert done.returncode == 1
    said = "No API answers at http://127.0.0.1:9: start the system with «make run», then run this again."
    assert done.stderr.strip() == said
