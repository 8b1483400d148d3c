"""Words of time make the moment people mean, read without any names or places."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ranking import Lexicons, understand

# A Wednesday, noon.
_NOW = datetime(2026, 11, 25, 12, 0, tzinfo=ZoneInfo("Europe/Kyiv"))
_LEXICONS = Lexicons()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("через годину", "2026-11-25T13:00"),
        ("на 30 листопада", "2026-11-30T10:00"),
        ("1 марта после 17", "2027-03-01T17:00"),
        ("25 листопада о 9:30", "2026-11-25T09:30"),
        ("о пів на дев'яту", "2026-11-26T08:30"),
        ("сьогодні ввечері", "2026-11-25T18:00"),
        ("в субботу утром", "2026-11-28T09:00"),
    ],
)
def test_moment_is_the_next_one_that_fits(text: str, moment: str) -> None:
    assert understand(text, _LEXICONS, now=_NOW).best.wishes.open_at == moment


def test_gender_before_an_age_is_the_patients_own() -> None:
    patient = understand("жінка 30 років терапевт", _LEXICONS, now=_NOW).best
    assert (patient.wishes.gender, patient.wishes.age_group) == (None, "adult")
    assert understand("жінка терапевт", _LEXICONS, now=_NOW).best.wishes.gender == "FEMALE"


def test_ordinal_numbers_a_facility_and_is_no_hour() -> None:
    found = understand("третя міська лікарня", _LEXICONS, now=_NOW).best
    assert (found.said_facility.kind, found.said_facility.number) == ("HOSPITAL", "3")
    assert found.wishes.open_at is None


@pytest.mark.parametrize("text", ["аптека поруч", "погода на завтра", "психолог для підлітка", "піца з доставкою"])
def test_other_matter_is_said_and_nothing_is_wished_of_a_doctor(text: str) -> None:
    found = understand(text, _LEXICONS, now=_NOW).best
    assert found.out_of_domain
    assert not found.wishes


def test_landmark_is_no_other_matter() -> None:
    assert not understand("лікар біля вокзалу", _LEXICONS, now=_NOW).best.out_of_domain
    assert understand("запис в перукарню", _LEXICONS, now=_NOW).best.out_of_domain


def test_everyday_words_are_left_over() -> None:
    found = understand("болить горло потрібен лор", _LEXICONS, now=_NOW).best
    assert found.specialities == ("OTOLARYNGOLOGIST",)
    assert found.not_understood == ("болить", "горло")
