"""When requests are due, and that a seed decides what they ask."""

from itertools import pairwise
from statistics import fmean, pstdev

import pytest

from loadtests.arrivals import arrivals
from loadtests.mix import CabinetMix
from tests.unit.loadtests.lexicons import a_lexicon


def _gaps(rate: float, seconds: float) -> list[float]:
    due = [0.0, *(found.at_s for found in arrivals(3, rate, seconds, CabinetMix(a_lexicon()).draw))]
    return [after - before for before, after in pairwise(due)]


def test_gaps_are_exponential_with_the_mean_of_the_rate() -> None:
    gaps = _gaps(100, 60)
    assert fmean(gaps) == pytest.approx(0.01, rel=0.05)
    # Of an exponential distribution, and of few others, the deviation equals the mean, and 1/e of it lies above.
    assert pstdev(gaps) == pytest.approx(0.01, rel=0.07)
    assert sum(gap > 0.01 for gap in gaps) / len(gaps) == pytest.approx(0.368, abs=0.03)


def test_arrivals_rise_and_end_with_the_run() -> None:
    due = [found.at_s for found in arrivals(3, 50, 10, CabinetMix(a_lexicon()).draw)]
    assert due == sorted(due)
    assert due[0] > 0
    assert due[-1] < 10


def test_numbers_count_up_from_zero() -> None:
    found = list(arrivals(3, 50, 2, CabinetMix(a_lexicon()).draw))
    assert [arrival.number for arrival in found] == list(range(len(found)))


def test_the_same_seed_gives_the_same_sequence_and_another_seed_another() -> None:
    first, again, other = (list(arrivals(seed, 50, 20, CabinetMix(a_lexicon()).draw)) for seed in (1, 1, 2))
    assert first == again
    assert [arrival.wanted for arrival in first] != [arrival.wanted for arrival in other]
    assert [arrival.at_s for arrival in first] != [arrival.at_s for arrival in other]


def test_the_rate_changes_the_times_but_not_what_is_asked() -> None:
    slow = [found.wanted for found in arrivals(1, 10, 40, CabinetMix(a_lexicon()).draw) if found.at_s > 10]
    assert slow
    asked_slow = [found.wanted for found in arrivals(1, 10, 3, CabinetMix(a_lexicon()).draw)]
    asked_fast = [found.wanted for found in arrivals(1, 20, 3, CabinetMix(a_lexicon()).draw)]
    assert asked_fast[: len(asked_slow)] == asked_slow
