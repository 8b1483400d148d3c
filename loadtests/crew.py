"""Hands each due request to a user who is free."""

from collections import deque
from dataclasses import dataclass

from gevent.event import AsyncResult

from loadtests.calls import Call


@dataclass(frozen=True, slots=True)
class Job:
    """A request to send now. `due` is its intended start on the performance counter, `at_s` after the start."""

    number: int
    at_s: float
    due: float
    call: Call


class Crew:
    """Users wait here for work. Who became free last gets the next job, so that few connections stay busy, as with a
    cabinet's pool; when nobody is free the job waits, its clock running."""

    def __init__(self) -> None:
        self._idle: list[AsyncResult[Job | None]] = []
        self._waiting: deque[Job] = deque()
        self._open: dict[int, Job] = {}
        self._closed = False
        self.nobody_free = 0

    @property
    def idle(self) -> int:
        """How many users wait for work."""
        return len(self._idle)

    @property
    def unanswered(self) -> list[Job]:
        """Jobs handed out or waiting whose end nobody has reported."""
        return list(self._open.values())

    def hand(self, job: Job) -> None:
        """Give a job to a free user, or let it wait for one."""
        self._open[job.number] = job
        if self._idle:
            self._idle.pop().set(job)
        else:
            self.nobody_free += 1
            self._waiting.append(job)

    def take(self) -> Job | None:
        """The next job for the calling user, who waits for it; None when there will be none."""
        if self._waiting:
            return self._waiting.popleft()
        if self._closed:
            return None
        mailbox: AsyncResult[Job | None] = AsyncResult()
        self._idle.append(mailbox)
        job: Job | None = mailbox.get()
        return job

    def finish(self, job: Job) -> None:
        """The job is answered, well or not."""
        self._open.pop(job.number, None)

    def close(self) -> None:
        """Send everybody home; jobs still waiting are dropped and stay unanswered."""
        self._closed = True
        self._waiting.clear()
        while self._idle:
            self._idle.pop().set(None)
