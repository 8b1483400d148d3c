"""The load kit through its real command line, against a stub of the API that can stall, refuse and lose hits."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from fixtures.tiny import BERDYCHIV, LVIV, ZHYTOMYR, TinyRegistry
from tests.http.test_loadkit_stub import StubApi, digest, serve_stub
from tests.support.sandbox import serve_sandbox

_ROOT = Path(__file__).parents[2]
_LOOSE = {"p50_ms": 900, "p99_ms": 5000, "min_samples": 5}


@pytest.fixture
def stub() -> Iterator[StubApi]:
    with serve_stub(StubApi()) as running:
        yield running


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
def queries(sandbox_url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("queries") / "queries.json"
    done = loadtests("sample", "--sandbox-url", sandbox_url, "--out", path)
    assert done.returncode == 0, done.stderr
    return path


def limits(folder: Path, **tables: dict[str, float]) -> Path:
    path = folder / "limits.toml"
    lines = [
        f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items()) for name, keys in tables.items()
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


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


def run(stub: StubApi, queries: Path, thresholds: Path, *more: object) -> "subprocess.CompletedProcess[str]":
    return loadtests("run", "--url", stub.url, "--queries", queries, "--thresholds", thresholds, *more)


def result(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_a_stall_of_a_second_shows_in_the_p99_and_misses_the_limit(
    stub: StubApi, queries: Path, tmp_path: Path
) -> None:
    stub.stall = (1.0, 2.0)
    thresholds = limits(tmp_path, all={"p99_ms": 500, "min_samples": 50})
    pace = ("--rate", 60, "--seconds", 3, "--warmup-seconds", 0, "--json", tmp_path / "out.json")
    done = run(stub, queries, thresholds, *pace)
    assert done.returncode == 2, done.stdout + done.stderr
    whole = result(tmp_path / "out.json")["kinds"]["all"]
    # A third of the requests came due while nothing was answered: their waits lie evenly between 0 and 1 s.
    assert 850 < whole["p99_ms"] < 2000
    assert whole["p95_ms"] > 500
    assert whole["p50_ms"] < 250
    assert whole["count"] == len(stub.asked)
    assert "MISSED all p99_ms" in done.stdout


def test_a_stall_shows_in_full_even_when_there_are_fewer_users_than_waiting_requests(
    stub: StubApi, queries: Path, tmp_path: Path
) -> None:
    stub.stall = (0.5, 1.5)
    pace = ("--rate", 60, "--seconds", 2.5, "--warmup-seconds", 0, "--users", 3, "--json", tmp_path / "out.json")
    done = run(stub, queries, limits(tmp_path, all=_LOOSE), *pace)
    assert done.returncode == 0, done.stdout + done.stderr
    found = result(tmp_path / "out.json")
    # From the sending, only three requests saw the stall; from the intended start, all that came due in it did.
    assert found["kinds"]["all"]["p95_ms"] > 500
    assert found["generator"]["nobody_free"] > 20
    assert "found no free user" in done.stdout


_KINDS = ("search", "name_search", "next_page", "card", "suggest", "map", "facilities")


@pytest.fixture(scope="module")
def twice(sandbox_url: str, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[StubApi, Any, dict[str, Any]]]:
    """The same command, seed included, at the same time against two stubs: what each was asked, said and measured."""
    folder = tmp_path_factory.mktemp("twice")
    thresholds = limits(folder, all=_LOOSE, **{kind: {"p99_ms": 5000} for kind in _KINDS})
    pace = ("--rate", 60, "--seconds", 1.5, "--warmup-seconds", 3, "--seed", 7)

    def once(number: int) -> tuple[StubApi, Any, dict[str, Any]]:
        with serve_stub(StubApi()) as stub:
            flags = ("--url", stub.url, "--sandbox-url", sandbox_url, "--thresholds", thresholds)
            done = loadtests(*flags, *pace, "--json", folder / f"{number}.json")
        return stub, done, result(folder / f"{number}.json")

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(once, range(2)))


def test_kept_limits_end_with_0_and_say_what_was_measured_where(
    twice: list[tuple[StubApi, Any, dict[str, Any]]],
) -> None:
    stub, done, found = twice[0]
    assert done.returncode == 0, done.stdout + done.stderr
    assert found["passed"]
    assert {verdict["kind"] for verdict in found["verdicts"]} == {"all", *_KINDS}
    assert found["generator"]["achieved_per_s"] == pytest.approx(found["generator"]["offered_per_s"], rel=0.1)
    assert found["kinds"]["all"]["count"] + found["warmup"]["count"] == len(stub.asked)
    assert found["setting"]["machine"]["cores"] >= 1
    assert found["setting"]["serving"]["indexes"] == {"doctors": "doctors-1 (2026-03-02)"}
    assert "offered" in done.stdout
    assert "passed: " in done.stdout


def test_next_pages_repeat_the_request_with_the_cursor_of_its_answer(
    twice: list[tuple[StubApi, Any, dict[str, Any]]],
) -> None:
    stub = twice[0][0]
    searches = [body for _, path, body in stub.asked if path == "/v1/search"]
    answered = {f"after-{digest(body)}": body for body in searches}
    pages = [body for body in searches if "cursor" in body]
    assert pages
    for page in pages:
        assert page | {"cursor": None} == answered[page["cursor"]] | {"cursor": None}
    assert len({page["cursor"] for page in pages}) == len(pages)


def test_cards_are_opened_from_hits(twice: list[tuple[StubApi, Any, dict[str, Any]]]) -> None:
    stub = twice[0][0]
    shown = {f"/v1/doctors/{digest(body)}-{rank}" for _, _, body in stub.asked for rank in range(stub.hits)}
    opened = {path for _, path, _ in stub.asked if path.startswith("/v1/doctors/")}
    assert opened
    assert opened <= shown


def test_the_same_seed_sends_the_same_requests(twice: list[tuple[StubApi, Any, dict[str, Any]]]) -> None:
    # Sorted: two requests due within a fraction of a millisecond may overtake each other on their connections.
    first, second = (sorted(map(json.dumps, stub.asked)) for stub, _, _ in twice)
    assert first == second


def test_a_refusal_is_an_error_counted_by_kind_and_reason(stub: StubApi, queries: Path, tmp_path: Path) -> None:
    stub.refuse = "/v1/facilities"
    pace = ("--rate", 150, "--seconds", 1, "--warmup-seconds", 0, "--json", tmp_path / "out.json")
    done = run(stub, queries, limits(tmp_path, all=_LOOSE), *pace)
    assert done.returncode == 2, done.stdout + done.stderr
    failures = result(tmp_path / "out.json")["failures"]
    assert list(failures) == ["facilities"]
    assert list(failures["facilities"]) == ["422 request_faulty settlement:place_unknown"]
    assert "MISSED all error_share" in done.stdout


def test_a_run_without_samples_fails(stub: StubApi, queries: Path, tmp_path: Path) -> None:
    pace = ("--rate", 0.001, "--seconds", 0.2, "--warmup-seconds", 0, "--json", tmp_path / "out.json")
    done = run(stub, queries, limits(tmp_path, all={"p99_ms": 1000}), *pace)
    assert done.returncode == 2, done.stdout + done.stderr
    assert result(tmp_path / "out.json")["kinds"]["all"]["p99_ms"] is None
    assert "MISSED all min_samples: 0" in done.stdout


def test_an_api_that_dies_in_the_middle_fails_the_run(queries: Path, tmp_path: Path) -> None:
    with serve_stub(StubApi(dies_after=30)) as stub:
        pace = ("--rate", 80, "--seconds", 1.5, "--warmup-seconds", 0, "--json", tmp_path / "out.json")
        done = run(stub, queries, limits(tmp_path, all=_LOOSE), *pace)
    assert done.returncode == 2, done.stdout + done.stderr
    found = result(tmp_path / "out.json")
    reasons = {reason for kind in found["failures"].values() for reason in kind}
    assert reasons <= {"connection closed", "connection refused"}
    assert "connection refused" in reasons
    # Failing fast makes nothing faster: more than half failed, so the median is on a failed request.
    assert found["kinds"]["all"]["p50_ms"] is None


def test_an_answer_that_does_not_come_is_an_error(stub: StubApi, queries: Path, tmp_path: Path) -> None:
    stub.stall = (0.5, 5.0)
    pace = ("--rate", 50, "--seconds", 1, "--warmup-seconds", 0, "--timeout-seconds", 0.5)
    done = run(stub, queries, limits(tmp_path, all=_LOOSE), *pace, "--json", tmp_path / "out.json")
    assert done.returncode == 2, done.stdout + done.stderr
    failures = result(tmp_path / "out.json")["failures"]
    assert {reason for kind in failures.values() for reason in kind} == {"no answer in 0.5 s"}


def test_an_api_that_is_not_up_ends_with_1_and_one_plain_sentence(queries: Path, tmp_path: Path) -> None:
    done = loadtests("run", "--url", "http://127.0.0.1:9", "--queries", queries)
    assert done.returncode == 1
    said = "No API answers at http://127.0.0.1:9: start the system with «make run», then run this again."
    assert done.stderr.strip() == said


def test_ten_kinds_are_measured_together_at_a_rate(stub: StubApi, queries: Path, tmp_path: Path) -> None:
    flags = ("--url", stub.url, "--queries", queries, "--rate", 100, "--seconds", 1, "--warmup-seconds", 0)
    done = loadtests("kinds", *flags, "--json", tmp_path / "out.json")
    assert done.returncode == 0, done.stdout + done.stderr
    kinds = result(tmp_path / "out.json")["kinds"]
    assert len(kinds) == 11
    assert kinds["all"]["count"] == len(stub.asked)
