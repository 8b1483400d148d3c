"""Any text at all is understood, every word accounted for, nothing invented, at a bounded cost."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest import mock

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ranking import Lexicons, Point, Reading, TakenAs, WordLexicon, understand
from ranking.understanding.combine import combine
from ranking.understanding.typed import MAX_TEXT, MAX_WORDS
from ranking.understanding.vocabulary import Vocabulary
from ranking.understanding.word_files import (
    age_units,
    facility_phrases,
    out_of_domain_phrases,
    small_words,
    speciality_phrases,
    time_words,
    wish_phrases,
)
from tests.support.ranking import small_lexicons

LEXICONS = small_lexicons(streets=WordLexicon({"київська": 3, "велика бердичівська": 5}))
LEXICONS.warm()
# The same once more, for what must not depend on the order in which anything was made or asked before.
TWINS = small_lexicons(streets=LEXICONS.streets)
EMPTY = Lexicons()
TWINS.warm()
EMPTY.warm()
POINTS = st.one_of(st.none(), st.builds(Point, st.floats(-90, 90), st.floats(-180, 180)))
KNOWN = [
    "терапевт", "житомир", "полтава", "іван", "роман", "шевченко", "іванівка", "район", "область", "с", "м", "у",
    "біля", "поліклініка", "3", "центр", "здоров'я", "кривий", "ріг", "біла", "церква", "київ", "коваленко",
]  # fmt: skip
QUERIES = st.lists(st.sampled_from(KNOWN), max_size=30).map(" ".join)
INJECTIONS = [
    "'; DROP TABLE doctors; --",
    '{"query":{"match_all":{}}}',
    "name.surname:* OR _exists_:x",
    "<script>alert(1)</script>",
    "${jndi:ldap://x}",
    "../../etc/passwd",
    "%00%0a",
    "\u202eріабьлавок",
    "שלום терапевт مرحبا",
    "👩\u200d⚕️🩺" * 20,
    "\x00\x01\x1b[2J",
    "².³ ①② Ⅳ",
    "а\u0301" * 300,
    "((((" * 60,
]


@settings(deadline=None)
@given(st.one_of(st.text(max_size=400), QUERIES, st.sampled_from(INJECTIONS)), POINTS)
@example("роман іван " * 30, Point(0.0, 0.0))
@example("\ud83d" + "а" * 10_000, None)
@example("[]{};'" * 50, None)
@example("ьььььь ъъ'ъъъъ", None)
def test_any_text_is_accounted_for(text: str, near: Point | None) -> None:
    found = understand(text, LEXICONS, near)
    for reading in found.readings:
        left_over = [token.text for token in reading.tokens if token.taken_as is TakenAs.NOT_UNDERSTOOD]
        assert list(reading.not_understood) == left_over
        assert all(token.text for token in reading.tokens)
        assert 0.0 <= found.best.penalty <= reading.penalty
    assert found.cut >= (len(text) > MAX_TEXT)


CONSONANTS = "бвгджзклмнпрстфхцчшщ"
# Words that are the same whatever stands beside them: no prepositions, no initials, no markers.
SPECIALITIES = ["терапевт", "кардіолог", "педіатр"]
SURNAMES = ["коваленко", "солов'яненко", "вовк", "жук"]
GIVEN = ["олена", "юлія"]
CITIES = ["житомир", "київ", "дніпро"]


def meant(reading: Reading) -> tuple[object, ...]:
    """What a search is made from, whatever the words looked like."""
    place = reading.place
    terms = [
        sorted({option.term for word in words for option in word.options})
        for words in (reading.names.surname, reading.names.given, reading.names.patronymic, reading.names.unassigned)
    ]
    return set(reading.specialities), place.code if place else None, terms, reading.said_name


@st.composite
def known_words(draw: st.DrawFn) -> list[str]:
    """At most one speciality, surname, given name and city, in any order; at least one of them."""
    parts = [draw(st.none() | st.sampled_from(part)) for part in (SPECIALITIES, SURNAMES, GIVEN, CITIES)]
    listed = [word for word in parts if word is not None]
    assume(listed)
    return draw(st.permutations(listed))


@settings(deadline=None)
@given(known_words(), st.data())
def test_order_of_words_does_not_change_what_is_meant(listed: list[str], data: st.DataObject) -> None:
    other = data.draw(st.permutations(listed))
    assert meant(understand(" ".join(other), LEXICONS).best) == meant(understand(" ".join(listed), LEXICONS).best)


@settings(deadline=None)
@given(st.one_of(known_words().map(" ".join), QUERIES), st.sampled_from([str.upper, str.title, str.swapcase]))
def test_case_and_white_space_do_not_change_what_is_meant(text: str, changed: Callable[[str], str]) -> None:
    assert meant(understand(f"  {changed(text)}\t", LEXICONS).best) == meant(understand(text, LEXICONS).best)


@settings(deadline=None)
@given(known_words(), st.sampled_from("’ʼ`´‘′"))
def test_form_of_the_apostrophe_does_not_change_what_is_meant(listed: list[str], apostrophe: str) -> None:
    text = " ".join(listed)
    assert meant(understand(text.replace("'", apostrophe), LEXICONS).best) == meant(understand(text, LEXICONS).best)


@settings(deadline=None)
@given(known_words(), st.data())
def test_a_further_matching_word_never_removes_what_was_meant(listed: list[str], data: st.DataObject) -> None:
    """The doctor whom a longer query describes is described by each part of it."""
    fewer = listed[: data.draw(st.integers(1, len(listed)))]
    few, all_ = understand(" ".join(fewer), LEXICONS).best, understand(" ".join(listed), LEXICONS).best
    assert set(few.specialities) <= set(all_.specialities)
    assert few.place is None or few.place == all_.place
    for part in ("surname", "given_name"):
        assert getattr(few.said_name, part) in (None, getattr(all_.said_name, part))
    assert not all_.not_understood


@settings(deadline=None)
@given(st.one_of(st.text(max_size=300), QUERIES), POINTS)
def test_the_same_text_is_always_understood_the_same(text: str, near: Point | None) -> None:
    assert understand(text, LEXICONS, near) == understand(text, TWINS, near)


@settings(deadline=None)
@given(st.lists(st.text(alphabet=CONSONANTS, min_size=6, max_size=12), min_size=1, max_size=4).map(" ".join))
@example("бббббб бббббб")
@example("мтннгл")
def test_nonsense_invents_nothing(text: str) -> None:
    found = understand(text, LEXICONS)
    assert found.best.says_nothing
    assert not found.best.wishes
    assert not found.alternatives
    assert " ".join(found.best.not_understood) == text


@settings(deadline=None)
@given(st.text(alphabet="bcdfghjklmnpqrstvwxz", min_size=7, max_size=20))
def test_latin_nonsense_is_nobodys_name(text: str) -> None:
    found = understand(text, LEXICONS).best
    assert not found.names
    assert found.place is None


@settings(deadline=None)
@given(st.text(max_size=80))
def test_without_lexicons_no_name_of_the_index_and_no_place_is_found(text: str) -> None:
    found = understand(text, EMPTY).best
    assert found.place is None
    assert not found.facility.words


@settings(deadline=None)
@given(QUERIES, POINTS)
def test_alternatives_are_never_what_was_taken(text: str, near: Point | None) -> None:
    found = understand(text, LEXICONS, near)
    place = found.best.place
    assert all(alternative.place != place for alternative in found.alternatives if place is not None)


@settings(deadline=None)
@given(st.text(min_size=MAX_TEXT, max_size=MAX_TEXT), st.integers(1, 50))
@example("роман іван " * 18 + "жж", 50)
def test_what_stands_behind_the_limit_costs_nothing_and_changes_nothing(text: str, times: int) -> None:
    whole, long = understand(text, LEXICONS), understand(text * (times + 1), LEXICONS)
    assert long.cut
    assert long.readings == whole.readings


@contextmanager
def counted() -> Iterator[dict[str, int]]:
    """Counts the dear things: comparisons with the whole vocabulary, and options laid beside each other."""
    work = {"comparisons": 0, "options": 0}

    def compared(method: Any) -> Any:
        def counting(self: Vocabulary, word: str, slips: int) -> Any:
            work["comparisons"] += 1
            return method(self, word, slips)

        return counting

    def combined(choices: Any) -> Any:
        work["options"] += sum(map(len, choices))
        return combine(choices)

    with (
        mock.patch.object(Vocabulary, "near", compared(Vocabulary.near)),
        mock.patch.object(Vocabulary, "near_by_sound", compared(Vocabulary.near_by_sound)),
        mock.patch.object(sys.modules["ranking.understanding.understand"], "combine", combined),
    ):
        yield work


# Every chunk may be compared as three spellings, every word three times, whatever the text.
MOST_COMPARISONS = 600
MOST_OPTIONS = (10 + 1) * MAX_WORDS


@settings(deadline=None)
@given(st.one_of(st.text(max_size=400), st.text(alphabet="fghj,;'[] ", max_size=400), QUERIES))
@example("ffff,ffff; " * 40)
@example("а" * 10_000)
@example("роман іван " * 900)
def test_work_is_bounded(text: str) -> None:
    with counted() as work:
        understand(text, LEXICONS)
    assert work["comparisons"] <= MOST_COMPARISONS
    assert work["options"] <= MOST_OPTIONS


TIMES, SMALL = time_words(), small_words()
PHRASES = sorted(
    {
        *speciality_phrases(), *facility_phrases(), *wish_phrases(), *out_of_domain_phrases(), *age_units(),
        *TIMES.days, *TIMES.parts, *TIMES.open, *TIMES.before_clock, *TIMES.halves, *TIMES.hours, *TIMES.in_minutes,
        *TIMES.months, *SMALL.dropped, *SMALL.marker_before, *SMALL.marker_after, *SMALL.ordinals, *KNOWN,
        "вул", "вул.", "пр-т", "О.", "І.І.", "ОІ", "№3", "3-я", "9:30", "25:70", "31", "1999", "ь", "'",
        "ґ", "Pf[арченко",
    }
)  # fmt: skip
SPOKEN = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=8)
NOWS = st.none() | st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2030, 1, 1))  # noqa: DTZ001


@settings(deadline=None, max_examples=300)
@given(SPOKEN, st.sampled_from([" ", ", ", ",", ""]), NOWS, st.booleans())
@example(["київська", "вул."], " ", None, True)
def test_words_of_the_files_may_stand_in_any_order(
    spoken: list[str], between: str, now: datetime | None, people: bool
) -> None:
    """Every kind of word beside, before and behind every other, at the very end too."""
    found = understand(between.join(spoken), LEXICONS, now=now, people=people).best
    assert not (found.out_of_domain and (found.specialities or found.names or found.facility))
    moment = found.wishes.open_at
    if moment is not None:
        assert now is not None
        assert datetime.fromisoformat(moment).date() >= now.date()
