"""What the OpenAPI document says of the API as a whole."""

from collections.abc import Callable
from functools import cache
from typing import Any

from fastapi import FastAPI

from search_api.problems import MEDIA_TYPE

_ABOUT = """Finds the doctors a patient can register with in ЕСОЗ, says why, and hands over
`employee_id` + `division_id`.

**Privacy.** `POST /v1/search` is the private way: what a patient asks stays out of addresses and so out of histories
and logs on the way. `GET` takes the same fields for links and trials. Neither stores or logs text, point, age or
birth date.

**Languages.** `Accept-Language: uk` (default) or `en`.

**Errors** are `application/problem+json` (RFC 9457) and name every fault at once. When the engine is down or slow the
answer is 503 or 504 with `Retry-After`, never an empty list.
"""

_TAGS = [
    {"name": "search", "description": "Doctors and facilities, by place, name, speciality and free places"},
    {"name": "suggest", "description": "Ways to go on while typing"},
    {"name": "cards", "description": "One doctor, one facility"},
    {"name": "map", "description": "Facilities as GeoJSON"},
    {"name": "dictionaries", "description": "Codes with their names"},
    {"name": "health", "description": "For those who run the service"},
]


def describe() -> dict[str, Any]:
    """Keyword arguments of the application that shape its OpenAPI document."""
    return {
        "summary": "Doctor search and matching for the patient cabinets of ЕСОЗ",
        "description": _ABOUT,
        "openapi_tags": _TAGS,
        "license_info": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }


def document_of(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """A function that gives the application's OpenAPI document: the framework's, with errors only as problems."""
    generate = app.openapi

    @cache
    def document() -> dict[str, Any]:
        found = generate()
        for path in found["paths"].values():
            for operation in path.values():
                _keep_problems_only(operation["responses"])
        for unused in ("HTTPValidationError", "ValidationError"):
            found["components"]["schemas"].pop(unused, None)
        return found

    return document


def _keep_problems_only(responses: dict[str, Any]) -> None:
    for status, response in list(responses.items()):
        content = response.get("content", {})
        if MEDIA_TYPE in content:
            response["content"] = {MEDIA_TYPE: content[MEDIA_TYPE]}
        elif status == "422":
            # The framework's own description of a fault, which no route here ever sends.
            del responses[status]
