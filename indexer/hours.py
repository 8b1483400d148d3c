"""Opening hours: both upstream time formats into minutes of the week, and back into the week shown (domain rules §8).

A range is half-open, in minutes of the week, Monday 00:00 = 0, Kyiv time; a range over Sunday midnight is split.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from directory.documents import MINUTES_A_DAY, WEEKDAYS, HoursPart, MinuteRange

MINUTES_A_WEEK = 7 * MINUTES_A_DAY

_TIME = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:]\d{2}(?:\.\d+)?)?")
_DAY = {day: number for number, day in enumerate(WEEKDAYS)}

Range = tuple[int, int]


class AvailableTimeRow(Protocol):
    """One line of a healthcare service's `available_time`."""

    @property
    def days_of_week(self) -> Sequence[str] | None: ...
    @property
    def all_day(self) -> bool | None: ...
    @property
    def available_start_time(self) -> str | None: ...
    @property
    def available_end_time(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class OpenTimes:
    """Merged open ranges in order, and whether some upstream entry could not be read and was left out."""

    ranges: tuple[Range, ...] = ()
    has_unreadable: bool = False

    def __or__(self, other: "OpenTimes") -> "OpenTimes":
        return OpenTimes(_merge([*self.ranges, *other.ranges]), self.has_unreadable or other.has_unreadable)

    def part(self) -> HoursPart | None:
        """The part of a document; None when nothing is known."""
        if not self.ranges:
            return None
        return HoursPart(open=tuple(MinuteRange(gte=start, lt=end) for start, end in self.ranges), week=self.week())

    def week(self) -> dict[str, list[list[str]]]:
        """The days that are open, each a list of [from, to] as «HH:MM»; the end of a day is «24:00»."""
        week: dict[str, list[list[str]]] = {}
        for start, end in self.ranges:
            while start < end:
                day, minute = divmod(start, MINUTES_A_DAY)
                until = min(end, (day + 1) * MINUTES_A_DAY)
                week.setdefault(WEEKDAYS[day], []).append([_show(minute), _show(until - day * MINUTES_A_DAY)])
                start = until
        return week


def read_working_hours(week: Mapping[str, Sequence[Sequence[str]] | None] | None) -> OpenTimes:
    """Open times of a division's `working_hours`: days mon…sun, each a list of [«HH.MM», «HH.MM»]."""
    ranges: list[Range] = []
    has_unreadable = False
    for day, spans in (week or {}).items():
        number = _DAY.get(day.lower())
        for span in spans or ():
            found = _ranges(number, span[0], span[1]) if number is not None and len(span) == 2 else None
            if found is None:
                has_unreadable = True
            else:
                ranges += found
    return OpenTimes(_merge(ranges), has_unreadable)


def read_available_time(lines: Iterable[AvailableTimeRow] | None) -> OpenTimes:
    """Open times of a service's `available_time`: lines of weekdays with «HH:MM:SS» or all day."""
    ranges: list[Range] = []
    has_unreadable = False
    for line in lines or ():
        for day in line.days_of_week or ():
            number = _DAY.get(day.lower())
            if number is None:
                found = None
            elif line.all_day:
                found = [(number * MINUTES_A_DAY, (number + 1) * MINUTES_A_DAY)]
            else:
                found = _ranges(number, line.available_start_time, line.available_end_time)
            if found is None:
                has_unreadable = True
            else:
                ranges += found
    return OpenTimes(_merge(ranges), has_unreadable)


@lru_cache(maxsize=4_096)
def read_minute_of_day(text: str | None) -> int | None:
    """Minutes since midnight of «8.00», «08.00», «08:30» or «08:30:00», 0..1440; None when it is none of them."""
    match = _TIME.fullmatch(text.strip()) if text else None
    if match is None:
        return None
    hours, minutes = int(match[1]), int(match[2])
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= MINUTES_A_DAY else None


def _ranges(day: int, from_text: str | None, to_text: str | None) -> list[Range] | None:
    """The ranges of one span on one day; past midnight it goes on into the next day. None when unreadable or empty."""
    start, end = read_minute_of_day(from_text), read_minute_of_day(to_text)
    if start is None or end is None or start in (end, MINUTES_A_DAY):
        return None
    if end < start:
        end += MINUTES_A_DAY
    start, end = start + day * MINUTES_A_DAY, end + day * MINUTES_A_DAY
    if end <= MINUTES_A_WEEK:
        return [(start, end)]
    return [(start, MINUTES_A_WEEK), (0, end - MINUTES_A_WEEK)]


def _merge(ranges: Iterable[Range]) -> tuple[Range, ...]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _show(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
