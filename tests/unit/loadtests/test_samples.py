"""Percentiles are exact."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadtests.samples import Samples, figures, percentile


@given(
    st.lists(st.floats(0, 1e6, allow_nan=False), min_size=1, max_size=300),
    st.sampled_from([1, 50, 90, 95, 99, 100]),
)
def test_a_percentile_is_the_smallest_sample_that_its_share_does_not_exceed(times: list[float], percent: int) -> None:
    ordered = sorted(times)
    found = percentile(ordered, percent)
    assert found in times
    assert sum(time <= found for time in times) * 100 >= percent * len(times)
    smaller = [time for time in times if time < found]
    assert not smaller or sum(time <= max(smaller) for time in times) * 100 < percent * len(times)


def test_percentiles_of_a_hundred_samples_are_their_ranks() -> None:
    ordered = [float(rank) for rank in range(1, 101)]
    assert [percentile(ordered, percent) for percent in (1, 50, 95, 99, 100)] == [1, 50, 95, 99, 100]


def test_the_p99_of_few_samples_is_the_worst_of_them() -> None:
    assert percentile([1.0, 2.0, 3.0], 99) == 3.0
    assert percentile([7.0], 50) == 7.0


def test_nothing_asked_has_no_percentile() -> None:
    assert math.isnan(percentile([], 99))


def test_failed_requests_are_slower_than_any_answered_one() -> None:
    ordered = [float(rank) for rank in range(1, 99)]
    assert percentile(ordered, 98, failed=2) == 98.0
    assert percentile(ordered, 99, failed=2) == math.inf
    assert percentile([], 50, failed=1) == math.inf


def test_figures_match_the_sorted_samples_whatever_their_order() -> None:
    rng, samples = Random(1), Samples()
    times = [rng.lognormvariate(1, 1) for _ in range(5_001)]
    for time in times:
        samples.add("search", time, time / 2, reason=None, empty=time > 20)
    times.sort()
    found = figures(samples.of("search"))
    assert (found.p50_ms, found.p95_ms, found.p99_ms) == (times[2500], times[4750], times[4950])
    assert found.max_ms == times[-1]
    assert found.service_p99_ms == times[4950] / 2
    assert found.empty == sum(time > 20 for time in times)


def test_failures_are_counted_by_reason_and_left_out_of_the_times() -> None:
    samples = Samples()
    samples.add("map", 1.0, 1.0, reason=None, empty=False)
    for reason in ("503", "503", "connection closed"):
        samples.add("map", 0.1, 0.1, reason=reason, empty=False)
    found = figures(samples.of("map"))
    assert samples.of("map").failures == {"503": 2, "connection closed": 1}
    assert (found.count, found.failed, found.error_share) == (4, 3, 0.75)
    assert found.max_ms == 1.0
    assert found.p50_ms == math.inf


def test_all_is_every_kind_together() -> None:
    samples = Samples()
    samples.add("map", 1.0, 1.0, reason=None, empty=True)
    samples.add("search", 3.0, 3.0, reason=None, empty=False)
    samples.add("search", 9.0, 9.0, reason="500", empty=False)
    whole = figures(samples.of("all"))
    assert (whole.count, whole.failed, whole.empty, whole.max_ms) == (3, 1, 1, 3.0)


def test_a_kind_never_asked_has_no_figures() -> None:
    found = figures(Samples().of("search"))
    assert found.count == 0
    assert all(math.isnan(value) for value in (found.p50_ms, found.p99_ms, found.max_ms, found.error_share))


@pytest.mark.parametrize("percent", [50, 95, 99])
def test_percentiles_of_many_samples_need_no_rounding(percent: int) -> None:
    ordered = [float(rank) for rank in range(1, 2_001)]
    assert percentile(ordered, percent) == percent * 20
