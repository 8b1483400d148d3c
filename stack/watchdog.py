"""A guard against orphans: when we are killed, the processes we started are stopped all the same.

`python -m stack.watchdog` reads what to guard from its standard input and waits; the end of that input, which the
system brings about however we end, is its sign. One for all processes, on every Unix.
"""

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Self

from stack.identity import ProcessIdentity

GRACE_S = 10.0


class Watchdog:
    """Stops the guarded processes when this process ends without doing so itself."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "stack.watchdog"],
            stdin=subprocess.PIPE,
            cwd=Path(__file__).resolve().parents[1],
            start_new_session=True,
            text=True,
        )
        return self

    def guard(self, pid: int) -> None:
        """Stop `pid` if we end before `dismiss`; the last one guarded is stopped first."""
        identity = ProcessIdentity.of(pid)
        if identity is not None:
            self._tell({"guard": [identity.pid, identity.created_at_s]})

    def dismiss(self, pid: int) -> None:
        """Leave `pid` alone from now on."""
        self._tell({"dismiss": pid})

    def __exit__(self, *exception: object) -> None:
        if self._process is None or self._process.stdin is None:
            return
        self._tell({"dismiss": "all"})
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        self._process = None

    def _tell(self, message: dict[str, object]) -> None:
        assert self._process is not None, "the watchdog is used inside its with block"
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()


def watch(lines: list[str] | None = None) -> None:
    """Read messages until the input ends, then stop what is still guarded, last first."""
    guarded: dict[int, ProcessIdentity] = {}
    for line in sys.stdin if lines is None else lines:
        message = json.loads(line)
        if "guard" in message:
            pid, created_at_s = message["guard"]
            guarded[pid] = ProcessIdentity(pid, created_at_s)
        elif message["dismiss"] == "all":
            guarded.clear()
        else:
            guarded.pop(message["dismiss"], None)
    for identity in reversed(guarded.values()):
        identity.stop(GRACE_S)


if __name__ == "__main__":
    watch()
