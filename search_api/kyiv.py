"""Kyiv time: today's hours, whether a place is open, and which minute of the week a moment is (decision 0005)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from directory.documents import MINUTES_A_DAY, WEEKDAYS

_WEEKDAY_AND_TIME = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[ t](\d{2}:\d{2})")
_DATE_AND_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?")


@lru_cache(maxsize=1)
def kyiv_zone() -> ZoneInfo:
    """The zone all opening hours are in."""
    return ZoneInfo("Europe/Kyiv")


def minute_of_week(moment: datetime) -> int:
    """Minutes since Monday 00:00 in Kyiv; a moment without a zone is taken for Kyiv time. Range 0…10,079."""
    local = moment.astimezone(kyiv_zone()) if moment.tzinfo else moment
    return local.weekday() * MINUTES_A_DAY + local.hour * 60 + local.minute


def parse_open_at(text: str) -> int | None:
    """The minute of the week of «sat 10:00» or of an ISO date-time, Kyiv time unless it has a zone; None if neither."""
    text = text.strip()
    if found := _WEEKDAY_AND_TIME.fullmatch(text.lower()):
        try:
            at = time.fromisoformat(found[2])
        except ValueError:
            return None
        return WEEKDAYS.index(found[1]) * MINUTES_A_DAY + at.hour * 60 + at.minute
    if not _DATE_AND_TIME.fullmatch(text):
        return None
    try:
        return minute_of_week(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


def kyiv_time(now: datetime) -> datetime:
    """The time on the clocks of Kyiv at an aware moment, without a zone."""
    return now.astimezone(kyiv_zone()).replace(tzinfo=None)


def kyiv_today(now: datetime) -> date:
    """The date in Kyiv at an aware moment."""
    return now.astimezone(kyiv_zone()).date()


@dataclass(frozen=True, slots=True)
class HoursToday:
    """A place's hours today: weekday, ranges of «HH:MM», and whether it is open at this minute."""

    weekday: str
    ranges: tuple[tuple[str, str], ...]
    open_now: bool


def weekday_and_clock(now: datetime) -> tuple[str, str]:
    """The weekday («mon»…«sun») and «HH:MM» in Kyiv at an aware moment."""
    local = now.astimezone(kyiv_zone())
    return WEEKDAYS[local.weekday()], f"{local.hour:02}:{local.minute:02}"


def hours_today(hours: Mapping[str, Any] | None, weekday: str, clock: str) -> HoursToday | None:
    """Today's part of a stored `hours` part; None when no hours are known, empty ranges when closed today."""
    week = hours.get("week") if hours else None
    if not week:
        return None
    ranges = tuple((start, end) for start, end in week.get(weekday, ()))
    # Ranges never cross midnight and end at «24:00» at the latest, so times compare as text.
    return HoursToday(weekday, ranges, any(start <= clock < end for start, end in ranges))


def age_on(birth_date: date, day: date) -> int:
    """Age in whole years; a birthday of 29 February is kept on 1 March of common years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
