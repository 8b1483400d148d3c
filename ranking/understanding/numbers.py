"""What a number in a text is: an hour, a date, an age, the number of a facility, a house."""

import re
from collections.abc import Mapping, Sequence

from ranking.understanding.candidates import HOUSE, Candidate, Gathered
from ranking.understanding.hearing import Match
from ranking.understanding.reading import PatientAge, TakenAs
from ranking.understanding.typed import Typed
from ranking.understanding.vocabulary import How
from ranking.understanding.word_files import age_units, time_words

_NUMBER = 0.15
_HOUSE = 2.0


def add_numbers(gathered: Gathered, typed: Sequence[Typed], start: int) -> None:
    """What a number is: an hour beside words of time, an age before «років», the number of a facility, a house."""
    text = typed[start].text
    # Decimal digits only: «²» is a digit to Unicode and no number.
    if not text[0].isdecimal():
        return
    before = typed[start - 1].text if start else ""
    after = typed[start + 1].text if start + 1 < len(typed) else ""
    times, units = time_words(), age_units()

    def add(length: int, taken_as: TakenAs, value: object, cost: float) -> None:
        gathered[length, taken_as].append(Candidate(value, cost, How.LEMMA, Match.EXACT, text))

    if not text.isdecimal():
        hour, minute = re.split("[:.]", text)
        if int(hour) < 24 and int(minute) < 60:
            add(1, TakenAs.TIME, ("clock", text), 0.0)
    elif len(text) <= 4:
        add(1, TakenAs.FACILITY_NUMBER, str(int(text)), _NUMBER)
        if int(text) < 24 and (before in times.before_clock or after in times.halves):
            add(1, TakenAs.TIME, ("hour", int(text)), 0.1)
        if after in times.months and 0 < int(text) <= 31:
            add(2, TakenAs.TIME, ("date", (times.months[after], int(text))), 0.0)
        unit = units.get(after)
        if unit in ("years", "months", "weeks") and _is_no_age(typed, start, units):
            add(2, TakenAs.FILLER, "experience", 0.0)
        elif unit in ("years", "months", "weeks") and int(text) <= 130:
            add(
                2,
                TakenAs.WISH,
                PatientAge(int(text) if unit == "years" else 0 if unit == "weeks" else int(text) // 12),
                0.0,
            )
        add(1, TakenAs.FILLER, HOUSE, _HOUSE)


def _is_no_age(typed: Sequence[Typed], start: int, units: Mapping[str, str]) -> bool:
    """«стаж 10 років» is no age."""
    return any(units.get(word.text) == "not_an_age" for word in typed[max(start - 2, 0) : start])
