"""The score in Python: the same filters and the same sum as the engine's query, for one document at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ranking.documents import Document, distance_from, field_of
from ranking.explain import Part
from ranking.intent import Grade, SearchIntent, Sort
from ranking.query.area import in_area
from ranking.query.facility_words import facility_fits
from ranking.query.hard_facts import failed_facts
from ranking.query.name_gate import GATE, name_grade
from ranking.query.place_gate import PLACE_GATE, PLACE_POINTS, is_named_place
from ranking.query.sort import tie_field
from ranking.signals import SIGNALS
from ranking.signals.weights import Weights


@dataclass(frozen=True, slots=True)
class Scored:
    """A document that is a hit: its score and the parts that sum to it."""

    document: Document
    score: float
    parts: tuple[Part, ...]


def exclusions(document: Document, intent: SearchIntent) -> list[str]:
    """Why the document is not a hit: names of the facts and gates it fails; empty when it is one."""
    failed = failed_facts(document, intent)
    if not in_area(document, intent.where):
        failed.append("area")
    if not facility_fits(document, intent.facility):
        failed.append("facility")
    if intent.names and name_grade(document, intent.names) is None:
        failed.append(GATE)
    return failed


def score_document(document: Document, intent: SearchIntent, weights: Weights) -> Scored | None:
    """The document's score under the intent, or None when it is not a hit."""
    if exclusions(document, intent):
        return None
    parts = []
    grade = name_grade(document, intent.names) if intent.names else None
    if grade is not None:
        parts.append(Part(GATE, grade / max(Grade), float(max(Grade)), float(grade)))
    if is_named_place(document, intent):
        parts.append(Part(PLACE_GATE, 1.0, PLACE_POINTS, PLACE_POINTS))
    for signal in SIGNALS:
        value, weight = signal.value(document, intent), weights[signal.name]
        parts.append(Part(signal.name, value, weight, weight * value))
    return Scored(document, sum(part.points for part in parts), tuple(parts))


def rank(documents: Iterable[Document], intent: SearchIntent, weights: Weights, day: date) -> list[Scored]:
    """All hits among `documents` in the order of the answer, ties as on `day`."""
    hits = [scored for document in documents if (scored := score_document(document, intent, weights)) is not None]
    tie = tie_field(day)

    def order(hit: Scored) -> tuple[float, int, str]:
        ties = field_of(hit.document, tie) or 0, str(field_of(hit.document, "employee.id"))
        if intent.sort is Sort.BEST or intent.where.origin is None:
            return (-hit.score, *ties)
        km = distance_from(hit.document, intent.where.origin)
        return (float("inf") if km is None else km, *ties)

    return sorted(hits, key=order)
