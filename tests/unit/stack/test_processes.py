"""One child process: ready, dead at start, never ready, stopped."""

import sys
from pathlib import Path

import pytest

from stack.errors import NotReady, ProcessDied
from stack.identity import ProcessIdentity
from stack.ports import find_free_ports
from stack.processes import ChildProcess, ProcessSpec

STAY = "import signal; signal.pause()"


def child_of(folder: Path, program: str, **also: object) -> ChildProcess:
    argv = [sys.executable, "-c", program]
    return ChildProcess(ProcessSpec("sandbox", argv, folder / "logs" / "sandbox.log", **also))  # type: ignore[arg-type]


def test_server_is_ready_when_its_address_answers(tmp_path: Path) -> None:
    port = find_free_ports(1)[0]
    argv = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    log = tmp_path / "server.log"
    child = ChildProcess(ProcessSpec("server", argv, log, ready=f"http://127.0.0.1:{port}/", folder=tmp_path))
    child.start()
    child.wait(20)
    pids = list(child.started_pids)
    child.release()
    assert len(pids) == 1
    assert ProcessIdentity.of(pids[0]) is None
    assert child.started_pids == []


def test_child_that_dies_at_start_is_named_with_code_and_log(tmp_path: Path) -> None:
    child = child_of(tmp_path, "print('broken pipe of tea'); raise SystemExit(7)", ready=lambda: False)
    child.start()
    with pytest.raises(ProcessDied, match="The sandbox ended with code 7") as failure:
        child.wait(20)
    assert str(tmp_path / "logs" / "sandbox.log") in failure.value.message
    assert "broken pipe of tea" in (tmp_path / "logs" / "sandbox.log").read_text()
    child.release()


def test_child_that_is_never_ready_is_given_up_after_its_time(tmp_path: Path) -> None:
    child = child_of(tmp_path, STAY, ready=lambda: False)
    child.start()
    try:
        with pytest.raises(NotReady, match="The sandbox is not ready after 0 s"):
            child.wait(0.1)
    finally:
        child.release()


def test_program_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    child = ChildProcess(ProcessSpec("sandbox", [str(tmp_path / "absent")], tmp_path / "log", cure="Reinstall it."))
    with pytest.raises(ProcessDied, match="could not be started") as failure:
        child.start()
    assert failure.value.cure == "Reinstall it."
    child.release()


def test_environment_of_the_spec_is_laid_over_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIKAR_TEST_OURS", "ours")
    program = "import os; print(os.environ['LIKAR_TEST_OURS'], os.environ['LIKAR_TEST_ITS'])"
    child = child_of(tmp_path, program, env={"LIKAR_TEST_ITS": "its"}, ready=lambda: False)
    child.start()
    with pytest.raises(ProcessDied):
        child.wait(20)
    child.release()
    assert (tmp_path / "logs" / "sandbox.log").read_text() == "ours its\n"


def test_log_of_the_run_before_is_kept(tmp_path: Path) -> None:
    for text in ("first", "second"):
        child = child_of(tmp_path, f"print({text!r})", ready=lambda: False)
        child.start()
        with pytest.raises(ProcessDied):
            child.wait(20)
        child.release()
    assert (tmp_path / "logs" / "sandbox.log").read_text() == "second\n"
    assert (tmp_path / "logs" / "sandbox.log.1").read_text() == "first\n"
