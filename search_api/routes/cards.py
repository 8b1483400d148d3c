"""GET /v1/doctors/{employee_id}, /v1/facilities/{division_id}: cards, also of what is no longer in force."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from search_api.answers import cached_answer
from search_api.call import Call
from search_api.responses import DoctorCard, FacilityCard
from search_api.routes.problem_docs import ENGINE_PROBLEMS, documented
from search_api.services.cards import show_doctor, show_facility

router = APIRouter(prefix="/v1", tags=["cards"])

_FRESH_S = 60
_Id = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,64}$")]
_PROBLEMS = documented("request_faulty", "not_found", *ENGINE_PROBLEMS)


@router.get(
    "/doctors/{employee_id}",
    operation_id="getDoctor",
    summary="One employment of a doctor",
    response_model=DoctorCard,
    responses=_PROBLEMS,
)
async def get_doctor(request: Request, employee_id: _Id) -> Response:
    """The card of one employment. Answers for the inactive too: `active` is false and `inactive_reasons` say why."""
    call = Call.of(request)
    return cached_answer(request, await show_doctor(call, employee_id), call.language, _FRESH_S)


@router.get(
    "/facilities/{division_id}",
    operation_id="getFacility",
    summary="One facility",
    response_model=FacilityCard,
    responses=_PROBLEMS,
)
async def get_facility(request: Request, division_id: _Id) -> Response:
    """The card of one division. Answers for the inactive too: `active` is false and `inactive_reasons` say why."""
    call = Call.of(request)
    return cached_answer(request, await show_facility(call, division_id), call.language, _FRESH_S)
