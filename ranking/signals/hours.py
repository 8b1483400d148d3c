"""Fitting hours, when a moment is wished for: 1 open at that minute, ½ open at some time within an hour of it.

Half a step, because a patient who asks for «Saturday morning» rarely means one minute only.
"""

from directory.documents import MINUTES_A_DAY, WEEKDAYS
from ranking.documents import Document, field_of
from ranking.reasons import say
from ranking.signals.signal import Clause, Intent, Reason, Signal, constant_clause, wishes_of
from ranking.wishes import MINUTES_A_WEEK

AROUND_MINUTES = 60
_HALF = 0.5
_FIELD = "hours.open"


def _value(document: Document, intent: Intent) -> float:
    minute = wishes_of(intent).open_at
    if minute is None:
        return 0.0
    ranges = [(opening["gte"], opening["lt"]) for opening in field_of(document, _FIELD) or ()]
    open_then = any(start <= minute < end for start, end in ranges)
    around = _windows(minute)
    open_around = any(start <= last and first < end for start, end in ranges for first, last in around)
    return _HALF * open_then + _HALF * open_around


def _clauses(intent: Intent, weight: float) -> list[Clause]:
    minute = wishes_of(intent).open_at
    if minute is None:
        return []
    around: list[Clause] = [{"range": {_FIELD: {"gte": first, "lte": last}}} for first, last in _windows(minute)]
    window = around[0] if len(around) == 1 else {"bool": {"should": around, "minimum_should_match": 1}}
    return [
        constant_clause({"term": {_FIELD: minute}}, weight * _HALF, f"{HOURS.name}.then"),
        constant_clause(window, weight * _HALF, f"{HOURS.name}.around"),
    ]


def _reason(document: Document, intent: Intent) -> Reason | None:
    minute = wishes_of(intent).open_at
    if minute is None:
        return None
    if not field_of(document, _FIELD):
        return say("hours_unknown")
    value = _value(document, intent)
    code = "hours_open" if value == 1 else "hours_near" if value else "hours_closed"
    day, in_day = divmod(minute, MINUTES_A_DAY)
    clock = f"{in_day // 60}:{in_day % 60:02}"
    return say(code, weekday=say(f"weekday_{WEEKDAYS[day]}"), clock=clock)


def _windows(minute: int) -> list[tuple[int, int]]:
    """The hour before and the hour after as (first, last) minutes of the week; two where the week turns over."""
    first, last = minute - AROUND_MINUTES, minute + AROUND_MINUTES
    if first < 0:
        return [(0, last), (first + MINUTES_A_WEEK, MINUTES_A_WEEK - 1)]
    if last >= MINUTES_A_WEEK:
        return [(first, MINUTES_A_WEEK - 1), (0, last - MINUTES_A_WEEK)]
    return [(first, last)]


HOURS = Signal("hours", _value, _clauses, _reason)
