"""The search for doctors: read, plan, ask, group, explain, render."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ranking import (
    GroupedPage,
    Page,
    Person,
    Rung,
    SearchIntent,
    build_search_body,
    group_people,
    load_weights,
    rungs_of,
)
from search_api import rendering
from search_api.call import Call
from search_api.rendering import View
from search_api.requests import SearchRequest
from search_api.services.facets import count_facets
from search_api.services.ground import describe_area, describe_relaxed
from search_api.services.paging import Began, ask, begin, leave_out_all, next_cursor, steps_kept
from search_api.services.reading import reader_of
from search_api.services.reasons import take_score_apart
from search_api.services.understood import describe_how, describe_understood
from search_api.services.wanted import ReadRequest

# A person with several posts has several documents: some more are fetched, so that one trip nearly always fills a page.
_SPARE_SHARE = 5
_LEAST_SPARE = 4
_MOST_TRIPS = 10


@dataclass(frozen=True, slots=True)
class _Found:
    """One page of people; `parties` are the marks of all shown so far, `facets` None on later pages.

    `rung` is the intent they were found with, `rungs` how far up the ladder it stands, 0 = nothing loosened.
    """

    rung: Rung[SearchIntent]
    rungs: int
    people: tuple[Person, ...]
    after: tuple[Any, ...] | None
    more: bool
    parties: tuple[bytes, ...]
    total: dict[str, Any]
    facets: dict[str, list[dict[str, Any]]] | None


async def search_doctors(call: Call, request: SearchRequest) -> dict[str, Any]:
    """The answer to a search, see `SearchResponse`; raises ApiError and EngineFault.

    One trip to the engine as a rule. Further ones only when nobody was found: one a rung of the ladder, until somebody
    is, and then `relaxed` says what was loosened.
    """
    began = await begin(call, "doctors", request)
    read = (await reader_of(call, began, request.like_doctor))(request)
    gazetteer, language = call.api.gazetteer, call.language
    _note(call, began, read)
    found = await _find(call, began, read.intent, request)
    intent, where = found.rung.intent, found.rung.intent.where
    view = call.view((where.origin.lat, where.origin.lon) if where.origin else None)
    shown = (began.cursor.shown if began.cursor else 0) + len(found.people)
    return {
        "request_id": call.request_id,
        "took_ms": call.took_ms(),
        "as_of": began.index.data_date,
        "total": found.total,
        "area": describe_area(where, gazetteer, language),
        "understood": describe_understood(read, gazetteer, language),
        "reading": describe_how(read, gazetteer, language),
        "relaxed": describe_relaxed(found.rung.loosened, language),
        "hits": [show_hit(person.best, intent, view) for person in found.people],
        "facets": found.facets,
        "next_cursor": next_cursor(
            call,
            began,
            shown=shown,
            after=found.after,
            total=found.total,
            where=where,
            rungs=found.rungs,
            parties=found.parties,
        )
        if found.more and found.after is not None
        else None,
    }


async def _find(call: Call, began: Began, intent: SearchIntent, request: SearchRequest) -> _Found:
    """The people of one page; on the first page with as little loosened as it takes to find anybody."""
    kept = steps_kept(call, began.index)
    found = await _collect(call, began, began.rung(intent, kept), request)
    if found.people or began.cursor is not None:
        return found
    for number, rung in enumerate(rungs_of(intent, kept=kept), start=1):
        call.api.metrics.relaxed.inc()
        found = replace(await _collect(call, began, rung, request), rungs=number)
        if found.people:
            break
    return found


async def _collect(call: Call, began: Began, rung: Rung[SearchIntent], request: SearchRequest) -> _Found:
    """The people of one page; goes on while all that came were people shown on earlier pages."""
    intent = rung.intent
    cursor = began.cursor
    shown = frozenset(mark.hex() for mark in cursor.parties) if cursor else frozenset()
    after = cursor.after if cursor else None
    size = request.page_size + max(_LEAST_SPARE, request.page_size // _SPARE_SHARE)
    grouped: GroupedPage | None = None
    first_answer: Mapping[str, Any] | None = None
    more = True
    for _ in range(_MOST_TRIPS):
        first = cursor is None and first_answer is None
        page = Page(size, after, total=first, facets=first and request.facets)
        body = build_search_body(intent, load_weights(), page, began.day)
        if intent.open_only and not call.knows_capacity(began.index):
            leave_out_all(body)
        answer = await ask(call, "search", began, body, scores=True)
        first_answer = first_answer or answer
        hits = answer["hits"]["hits"]
        grouped = group_people(hits, shown, request.page_size)
        after = grouped.after or after
        more = bool(hits) and (len(hits) == size or grouped.after != tuple(hits[-1]["sort"]))
        if grouped.people or not more:
            break
    assert grouped is not None
    assert first_answer is not None
    return _Found(
        rung,
        cursor.rungs if cursor else 0,
        grouped.people,
        after,
        more,
        tuple(sorted(bytes.fromhex(mark) for mark in grouped.shown)),
        cursor.total_document() if cursor else _total(first_answer),
        count_facets(first_answer, call, began.index) if cursor is None and request.facets else None,
    )


def _total(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Persons where they can be counted exactly, else «more than» so many documents."""
    documents = answer["hits"]["total"]
    if documents["relation"] != "eq":
        return {"value": documents["value"], "relation": "more_than"}
    persons = answer.get("aggregations", {}).get("persons")
    return {"value": persons["value"] if persons else documents["value"], "relation": "exact"}


def show_hit(hit: Mapping[str, Any], intent: SearchIntent, view: View) -> dict[str, Any]:
    """One hit of the engine as answers show it, see `Hit`."""
    document = rendering.with_current_capacity(hit["_source"], view)
    return {
        "employee_id": document["employee"]["id"],
        "division_id": (document.get("division") or {}).get("id"),
        "kind": document["kind"],
        "declarable": document["declarable"],
        "doctor": rendering.person(document, view.language),
        "ages": rendering.ages(document),
        "division": rendering.division(document, view.language),
        "legal_entity": rendering.legal_entity(document),
        "distance": rendering.distance(document, view),
        "capacity": rendering.capacity(document, view),
        "contract": rendering.contract(document),
        "hours_today": rendering.today(document, view),
        "other_places": rendering.other_places(document, view, only_active=True),
        **take_score_apart({**hit, "_source": document}, intent, view.language),
    }


def _note(call: Call, began: Began, read: ReadRequest) -> None:
    """What kind of search it was, for metrics: kinds of reading, never words."""
    if began.cursor is not None:
        call.state["kind"] = "page"
        return
    understanding = read.understanding
    call.state["kind"] = "name" if understanding.best.names else read.intent.where.source.value
    for taken_as in sorted({token.taken_as.value for token in understanding.best.tokens}) or ["nothing_typed"]:
        call.api.metrics.understood.labels(taken_as).inc()
