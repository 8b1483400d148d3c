"""What is wished beside whom and where: moments to come, gender, places, nearness; what is denied is not wished."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ranking import Reading, understand
from ranking.understanding.reading import SaidWishes
from tests.support.ranking import small_lexicons

LEXICONS = small_lexicons()
# A Wednesday, noon.
KYIV = ZoneInfo("Europe/Kyiv")
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=KYIV)


def read(text: str, now: datetime | None = NOON) -> Reading:
    return understand(text, LEXICONS, now=now).best


def moment(text: str, now: datetime | None = NOON) -> str | None:
    return read(f"терапевт {text}", now).wishes.open_at


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("сьогодні ввечері", 25), ("завтра", 26), ("післязавтра", 27), ("послезавтра", 27),
        ("у четвер", 26), ("в пятницу", 27), ("пт", 27), ("у суботу", 28), ("сб", 28), ("у неділю", 29),
        ("у понеділок", 30), ("на вихідних", 28), ("у будні", 26), ("в выходные", 28),
    ],
)  # fmt: skip
def test_word_for_a_day_is_the_next_such_day(text: str, day: int) -> None:
    found = moment(text)
    assert found is not None
    assert found.startswith(f"2026-11-{day:02}T")


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("вранці", "26T09:00"), ("зранку", "26T09:00"), ("вдень", "25T13:00"), ("після обіду", "25T15:00"),
        ("ввечері", "25T18:00"), ("після роботи", "25T18:30"), ("пізно ввечері", "25T20:00"), ("вночі", "25T23:00"),
        ("о 17:30", "25T17:30"), ("о 17.30", "25T17:30"), ("о 9:30", "26T09:30"), ("після 17", "25T17:00"),
        ("до 12", "26T11:00"), ("до 18", "25T17:00"), ("на 9 ранку", "26T09:00"), ("о 9 ранку", "26T09:00"),
        ("о 7 ранку", "26T07:00"), ("о 8 вечора", "25T20:00"), ("о 9 вечора", "25T21:00"), ("ввечері о 8", "25T20:00"),
        ("о сьомій вечора", "25T19:00"), ("о третій дня", "25T15:00"), ("о 7", "25T19:00"), ("о 8", "26T08:00"),
        ("в 8 утра", "26T08:00"), ("в 8 вечера", "25T20:00"),
    ],
)  # fmt: skip
def test_part_of_the_day_or_a_clock_time_is_the_next_one(text: str, clock: str) -> None:
    assert moment(text) == f"2026-11-{clock}"


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("завтра о 9", "2026-11-26T09:00"),
        ("завтра вранці", "2026-11-26T09:00"),
        ("у неділю після 15", "2026-11-29T15:00"),
        ("в суботу о 10", "2026-11-28T10:00"),
        ("пт після обіду", "2026-11-27T15:00"),
        ("завтра ввечері о 8", "2026-11-26T20:00"),
    ],
)
def test_day_and_clock_together(text: str, when: str) -> None:
    assert moment(text) == when


def test_weekday_of_today_is_today_until_its_hour_has_passed() -> None:
    assert moment("у середу ввечері") == "2026-11-25T18:00"
    assert moment("у середу вранці") == "2026-12-02T09:00"
    assert moment("у середу") == "2026-12-02T10:00"


def test_today_and_now_without_an_hour_are_this_minute() -> None:
    now = datetime(2026, 11, 25, 12, 34, 56, tzinfo=KYIV)
    assert moment("сьогодні", now) == moment("зараз", now) == moment("відкрито зараз", now) == "2026-11-25T12:34"


def test_on_a_friday_evening_the_next_working_day_is_monday() -> None:
    assert moment("у будні", datetime(2026, 11, 27, 19, 0, tzinfo=KYIV)) == "2026-11-30T10:00"


def test_moment_may_be_in_the_next_year() -> None:
    assert moment("завтра", datetime(2026, 12, 31, 12, 0, tzinfo=KYIV)) == "2027-01-01T10:00"


def test_without_a_clock_words_of_time_make_no_moment_and_are_not_left_over() -> None:
    found = read("терапевт завтра", now=None)
    assert found.wishes.open_at is None
    assert found.not_understood == ()


@pytest.mark.parametrize("text", ["о 25:70", "о 24:00", "12:99", "о 99"])
def test_what_no_clock_shows_is_no_moment(text: str) -> None:
    assert moment(text) is None


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("жінка", SaidWishes(gender="FEMALE")),
        ("чоловік", SaidWishes(gender="MALE")),
        ("женщина", SaidWishes(gender="FEMALE")),
        ("поруч", SaidWishes(near_me=True)),
        ("біля мене", SaidWishes(near_me=True)),
        ("є місця", SaidWishes(accepts_new=True)),
        ("англійською", SaidWishes(language="en")),
        ("жінка біля мене є місця", SaidWishes(gender="FEMALE", near_me=True, accepts_new=True)),
        ("40 років", SaidWishes(age=40, age_group="adult")),
        ("дитині 3 місяці", SaidWishes(age=0, age_group="child")),
        ("17 років", SaidWishes(age=17, age_group="child")),
        ("18 років", SaidWishes(age=18, age_group="adult")),
        ("стаж 10 років", SaidWishes()),
        ("200 років", SaidWishes()),
    ],
)
def test_wish_is_what_was_said(text: str, wishes: SaidWishes) -> None:
    assert read(f"кардіолог {text}").wishes == wishes


@pytest.mark.parametrize(
    "text", ["не жінка", "без жінки", "крім чоловіка", "не поруч", "не сьогодні", "не завтра", "не ввечері"]
)
def test_denied_wish_is_dropped_and_never_turned_round(text: str) -> None:
    assert not read(f"терапевт {text}").wishes


def test_womans_word_for_a_speciality_wishes_a_woman() -> None:
    found = read("кардіологиня")
    assert (found.specialities, found.wishes) == (("CARDIOLOGIST",), SaidWishes(gender="FEMALE"))
    assert not read("кардіолог").wishes
