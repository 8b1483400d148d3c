from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from ranking.understanding.near_words import NearWords

_WORD = st.text("абвоко'", min_size=1, max_size=9)


@given(st.sets(_WORD, max_size=40), _WORD, st.integers(1, 2))
def test_exactly_the_words_within_so_many_slips_are_found(words: set[str], word: str, slips: int) -> None:
    expected = {other: far for other in words if 0 < (far := OSA.distance(word, other)) <= slips}
    found = NearWords(sorted(words)).within(word, slips)
    assert len(found) == len(expected)
    assert dict(found) == expected


def test_letters_said_twice_are_no_slip_of_letters_said_once() -> None:
    near = NearWords(["анна", "ганна", "ана", "гана"])
    assert dict(near.within("ганна", 1)) == {"анна": 1, "гана": 1}


def test_words_of_more_than_forty_letters_and_empty_ones_are_left_out() -> None:
    near = NearWords(["", "а" * 41, "б"])
    assert near.within("а" * 40, 2) == []
    assert near.within("а" * 60, 2) == []
    assert near.within("аб", 1) == [("б", 1)]


def test_nothing_is_near_when_there_are_no_words() -> None:
    assert NearWords([]).within("лікар", 2) == []
