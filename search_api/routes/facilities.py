"""POST and GET /v1/facilities: places of work."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from search_api.answers import answer
from search_api.call import Call
from search_api.requests import FacilitiesQuery, FacilitiesRequest
from search_api.responses import FacilitiesResponse
from search_api.routes.problem_docs import ENGINE_PROBLEMS, documented
from search_api.services.facilities import search_facilities

router = APIRouter(prefix="/v1", tags=["search"])

_PROBLEMS = ("request_faulty", "place_needed", "cursor_invalid", "cursor_expired", "too_deep", *ENGINE_PROBLEMS)


@router.post(
    "/facilities",
    operation_id="searchFacilities",
    summary="Find facilities, the private way",
    response_model=FacilitiesResponse,
    responses=documented("body_unreadable", "body_too_large", "wrong_media_type", *_PROBLEMS),
)
async def post_facilities(request: Request, body: FacilitiesRequest) -> Response:
    """Facilities by place, words of the name, speciality and free places."""
    call = Call.of(request)
    return answer(await search_facilities(call, body), call.language)


@router.get(
    "/facilities",
    operation_id="searchFacilitiesByQuery",
    summary="Find facilities, as a link",
    response_model=FacilitiesResponse,
    responses=documented(*_PROBLEMS),
)
async def get_facilities(request: Request, query: Annotated[FacilitiesQuery, Query()]) -> Response:
    """The same search with the same fields in the query string."""
    call = Call.of(request)
    return answer(await search_facilities(call, query.as_request()), call.language)
