"""/livez, /readyz, /metrics: for those who run the service."""

from fastapi import APIRouter, Request, Response

from search_api.answers import answer
from search_api.call import Call
from search_api.responses import Alive, Readiness
from search_api.services.readiness import judge_readiness, note_data_age

router = APIRouter(tags=["health"])


@router.get("/livez", operation_id="getLiveness", summary="The process answers", response_model=Alive)
async def get_liveness(request: Request) -> Response:
    """Always 200 while the process runs; says nothing about the engine."""
    return answer({"status": "alive"}, Call.of(request).language)


@router.get(
    "/readyz",
    operation_id="getReadiness",
    summary="Searches can be answered",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "Not ready; `reason` and `cure` say why and what to do"}},
)
async def get_readiness(request: Request) -> Response:
    """200 when the engine answers, both aliases serve and the search words are loaded; else 503."""
    call = Call.of(request)
    readiness = await judge_readiness(call)
    response = answer(readiness, call.language)
    if readiness["status"] != "ready":
        response.status_code = 503
        response.headers["Retry-After"] = "5"
    return response


@router.get(
    "/metrics",
    operation_id="getMetrics",
    summary="Measurements for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}, "description": "Prometheus text format"}},
)
async def get_metrics(request: Request) -> Response:
    """Counts and times; no label holds anything a caller sent."""
    call = Call.of(request)
    note_data_age(call)
    body, media_type = call.api.metrics.render()
    return Response(body, headers={"Cache-Control": "no-store"}, media_type=media_type)
