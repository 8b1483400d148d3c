"""Free places by state, never by number: full ranks lower and is never hidden, unknown is neither free nor full."""

from collections.abc import Mapping
from types import MappingProxyType

from directory.capacity import CapacityState
from ranking.documents import Document, field_of
from ranking.intent import FacilityIntent
from ranking.reasons import say
from ranking.signals.signal import Clause, Intent, Reason, Signal, constant_clause

STATE_VALUES: Mapping[str, float] = MappingProxyType(
    {
        CapacityState.FREE.value: 1.0,
        CapacityState.NEARLY_FULL.value: 0.7,
        CapacityState.UNKNOWN.value: 0.4,
        CapacityState.FULL.value: 0.0,
    }
)
_OPEN_HERE = "doctors.open_specialities"


def _value(document: Document, intent: Intent) -> float:
    if isinstance(intent, FacilityIntent):
        return float(_has_places(document, intent))
    return STATE_VALUES.get(field_of(document, "capacity.state") or "", 0.0)


def _clauses(intent: Intent, weight: float) -> list[Clause]:
    if isinstance(intent, FacilityIntent):
        return [constant_clause(_has_places_clause(intent), weight, f"{CAPACITY.name}.open")]
    return [
        constant_clause({"term": {"capacity.state": state}}, weight * value, f"{CAPACITY.name}.{state}")
        for state, value in STATE_VALUES.items()
        if value
    ]


def _reason(document: Document, intent: Intent) -> Reason | None:
    if isinstance(intent, FacilityIntent):
        return say("capacity_free") if _has_places(document, intent) else None
    state = field_of(document, "capacity.state")
    return say(f"capacity_{state}") if state in STATE_VALUES else None


def _has_places(document: Document, intent: FacilityIntent) -> bool:
    found = set(field_of(document, _OPEN_HERE) or ())
    return not found.isdisjoint(intent.specialities) if intent.specialities else bool(found)


def _has_places_clause(intent: FacilityIntent) -> Clause:
    if intent.specialities:
        return {"terms": {_OPEN_HERE: sorted(intent.specialities)}}
    return {"exists": {"field": _OPEN_HERE}}


CAPACITY = Signal("capacity", _value, _clauses, _reason)
