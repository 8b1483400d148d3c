"""POST /v1/explain: where a doctor stands in a search and why, or how the search was made. POST only: it is private."""

from fastapi import APIRouter, Request, Response

from search_api.answers import answer
from search_api.call import Call
from search_api.explanations import DoctorExplained, SearchExplained
from search_api.requests import ExplainRequest
from search_api.routes.problem_docs import ENGINE_PROBLEMS, documented
from search_api.services.explain import explain_doctor, explain_search

router = APIRouter(prefix="/v1", tags=["search"])


@router.post(
    "/explain",
    operation_id="explainSearch",
    summary="Why a doctor stands where they stand",
    response_model=DoctorExplained | SearchExplained,
    responses=documented(
        "body_unreadable", "body_too_large", "wrong_media_type", "request_faulty", "place_needed", "not_found",
        *ENGINE_PROBLEMS,
    ),
)  # fmt: skip
async def post_explain(request: Request, body: ExplainRequest) -> Response:
    """With `employee_id`: the doctor's place and score in this search, what excludes them, and the smallest change that
    would bring them into the first three. Without: how the search was read, planned and asked."""
    call = Call.of(request)
    if body.employee_id is None:
        return answer(await explain_search(call, body), call.language)
    return answer(await explain_doctor(call, body, body.employee_id), call.language)
