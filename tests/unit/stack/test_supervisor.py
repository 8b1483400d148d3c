"""The supervisor stops all it started, in reverse, however it ends; real processes, real signals."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from stack.errors import ProcessDied
from stack.identity import ProcessIdentity
from stack.processes import ChildProcess, ProcessSpec
from stack.supervisor import StopRequested, Supervisor

PROJECT = Path(__file__).resolve().parents[3]

SUPERVISED = """
import sys
from pathlib import Path
from stack.errors import PlainError
from stack.processes import ChildProcess, ProcessSpec
from stack.supervisor import Supervisor
folder = Path(sys.argv[1])
def child(name, program):
    return ChildProcess(ProcessSpec(name, [sys.executable, "-c", program], folder / f"{name}.log"))
STAY = "import signal; signal.pause()"
def say(line):
    print(line, flush=True)
try:
    with Supervisor(say) as supervisor:
        children = [child("engine", STAY), child("sandbox", STAY), child("api", sys.argv[2])]
        for one in children:
            supervisor.start(one)
        say("pids " + " ".join(str(pid) for one in children for pid in one.started_pids))
        supervisor.watch()
except PlainError as failure:
    say(str(failure))
    sys.exit(3)
say(f"ended by {supervisor.stopped_by.name}")
"""

STAY = "import signal; signal.pause()"
FAIL_LATER = "import time; time.sleep(1); raise SystemExit(9)"


class Run:
    """A supervisor in a process of its own, with three children."""

    def __init__(self, folder: Path, last_child: str = STAY) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISED, str(folder), last_child],
            stdout=subprocess.PIPE,
            text=True,
            cwd=PROJECT,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        self.lines: list[str] = []
        while not self.lines or not self.lines[-1].startswith("pids"):
            line = self.process.stdout.readline()
            assert line, self.lines
            self.lines.append(line.rstrip())
        self.children = [ProcessIdentity.of(int(pid)) for pid in self.lines.pop().split()[1:]]
        assert all(child is not None and child.is_alive() for child in self.children)

    def finish(self) -> list[str]:
        """Give the lines after the start, once the supervisor has ended."""
        rest, _ = self.process.communicate(timeout=30)
        return rest.splitlines()

    def any_child_lives(self) -> bool:
        return any(child is not None and child.is_alive() for child in self.children)


def test_each_service_gets_one_line_when_it_is_ready(tmp_path: Path) -> None:
    run = Run(tmp_path)
    os.kill(run.process.pid, signal.SIGTERM)
    run.finish()
    assert [line.split(" is ready after ")[0] for line in run.lines] == ["engine", "sandbox", "api"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_stops_every_process_in_reverse_order(tmp_path: Path, number: signal.Signals) -> None:
    run = Run(tmp_path)
    os.kill(run.process.pid, number)
    assert run.finish() == ["api is stopped", "sandbox is stopped", "engine is stopped", f"ended by {number.name}"]
    assert not run.any_child_lives()
    assert run.process.returncode == 0


def test_ctrl_c_pressed_twice_still_stops_every_process(tmp_path: Path) -> None:
    run = Run(tmp_path)
    os.killpg(run.process.pid, signal.SIGINT)
    os.killpg(run.process.pid, signal.SIGINT)
    assert run.finish()[-1] == "ended by SIGINT"
    assert not run.any_child_lives()


def test_child_that_dies_later_is_named_and_everything_is_stopped(tmp_path: Path) -> None:
    run = Run(tmp_path, last_child=FAIL_LATER)
    lines = run.finish()
    assert lines[:2] == ["sandbox is stopped", "engine is stopped"]
    assert lines[2].startswith(f"The api ended with code 9 (log: {tmp_path / 'api.log'}).")
    assert run.process.returncode == 3
    assert not run.any_child_lives()


def test_killed_supervisor_leaves_no_process_behind(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.process.kill()
    run.finish()
    for child in run.children:
        assert child is not None
        assert child.wait_ended(20)


def child(folder: Path, name: str, program: str = STAY, *, is_ready: bool = True) -> ChildProcess:
    argv = [sys.executable, "-c", program]
    return ChildProcess(ProcessSpec(name, argv, folder / f"{name}.log", ready=lambda: is_ready))


def test_failed_start_of_one_stops_those_before_it_and_tells_the_caller(tmp_path: Path) -> None:
    said: list[str] = []
    first, second = child(tmp_path, "sandbox"), child(tmp_path, "api", "raise SystemExit(4)", is_ready=False)
    pids: list[int] = []

    def start_both() -> None:
        with Supervisor(said.append) as supervisor:
            supervisor.start(first)
            pids.extend(first.started_pids)
            supervisor.start(second)

    with pytest.raises(ProcessDied, match="api ended with code 4"):
        start_both()
    assert len(pids) == 1
    assert not psutil.pid_exists(pids[0])
    assert said[-1] == "sandbox is stopped"


def test_signal_in_the_middle_of_a_start_waits_until_the_process_is_in_sight(tmp_path: Path) -> None:
    class Interrupted(ChildProcess):
        def start(self) -> None:
            os.kill(os.getpid(), signal.SIGTERM)
            super().start()
            seen.extend(self.started_pids)

    seen: list[int] = []
    with Supervisor(lambda _: None) as supervisor:
        supervisor.start(Interrupted(child(tmp_path, "api").spec))
        raise AssertionError("the stop request must end the block")
    assert supervisor.stopped_by is signal.SIGTERM
    assert len(seen) == 1
    assert not psutil.pid_exists(seen[0])


def test_handlers_of_before_are_put_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with Supervisor(lambda _: None):
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_stop_request_is_no_ordinary_exception() -> None:
    assert not issubclass(StopRequested, Exception)


def test_service_found_running_is_left_running(tmp_path: Path) -> None:
    elsewhere = child(tmp_path, "engine")
    elsewhere.start()

    class Found(ChildProcess):
        def start(self) -> None:
            pass

        def require_alive(self) -> None:
            elsewhere.require_alive()

    said: list[str] = []
    with Supervisor(said.append) as supervisor:
        supervisor.start(Found(elsewhere.spec))
    assert psutil.pid_exists(elsewhere.started_pids[0])
    assert [line for line in said if "stopped" in line] == []
    elsewhere.release()
