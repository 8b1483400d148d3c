"""How grave a slip is: by ear lighter than by finger, both lighter than a letter out of nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranking.understanding.slips import slip_weight

WORDS = st.text(alphabet="абвгдеєжзиіїйклмнопрстуфхцчшщьюя'", max_size=10)


@pytest.mark.parametrize(
    ("typed", "meant", "weight"),
    [
        ("полтава", "полтава", 0.0),
        ("полтова", "полтава", 0.5),
        ("ковалинко", "коваленко", 0.5),
        ("хоменко", "гоменко", 0.5),
        ("жытомир", "житомир", 0.5),
        ("полтаща", "полтава", 1.0),
        ("копал", "ковал", 1.0),
        ("полтавва", "полтава", 0.4),
        ("оплтава", "полтава", 0.7),
        ("полттава", "полтава", 0.4),
        ("ана", "анна", 0.4),
        ("лвів", "львів", 0.3),
        ("солов'яненко", "соловяненко", 0.3),
        ("полтва", "полтава", 0.9),
        ("полтаваш", "полтава", 0.9),
        ("", "полк", 3.6),
    ],
)
def test_weight_of_a_slip(typed: str, meant: str, weight: float) -> None:
    assert slip_weight(typed, meant) == pytest.approx(weight)


def test_slip_by_ear_is_lighter_than_by_finger_and_that_lighter_than_any() -> None:
    by_ear, by_finger, any_letter = (slip_weight(typed, "коваль") for typed in ("каваль", "ковпль", "ковщль"))
    assert by_ear < by_finger < any_letter


def test_swap_is_one_slip() -> None:
    assert slip_weight("оплтава", "полтава") < slip_weight("ошлтава", "полтава")


@given(WORDS, WORDS)
def test_only_equal_words_weigh_nothing(one: str, other: str) -> None:
    assert (slip_weight(one, other) == 0.0) == (one == other)


@given(WORDS, WORDS)
def test_weight_is_at_most_one_a_letter(one: str, other: str) -> None:
    assert 0.0 <= slip_weight(one, other) <= max(len(one), len(other)) + 1e-9


@given(WORDS, WORDS)
def test_typed_for_meant_weighs_as_meant_for_typed(one: str, other: str) -> None:
    assert slip_weight(one, other) == pytest.approx(slip_weight(other, one))
