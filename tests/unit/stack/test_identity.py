"""A process is told by pid and birth, and is stopped politely before it is killed."""

import os
import subprocess
import sys
from pathlib import Path

from stack.identity import ProcessIdentity, read_pid_file

STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True); signal.pause()"
POLITE = "import signal; print('on', flush=True); signal.pause()"


def start(program: str) -> tuple[subprocess.Popen[str], ProcessIdentity]:
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "on\n"
    identity = ProcessIdentity.of(child.pid)
    assert identity is not None
    return child, identity


def test_reused_pid_is_not_taken_for_the_process_before() -> None:
    assert not ProcessIdentity(os.getpid(), created_at_s=1.0).is_alive()
    ourselves = ProcessIdentity.of(os.getpid())
    assert ourselves is not None
    assert ourselves.is_alive()


def test_stop_of_a_reused_pid_hits_nobody() -> None:
    child, identity = start(POLITE)
    ProcessIdentity(child.pid, created_at_s=identity.created_at_s - 60).stop(grace_s=0.1)
    assert identity.is_alive()
    identity.stop()
    child.communicate()


def test_polite_process_ends_by_being_asked() -> None:
    child, identity = start(POLITE)
    identity.stop(grace_s=10)
    assert not identity.is_alive()
    child.communicate()


def test_stubborn_process_is_killed_after_its_grace() -> None:
    child, identity = start(STUBBORN)
    identity.stop(grace_s=0.1)
    assert not identity.is_alive()
    child.communicate()


def test_what_the_process_started_in_its_group_ends_with_it() -> None:
    program = (
        "import signal, subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-c', {STUBBORN!r}], stdout=subprocess.PIPE)\n"
        "child.stdout.readline()\n"
        "print('on', flush=True); print(child.pid, flush=True); signal.pause()\n"
    )
    child, identity = start(program)
    assert child.stdout is not None
    grandchild = ProcessIdentity.of(int(child.stdout.readline()))
    assert grandchild is not None
    assert grandchild.is_alive()
    identity.stop(grace_s=5)
    child.communicate()
    assert not grandchild.is_alive()


def test_stop_of_an_ended_process_does_nothing() -> None:
    child, identity = start(POLITE)
    child.kill()
    child.communicate()
    identity.stop()
    identity.kill()
    assert not identity.is_alive()


def test_pid_file_reads_back_what_was_saved(tmp_path: Path) -> None:
    identity = ProcessIdentity(17, 3.5)
    identity.save(tmp_path / "run" / "one.json", http_port=9201)
    assert read_pid_file(tmp_path / "run" / "one.json") == (identity, {"http_port": 9201})


def test_absent_or_broken_pid_file_is_none(tmp_path: Path) -> None:
    assert read_pid_file(tmp_path / "absent.json") is None
    for content in ("", "{", "[]", '{"pid": 1}', '{"pid": "x", "created_at_s": 1}'):
        (tmp_path / "broken.json").write_text(content)
        assert read_pid_file(tmp_path / "broken.json") is None
