"""The gate itself: a planted drop must fail it, and what is no drop must not."""

from dataclasses import replace
from datetime import date

import pytest

from ranking.evaluation.baseline import (
    Baseline,
    BaselineUnreadable,
    baseline_of,
    faults,
    parse_baseline,
    read_baseline,
    write_baseline,
)
from ranking.evaluation.results import Results
from ranking.evaluation.truth import TrueIntent
from tests.relevance.changelog import mentions_relevance
from tests.relevance.tables import class_table, failures, fill_figures
from tests.support.judged import CITY, doctors, item, reply, results_of, stored, written

COUNT = 10
FOUND = doctors(stored("a"), stored("b", last="Інша"), stored("full", capacity="full"))
NAMED = TrueIntent(surname="коваленко")


def run(
    *, wrong: frozenset[int] = frozenset(), misread: bool = False, second_full: bool = False, text: str = "q"
) -> Results:
    """Ten queries for a name, those numbered `wrong` answered by another doctor; one query written by hand."""
    good = ("full", "a") if second_full else ("a", "full")
    known = [
        (
            item(f"{text}{number}", NAMED, number=number),
            reply("b") if number in wrong else reply(*good, surname="Коваленко"),
        )
        for number in range(COUNT)
    ]
    hand = [(written("педіатр Місто", settlement=CITY), reply(settlement={"code": "" if misread else CITY}))]
    return results_of(known, hand, FOUND)


def test_the_same_results_hold_the_baseline() -> None:
    assert faults(run(), baseline_of(run())) == []


def test_better_results_hold_the_baseline() -> None:
    assert faults(run(), baseline_of(run(wrong=frozenset({3, 4})))) == []


def test_one_query_collapsing_fails_even_when_another_one_mends() -> None:
    found = faults(run(wrong=frozenset({5})), baseline_of(run(wrong=frozenset({4}))))
    assert found == ["passed before and fails now: clean/test/005"]


def test_a_drop_of_a_class_fails() -> None:
    found = faults(run(wrong=frozenset({5})), baseline_of(run()))
    assert "test clean: success fell from 1.0000 to 0.9000" in found
    assert any("ndcg fell" in fault for fault in found)


def test_a_worse_order_alone_fails() -> None:
    found = faults(run(second_full=True), baseline_of(run()))
    assert found
    assert all("ndcg fell" in fault for fault in found)


def test_a_written_query_misread_fails() -> None:
    found = faults(run(misread=True), baseline_of(run()))
    assert "test clean: written fell from 1.0000 to 0.0000" in found
    assert any(fault.startswith("passed before and fails now: clean/test/written-") for fault in found)


def test_a_changed_test_half_fails() -> None:
    before = replace(baseline_of(run()), test_half="0" * 64)
    assert faults(run(), before) == [
        "the test half of the written queries was changed: set the baseline anew and say why"
    ]


def test_other_generated_queries_cannot_be_compared() -> None:
    assert "others than those" in faults(run(text="other"), baseline_of(run()))[0]


def test_a_class_that_is_not_measured_any_more_fails() -> None:
    before = baseline_of(run())
    figures = {"test": {**before.figures["test"], "layout": {"success": 0.99}}}
    found = faults(run(), replace(before, figures=figures))
    assert found == ["test layout: success was 0.9900 and is not measured any more"]


def test_the_file_keeps_what_is_written() -> None:
    before = baseline_of(run(wrong=frozenset({1, 7}), misread=True))
    read = parse_baseline(write_baseline(before))
    assert read.failing == before.failing
    assert (read.known_items, read.test_half) == (before.known_items, before.test_half)
    assert faults(run(wrong=frozenset({1, 7}), misread=True), read) == []
    assert faults(run(wrong=frozenset({1, 7, 8}), misread=True), read)


def test_an_empty_or_broken_file_is_refused() -> None:
    for text in ("", "known_items = 1", "not toml ["):
        with pytest.raises(BaselineUnreadable):
            parse_baseline(text)


def test_the_stored_baseline_is_readable_and_covers_both_halves() -> None:
    stored_baseline: Baseline = read_baseline()
    assert set(stored_baseline.figures) == {"development", "test"}
    assert {"clean", "nonsense", "all"} <= set(stored_baseline.figures["test"])


@pytest.mark.parametrize(
    ("changelog", "mentioned"),
    [
        ("## [Unreleased]\n\n- Relevance: 2026-03-02, clean 0.99 → 1.00.\n\n## [0.1.0]\n", True),
        ("## [Unreleased]\n\n- Relevance: 2026-03-01, clean 0.99.\n", False),
        ("## [Unreleased]\n\n- Faster.\n\n## [0.1.0]\n\n- Relevance: 2026-03-02\n", False),
        ("# nothing\n", False),
    ],
)
def test_a_new_baseline_wants_a_line_of_the_day_under_unreleased(changelog: str, mentioned: bool) -> None:
    assert mentions_relevance(changelog, date(2026, 3, 2)) is mentioned


def test_the_table_names_every_class_and_the_failures_every_failing_query() -> None:
    results = run(wrong=frozenset({5}), misread=True)
    assert "clean" in class_table(results, "test")
    lines = list(failures(results, "test", ("clean",)))
    assert lines[0].split(" ")[0] == "clean/test/005"
    assert len(lines) == 2


def test_figures_take_the_place_of_older_ones() -> None:
    document = "a\n<!-- figures -->\nold\n<!-- end of figures -->\nb\n"
    assert fill_figures(document, "new") == "a\n<!-- figures -->\nnew\n<!-- end of figures -->\nb\n"
    with pytest.raises(ValueError, match="figures"):
        fill_figures("nothing", "new")
