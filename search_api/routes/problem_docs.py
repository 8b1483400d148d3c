"""Which problems a route may answer with, for the OpenAPI document."""

from collections.abc import Mapping
from typing import Any

from search_api.problems import MEDIA_TYPE, TYPE_PREFIX
from search_api.responses import Problem
from search_api.texts import problem_titles

ENGINE_PROBLEMS = ("engine_unavailable", "engine_partial", "index_missing", "engine_timed_out", "internal")


def documented(*codes: str) -> dict[int | str, dict[str, Any]]:
    """OpenAPI responses for these problem codes, one entry a status, each code with an example."""
    titles = problem_titles()
    found: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        status = titles[code]["status"]
        entry = found.setdefault(
            status, {"model": Problem, "description": "", "content": {MEDIA_TYPE: {"schema": _SCHEMA, "examples": {}}}}
        )
        entry["description"] = "; ".join(filter(None, [entry["description"], titles[code]["en"]]))
        entry["content"][MEDIA_TYPE]["examples"][code] = {"value": _example(code, titles[code])}
        if status in (503, 504):
            entry["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}}
    return found


_SCHEMA = {"$ref": "#/components/schemas/Problem"}


def _example(code: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    example: dict[str, Any] = {
        "type": TYPE_PREFIX + code,
        "code": code,
        "title": entry["en"],
        "status": entry["status"],
        "request_id": "0f8fad5bd9cb469fa16570867728950e",
    }
    if code == "request_faulty":
        example["errors"] = [
            {"field": "near.lon", "code": "missing", "problem": "is required", "cure": "send it"},
            {"field": "age", "code": "too_large", "problem": "is too large", "cure": "send at most 130"},
        ]
    return example
