"""Names as people type them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from loadtests.slips import cut_short, slip

_WORDS = st.text("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’", min_size=3, max_size=15)


@given(_WORDS, st.integers(0, 1_000))
def test_a_slip_is_one_edit_away_and_keeps_the_first_letter(word: str, seed: int) -> None:
    slipped = slip(word, Random(seed))
    assert slipped != word
    assert OSA.distance(word, slipped) == 1
    assert slipped[0] == word[0]


def test_slips_are_of_many_sorts() -> None:
    word = "Григор’єва"
    slipped = {slip(word, Random(seed)) for seed in range(300)}
    assert "Григорєва" in slipped
    assert any(len(found) > len(word) for found in slipped)
    assert any(len(found) == len(word) and sorted(found) == sorted(word) for found in slipped)
    assert len(slipped) > 20


@pytest.mark.parametrize("word", ["Ко", "а", "ґґґ"])
def test_short_words_slip_too(word: str) -> None:
    assert all(slip(word, Random(seed)) != word for seed in range(50))


@given(_WORDS, st.integers(0, 1_000))
def test_a_cut_word_is_a_prefix_of_at_least_three_letters(word: str, seed: int) -> None:
    cut = cut_short(word, Random(seed))
    assert word.startswith(cut)
    assert len(cut) >= 3


def test_a_word_shorter_than_three_letters_is_not_cut() -> None:
    assert cut_short("Ян", Random(1)) == "Ян"


def test_the_same_seed_slips_the_same_way() -> None:
    assert [slip("Шевченко", Random(4)) for _ in range(2)] == [slip("Шевченко", Random(4)) for _ in range(2)]
