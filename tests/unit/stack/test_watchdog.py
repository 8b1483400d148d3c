"""The watchdog stops what is still guarded when its input ends, and nothing else."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from stack.identity import ProcessIdentity
from stack.watchdog import Watchdog, watch


@pytest.fixture
def pair() -> Iterator[list[subprocess.Popen[bytes]]]:
    children = [subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"]) for _ in range(2)]
    yield children
    for child in children:
        child.kill()
        child.wait()


def guard(child: subprocess.Popen[bytes], seconds_off: float = 0.0) -> str:
    identity = ProcessIdentity.of(child.pid)
    assert identity is not None
    return json.dumps({"guard": [identity.pid, identity.created_at_s + seconds_off]})


def test_guarded_process_is_stopped_at_the_end_and_a_dismissed_one_is_left(
    pair: list[subprocess.Popen[bytes]],
) -> None:
    guarded, dismissed = pair
    watch([guard(guarded), guard(dismissed), json.dumps({"dismiss": dismissed.pid})])
    assert guarded.wait(10) != 0
    assert dismissed.poll() is None


def test_process_that_took_over_a_guarded_pid_is_left(pair: list[subprocess.Popen[bytes]]) -> None:
    watch([guard(pair[0], seconds_off=-60)])
    assert pair[0].poll() is None


def test_orderly_end_of_the_block_leaves_what_was_guarded(pair: list[subprocess.Popen[bytes]]) -> None:
    with Watchdog() as watchdog:
        watchdog.guard(pair[0].pid)
        watchdog.dismiss(pair[1].pid)
    assert [child.poll() for child in pair] == [None, None]
