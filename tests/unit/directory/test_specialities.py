import pytest

from directory.specialities import age_range, specialities, specialities_for_age, speciality_label


@pytest.mark.parametrize(
    ("age", "codes"),
    [
        (0, ("FAMILY_DOCTOR", "PEDIATRICIAN")),
        (17, ("FAMILY_DOCTOR", "PEDIATRICIAN")),
        (18, ("FAMILY_DOCTOR", "THERAPIST")),
        (99, ("FAMILY_DOCTOR", "THERAPIST")),
    ],
)
def test_age_decides_who_may_register_the_patient(age: int, codes: tuple[str, ...]) -> None:
    assert specialities_for_age(age) == codes


def test_other_specialities_register_nobody() -> None:
    assert age_range("CARDIOLOGIST") is None
    assert age_range("NEVER_HEARD_OF") is None
    assert age_range(None) is None


def test_limits_are_those_of_the_rules() -> None:
    limits = {info.code: info.declaration_limit for info in specialities().values() if info.is_primary_care}
    assert limits == {"FAMILY_DOCTOR": 1800, "THERAPIST": 2000, "PEDIATRICIAN": 900}


def test_an_unknown_code_displays_as_itself() -> None:
    assert speciality_label("NEVER_HEARD_OF", "uk") == "NEVER_HEARD_OF"
    assert speciality_label("PEDIATRICIAN", "en") == "Paediatrician"
