"""Opening hours: two upstream formats, one internal form."""

import msgspec
import pytest

from directory.documents import MinuteRange
from esoz.rows import AvailableTime
from indexer.hours import OpenTimes, read_available_time, read_minute_of_day, read_working_hours

MON, TUE, SUN = 0, 1440, 6 * 1440


@pytest.mark.parametrize(
    ("text", "minute"),
    [("08.00", 480), ("8.00", 480), ("08:30", 510), ("08:30:00", 510), ("00.00", 0), ("24.00", 1440)],
)
def test_both_time_formats_give_minutes_of_the_day(text: str, minute: int) -> None:
    assert read_minute_of_day(text) == minute


@pytest.mark.parametrize("text", ["", None, "08", "8 год", "25.00", "08.60", "24:01", "-1.00", "08.00.00.00.0"])
def test_what_is_no_time_is_none(text: str | None) -> None:
    assert read_minute_of_day(text) is None


def test_both_formats_of_one_week_are_the_same_ranges() -> None:
    dotted = read_working_hours({"mon": [["08.00", "13.00"]], "tue": [["08.00", "13.00"]]})
    line = AvailableTime(("mon", "tue"), all_day=False, available_start_time="08:00:00", available_end_time="13:00:00")
    assert dotted == read_available_time([line])
    assert dotted.ranges == ((MON + 480, MON + 780), (TUE + 480, TUE + 780))


def test_a_lunch_break_stays_and_touching_ranges_join() -> None:
    times = read_working_hours(
        {"mon": [["14.00", "18.00"], ["08.00", "13.00"]], "tue": [["08.00", "12.00"], ["12.00", "16.00"]]}
    )
    assert times.week() == {"mon": [["08:00", "13:00"], ["14:00", "18:00"]], "tue": [["08:00", "16:00"]]}


def test_a_night_duty_goes_on_into_the_next_day() -> None:
    times = read_working_hours({"mon": [["20.00", "08.00"]]})
    assert times.ranges == ((MON + 1200, TUE + 480),)
    assert times.week() == {"mon": [["20:00", "24:00"]], "tue": [["00:00", "08:00"]]}


def test_a_night_over_sunday_midnight_is_split() -> None:
    times = read_working_hours({"sun": [["20.00", "08.00"]]})
    assert times.ranges == ((0, 480), (SUN + 1200, SUN + 1440))


def test_all_day_is_the_whole_day() -> None:
    assert read_available_time([AvailableTime(("sun",), all_day=True)]).ranges == ((SUN, SUN + 1440),)


@pytest.mark.parametrize(
    "week",
    [{"mon": [["08.00"]]}, {"mon": [["08.00", "08.00"]]}, {"пн": [["08.00", "09.00"]]}, {"mon": [["вісім", "09.00"]]}],
)
def test_an_unreadable_entry_is_left_out_and_said(week: dict[str, list[list[str]]]) -> None:
    times = read_working_hours({**week, "tue": [["08.00", "09.00"]]})
    assert times.has_unreadable
    assert times.ranges == ((TUE + 480, TUE + 540),)


def test_no_hours_at_all_make_no_part() -> None:
    assert read_working_hours(None).part() is None
    assert read_working_hours({"sat": []}) == OpenTimes()


def test_the_part_holds_half_open_minutes_of_the_week() -> None:
    part = read_working_hours({"tue": [["08.00", "09.00"]]}).part()
    assert part is not None
    assert part.open == (MinuteRange(gte=TUE + 480, lt=TUE + 540),)
    assert msgspec.to_builtins(part)["week"] == {"tue": [["08:00", "09:00"]]}
