"""POST and GET /v1/search: doctors a patient can register with."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from search_api.answers import answer
from search_api.call import Call
from search_api.requests import SearchQuery, SearchRequest
from search_api.responses import SearchResponse
from search_api.routes.problem_docs import ENGINE_PROBLEMS, documented
from search_api.services.search import search_doctors

router = APIRouter(prefix="/v1", tags=["search"])

_PROBLEMS = ("request_faulty", "place_needed", "cursor_invalid", "cursor_expired", "too_deep", *ENGINE_PROBLEMS)


@router.post(
    "/search",
    operation_id="searchDoctors",
    summary="Find doctors, the private way",
    response_model=SearchResponse,
    responses=documented("body_unreadable", "body_too_large", "wrong_media_type", *_PROBLEMS),
)
async def post_search(request: Request, body: SearchRequest) -> Response:
    """Doctors by place, name, speciality, age and free places; what is asked stays out of addresses."""
    call = Call.of(request)
    return answer(await search_doctors(call, body), call.language)


@router.get(
    "/search",
    operation_id="searchDoctorsByQuery",
    summary="Find doctors, as a link",
    response_model=SearchResponse,
    responses=documented(*_PROBLEMS),
)
async def get_search(request: Request, query: Annotated[SearchQuery, Query()]) -> Response:
    """The same search with the same fields in the query string; use POST for what a patient typed or where they are."""
    call = Call.of(request)
    return answer(await search_doctors(call, query.as_request()), call.language)
