"""POST /v1/understand: what a text says, without a search."""

from fastapi import APIRouter, Request, Response

from search_api.answers import answer
from search_api.call import Call
from search_api.requests import UnderstandRequest
from search_api.responses import UnderstandResponse
from search_api.routes.problem_docs import ENGINE_PROBLEMS, documented
from search_api.services.understand import understand_text

router = APIRouter(prefix="/v1", tags=["search"])


@router.post(
    "/understand",
    operation_id="understandText",
    summary="What a text says",
    response_model=UnderstandResponse,
    response_model_exclude_none=True,
    responses=documented("body_unreadable", "body_too_large", "wrong_media_type", "request_faulty", *ENGINE_PROBLEMS),
)
async def post_understand(request: Request, body: UnderstandRequest) -> Response:
    """Speciality, place, name, facility and wishes in a patient's words, and how else they could be read."""
    call = Call.of(request)
    return answer(await understand_text(call, body), call.language)
