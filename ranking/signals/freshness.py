"""Fresh data: 1 for free places counted on the day of the index's data, ½ for a week before it, 0 for never counted.

The counts are the part of a document that ages: a doctor fills within days, and a row that stopped coming keeps its old
date (`capacity.as_of`), while the other feeds are loaded whole. The clause is the engine's own for dates, so that no
clock enters the query: ages count from the date of the data.
"""

from datetime import datetime, timedelta

from ranking.documents import Document, field_of
from ranking.intent import FacilityIntent
from ranking.reasons import say
from ranking.signals.signal import Clause, Intent, Reason, Signal

PIVOT_DAYS = 7
_PIVOT = timedelta(days=PIVOT_DAYS)
_FIELD = "capacity.as_of"


def _value(document: Document, intent: Intent) -> float:
    age = _age(document, intent)
    return 0.0 if age is None else _PIVOT / (_PIVOT + age)


def _clauses(intent: Intent, weight: float) -> list[Clause]:
    if isinstance(intent, FacilityIntent) or intent.as_of is None:
        return []
    # To the millisecond: the engine takes what is left out for the end of the second, not for its beginning.
    origin = intent.as_of.isoformat(timespec="milliseconds")
    feature = {"field": _FIELD, "origin": origin, "pivot": f"{PIVOT_DAYS}d"}
    return [{"distance_feature": {**feature, "boost": weight, "_name": FRESHNESS.name}}]


def _reason(document: Document, intent: Intent) -> Reason | None:
    age = _age(document, intent)
    return say("fresh_days", n=age.days) if age is not None and age.days else None


def _age(document: Document, intent: Intent) -> timedelta | None:
    """How far the count lies from the date of the data; None when either is not known."""
    counted = field_of(document, _FIELD)
    if isinstance(intent, FacilityIntent) or intent.as_of is None or counted is None:
        return None
    return abs(intent.as_of - datetime.fromisoformat(counted))


FRESHNESS = Signal("freshness", _value, _clauses, _reason)
