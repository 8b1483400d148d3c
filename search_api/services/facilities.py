"""The search for facilities."""

from typing import Any

from ranking import FacilityIntent, Page, build_facilities_body, load_weights, rungs_of
from search_api.call import Call
from search_api.requests import FacilitiesRequest
from search_api.services.cards import facility_hit
from search_api.services.ground import describe_area, describe_relaxed
from search_api.services.paging import Began, ask, begin, leave_out_all, next_cursor, steps_kept
from search_api.services.wanted import read_facilities


async def search_facilities(call: Call, request: FacilitiesRequest) -> dict[str, Any]:
    """The answer to a search for facilities, see `FacilitiesResponse`; raises ApiError and EngineFault."""
    began = await begin(call, "facilities", request)
    knowledge = (await call.api.serving.index("doctors")).knowledge
    assert knowledge is not None, "a doctors' index is always loaded with its knowledge"
    gazetteer, language = call.api.gazetteer, call.language
    asked = read_facilities(request, gazetteer=gazetteer, knowledge=knowledge, language=language)
    call.state["kind"] = "page" if began.cursor else asked.where.source.value
    # One more than shown tells whether there is a next page.
    page = Page(request.page_size + 1, began.cursor.after if began.cursor else None)
    kept = steps_kept(call, began.index)
    rung, rungs = began.rung(asked, kept), began.cursor.rungs if began.cursor else 0
    answer = await _ask(call, began, rung.intent, page)
    if not answer["hits"]["hits"] and began.cursor is None:
        for number, looser in enumerate(rungs_of(asked, kept=kept), start=1):
            call.api.metrics.relaxed.inc()
            rung, rungs = looser, number
            answer = await _ask(call, began, rung.intent, page)
            if answer["hits"]["hits"]:
                break
    where = rung.intent.where
    view = call.view((where.origin.lat, where.origin.lon) if where.origin else None)
    found = answer["hits"]["hits"]
    hits = found[: request.page_size]
    count = answer["hits"]["total"]
    total = (
        began.cursor.total_document()
        if began.cursor
        else {"value": count["value"], "relation": "exact" if count["relation"] == "eq" else "more_than"}
    )
    shown = (began.cursor.shown if began.cursor else 0) + len(hits)
    return {
        "request_id": call.request_id,
        "took_ms": call.took_ms(),
        "as_of": began.index.data_date,
        "total": total,
        "area": describe_area(where, gazetteer, language),
        "relaxed": describe_relaxed(rung.loosened, language),
        "hits": [facility_hit(hit["_source"], view) for hit in hits],
        "next_cursor": next_cursor(
            call, began, shown=shown, after=tuple(hits[-1]["sort"]), total=total, where=where, rungs=rungs
        )
        if len(found) > request.page_size
        else None,
    }


async def _ask(call: Call, began: Began, intent: FacilityIntent, page: Page) -> dict[str, Any]:
    body = build_facilities_body(intent, load_weights(), page, began.day)
    if intent.open_only and not call.knows_capacity(began.index):
        leave_out_all(body)
    return await ask(call, "facilities", began, body)
