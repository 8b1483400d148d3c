"""What a signal is: a value, an engine clause and a reason that say the same."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ranking.documents import Document
from ranking.intent import FacilityIntent, SearchIntent
from ranking.reasons import Reason
from ranking.wishes import NO_WISHES, Wishes

Intent = SearchIntent | FacilityIntent
Clause = dict[str, Any]

__all__ = ["Clause", "Intent", "Reason", "Signal", "constant_clause", "wishes_of"]


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal by its three faces.

    `value(document, intent)` in [0, 1]; `clauses(intent, weight)` named clauses whose scores sum to weight × value (the
    name is the signal's, or starts with it and a dot), none when it says nothing about this intent; `reason(document,
    intent)` what a patient is told, None when there is nothing to say. A signal that was not asked for (no origin, no
    such wish) has no clause and the value 0 for every document: it changes no order and takes no weight from others.
    """

    name: str
    value: Callable[[Document, Intent], float]
    clauses: Callable[[Intent, float], list[Clause]]
    reason: Callable[[Document, Intent], Reason | None]


def constant_clause(matched: Clause, score: float, name: str) -> Clause:
    """`score` for each document that meets `matched`, under a name."""
    return {"constant_score": {"filter": matched, "boost": score, "_name": name}}


def wishes_of(intent: Intent) -> Wishes:
    """What was wished for; facilities are searched without wishes."""
    return intent.wishes if isinstance(intent, SearchIntent) else NO_WISHES
