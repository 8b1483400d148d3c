"""One child process of ours: how it is started, when it is ready, how it ends."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from stack.errors import NotReady, ProcessDied
from stack.identity import ProcessIdentity
from stack.logs import open_fresh_log
from stack.readiness import answers

POLL_S = 0.05


class Service(Protocol):
    """What a supervisor can start, watch and stop: a child process, or the embedded engine."""

    @property
    def name(self) -> str:
        """How it is called in front of people: "search API"."""
        ...

    @property
    def started_pids(self) -> Sequence[int]:
        """The processes that `start` started and that still run; not those it found running."""
        ...

    def start(self) -> None:
        """Start it without waiting; a `PlainError` when it cannot be."""
        ...

    def wait(self, timeout_s: float) -> None:
        """Return when it is ready; a `PlainError` when it dies or takes longer."""
        ...

    def require_alive(self) -> None:
        """Raise a `PlainError` when it has ended by itself."""
        ...

    def release(self) -> None:
        """Stop what `start` started; more than once is no fault."""
        ...


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """A process to run: `ready` is a URL that answers 2xx, or a question; None counts as ready at once.

    `env` is laid over our own environment. `log` takes what the process prints; the last run's is kept as `<log>.1`.
    `cure` is the advice given when the process ends by itself (the log is always named).
    """

    name: str
    argv: Sequence[str]
    log: Path
    ready: str | Callable[[], bool] | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    grace_s: float = 15.0
    cure: str = "Read the end of that log, then run again."


class ChildProcess:
    """A process started here, in a session of its own so that Ctrl-C at the terminal reaches us alone."""

    def __init__(self, spec: ProcessSpec) -> None:
        self.spec = spec
        self._child: subprocess.Popen[bytes] | None = None
        self._identity: ProcessIdentity | None = None

    @property
    def name(self) -> str:
        """How it is called in front of people."""
        return self.spec.name

    @property
    def started_pids(self) -> list[int]:
        """Its process id, while it runs."""
        return [] if self._child is None or self._child.poll() is not None else [self._child.pid]

    def start(self) -> None:
        """Start the process; raises `ProcessDied` when its program cannot be run at all."""
        spec = self.spec
        try:
            with open_fresh_log(spec.log) as descriptor:
                self._child = subprocess.Popen(
                    list(spec.argv),
                    stdin=subprocess.DEVNULL,
                    stdout=descriptor,
                    stderr=subprocess.STDOUT,
                    cwd=spec.folder,
                    env={**os.environ, **spec.env},
                    start_new_session=True,
                )
        except OSError as failure:
            raise ProcessDied(
                f"The {spec.name} could not be started: {spec.argv[0]} cannot be run ({failure.strerror}).", spec.cure
            ) from failure
        self._identity = ProcessIdentity.of(self._child.pid)

    def wait(self, timeout_s: float) -> None:
        """Return when the process is ready; raises `ProcessDied` as soon as it ends, `NotReady` after the time."""
        deadline = time.monotonic() + timeout_s
        while True:
            self.require_alive()
            if self._is_ready():
                return
            if time.monotonic() > deadline:
                raise NotReady(
                    f"The {self.name} is not ready after {timeout_s:.0f} s (log: {self.spec.log}).",
                    "The machine may be busy: run again, and if it stays so read the end of that log.",
                )
            time.sleep(POLL_S)

    def _is_ready(self) -> bool:
        ready = self.spec.ready
        if ready is None:
            return True
        return answers(ready) if isinstance(ready, str) else ready()

    def require_alive(self) -> None:
        """Raise `ProcessDied` when the process has ended by itself."""
        if self._child is None:
            return
        code = self._child.poll()
        if code is None:
            return
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        raise ProcessDied(f"The {self.name} {how} (log: {self.spec.log}).", self.spec.cure)

    def release(self) -> None:
        """Ask it to end, wait for its grace time, then kill it and what it started."""
        if self._child is None:
            return
        if self._identity is not None:
            self._identity.stop(self.spec.grace_s)
        self._child.wait()
        self._child = None
