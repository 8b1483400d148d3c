"""GET /v1/map: facilities as GeoJSON, clustered by zoom."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from search_api.answers import answer
from search_api.call import Call
from search_api.requests import MapQuery
from search_api.responses import FeatureCollection
from search_api.routes.problem_docs import ENGINE_PROBLEMS, documented
from search_api.services.map import draw_map

router = APIRouter(prefix="/v1", tags=["map"])

_GEOJSON = "application/geo+json"


class _GeoJson(JSONResponse):
    media_type = _GEOJSON


@router.get(
    "/map",
    operation_id="getMap",
    summary="Facilities in sight",
    response_class=_GeoJson,
    response_model=FeatureCollection,
    response_description="GeoJSON: facilities as points when few, else clusters with their numbers",
    responses=documented("request_faulty", *ENGINE_PROBLEMS),
)
async def get_map(request: Request, query: Annotated[MapQuery, Query()]) -> Response:
    """Active facilities inside the box. Clusters become finer with the zoom; few facilities are always points."""
    call = Call.of(request)
    return answer(await draw_map(call, query), call.language, _GEOJSON)
