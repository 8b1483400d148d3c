"""The gate of places: what was named itself comes before what merely fits.

Where a search takes in the surroundings of a small settlement, its own doctors come first: a village's point is often
that of its hromada, so distance alone cannot tell who works in the village itself. Where a facility's number was named,
places that bear it come before those that belong to a company with it. Worth as much as all signals together.
"""

from ranking.documents import Document, field_of
from ranking.intent import FacilityIntent, SearchIntent, Where
from ranking.query.hard_facts import Clause

PLACE_GATE = "place"
PLACE_POINTS = 1.0

_OWN_NUMBERS = "facility.own_numbers"


def place_clauses(intent: SearchIntent | FacilityIntent) -> list[Clause]:
    """One named constant score for documents of what was named itself; none where nothing more would fit."""
    named = _named(intent)
    if not named:
        return []
    matched: Clause = named[0] if len(named) == 1 else {"bool": {"filter": named}}
    return [{"constant_score": {"filter": matched, "boost": PLACE_POINTS, "_name": PLACE_GATE}}]


def is_named_place(document: Document, intent: SearchIntent | FacilityIntent) -> bool:
    """The document is of the settlement and of the numbered place that were named."""
    where, numbers = intent.where, intent.facility.numbers
    if not has_surroundings(where) and not numbers:
        return False
    here = where.area and field_of(document, f"place.{where.area.level}") == where.area.code
    if has_surroundings(where) and not here:
        return False
    return set(numbers) <= set(field_of(document, _OWN_NUMBERS) or ())


def has_surroundings(where: Where) -> bool:
    """The search goes beyond the settlement named."""
    return where.widened and where.area is not None


def _named(intent: SearchIntent | FacilityIntent) -> list[Clause]:
    where, clauses = intent.where, list[Clause]()
    if has_surroundings(where) and where.area is not None:
        clauses.append({"term": {f"place.{where.area.level}": where.area.code}})
    clauses += [{"term": {_OWN_NUMBERS: number}} for number in intent.facility.numbers]
    return clauses
