"""Where a doctor one knows works: 1 at the same division, ½ at another branch of the same legal entity."""

from ranking.documents import Document, field_of
from ranking.reasons import say
from ranking.signals.signal import Clause, Intent, Reason, Signal, constant_clause, wishes_of
from ranking.wishes import FacilityOf

_HALF = 0.5


def _value(document: Document, intent: Intent) -> float:
    return sum(_HALF for field, wanted in _fields(wishes_of(intent).facility_of) if field_of(document, field) == wanted)


def _clauses(intent: Intent, weight: float) -> list[Clause]:
    return [
        constant_clause({"term": {field: wanted}}, weight * _HALF, f"{SAME_FACILITY.name}.{field.partition('.')[0]}")
        for field, wanted in _fields(wishes_of(intent).facility_of)
    ]


def _reason(document: Document, intent: Intent) -> Reason | None:
    if wishes_of(intent).facility_of is None:
        return None
    value = _value(document, intent)
    return say("same_division" if value == 1 else "same_legal_entity" if value else "other_facility")


def _fields(known: FacilityOf | None) -> list[tuple[str, str]]:
    if known is None:
        return []
    fields = (("division.id", known.division_id), ("legal_entity.id", known.legal_entity_id))
    return [(field, wanted) for field, wanted in fields if wanted is not None]


SAME_FACILITY = Signal("same_facility", _value, _clauses, _reason)
