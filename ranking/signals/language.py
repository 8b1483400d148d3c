"""A doctor who speaks the wished language. The register holds none, so the value is 0 for all, and that is said.

Nothing is guessed from names or places. The day a source holds languages, the value and the clause stand here.
"""

from ranking.documents import Document
from ranking.reasons import say
from ranking.signals.signal import Clause, Intent, Reason, Signal, wishes_of


def _value(document: Document, intent: Intent) -> float:  # noqa: ARG001
    return 0.0


def _clauses(intent: Intent, weight: float) -> list[Clause]:  # noqa: ARG001
    return []


def _reason(document: Document, intent: Intent) -> Reason | None:  # noqa: ARG001
    return say("language_unknown") if wishes_of(intent).language is not None else None


LANGUAGE = Signal("language", _value, _clauses, _reason)
