"""The loaders of written queries and cases refuse what they do not know; what is in the repository loads."""

from pathlib import Path

import numpy as np
import pytest

from ranking.evaluation.cases import Case, CaseFileError, faults_of, load_cases, parse_cases, verdict
from ranking.evaluation.corruptions import CLASSES
from ranking.evaluation.hand_written import (
    HALVES,
    QueryFileError,
    hash_of_half,
    is_understood,
    load_queries,
    parse_queries,
)
from ranking.evaluation.tuner import Candidates, propose
from tests.support.judged import CITY, reply, written

GOOD = """
[[query]]
text = "педіатр Коваленко"
about = "a parent"
half = "test"
near = [50.4, 30.5]
expect = { specialities = ["PEDIATRICIAN"], surname = "Коваленко" }
absent = ["settlement"]
"""


def test_a_query_is_read_with_all_its_fields() -> None:
    (query,) = parse_queries(GOOD, "clean")
    assert query.near == (50.4, 30.5)
    assert query.expect == {"specialities": ["PEDIATRICIAN"], "surname": "Коваленко"}
    assert query.absent == ("settlement",)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD + "extra = 1\n", "unknown keys"),
        (GOOD.replace('"test"', '"training"'), "half is one of"),
        (GOOD.replace("PEDIATRICIAN", "DOCTOR_WHO"), "codes of specialities"),
        (GOOD.replace("surname =", "last_name ="), "no field «last_name»"),
        (GOOD.replace('["settlement"]', '["surname"]'), "expected and absent at once"),
        (GOOD.replace("[50.4, 30.5]", "[30.5, 50.4]"), "near is"),
        (GOOD.replace('about = "a parent"', 'about = " "'), "about must say"),
        (GOOD + GOOD, "twice"),
        ('[[query]]\ntext = "а"\nabout = "б"\nhalf = "test"\nexpect = {}\n', "only nonsense"),
        ("[[query]\n", "not TOML"),
        ("[other]\n", "only [[query]]"),
    ],
)
def test_a_faulty_query_is_named(wrong: str, said: str) -> None:
    with pytest.raises(QueryFileError, match=said.replace("[", r"\[").replace("]", r"\]")):
        parse_queries(wrong, "clean")


def test_a_file_of_no_class_is_refused(tmp_path: Path) -> None:
    (tmp_path / "novelty.toml").write_text(GOOD, "utf-8")
    with pytest.raises(QueryFileError, match="no class «novelty»"):
        load_queries(tmp_path)


def test_every_class_has_forty_queries_written_by_hand_in_both_halves() -> None:
    queries = load_queries()
    for name in CLASSES:
        mine = [query for query in queries if query.name == name]
        assert len(mine) >= 40, name
        for half in HALVES:
            assert sum(query.half == half for query in mine) >= 0.4 * len(mine), (name, half)


def test_the_hash_follows_the_test_half_only() -> None:
    queries = [written("а", surname="А"), written("б", half="development", surname="Б")]
    before = hash_of_half(queries, "test")
    assert hash_of_half(list(reversed(queries)), "test") == before
    assert hash_of_half([queries[0], written("в", half="development", surname="В")], "test") == before
    assert hash_of_half([written("а", surname="Я"), queries[1]], "test") != before


def test_understood_means_every_expected_field_and_no_absent_one() -> None:
    query = written("педіатр Місто", settlement=CITY, open_at=True)
    assert is_understood(query, reply(settlement={"code": CITY}, open_at="2026-03-02T18:00", surname="Зайва"))
    assert not is_understood(query, reply(settlement={"code": CITY}))
    assert not is_understood(written("а", near_me=False), reply(near_me=True))
    (strict,) = parse_queries(GOOD, "clean")
    fine = {"specialities": ["PEDIATRICIAN"], "surname": "коваленко"}
    assert is_understood(strict, reply(**fine))
    assert not is_understood(strict, reply(**fine, settlement={"code": CITY}))


def test_alternatives_must_be_offered() -> None:
    (query,) = parse_queries(GOOD + 'alternatives = ["UA1"]\n', "clean")
    fine = {"specialities": ["PEDIATRICIAN"], "surname": "Коваленко"}
    assert is_understood(query, reply(**fine, alternatives=[{"code": "UA2"}, {"code": "UA1"}]))
    assert not is_understood(query, reply(**fine, alternatives=[{"code": "UA2"}]))


CASE = '[[case]]\nname = "a"\nkind = "order"\nintent = "b"\nask = { q = "в" }\norder = ["А Б", "В Г"]\n'


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (CASE + "weight = 1\n", "unknown keys"),
        (CASE.replace('"order"\n', '"beauty"\n'), "kind is one of"),
        (CASE.replace('order = ["А Б", "В Г"]\n', ""), "expects nothing"),
        (CASE.replace('name = "a"\n', ""), "without a name"),
        (CASE.replace('intent = "b"\n', ""), "intent and ask"),
    ],
)
def test_a_faulty_case_is_named(wrong: str, said: str) -> None:
    with pytest.raises(CaseFileError, match=said):
        parse_cases(wrong)


def test_cases_tell_order_precision_and_recall() -> None:
    (case,) = parse_cases(CASE)
    assert faults_of(case, ["А Б", "Х У", "В Г"]) == []
    assert faults_of(case, ["В Г", "А Б"])
    assert faults_of(case, ["А Б"])
    assert faults_of(Case("n", "recall", "i", {}, includes=("А Б",)), ["В Г"])
    assert faults_of(Case("n", "precision", "i", {}, excludes=("А Б",)), ["А Б"])
    assert faults_of(Case("n", "precision", "i", {}, only=("А Б",)), ["А Б", "В Г"])
    assert faults_of(Case("n", "precision", "i", {}, first="А Б"), [])
    assert faults_of(Case("n", "precision", "i", {}, nobody=True), ["А Б"])


def test_a_known_failure_is_strict() -> None:
    (known,) = parse_cases(CASE + 'known_failure = "not built yet"\n')
    assert verdict(known, ["В Г", "А Б"]) is None
    assert "take `known_failure` away" in str(verdict(known, ["А Б", "В Г"]))


def test_at_least_thirty_cases_with_distinct_names() -> None:
    cases = load_cases()
    assert len({case.name for case in cases}) == len(cases) >= 30
    assert {case.kind for case in cases} == {"precision", "recall", "order"}


def test_the_tuner_finds_the_signal_that_tells_good_from_bad() -> None:
    rng = np.random.default_rng(1)

    def query(number: int) -> Candidates:
        grades = rng.integers(0, 4, 40)
        telling, noise = grades / 3, rng.random(40)
        return Candidates(f"q{number}", np.zeros(40), np.column_stack([noise, telling]), grades, list(grades))

    proposal = propose({"noise": 0.9, "telling": 0.1}, [query(n) for n in range(30)], [query(n) for n in range(30)])
    assert proposal.after["telling"] > 0.4
    assert proposal.development[1] > 0.99
    assert sum(proposal.after.values()) == pytest.approx(1.0, abs=0.002)
    assert proposal.test[1] > proposal.test[0]
    assert proposal.chance < 0.01


def test_points_that_no_weight_moves_stay_a_gate() -> None:
    gated = Candidates("q", np.array([0.0, 10.0]), np.array([[1.0], [0.0]]), np.array([0, 3]), [3])
    assert gated.ndcg(np.array([1.0])) == 1.0
