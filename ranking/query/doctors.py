"""The query for doctors: names the clause families and nests them, nothing else."""

from datetime import date
from typing import Any

from ranking.intent import Page, SearchIntent
from ranking.query.area import area_clauses
from ranking.query.facets import EXACT_UP_TO, facet_aggregations, persons_aggregation
from ranking.query.facility_words import facility_clauses
from ranking.query.hard_facts import hard_fact_clauses
from ranking.query.name_gate import gate_clause
from ranking.query.place_gate import place_clauses
from ranking.query.sort import sort_clauses
from ranking.query.source import WHOLE
from ranking.signals import SIGNALS
from ranking.signals.weights import Weights


def build_search_body(intent: SearchIntent, weights: Weights, page: Page, day: date) -> dict[str, Any]:
    """One OpenSearch body for index `doctors`: same arguments, same dict.

    `day` picks the order of equals; the pages of one answer keep the day of the first. Send it with the URL parameter
    `include_named_queries_score=true` to let `ranking.explain` take the score apart. `page.after` are the `sort` values
    of the last document of the page before. Aggregations: `persons` (when `page.total`), and one a facet of `FACETS`.
    """
    gate = gate_clause(intent.names)
    query = {
        "filter": [*hard_fact_clauses(intent), *area_clauses(intent.where), *facility_clauses(intent.facility)],
        "must": [gate] if gate else [],
        "should": [
            *place_clauses(intent),
            *(clause for signal in SIGNALS for clause in signal.clauses(intent, weights[signal.name])),
        ],
    }
    body: dict[str, Any] = {
        "size": page.size,
        "query": {"bool": query},
        "sort": sort_clauses(intent.sort, intent.where, day, "employee.id"),
        "track_scores": True,
        "track_total_hits": EXACT_UP_TO,
        "_source": WHOLE,
    }
    aggregations = (persons_aggregation() if page.total else {}) | (facet_aggregations() if page.facets else {})
    if aggregations:
        body["aggs"] = aggregations
    if page.after is not None:
        body["search_after"] = list(page.after)
    return body
