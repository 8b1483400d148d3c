"""The open-loop schedule: when each request is due, whatever the server does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from loadtests.calls import Wanted

Draw = Callable[[Random, float], Wanted]
"""Draws what is asked at a moment, in seconds after the start."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """The `number`-th request, due `at_s` seconds after the start."""

    number: int
    at_s: float
    wanted: Wanted


def arrivals(seed: int, rate_per_s: float, seconds: float, draw: Draw) -> Iterator[Arrival]:
    """Independent arrivals (exponential gaps) at a mean rate, up to `seconds`; one seed, one sequence."""
    gaps, contents = Random(f"{seed}/gaps"), Random(f"{seed}/contents")
    number, at_s = 0, gaps.expovariate(rate_per_s)
    while at_s < seconds:
        yield Arrival(number, at_s, draw(contents, at_s))
        number, at_s = number + 1, at_s + gaps.expovariate(rate_per_s)
