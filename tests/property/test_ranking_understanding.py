"""Any text at all is understood in bounded time, every word accounted for, nothing invented."""

import time

from hypothesis import example, given
from hypothesis import strategies as st

from directory.text import words
from ranking import Lexicons, Point, TakenAs, understand
from ranking.understanding.understand import MAX_TEXT, MAX_WORDS
from tests.support.ranking import small_lexicons

LEXICONS = small_lexicons()
LEXICONS.warm()
POINTS = st.one_of(st.none(), st.builds(Point, st.floats(-90, 90), st.floats(-180, 180)))
KNOWN = [
    "терапевт", "житомир", "полтава", "іван", "роман", "шевченко", "іванівка", "район", "область", "с", "м", "у",
    "біля", "поліклініка", "3", "центр", "здоров'я", "кривий", "ріг", "біла", "церква", "київ", "коваленко",
]  # fmt: skip
QUERIES = st.lists(st.sampled_from(KNOWN), max_size=30).map(" ".join)
# A budget a hundred times the usual, for a loaded machine: it catches explosions, not slowness.
BUDGET_S = 1.0


@given(st.one_of(st.text(max_size=400), QUERIES), POINTS)
@example("'; DROP TABLE doctors; --", None)
@example('{"query":{"match_all":{}}}', None)
@example("роман іван " * 30, Point(0.0, 0.0))
@example("\ud83d" + "а" * 10_000, None)
def test_any_text_is_accounted_for_in_bounded_time(text: str, near: Point | None) -> None:
    started = time.perf_counter()
    found = understand(text, LEXICONS, near)
    assert time.perf_counter() - started < BUDGET_S
    assert [token.text for token in found.tokens] == words(text[:MAX_TEXT])[:MAX_WORDS]
    left_over = [token.text for token in found.tokens if token.taken_as is TakenAs.NOT_UNDERSTOOD]
    assert list(found.not_understood) == left_over


@given(st.text(alphabet="бвгджзклмнпрстфхцчшщ", min_size=6, max_size=40))
def test_nonsense_invents_nothing(text: str) -> None:
    found = understand(text, LEXICONS)
    assert found.says_nothing
    assert not found.alternatives


@given(QUERIES)
def test_case_and_white_space_do_not_matter(text: str) -> None:
    assert understand(f"  {text.upper()}\t", LEXICONS) == understand(text, LEXICONS)


@given(st.text(max_size=80))
def test_without_lexicons_no_name_and_no_place_is_found(text: str) -> None:
    found = understand(text, Lexicons())
    assert found.place is None
    assert not found.names
    assert not found.facility.words


@given(QUERIES, POINTS)
def test_alternatives_are_never_what_was_taken(text: str, near: Point | None) -> None:
    found = understand(text, LEXICONS, near)
    assert all(alternative.place != found.place for alternative in found.alternatives if found.place is not None)
