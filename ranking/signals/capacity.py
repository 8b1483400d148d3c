"""Free places by state, never by number: full ranks lower and is never hidden, unknown is neither free nor full."""

from collections.abc import Mapping
from types import MappingProxyType

from directory.capacity import CapacityState
from ranking.documents import Document, field_of
from ranking.intent import FacilityIntent
from ranking.signals.signal import Clause, Intent, Reason, Signal

STATE_VALUES: Mapping[str, float] = MappingProxyType(
    {
        CapacityState.FREE.value: 1.0,
        CapacityState.NEARLY_FULL.value: 0.7,
        CapacityState.UNKNOWN.value: 0.4,
        CapacityState.FULL.value: 0.0,
    }
)
_REASONS = {
    CapacityState.FREE.value: Reason("є місця", "has places"),
    CapacityState.NEARLY_FULL.value: Reason("мало місць", "few places left"),
    CapacityState.UNKNOWN.value: Reason("кількість місць невідома", "places not known"),
    CapacityState.FULL.value: Reason("місць немає, рішення за лікарем", "no places, the doctor decides"),
}
_OPEN_HERE = "doctors.open_specialities"


def _value(document: Document, intent: Intent) -> float:
    if isinstance(intent, FacilityIntent):
        return float(_has_places(document, intent))
    return STATE_VALUES.get(field_of(document, "capacity.state") or "", 0.0)


def _clauses(intent: Intent, weight: float) -> list[Clause]:
    if isinstance(intent, FacilityIntent):
        return [_constant(_has_places_clause(intent), weight, "open")]
    return [
        _constant({"term": {"capacity.state": state}}, weight * value, state)
        for state, value in STATE_VALUES.items()
        if value
    ]


def _reason(document: Document, intent: Intent) -> Reason | None:
    if isinstance(intent, FacilityIntent):
        return _REASONS[CapacityState.FREE.value] if _has_places(document, intent) else None
    return _REASONS.get(field_of(document, "capacity.state") or "")


def _constant(matched: Clause, score: float, of: str) -> Clause:
    return {"constant_score": {"filter": matched, "boost": score, "_name": f"{CAPACITY.name}.{of}"}}


def _has_places(document: Document, intent: FacilityIntent) -> bool:
    found = set(field_of(document, _OPEN_HERE) or ())
    return not found.isdisjoint(intent.specialities) if intent.specialities else bool(found)


def _has_places_clause(intent: FacilityIntent) -> Clause:
    if intent.specialities:
        return {"terms": {_OPEN_HERE: sorted(intent.specialities)}}
    return {"exists": {"field": _OPEN_HERE}}


CAPACITY = Signal("capacity", _value, _clauses, _reason)
