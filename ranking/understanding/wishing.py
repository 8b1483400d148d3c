"""From wish and time words of a reading to what is wished: whom for, when, with places, of which gender."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from ranking.understanding.candidates import Option
from ranking.understanding.hearing import Match
from ranking.understanding.reading import PatientAge, SaidWishes, TakenAs
from ranking.understanding.word_files import Wish, WishKind, speciality_wishes, time_words

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ADULT = 18
_WELL_SPELT = 0.6
_DEFAULT_CLOCK = "10:00"
_SATURDAY = 5
_NOON, _AFTERNOON, _NIGHT = 12, 15, 23


def read_wishes(options: Sequence[Option], now: datetime | None) -> SaidWishes:
    """All wishes of a reading; `now` (Kyiv) turns words of time into a moment, without it there is none.

    A wish behind a negation is not taken for its opposite: it is dropped.
    """
    wishes = SaidWishes()
    for at, option in enumerate(options):
        if _is_negated(options, at):
            continue
        if _is_the_patients_gender(options, at):
            continue
        if option.taken_as is TakenAs.WISH:
            wishes = _with(wishes, option.value)
        elif option.taken_as is TakenAs.SPECIALITY:
            said_so = option.candidates[0].match < Match.SLIP and option.candidates[0].cost < _WELL_SPELT
            stated = speciality_wishes().get(option.candidates[0].phrase)
            if stated is not None and said_so:
                wishes = _with(wishes, stated)
    said = _Said.of(options)
    if said is not None and now is not None:
        wishes = replace(wishes, open_at=f"{said.moment(now):%Y-%m-%dT%H:%M}")
    return wishes


def _is_the_patients_gender(options: Sequence[Option], at: int) -> bool:
    """«жінка 30 років» is who seeks, not whom to find."""
    value = options[at].value
    gendered = isinstance(value, Wish) and value.kind is WishKind.GENDER
    return gendered and at + 1 < len(options) and isinstance(options[at + 1].value, PatientAge)


def _with(wishes: SaidWishes, wish: Any) -> SaidWishes:
    if isinstance(wish, PatientAge):
        group = "child" if wish.years < _ADULT else "adult"
        return replace(wishes, age=wish.years, age_group=group)
    assert isinstance(wish, Wish)
    if wish.kind is WishKind.AGE_GROUP and wishes.age_group is not None:
        return wishes
    said: dict[str, Any] = {wish.kind.value: wish.value}
    return replace(wishes, **said)


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said of time: a day word or a date (month, day), minutes of the day, or both; or minutes from now."""

    day: str | None
    minutes: int | None
    date: tuple[int, int] | None = None
    in_minutes: int | None = None

    @classmethod
    def of(cls, options: Sequence[Option]) -> "_Said | None":
        day: str | None = None
        minutes: int | None = None
        date: tuple[int, int] | None = None
        in_minutes: int | None = None
        spoken = False
        kinds = list(_time_values(options))
        half = _half(kinds)
        for at, (kind, value) in enumerate(kinds):
            before = kinds[at - 1] if at else ("", None)
            after = kinds[at + 1] if at + 1 < len(kinds) else ("", None)
            if kind == "day":
                day, spoken = value, True
            elif kind == "date":
                date, spoken = value, True
            elif kind == "in_minutes":
                in_minutes, spoken = value, True
            elif kind == "part":
                minutes = minutes if minutes is not None else _minutes(value)
                spoken = True
            elif kind == "open":
                day = day or (None if value == "nothing" else value)
                spoken = spoken or value != "nothing"
            elif kind in ("clock", "hour"):
                minutes, spoken = _clock(kind, value, before, after[1] if after[0] == "half" else half), True
        return cls(day, minutes, date, in_minutes) if spoken else None

    def moment(self, now: datetime) -> datetime:
        """The next moment that fits, at or after `now`."""
        minutes = self.minutes
        if self.in_minutes is not None:
            return now.replace(second=0, microsecond=0) + timedelta(minutes=self.in_minutes)
        if self.date is not None:
            return _next_date(now, *self.date) + timedelta(minutes=minutes or _minutes(_DEFAULT_CLOCK))
        if self.day == "now" or (self.day in ("today", None) and minutes is None):
            return now.replace(second=0, microsecond=0)
        if minutes is None:
            minutes = _minutes(_DEFAULT_CLOCK)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        passed = now.hour * 60 + now.minute > minutes
        if self.day is None:
            days = 1 if passed else 0
        elif self.day == "today":
            days = 0
        elif self.day in ("tomorrow", "day_after_tomorrow"):
            days = 1 if self.day == "tomorrow" else 2
        elif self.day == "workdays":
            days = next(
                ahead for ahead in range(8) if (now.weekday() + ahead) % 7 < _SATURDAY and not (ahead == 0 and passed)
            )
        else:
            wanted = _SATURDAY if self.day == "weekend" else _WEEKDAYS.index(self.day)
            days = (wanted - now.weekday()) % 7
            days += 7 if days == 0 and passed else 0
        return midnight + timedelta(days=days, minutes=minutes)


def _next_date(now: datetime, month: int, day: int) -> datetime:
    """Midnight of the next such date, today included; of the month's last day when it has no such day."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    found = [
        midnight.replace(year=year, month=month, day=min(day, monthrange(year, month)[1]))
        for year in (now.year, now.year + 1)
    ]
    return next(date for date in found if date >= midnight)


def _time_values(options: Sequence[Option]) -> Iterator[tuple[str, Any]]:
    for at, option in enumerate(options):
        if option.taken_as is TakenAs.TIME and not _is_negated(options, at):
            kind, value = option.value
            yield kind, value


def _is_negated(options: Sequence[Option], at: int) -> bool:
    return at > 0 and options[at - 1].taken_as is TakenAs.FILLER and options[at - 1].value == "negation"


def _half(kinds: Sequence[tuple[str, Any]]) -> str | None:
    """The half of the day that a part of it names: «ввечері о 8», «о 7 ранку»; None for noon and night."""
    for kind, value in kinds:
        if kind == "part":
            hour = _minutes(value) // 60
            if hour < _NOON:
                return "am"
            if _AFTERNOON <= hour < _NIGHT:
                return "pm"
    return None


def _minutes(clock: str) -> int:
    hour, minute = clock.replace(".", ":").split(":")
    return min(int(hour), 23) * 60 + min(int(minute), 59)


def _clock(kind: str, value: Any, before: tuple[str, Any], half: str | None) -> int:
    """Minutes of the day for a clock time or an hour, with the words beside it («після 17», «9 ранку»)."""
    minutes = _minutes(value) if kind == "clock" else min(int(value), 23) * 60
    hour = minutes // 60
    if half is not None:
        minutes += 12 * 60 if half == "pm" and hour < _NOON else 0
    elif hour < time_words().afternoon_below:
        minutes += 12 * 60
    return minutes - 60 if before == ("before_clock", "before") else minutes
