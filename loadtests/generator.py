"""Drives the API by Locust users on an open-loop schedule. Import it only after gevent has patched the process."""

import gc
import logging
import time
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import gevent
from geventhttpclient.response import HTTPConnectionClosed, HTTPParseError
from locust import FastHttpUser, task
from locust.env import Environment

from loadtests.answers import Answer, judge
from loadtests.arrivals import Arrival
from loadtests.crew import Crew, Job
from loadtests.errors import CannotRun
from loadtests.samples import Samples, percentile
from loadtests.trail import Trail

_HEADERS = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
_USERS_READY_WITHIN_S = 30.0
_HEAD_START_S = 0.1
_UNANSWERED = "no answer before the end of the run"


@dataclass(frozen=True, slots=True)
class Pace:
    """How a run goes: seconds that are not counted, seconds that are, users, longest wait for an answer."""

    warmup_s: float
    seconds: float
    users: int
    timeout_s: float


@dataclass(slots=True)
class Run:
    """What a run yielded. `warmup` holds what came before the counted seconds.

    `planned` counts due requests of the counted seconds, `nothing_to_follow` those of them, by kind, that had no answer
    to go on from and were not sent. `late_p99_ms` is how late the generator itself handed requests over, `nobody_free`
    how many requests found no free user, `cpu_share` the generator's use of one core, `answered_in_time` the good
    answers that came within the counted seconds.
    """

    samples: Samples = field(default_factory=Samples)
    warmup: Samples = field(default_factory=Samples)
    planned: int = 0
    nothing_to_follow: Counter[str] = field(default_factory=Counter)
    answered_in_time: int = 0
    nobody_free: int = 0
    late_p99_ms: float = 0.0
    cpu_share: float = 0.0


class _Driving(Environment):
    crew: Crew
    finish: Callable[[Job, float, float, Answer], None]


class CabinetUser(FastHttpUser):
    """Sends what it is handed. Patients are in the requests; users only bound how many are under way at once."""

    abstract = True
    max_retries = 0
    concurrency = 1
    environment: _Driving

    @task
    def send(self) -> None:
        """Take jobs until there are none."""
        while (job := self.environment.crew.take()) is not None:
            call = job.call
            sent = time.perf_counter()
            response = self.client.request(
                call.method, call.path, name=call.kind, data=call.payload(), headers=_HEADERS, allow_redirects=False
            )
            done = time.perf_counter()
            error = getattr(response, "error", None)
            if response.status_code == 0:
                answer = Answer(reason=_reason(error, self.network_timeout))
            else:
                answer = judge(call, response.status_code, response.content or b"")
            self.environment.finish(job, sent, done, answer)
        gevent.sleep(0)


def drive(url: str, arrivals: Iterator[Arrival], pace: Pace, *, progress: Callable[[float, int], None]) -> Run:
    """Send every arrival when it is due, whatever became of those before; raises CannotRun when users do not start.

    `progress` hears about once a second how many seconds have passed and how many requests were sent.
    """
    logging.getLogger("locust").setLevel(logging.ERROR)
    run, crew, trail = Run(), Crew(), Trail()
    environment = _Driving(user_classes=[_user_class(pace)], host=url)
    environment.crew = crew
    runner = environment.create_local_runner()
    try:
        runner.start(pace.users, spawn_rate=pace.users)
        _await_users(crew, pace.users)
        gc.collect()
        gc.freeze()
        start = time.perf_counter() + _HEAD_START_S
        environment.finish = _keeper(run, crew, trail, pace, start)
        cpu_before = time.process_time()
        late_ms = _hand_out(arrivals, start, pace, run, crew, trail, progress)
        run.cpu_share = (time.process_time() - cpu_before) / (time.perf_counter() - start)
        _await_answers(crew, pace.timeout_s)
        for job in crew.unanswered:
            environment.finish(job, job.due, time.perf_counter(), Answer(reason=_UNANSWERED))
        run.nobody_free = crew.nobody_free
        run.late_p99_ms = percentile(sorted(late_ms), 99) if late_ms else 0.0
    finally:
        crew.close()
        runner.quit()
        gc.unfreeze()
    return run


def _user_class(pace: Pace) -> type[FastHttpUser]:
    limits = {"network_timeout": pace.timeout_s, "connection_timeout": pace.timeout_s, "abstract": False}
    return type("Patient", (CabinetUser,), limits)


def _keeper(
    run: Run, crew: Crew, trail: Trail, pace: Pace, start: float
) -> Callable[[Job, float, float, Answer], None]:
    def keep(job: Job, sent: float, done: float, answer: Answer) -> None:
        crew.finish(job)
        trail.note(job.number, job.at_s, job.call, answer)
        counted = job.at_s >= pace.warmup_s
        samples = run.samples if counted else run.warmup
        samples.add(
            job.call.kind,
            (done - job.due) * 1000,
            (done - sent) * 1000,
            reason=answer.reason,
            empty=answer.empty,
        )
        in_time = done - start <= pace.warmup_s + pace.seconds
        run.answered_in_time += counted and answer.reason is None and in_time

    return keep


def _hand_out(
    arrivals: Iterator[Arrival],
    start: float,
    pace: Pace,
    run: Run,
    crew: Crew,
    trail: Trail,
    progress: Callable[[float, int], None],
) -> "array[float]":
    late_ms = array("d")
    told, sent = 0.0, 0
    for arrival in arrivals:
        due = start + arrival.at_s
        while (early_s := due - time.perf_counter()) > 0:
            gevent.sleep(early_s)
        counted = arrival.at_s >= pace.warmup_s
        if counted:
            run.planned += 1
            late_ms.append(-early_s * 1000)
        call = trail.resolve(arrival.number, arrival.at_s, arrival.wanted)
        if call is not None:
            crew.hand(Job(arrival.number, arrival.at_s, due, call))
            sent += 1
        elif counted:
            run.nothing_to_follow[arrival.wanted.kind] += 1
        if arrival.at_s - told >= 1.0:
            told = arrival.at_s
            progress(told, sent)
        # Without this a generator that is behind would hand out for ever and let nobody send.
        gevent.sleep(0)
    return late_ms


def _await_users(crew: Crew, users: int) -> None:
    given_up = time.perf_counter() + _USERS_READY_WITHIN_S
    while crew.idle < users:
        if time.perf_counter() > given_up:
            raise CannotRun(f"Only {crew.idle} of {users} users started: give fewer with --users.")
        gevent.sleep(0.02)


def _await_answers(crew: Crew, timeout_s: float) -> None:
    given_up = time.perf_counter() + timeout_s + 1.0
    while crew.unanswered and time.perf_counter() < given_up:
        gevent.sleep(0.02)


def _reason(error: BaseException | None, timeout_s: float) -> str:
    # The client wraps what really happened when it gives up.
    error = getattr(error, "original", error)
    if isinstance(error, ConnectionRefusedError):
        return "connection refused"
    if isinstance(error, TimeoutError):
        return f"no answer in {timeout_s:g} s"
    if isinstance(error, HTTPConnectionClosed | ConnectionResetError | BrokenPipeError):
        return "connection closed"
    if isinstance(error, HTTPParseError):
        return "answer is not HTTP"
    return type(error).__name__
