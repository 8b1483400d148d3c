"""Hard facts: what a hit must be. They filter, never score; each has an engine face and a Python face side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from directory.capacity import CapacityState
from ranking.documents import Document, field_of
from ranking.intent import Kind, SearchIntent

Clause = dict[str, Any]

# «Only with free places» is the patient's choice; full doctors are otherwise shown, and labelled (domain rules §4).
OPEN_STATES = (CapacityState.FREE.value, CapacityState.NEARLY_FULL.value)


@dataclass(frozen=True, slots=True)
class HardFact:
    """One fact. `clause` gives None when the intent does not ask for it; then `holds` is true of every document."""

    name: str
    clause: Callable[[SearchIntent], Clause | None]
    holds: Callable[[Document, SearchIntent], bool]


def _kind_clause(intent: SearchIntent) -> Clause | None:
    declarable: Clause = {"term": {"declarable": True}}
    if intent.age is not None and intent.kind is not Kind.SPECIALIST:
        declarable = all_of([declarable, *_age_clauses(intent.age)])
    if intent.kind is Kind.PRIMARY_CARE:
        return declarable
    specialist = all_of([{"term": {"active": True}}, {"term": {"kind": "specialist"}}])
    return specialist if intent.kind is Kind.SPECIALIST else any_of([declarable, specialist])


def _kind_holds(document: Document, intent: SearchIntent) -> bool:
    specialist = bool(document.get("active")) and document.get("kind") == "specialist"
    if intent.kind is Kind.SPECIALIST:
        return specialist
    declarable = bool(document.get("declarable")) and _age_fits(document, intent.age)
    return declarable or (intent.kind is Kind.ALL and specialist)


def _age_clauses(age: int) -> list[Clause]:
    return [{"range": {"ages.min": {"lte": age}}}, {"range": {"ages.max": {"gte": age}}}]


def _age_fits(document: Document, age: int | None) -> bool:
    """The patient's age is within the officio speciality's ages (domain rules §5.1); unknown ages fit nobody."""
    if age is None:
        return True
    youngest, oldest = field_of(document, "ages.min"), field_of(document, "ages.max")
    return youngest is not None and oldest is not None and youngest <= age <= oldest


def _terms_fact(name: str, path: str, wanted: Callable[[SearchIntent], tuple[str, ...]]) -> HardFact:
    def clause(intent: SearchIntent) -> Clause | None:
        values = wanted(intent)
        return {"terms": {path: sorted(values)}} if values else None

    def holds(document: Document, intent: SearchIntent) -> bool:
        values = wanted(intent)
        return not values or field_of(document, path) in values

    return HardFact(name, clause, holds)


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _open_at_holds(document: Document, intent: SearchIntent) -> bool:
    if intent.open_at is None:
        return True
    ranges = field_of(document, "hours.open") or ()
    return any(opening["gte"] <= intent.open_at < opening["lt"] for opening in ranges)


HARD_FACTS: tuple[HardFact, ...] = (
    HardFact("kind", _kind_clause, _kind_holds),
    _terms_fact("speciality", "speciality.officio", lambda intent: intent.specialities),
    _terms_fact("open_only", "capacity.state", lambda intent: OPEN_STATES if intent.open_only else ()),
    HardFact(
        "contract_only",
        lambda intent: {"term": {"contract.active": True}} if intent.contract_only else None,
        lambda document, intent: not intent.contract_only or bool(field_of(document, "contract.active")),
    ),
    _terms_fact("gender", "party.gender", lambda intent: _one(intent.gender)),
    HardFact(
        "open_at",
        lambda intent: None if intent.open_at is None else {"term": {"hours.open": intent.open_at}},
        _open_at_holds,
    ),
    _terms_fact("division", "division.id", lambda intent: intent.division_ids),
    _terms_fact("street", "place.street", lambda intent: _one(intent.street)),
    _terms_fact("legal_entity", "legal_entity.id", lambda intent: _one(intent.legal_entity_id)),
)


def hard_fact_clauses(intent: SearchIntent) -> list[Clause]:
    """The filters of all facts the intent asks for, in a fixed order."""
    return [clause for fact in HARD_FACTS if (clause := fact.clause(intent)) is not None]


def failed_facts(document: Document, intent: SearchIntent) -> list[str]:
    """Names of the facts this document fails; empty when it may be a hit."""
    return [fact.name for fact in HARD_FACTS if not fact.holds(document, intent)]


def all_of(clauses: list[Clause]) -> Clause:
    """A filter that every one of `clauses` must meet; a single one stands for itself."""
    return clauses[0] if len(clauses) == 1 else {"bool": {"filter": clauses}}


def any_of(clauses: list[Clause]) -> Clause:
    """A filter that at least one of `clauses` must meet; a single one stands for itself."""
    return clauses[0] if len(clauses) == 1 else {"bool": {"should": clauses, "minimum_should_match": 1}}
