"""Which process exactly: a pid alone may by now be somebody else's."""

import contextlib
import json
import os
import signal
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import psutil


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

    def stop(self, grace_s: float = 15.0) -> None:
        """Ask it to end, wait up to `grace_s`, then kill it with what it started in its own group. Ended: no effect."""
        process = self.process()
        if process is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            group = leads_group(self.pid)
            process.terminate()
            try:
                process.wait(grace_s)
            except psutil.TimeoutExpired:
                process.kill()
                process.wait(5.0)
            if group:
                kill_group(self.pid)

    def kill(self) -> None:
        """End it at once, without asking: the way a machine fails. Ended: no effect."""
        process = self.process()
        if process is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
            process.wait(5.0)

    def save(self, path: Path, **also: Any) -> None:
        """Write it, with `also` beside it, to a pid file that appears whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(path.name + ".new")
        fresh.write_text(json.dumps(asdict(self) | also), encoding="utf-8")
        fresh.replace(path)


def leads_group(pid: int) -> bool:
    """Tell whether the process leads a process group of its own (so that killing the group hits nobody else)."""
    try:
        return os.getpgid(pid) == pid
    except ProcessLookupError:
        return False


def kill_group(pid: int) -> None:
    """Kill what is left of the group that `pid` led; nothing left: no effect."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def read_pid_file(path: Path) -> tuple[ProcessIdentity, dict[str, Any]] | None:
    """Read a pid file back: the process and what was saved beside it. None when absent or not one of ours."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        identity = ProcessIdentity(int(content.pop("pid")), float(content.pop("created_at_s")))
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return identity, content
