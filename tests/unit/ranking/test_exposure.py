"""Exposure and its inequality: known values, and what must be true of any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranking.evaluation.exposure import discount, exposures, gini, gini_among_equals, ndcg

amounts = st.lists(st.floats(0, 1e6), min_size=1, max_size=50)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], 0.0), ([0, 0], 0.0), ([5, 5, 5], 0.0), ([0, 0, 0, 1], 0.75), ([1, 3], 0.25), ([1, 2, 3, 4], 0.25)],
)
def test_gini_of_known_values(values: list[float], expected: float) -> None:
    assert gini(values) == pytest.approx(expected)


@given(amounts, st.floats(0.001, 1_000))
def test_gini_lies_between_none_and_one_and_knows_no_unit(values: list[float], factor: float) -> None:
    assert -1e-9 <= gini(values) < 1
    assert gini(values) == pytest.approx(gini([value * factor for value in values]), abs=1e-6)


def test_taking_turns_lowers_inequality_and_costs_nothing_among_equals() -> None:
    fixed, turns = [["a", "b"], ["a", "b"]], [["a", "b"], ["b", "a"]]
    assert gini(exposures(turns).values()) == pytest.approx(0)
    assert gini(exposures(fixed).values()) > 0.1
    grades = {"a": 2.0, "b": 2.0}
    assert [ndcg(ranked, grades) for ranked in turns] == [1.0, 1.0]


def test_a_worse_doctor_before_a_better_one_costs() -> None:
    assert ndcg(["a", "b"], {"a": 1.0, "b": 3.0}) == pytest.approx((1 + 3 * discount(2)) / (3 + discount(2)))
    assert ndcg(["a"], {}) == 1.0


def test_inequality_among_equals_is_weighted_by_the_size_of_the_group() -> None:
    assert gini_among_equals([[1, 1, 1], [0, 1], [7]]) == pytest.approx(0.2)
    assert gini_among_equals([]) == 0.0
