"""GET /v1/suggest: ways to go on while typing."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from search_api.answers import answer
from search_api.call import Call
from search_api.requests import SuggestQuery
from search_api.responses import SuggestResponse
from search_api.routes.problem_docs import ENGINE_PROBLEMS, documented
from search_api.services.suggest import suggest

router = APIRouter(prefix="/v1", tags=["suggest"])


@router.get(
    "/suggest",
    operation_id="suggest",
    summary="Go on from what is typed",
    response_model=SuggestResponse,
    responses=documented("request_faulty", *ENGINE_PROBLEMS),
)
async def get_suggest(request: Request, query: Annotated[SuggestQuery, Query()]) -> Response:
    """Specialities, places, doctors and facilities whose names go on from what is typed."""
    call = Call.of(request)
    return answer(await suggest(call, query), call.language)
