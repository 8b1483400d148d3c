"""A doctor of the wished gender: a word like «жінка» in the text is a wish; as a parameter it is a hard fact."""

from ranking.documents import Document, field_of
from ranking.reasons import catalogue, say
from ranking.signals.signal import Clause, Intent, Reason, Signal, constant_clause, wishes_of

_FIELD = "party.gender"


def _value(document: Document, intent: Intent) -> float:
    wished = wishes_of(intent).gender
    return float(wished is not None and field_of(document, _FIELD) == wished)


def _clauses(intent: Intent, weight: float) -> list[Clause]:
    wished = wishes_of(intent).gender
    return [] if wished is None else [constant_clause({"term": {_FIELD: wished}}, weight, GENDER.name)]


def _reason(document: Document, intent: Intent) -> Reason | None:
    if wishes_of(intent).gender is None:
        return None
    code = f"gender_{field_of(document, _FIELD)}"
    return say(code if code in catalogue() else "gender_unknown")


GENDER = Signal("gender", _value, _clauses, _reason)
