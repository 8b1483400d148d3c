"""Grades by rule, verdicts and measures: against worked examples, and against ten lines of arithmetic of our own."""

from math import log2

import pytest

from ranking.evaluation.doctors import read_doctor
from ranking.evaluation.grades import grade, graded
from ranking.evaluation.judging import judge, reads_exactly
from ranking.evaluation.measures import chance_of_difference, mean, measure
from ranking.evaluation.truth import TrueIntent
from tests.support.judged import CENTRE, CITY, ELSEWHERE, VILLAGE, doctors, item, reply, stored

IN_CITY = TrueIntent(specialities=("FAMILY_DOCTOR",), settlement=CITY, home_raion="raion-1", home_hromada="hromada-1")
NEAR = TrueIntent(specialities=("FAMILY_DOCTOR",), near=CENTRE, home_raion="raion-1")
NAMED = TrueIntent(surname="коваленко", given_name="олена", settlement=CITY)


@pytest.mark.parametrize(
    ("truth", "document", "value"),
    [
        (IN_CITY, stored("a"), 3),
        (IN_CITY, stored("a", capacity="nearly_full"), 3),
        (IN_CITY, stored("a", capacity="full"), 2),
        (IN_CITY, stored("a", capacity="unknown"), 2),
        (IN_CITY, stored("a", settlement=VILLAGE), 1),
        (IN_CITY, stored("a", settlement=VILLAGE, hromada="other", raion="other"), 0),
        (IN_CITY, stored("a", speciality="THERAPIST"), 0),
        (NEAR, stored("a", km_north=2.9), 3),
        (NEAR, stored("a", km_north=3.1), 2),
        (NEAR, stored("a", km_north=2.9, capacity="full"), 2),
        (NEAR, stored("a", km_north=14.9), 2),
        (NEAR, stored("a", km_north=15.1), 1),
        (NEAR, stored("a", km_north=15.1, raion="other"), 0),
        (NAMED, stored("a"), 3),
        (NAMED, stored("a", capacity="full"), 2),
        (NAMED, stored("a", settlement=ELSEWHERE), 1),
        (NAMED, stored("a", first="Іван"), 0),
        (NAMED, stored("a", last="Коваль"), 0),
        (NAMED, stored("a", last="Коваленко-Левицька"), 2),
        (NAMED, stored("a", primary_care=False, speciality="SURGEON"), 0),
    ],
)
def test_grades_follow_the_rule(truth: TrueIntent, document: dict[str, object], value: int) -> None:
    assert grade(read_doctor(document), truth) == value


def test_near_reaches_farther_in_the_country() -> None:
    in_country = TrueIntent(specialities=("FAMILY_DOCTOR",), near=CENTRE, rural=True)
    assert grade(read_doctor(stored("a", km_north=9.0)), in_country) == 3


def test_the_age_of_the_patient_is_a_hard_fact() -> None:
    child = TrueIntent(settlement=CITY, age=5)
    assert grade(read_doctor(stored("a", ages=(18, 200))), child) == 0
    assert grade(read_doctor(stored("a", ages=(0, 17))), child) == 3


def test_a_facility_is_told_by_kind_and_number_of_one_name() -> None:
    asked = TrueIntent(settlement=CITY, facility_kind="AMBULATORY", facility_number="1")
    assert grade(read_doctor(stored("a")), asked) == 3
    assert grade(read_doctor(stored("a", facility="Амбулаторія №2")), asked) == 0
    # The number of the owner is not that of the ambulatory.
    assert grade(read_doctor(stored("a")), TrueIntent(facility_kind="AMBULATORY", facility_number="9")) == 0


def test_specialists_keep_no_places_and_are_not_full() -> None:
    asked = TrueIntent(specialities=("SURGEON",), settlement=CITY)
    assert grade(read_doctor(stored("a", primary_care=False, speciality="SURGEON", capacity=None)), asked) == 3


def test_initials_are_the_first_letters() -> None:
    truth = TrueIntent(surname="коваленко", given_initial="о", patronymic_initial="і")
    assert grade(read_doctor(stored("a")), truth) == 3
    assert grade(read_doctor(stored("a", second="Петрівна")), truth) == 0


def test_doctors_out_of_force_do_not_count() -> None:
    found = doctors(stored("a", active=False), stored("b"))
    assert graded(found, IN_CITY) == {"party of b": 3}


def test_candidates_hold_everybody_with_a_grade() -> None:
    everybody = [
        stored("a"),
        stored("b", settlement=VILLAGE),
        stored("c", settlement=VILLAGE, hromada="other"),
        stored("d", settlement=ELSEWHERE, hromada="other", raion="other", km_north=14.0),
        stored("e", last="Інша", km_north=100.0, raion="other"),
    ]
    found = doctors(*everybody)
    for truth in (IN_CITY, NEAR):
        whole = {each.party: value for each in found.all if (value := grade(each, truth))}
        assert graded(found, truth) == whole


def test_the_name_elsewhere_is_an_answer_only_when_nobody_here_bears_it() -> None:
    elsewhere = stored("b", settlement=ELSEWHERE)
    assert graded(doctors(stored("a"), elsewhere), NAMED) == {"party of a": 3}
    assert graded(doctors(elsewhere), NAMED) == {"party of b": 1}


@pytest.mark.parametrize(
    ("understood", "exact"),
    [
        ({"specialities": ["FAMILY_DOCTOR"], "settlement": {"code": CITY, "name": "Місто"}}, True),
        ({"specialities": ["FAMILY_DOCTOR"], "settlement": {"code": VILLAGE, "name": "Село"}}, False),
        ({"specialities": ["FAMILY_DOCTOR"]}, False),
        ({"specialities": ["FAMILY_DOCTOR", "THERAPIST"], "settlement": {"code": CITY}}, False),
        ({"specialities": ["FAMILY_DOCTOR"], "settlement": {"code": CITY}, "surname": "Місто"}, False),
        ({"specialities": ["FAMILY_DOCTOR"], "settlement": {"code": CITY}, "not_understood": ["х"]}, True),
        (None, False),
    ],
)
def test_an_exact_reading_has_every_field_and_no_other(understood: dict[str, object] | None, exact: bool) -> None:
    assert reads_exactly(understood, IN_CITY) is exact


def test_an_oblast_that_was_said_may_be_answered_but_not_another() -> None:
    truth = TrueIntent(settlement=CITY, oblast="Житомирська")
    understood = {"settlement": {"code": CITY}}
    assert reads_exactly(understood, truth)
    assert reads_exactly({**understood, "oblast": "Житомирська"}, truth)
    assert not reads_exactly({**understood, "oblast": "Одеська"}, truth)


def test_names_are_compared_without_regard_to_case_and_apostrophe() -> None:
    truth = TrueIntent(surname="дем'янчук")
    assert reads_exactly({"surname": "Дем’янчук"}, truth)


def test_a_place_query_needs_the_exact_reading_and_the_right_hit() -> None:
    found = doctors(stored("a"), stored("b", settlement=VILLAGE))
    exact = {"specialities": ["FAMILY_DOCTOR"], "settlement": {"code": CITY}}
    asked = item("сімейний лікар Місто", IN_CITY)
    assert judge(asked, reply("a", **exact), found).success
    assert not judge(asked, reply("b", **exact), found).success
    assert not judge(asked, reply("a", specialities=["FAMILY_DOCTOR"]), found).success
    assert not judge(asked, reply(), found).success


def test_a_name_query_needs_the_right_doctor_first() -> None:
    found = doctors(stored("a"), stored("b", last="Інша"))
    assert judge(item("Коваленко Олена", NAMED), reply("a"), found).success
    assert not judge(item("Коваленко Олена", NAMED), reply("b", "a"), found).success


def test_nonsense_must_stay_unread_and_must_not_break_the_server() -> None:
    asked = item("щшгнк", TrueIntent(), name="nonsense")
    found = doctors()
    assert judge(asked, reply(status=422, not_understood=["щшгнк"]), found).success
    assert judge(asked, reply(out_of_domain=True), found).success
    assert not judge(asked, reply(surname="Щур"), found).success
    assert not judge(asked, reply(status=500), found).success


def own_ndcg(grades: list[int], ideal: list[int]) -> float:
    def dcg(values: list[int]) -> float:
        return sum(value / log2(rank + 2) for rank, value in enumerate(values[:10]))

    return dcg(grades) / dcg(sorted(ideal, reverse=True))


def test_ndcg_is_that_of_the_textbook_with_linear_gain() -> None:
    found = doctors(
        stored("a"), stored("b", capacity="full"), stored("c", settlement=VILLAGE), stored("d", speciality="SURGEON")
    )
    measured = measure({"q": (IN_CITY, ["d", "c", "b", "a"])}, found)["q"]
    assert measured.ndcg == pytest.approx(own_ndcg([0, 1, 2, 3], [3, 2, 1]), abs=1e-12)
    assert measured.rr == pytest.approx(1 / 3)
    assert (measured.first, measured.first_five) == (0.0, 1.0)


def test_a_person_with_two_places_counts_once_and_by_the_place_shown() -> None:
    found = doctors(stored("near", party="p"), stored("far", party="p", settlement=VILLAGE), stored("other"))
    assert measure({"q": (IN_CITY, ["near", "other"])}, found)["q"].ndcg == pytest.approx(1.0)
    assert measure({"q": (IN_CITY, ["far", "other"])}, found)["q"].ndcg < 0.9


def test_no_hits_measure_zero_and_what_nobody_can_answer_is_left_out() -> None:
    found = doctors(stored("a"))
    assert measure({"q": (IN_CITY, [])}, found)["q"].ndcg == 0.0
    assert measure({"q": (TrueIntent(surname="ніхто"), [])}, found) == {}
    assert mean([]).ndcg == 0.0


def test_the_randomisation_test_tells_luck_from_a_difference() -> None:
    assert chance_of_difference([0.5] * 40, [0.5] * 40) == 1.0
    assert chance_of_difference([0.9] * 40, [0.5] * 40) < 0.001
    assert chance_of_difference([0.9, 0.4] * 20, [0.4, 0.9] * 20) > 0.5
