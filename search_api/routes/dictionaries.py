"""GET /v1/dictionaries: codes with their Ukrainian and English names."""

from fastapi import APIRouter, Request, Response

from search_api.answers import cached_answer
from search_api.responses import Dictionaries, Dictionary
from search_api.routes.problem_docs import documented
from search_api.services.dictionaries import NAMES, read_dictionary

router = APIRouter(prefix="/v1/dictionaries", tags=["dictionaries"])

_FRESH_S = 3_600


@router.get("", operation_id="listDictionaries", summary="The names of all dictionaries", response_model=Dictionaries)
async def list_dictionaries(request: Request) -> Response:
    """The names that `/v1/dictionaries/{name}` knows."""
    return cached_answer(request, {"names": list(NAMES)}, None, _FRESH_S)


@router.get(
    "/{name}",
    operation_id="getDictionary",
    summary="One dictionary",
    response_model=Dictionary,
    responses=documented("not_found"),
)
async def get_dictionary(request: Request, name: str) -> Response:
    """All codes of one dictionary with their names in both languages."""
    return cached_answer(request, read_dictionary(name), None, _FRESH_S)
