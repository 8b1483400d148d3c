"""The command line."""

from dataclasses import replace

import pytest

from loadtests.arguments import default_users, needs_generator, parse
from loadtests.generator_state import GeneratorState
from loadtests.machine import describe_machine


@pytest.mark.parametrize("argv", [[], ["run"], ["--rate", "50"]])
def test_without_a_command_load_is_run(argv: list[str]) -> None:
    arguments = parse(argv)
    assert (arguments.command, arguments.rate, arguments.seconds, arguments.seed) == ("run", 50.0, 60.0, 1)
    assert arguments.thresholds.name == "thresholds.toml"


@pytest.mark.parametrize(
    "argv",
    [
        ["--rate", "0"],
        ["--rate", "nan"],
        ["--rate", "inf"],
        ["--rate", "much"],
        ["--seconds", "-1"],
        ["--warmup-seconds", "-1"],
        ["--users", "801"],
        ["--users", "0"],
        ["--colour"],
        ["kinds", "--requests", "0"],
        ["kinds", "--thresholds", "x"],
        ["sample"],
        ["soak"],
    ],
)
def test_a_faulty_command_line_ends_with_1_never_with_the_2_of_a_missed_limit(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(argv)
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("loadtests")


@pytest.mark.parametrize("argv", [["--help"], ["run", "--help"], ["kinds", "--help"], ["sample", "--help"]])
def test_help_ends_with_0(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(argv)
    assert ended.value.code == 0
    assert "usage: loadtests" in capsys.readouterr().out


def test_only_commands_that_keep_a_schedule_need_the_generator() -> None:
    assert needs_generator(parse(["run"]))
    assert needs_generator(parse(["kinds", "--rate", "50"]))
    assert not needs_generator(parse(["kinds"]))
    assert not needs_generator(parse(["sample", "--out", "x"]))


def test_there_are_users_enough_for_answers_of_five_seconds() -> None:
    assert default_users(50) == 250
    assert default_users(0.1) == 20
    assert default_users(10_000) == 800


def test_a_machine_busy_before_the_run_is_said_to_be() -> None:
    machine = replace(describe_machine(), cores=2)
    assert replace(machine, load_before=1.1).was_busy
    assert not replace(machine, load_before=1.0).was_busy


def _state(**given: float) -> GeneratorState:
    values = {"offered_per_s": 50.0, "achieved_per_s": 50.0, "late_p99_ms": 0.3, "nobody_free": 0, "cpu_share": 0.1}
    return GeneratorState(**values | given, nothing_to_follow={})  # type: ignore[arg-type]


def test_a_generator_in_time_has_nothing_to_say() -> None:
    assert _state().notes() == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"late_p99_ms": 9.0}, "fell behind its own schedule"),
        ({"cpu_share": 0.7}, "used 70% of a core"),
        ({"nobody_free": 3}, "3 requests found no free user"),
    ],
)
def test_a_generator_that_fell_behind_says_so(given: dict[str, float], said: str) -> None:
    [note] = _state(**given).notes()
    assert said in note


def test_what_could_not_be_followed_is_said() -> None:
    state = GeneratorState(50.0, 50.0, 0.3, 0, 0.1, {"next_page": 4})
    assert state.notes() == ["4 of next_page not sent: no earlier answer led to one"]


def test_nothing_offered_achieves_nothing() -> None:
    assert _state(offered_per_s=0.0, achieved_per_s=0.0).achieved_share == 0.0
