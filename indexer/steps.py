"""The steps of a build as others see them: progress to whoever watches, seconds to the report."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """Hears what a build is doing. `total` is None while it cannot be known."""

    def start(self, step: str, total: int | None) -> None: ...

    def advance(self, done: int) -> None:
        """`done` items of the current step are behind us, counted from its start."""
        ...


class NoProgress:
    """Nobody watches."""

    def start(self, step: str, total: int | None) -> None:
        """Heard by nobody."""

    def advance(self, done: int) -> None:
        """Heard by nobody."""


class StepClock:
    """Names each step to the watcher before it begins and keeps its seconds, in order."""

    def __init__(self, progress: Progress, clock: Callable[[], float] = time.perf_counter) -> None:
        self.seconds: dict[str, float] = {}
        self._progress, self._clock = progress, clock

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """Times one step; gives the function that reports how far it is."""
        self._progress.start(name, total)
        began = self._clock()
        try:
            yield self._progress.advance
        finally:
            self.seconds[name] = round(self._clock() - began, 3)
