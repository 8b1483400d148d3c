"""What a signal is: a value, an engine clause and a reason that say the same."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ranking.documents import Document
from ranking.intent import FacilityIntent, SearchIntent

Intent = SearchIntent | FacilityIntent
Clause = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason in the two languages of the product."""

    uk: str
    en: str

    def text(self, language: str) -> str:
        """The text in `language` («uk» or «en»); any other language gives the Ukrainian one."""
        return self.en if language == "en" else self.uk


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal by its three faces.

    `value(document, intent)` in [0, 1]; `clauses(intent, weight)` named clauses whose scores sum to weight × value (the
    name is the signal's, or starts with it and a dot), none when it says nothing about this intent; `reason(document,
    intent)` what a patient is told, None when there is nothing to say.
    """

    name: str
    value: Callable[[Document, Intent], float]
    clauses: Callable[[Intent, float], list[Clause]]
    reason: Callable[[Document, Intent], Reason | None]
