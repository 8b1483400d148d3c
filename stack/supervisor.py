"""Starts services in order, watches them, and stops them in reverse, whatever way it ends."""

import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, Self

from stack.processes import Service
from stack.watchdog import Watchdog

WATCH_EVERY_S = 0.25
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Somebody pressed Ctrl-C or asked us to end; not an error, so no `except Exception` may swallow it."""


class Supervisor:
    """The foreground of one machine's processes.

    Inside its `with` block Ctrl-C, SIGTERM and SIGHUP raise `StopRequested` at once, wherever the main thread is. At
    the end of the block every service that was started is stopped, last first, with further signals ignored, and
    `StopRequested` ends there: `stopped_by` tells whether and by which signal. Other exceptions go on to the caller.
    If we are killed outright, the watchdog stops the services. Use it in the main thread.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._services: list[Service] = []
        self._watchdog = Watchdog()
        self._handlers: dict[int, Any] = {}
        self._starting = False
        self.stopped_by: signal.Signals | None = None

    def __enter__(self) -> Self:
        self._watchdog.__enter__()
        # Whoever ignores SIGHUP on purpose (nohup) wants us to outlive the terminal.
        heard = [
            number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN or number != signal.SIGHUP
        ]
        self._handlers = {number: signal.signal(number, self._request_stop) for number in heard}
        return self

    def _request_stop(self, number: int, _frame: FrameType | None) -> None:
        if self.stopped_by is not None:
            return
        self.stopped_by = signal.Signals(number)
        # Raised in the middle of starting a process it could lose sight of it: `start` raises it just after.
        if not self._starting:
            raise StopRequested

    def start(self, service: Service, timeout_s: float = 60.0) -> None:
        """Start `service`, wait until it is ready, and say so in one line with the seconds it took.

        Raises the service's own `PlainError`; what it had started by then is stopped at the end of the block.
        """
        began = time.monotonic()
        self._services.append(service)
        self._starting = True
        try:
            service.start()
            for pid in service.started_pids:
                self._watchdog.guard(pid)
        finally:
            self._starting = False
        if self.stopped_by is not None:
            raise StopRequested
        service.wait(timeout_s)
        self._say(f"{service.name} is ready after {time.monotonic() - began:.1f} s")

    def require_alive(self) -> None:
        """Raise the `PlainError` of the first service that has ended by itself."""
        for service in self._services:
            service.require_alive()

    def watch(self) -> None:
        """Stay until a signal comes (`StopRequested`) or a service ends by itself (its `PlainError`)."""
        while True:
            self.require_alive()
            time.sleep(WATCH_EVERY_S)

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> bool:
        for number in self._handlers:
            signal.signal(number, signal.SIG_IGN)
        try:
            self._stop_all()
        finally:
            self._watchdog.__exit__()
            for number, handler in self._handlers.items():
                signal.signal(number, handler)
        return kind is not None and issubclass(kind, StopRequested)

    def _stop_all(self) -> None:
        while self._services:
            service = self._services.pop()
            was_running = bool(service.started_pids)
            service.release()
            if was_running:
                self._say(f"{service.name} is stopped")
