"""Limits and verdicts."""

import math
from pathlib import Path

import pytest

from loadtests.errors import CannotRun
from loadtests.mix import SHARES
from loadtests.report import verdict_lines
from loadtests.samples import Figures, Samples, figures
from loadtests.thresholds import Verdict, judge, passed, read_limits

_SHIPPED = Path(__file__).parents[3] / "loadtests" / "thresholds.toml"


def _figures(**given: float) -> Figures:
    values = {"count": 100, "failed": 0, "empty": 0, "max_ms": 9.0, "service_p99_ms": 9.0}
    return Figures(**{"p50_ms": 1.0, "p95_ms": 2.0, "p99_ms": 3.0} | values | given)  # type: ignore[arg-type]


def _verdicts(limits: dict[str, float], found: Figures) -> list[Verdict]:
    return judge({"all": {"error_share": 0.0, "min_samples": 1.0} | limits}, lambda _: found, 1.0)


def _missed(limits: dict[str, float], found: Figures) -> list[str]:
    return [verdict.measure for verdict in _verdicts(limits, found) if not verdict.held]


def _read(folder: Path, text: str) -> object:
    path = folder / "limits.toml"
    path.write_text(text, encoding="utf-8")
    return read_limits(path, SHARES)


def test_a_limit_is_kept_up_to_and_including_it() -> None:
    assert not _missed({"p99_ms": 3.0}, _figures())
    assert _missed({"p99_ms": 2.999}, _figures()) == ["p99_ms"]


def test_every_limit_is_judged() -> None:
    limits = {"p50_ms": 0.5, "p95_ms": 0.5, "p99_ms": 0.5, "empty_share": 0.1, "min_samples": 101}
    found = _figures(failed=1, empty=11)
    assert set(_missed(limits, found)) == {*limits, "error_share"}


def test_no_samples_fail_every_limit_but_never_pass() -> None:
    empty = figures(Samples().of("search"))
    limits = {"p50_ms": 1e9, "p95_ms": 1e9, "p99_ms": 1e9, "empty_share": 1.0}
    assert set(_missed(limits, empty)) == {*limits, "error_share", "min_samples"}


def test_a_value_that_is_no_number_keeps_no_limit() -> None:
    assert not Verdict("all", "p99_ms", 1.0, math.nan).held
    assert not Verdict("all", "achieved_share", 0.0, math.nan, at_least=True).held


def test_a_percentile_on_a_failed_request_keeps_no_limit() -> None:
    assert _missed({"p99_ms": 1e9}, _figures(p99_ms=math.inf)) == ["p99_ms"]


def test_one_missed_limit_fails_the_run_and_none_at_all_too() -> None:
    kept, missed = Verdict("all", "p50_ms", 2.0, 1.0), Verdict("all", "p99_ms", 2.0, 3.0)
    assert passed([kept])
    assert not passed([kept, missed])
    assert not passed([])
    assert verdict_lines([kept, missed]) == [
        "MISSED all p99_ms: 3.00, at most 2 wanted",
        "FAILED: 1 of 2 limits kept",
    ]


def test_an_achieved_rate_below_the_offered_one_is_missed() -> None:
    limits = {"all": {"error_share": 0.0, "min_samples": 1.0}, "generator": {"achieved_share": 0.95}}
    assert passed(judge(limits, lambda _: _figures(), 0.95))
    assert not passed(judge(limits, lambda _: _figures(), 0.94))


def test_kinds_allow_no_error_and_need_a_sample_unless_told_otherwise(tmp_path: Path) -> None:
    assert _read(tmp_path, "[all]\np99_ms = 5\n[map]\nerror_share = 0.1\n") == {
        "all": {"p99_ms": 5.0, "error_share": 0.0, "min_samples": 1.0},
        "map": {"error_share": 0.1, "min_samples": 1.0},
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a table [all] is missing"),
        ("[search]\np99_ms = 5", "a table [all] is missing"),
        ("[all]\np98_ms = 5", "[all] knows no «p98_ms»"),
        ("[all]\n[serach]\np99_ms = 5", "[serach] is no kind of request"),
        ("[all]\np99_ms = nan", "[all] p99_ms must be a number above 0"),
        ("[all]\np99_ms = inf", "[all] p99_ms must be a number above 0"),
        ("[all]\np99_ms = 0", "[all] p99_ms must be a number above 0"),
        ("[all]\np99_ms = true", "[all] p99_ms must be a number above 0"),
        ("[all]\np99_ms = '5'", "[all] p99_ms must be a number above 0"),
        ("[all]\nerror_share = 1.1", "[all] error_share must be a number from 0 to 1"),
        ("[all]\nerror_share = nan", "[all] error_share must be a number from 0 to 1"),
        ("[all]\nmin_samples = 0", "[all] min_samples must be a whole number from 1"),
        ("[all]\nmin_samples = 1.5", "[all] min_samples must be a whole number from 1"),
        ("[all]\n[generator]\np99_ms = 5", "[generator] knows no «p99_ms»"),
        ("all = 5", "all is no table"),
        ("[all", "is no TOML"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CannotRun) as refused:
        _read(tmp_path, text)
    assert said in str(refused.value)


def test_all_faults_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(CannotRun) as refused:
        _read(tmp_path, "[all]\np98_ms = 1\nerror_share = 2\n[cards]\n")
    assert all(word in str(refused.value) for word in ("p98_ms", "error_share", "[cards]"))


def test_the_shipped_file_judges_every_kind_of_the_mix() -> None:
    limits = read_limits(_SHIPPED, SHARES)
    assert set(limits) == {*SHARES, "all", "generator"}
    assert all(limits[kind]["error_share"] == 0 for kind in (*SHARES, "all"))
    assert {"p50_ms", "p95_ms", "p99_ms"} <= set(limits["all"])


def test_the_shipped_file_needs_fewer_samples_than_the_default_run_yields() -> None:
    limits, whole = read_limits(_SHIPPED, SHARES), sum(SHARES.values())
    for kind, share in SHARES.items():
        assert limits[kind]["min_samples"] <= 0.9 * 50 * 60 * share / whole
    assert limits["all"]["min_samples"] <= 0.9 * 50 * 60
