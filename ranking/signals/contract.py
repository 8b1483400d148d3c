"""The place stands in an NHSU contract in force: the state pays for the patient there."""

from ranking.documents import Document, field_of
from ranking.signals.signal import Clause, Intent, Reason, Signal

_FIELD = "contract.active"


def _value(document: Document, intent: Intent) -> float:  # noqa: ARG001
    return float(field_of(document, _FIELD) is True)


def _clauses(intent: Intent, weight: float) -> list[Clause]:  # noqa: ARG001
    return [{"constant_score": {"filter": {"term": {_FIELD: True}}, "boost": weight, "_name": CONTRACT.name}}]


def _reason(document: Document, intent: Intent) -> Reason | None:
    if _value(document, intent):
        return Reason("договір з НСЗУ", "NHSU contract")
    return Reason("немає договору з НСЗУ", "no NHSU contract")


CONTRACT = Signal("contract", _value, _clauses, _reason)
