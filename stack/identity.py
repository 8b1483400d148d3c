"""Which process exactly: a pid alone may by now be somebody else's."""

import contextlib
import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import psutil

POLL_S = 0.02
KILL_S = 5.0


@dataclass(frozen=True, slots=True)
class ProcessIdentity:
    """A process named by its pid and the moment it was created, so that a reused pid is never taken for it."""

    pid: int
    created_at_s: float

    @classmethod
    def of(cls, pid: int) -> Self | None:
        """Name the process that has `pid` now; None when there is none."""
        try:
            return cls(pid, psutil.Process(pid).create_time())
        except psutil.NoSuchProcess:
            return None

    def process(self) -> psutil.Process | None:
        """Give the running process, or None when it has ended (a zombie has ended)."""
        try:
            process = psutil.Process(self.pid)
            # The kernel counts in ticks of 10 ms and the boot time it is added to may be corrected meanwhile.
            if abs(process.create_time() - self.created_at_s) > 2.0 or process.status() == psutil.STATUS_ZOMBIE:
                return None
        except psutil.NoSuchProcess:
            return None
        return process

    def is_alive(self) -> bool:
        """Tell whether it still runs."""
        return self.process() is not None

    def wait_ended(self, timeout_s: float) -> bool:
        """Wait until it has ended; False when it still runs after `timeout_s`."""
        deadline = time.monotonic() + timeout_s
        while self.is_alive():
            if time.monotonic() > deadline:
                return False
            time.sleep(POLL_S)
        return True

    def stop(self, grace_s: float = 15.0) -> None:
        """Ask it to end, wait up to `grace_s`, then kill it with what is left of its own group. Ended: no effect."""
        process = self.process()
        if process is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
            led = _followers(process)
            process.terminate()
            if not self.wait_ended(grace_s):
                process.kill()
                self.wait_ended(KILL_S)
            for follower in led:
                follower.kill()

    def kill(self) -> None:
        """End it at once, without asking: the way a machine fails. Ended: no effect."""
        process = self.process()
        if process is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
            self.wait_ended(KILL_S)

    def save(self, path: Path, **also: Any) -> None:
        """Write it, with `also` beside it, to a pid file that appears whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(path.name + ".new")
        fresh.write_text(json.dumps(asdict(self) | also), encoding="utf-8")
        fresh.replace(path)


def _followers(leader: psutil.Process) -> list[ProcessIdentity]:
    """Find what a process started and kept in the group that it leads itself; nothing when it leads none."""
    if os.getpgid(leader.pid) != leader.pid:
        return []
    found = []
    for child in leader.children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
            if os.getpgid(child.pid) == leader.pid:
                found.append(ProcessIdentity(child.pid, child.create_time()))
    return found


def read_pid_file(path: Path) -> tuple[ProcessIdentity, dict[str, Any]] | None:
    """Read a pid file back: the process and what was saved beside it. None when absent or not one of ours."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        identity = ProcessIdentity(int(content.pop("pid")), float(content.pop("created_at_s")))
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return identity, content
