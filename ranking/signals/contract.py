"""The place stands in an NHSU contract in force: the state pays for the patient there."""

from ranking.documents import Document, field_of
from ranking.reasons import say
from ranking.signals.signal import Clause, Intent, Reason, Signal, constant_clause

_FIELD = "contract.active"


def _value(document: Document, intent: Intent) -> float:  # noqa: ARG001
    return float(field_of(document, _FIELD) is True)


def _clauses(intent: Intent, weight: float) -> list[Clause]:  # noqa: ARG001
    return [constant_clause({"term": {_FIELD: True}}, weight, CONTRACT.name)]


def _reason(document: Document, intent: Intent) -> Reason | None:
    return say("contract_yes" if _value(document, intent) else "contract_no")


CONTRACT = Signal("contract", _value, _clauses, _reason)
