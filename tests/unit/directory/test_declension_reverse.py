"""From a case form back to the nominative."""

import pytest

from directory.declension import nominative_candidates

SURNAMES = {
    "шевчука": "шевчук",
    "шевчукові": "шевчук",
    "ковальської": "ковальська",
    "ковальского": "ковальський",
    "ковальской": "ковальська",
    "сороці": "сорока",
    "кравця": "кравець",
    "бойка": "бойко",
    "шевченку": "шевченко",
    "солов'я": "соловей",
    "стрільцем": "стрілець",
    "литвином": "литвин",
    "груші": "груша",
    "ользі": "ольга",
}


@pytest.mark.parametrize(("form", "nominative"), SURNAMES.items())
def test_the_likeliest_nominative_comes_first(form: str, nominative: str) -> None:
    assert nominative_candidates(form, "surname")[0] == nominative


def test_doubtful_forms_give_every_likely_nominative() -> None:
    assert {"іванов", "іванова"} <= set(nominative_candidates("іванову", "surname"))


def test_double_surnames_go_back_part_by_part() -> None:
    assert nominative_candidates("Нечуя-Левицького", "surname") == ("нечуй-левицький",)


def test_nominatives_alone_have_no_candidates() -> None:
    assert nominative_candidates("шевчук", "surname") == ()
    assert nominative_candidates("", "surname") == ()


def test_given_names_of_the_list_win_over_made_up_ones() -> None:
    assert nominative_candidates("сергія", "given") == ("сергій",)
    assert nominative_candidates("дмитру", "given") == ("дмитро",)
    assert nominative_candidates("олені", "given") == ("олена",)


def test_russian_given_names_go_back_to_the_ukrainian_ones() -> None:
    assert nominative_candidates("николая", "given")[0] == "микола"
    assert nominative_candidates("елены", "given")[0] == "олена"
    assert set(nominative_candidates("анной", "given")) == {"анна", "ганна"}


def test_a_given_name_outside_the_list_goes_back_by_rule() -> None:
    assert "зореслав" in nominative_candidates("зореслава", "given")


def test_russian_patronymics_go_back_to_the_ukrainian_father() -> None:
    assert nominative_candidates("николаевны", "patronymic") == ("миколаївна",)
    assert nominative_candidates("петровичу", "patronymic")[0] == "петрович"
    assert nominative_candidates("миколаївни", "patronymic") == ("миколаївна",)
