"""How well the place is located: a distance to an address is worth more than one to the middle of a hromada.

`distance_feature` cannot add an error to each distance, so exactness is a small signal of its own (search notes §7).
"""

from collections.abc import Mapping
from types import MappingProxyType

from directory.places import Precision
from ranking.documents import Document, field_of
from ranking.reasons import say
from ranking.signals.signal import Clause, Intent, Reason, Signal, constant_clause

PRECISION_VALUES: Mapping[str, float] = MappingProxyType(
    {Precision.ADDRESS.value: 1.0, Precision.SETTLEMENT.value: 0.5}
)
_FIELD = "place.precision"
_WORTH_SAYING = {precision.value for precision in Precision} - {Precision.ADDRESS.value}


def _value(document: Document, intent: Intent) -> float:  # noqa: ARG001
    return PRECISION_VALUES.get(field_of(document, _FIELD) or "", 0.0)


def _clauses(intent: Intent, weight: float) -> list[Clause]:  # noqa: ARG001
    return [
        constant_clause({"term": {_FIELD: precision}}, weight * value, f"{PRECISION.name}.{precision}")
        for precision, value in PRECISION_VALUES.items()
    ]


def _reason(document: Document, intent: Intent) -> Reason | None:  # noqa: ARG001
    precision = field_of(document, _FIELD)
    return say(f"precision_{precision}") if precision in _WORTH_SAYING else None


PRECISION = Signal("precision", _value, _clauses, _reason)
