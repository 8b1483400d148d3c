"""Words within a few slips are found exactly: no more and no fewer than a comparison with every word finds."""

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from ranking.understanding.near_words import NearWords

# Few letters, so that random words lie near each other; three scripts and the apostrophe.
WORD = st.text(alphabet="абвїґ'", min_size=1, max_size=7)
WORDS = st.lists(
    st.one_of(WORD, st.text(min_size=1, max_size=8), st.text("abcї", min_size=1, max_size=42)), max_size=40
)


def by_comparing_all(words: set[str], word: str, slips: int) -> set[tuple[str, int]]:
    compared = {(other, OSA.distance(word, other)) for other in words if len(other) <= 40}
    return {(other, apart) for other, apart in compared if 0 < apart <= slips}


@settings(deadline=None)
@given(WORDS, st.one_of(WORD, st.text(min_size=1, max_size=45)), st.sampled_from([1, 2]))
@example(["аб", "ба", "ааб", "б"], "аб", 1)
@example(["а" * 40, "а" * 39], "а" * 41, 2)
@example([], "аб", 2)
@example(["\x00", "а"], "аб", 1)
def test_near_words_are_exactly_those_a_full_comparison_finds(words: list[str], word: str, slips: int) -> None:
    distinct = set(words)
    found = NearWords(sorted(distinct)).within(word, slips)
    assert len(found) == len(set(found))
    assert set(found) == by_comparing_all(distinct, word, slips)


@settings(deadline=None)
@given(st.lists(WORD, min_size=1, max_size=30), st.integers(0, 29), st.data())
def test_word_of_the_list_is_found_after_any_one_slip(words: list[str], at: int, data: st.DataObject) -> None:
    meant = words[at % len(words)]
    place = data.draw(st.integers(0, len(meant)))
    letter = data.draw(st.sampled_from("абвїґ'"))
    slipped = data.draw(
        st.sampled_from(
            [
                meant[:place] + letter + meant[place:],
                meant[:place] + meant[place + 1 :],
                meant[:place] + letter + meant[place + 1 :],
                meant[:place] + meant[place : place + 2][::-1] + meant[place + 2 :],
            ]
        )
    )
    found = NearWords(sorted(set(words))).within(slipped, 1)
    assert slipped in (meant, "") or (meant, 1) in found


def test_nothing_is_near_no_word() -> None:
    assert NearWords(["а", "б"]).within("", 1) == []
