"""What a hit tells a patient: a reason beside each part of its score, and the one line that is read first."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ranking.documents import Document, field_of
from ranking.explain import Part, explain
from ranking.intent import Grade, SearchIntent
from ranking.query.name_gate import GATE
from ranking.query.place_gate import PLACE_GATE, has_surroundings
from ranking.reasons import LANGUAGES, Reason, say
from ranking.signals import SIGNALS
from ranking.signals.weights import Weights

SEPARATOR = " · "
# Said in this order; facts about the place always, wishes when they are met at least in part.
_FACTS = ("distance", "capacity", "contract")
_WISHES = ("hours", "gender", "same_facility")
_SIGNALS = {signal.name: signal for signal in SIGNALS}


@dataclass(frozen=True, slots=True)
class ToldPart:
    """A part of a score with what it says to the patient, None when that is nothing."""

    part: Part
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Told:
    """The parts of a hit that this search asked for, and its headline: «2,1 км від вас · є місця · договір з НСЗУ»."""

    parts: tuple[ToldPart, ...]
    headline: Reason


def tell(document: Document, intent: SearchIntent, clause_scores: Mapping[str, float], weights: Weights) -> Told:
    """What the hit `document` tells under the intent; `clause_scores` as for `explain`.

    Signals that were not asked for and have nothing to say are left out: their points are 0, so the parts still add up.
    """
    asked = _asked_signals(intent)
    told = [ToldPart(part, _reason(part, document, intent)) for part in explain(clause_scores, weights)]
    kept = tuple(each for each in told if each.part.signal == GATE or each.reason or each.part.signal in asked)
    return Told(kept, _headline(kept))


def name_reason(points: float, document: Document) -> Reason:
    """What the gate says at a grade of so many points: that the name is the typed one, or which one was found."""
    grade = max((grade for grade in Grade if grade <= points + 0.5), default=min(Grade))
    if grade is Grade.EXACT:
        return say("name_exact")
    name = " ".join(filter(None, (field_of(document, "name.last"), field_of(document, "name.first"))))
    return say(f"name_{grade.name.lower()}", name=name)


@lru_cache(maxsize=64)
def _asked_signals(intent: SearchIntent) -> frozenset[str]:
    """Signals that say something under this intent; remembered, because a page tells twenty hits of the same one."""
    return frozenset(signal.name for signal in SIGNALS if signal.clauses(intent, 1.0))


def _reason(part: Part, document: Document, intent: SearchIntent) -> Reason | None:
    if part.signal == GATE:
        return name_reason(part.points, document)
    if part.signal == PLACE_GATE:
        return _place_reason(intent)
    return _SIGNALS[part.signal].reason(document, intent)


def _place_reason(intent: SearchIntent) -> Reason:
    """The settlement named, else the number of the facility named."""
    where = intent.where
    if has_surroundings(where) and where.area is not None:
        return say("place_named", name=where.area.name)
    return say("number_named", number=", ".join(intent.facility.numbers))


def _headline(parts: tuple[ToldPart, ...]) -> Reason:
    """A name that is not the typed one first, then the facts, then the wishes that are met."""
    by_name = {each.part.signal: each for each in parts}
    said: list[Reason] = []
    gate = by_name.get(GATE)
    if gate and gate.reason and gate.part.value < 1:
        said.append(gate.reason)
    said += [found.reason for name in _FACTS if (found := by_name.get(name)) and found.reason]
    said += [found.reason for name in _WISHES if (found := by_name.get(name)) and found.reason and found.part.value > 0]
    return Reason(*(SEPARATOR.join(reason.text(language) for reason in said) for language in LANGUAGES))
