"""The query for facilities: the same families over index `facilities`."""

from datetime import date
from typing import Any

from ranking.intent import FacilityIntent, Page
from ranking.query.area import area_clauses
from ranking.query.facets import EXACT_UP_TO
from ranking.query.facility_words import facility_clauses
from ranking.query.hard_facts import Clause
from ranking.query.place_gate import place_clauses
from ranking.query.sort import sort_clauses
from ranking.query.source import WHOLE
from ranking.signals import SIGNALS
from ranking.signals.weights import Weights

ID_FIELD = "division.id"


def build_facilities_body(intent: FacilityIntent, weights: Weights, page: Page, day: date) -> dict[str, Any]:
    """One OpenSearch body for index `facilities`: same arguments, same dict; see `build_search_body`.

    One document is one facility, so the hits themselves are the total; `page.total` and `page.facets` ask for nothing.
    """
    body: dict[str, Any] = {
        "size": page.size,
        "query": {
            "bool": {
                "filter": [*facility_facts(intent), *area_clauses(intent.where), *facility_clauses(intent.facility)],
                "should": [
                    *place_clauses(intent),
                    *(clause for signal in SIGNALS for clause in signal.clauses(intent, weights[signal.name])),
                ],
            }
        },
        "sort": sort_clauses(intent.sort, intent.where, day, ID_FIELD),
        "track_scores": True,
        "track_total_hits": EXACT_UP_TO,
        "_source": WHOLE,
    }
    if page.after is not None:
        body["search_after"] = list(page.after)
    return body


def facility_facts(intent: FacilityIntent) -> list[Clause]:
    """What a facility must be; only those in force are searched."""
    clauses: list[Clause] = [{"term": {"active": True}}]
    doctors = "doctors.open_specialities" if intent.open_only else "doctors.specialities"
    if intent.specialities:
        clauses.append({"terms": {doctors: sorted(intent.specialities)}})
    elif intent.open_only:
        clauses.append({"exists": {"field": doctors}})
    if intent.types:
        clauses.append({"terms": {"division.type": sorted(intent.types)}})
    if intent.contract_only:
        clauses.append({"term": {"contract.active": True}})
    if intent.open_at is not None:
        clauses.append({"term": {"hours.open": intent.open_at}})
    if intent.legal_entity_id is not None:
        clauses.append({"term": {"legal_entity.id": intent.legal_entity_id}})
    return clauses
