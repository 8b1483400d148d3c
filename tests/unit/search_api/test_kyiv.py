"""Kyiv time: minutes of the week, hours today, ages."""

from datetime import UTC, date, datetime

import pytest

from search_api.kyiv import age_on, hours_today, kyiv_today, minute_of_week, parse_open_at, weekday_and_clock

SATURDAY_10 = 5 * 1440 + 600


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("sat 10:00", SATURDAY_10),
        ("SAT 10:00", SATURDAY_10),
        ("2026-03-07T10:00", SATURDAY_10),
        ("2026-03-07 10:00:00", SATURDAY_10),
        ("2026-03-07T08:00Z", SATURDAY_10),
        ("2026-03-07T09:00+01:00", SATURDAY_10),
        ("mon 00:00", 0),
        ("sun 23:59", 10_079),
    ],
)
def test_a_moment_is_a_minute_of_the_week_in_kyiv(text: str, minute: int) -> None:
    assert parse_open_at(text) == minute


@pytest.mark.parametrize("text", ["", "sat", "sat 25:00", "saturday 10:00", "10:00", "2026-02-30T10:00", "now", "7"])
def test_what_is_no_moment_is_none(text: str) -> None:
    assert parse_open_at(text) is None


def test_summer_time_is_three_hours_ahead() -> None:
    assert minute_of_week(datetime(2026, 7, 6, 7, 0, tzinfo=UTC)) == 600


def test_the_day_begins_in_kyiv_and_not_in_greenwich() -> None:
    assert kyiv_today(datetime(2026, 3, 1, 22, 30, tzinfo=UTC)) == date(2026, 3, 2)


HOURS = {"week": {"mon": [["08:00", "18:00"]]}}


@pytest.mark.parametrize(("utc_hour", "open_now"), [(5, False), (6, True), (15, True), (16, False)])
def test_open_now_follows_the_minute(utc_hour: int, open_now: bool) -> None:
    today = hours_today(HOURS, *weekday_and_clock(datetime(2026, 3, 2, utc_hour, 0, tzinfo=UTC)))
    assert today is not None
    assert (today.weekday, today.ranges, today.open_now) == ("mon", (("08:00", "18:00"),), open_now)


def test_a_day_without_hours_is_closed_and_unknown_hours_are_none() -> None:
    tuesday = ("tue", "12:00")
    closed = hours_today(HOURS, *tuesday)
    assert closed is not None
    assert (closed.ranges, closed.open_now) == ((), False)
    assert hours_today(None, *tuesday) is None
    assert hours_today({}, *tuesday) is None


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 3, 2), date(2026, 3, 1), 17),
        (date(2008, 3, 2), date(2026, 3, 2), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 3, 2), date(2026, 3, 2), 0),
    ],
)
def test_age_is_whole_years(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age
