"""One table: exception -> problem type and status; every error leaves as application/problem+json (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from search_api.errors import (
    ApiError,
    BodyTooLarge,
    BodyUnreadable,
    CursorExpired,
    CursorInvalid,
    EngineFault,
    EnginePartial,
    EngineTimedOut,
    EngineUnavailable,
    Fault,
    IndexGone,
    IndexMissing,
    NotFound,
    PlaceNeeded,
    RequestFaulty,
    TooDeep,
    WrongMediaType,
)
from search_api.language import Language, choose_language
from search_api.texts import fault_texts, problem_titles

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:likar:problem:"

CODES: Mapping[type[Exception], str] = {
    RequestFaulty: "request_faulty",
    BodyUnreadable: "body_unreadable",
    BodyTooLarge: "body_too_large",
    WrongMediaType: "wrong_media_type",
    PlaceNeeded: "place_needed",
    CursorInvalid: "cursor_invalid",
    CursorExpired: "cursor_expired",
    TooDeep: "too_deep",
    NotFound: "not_found",
    EngineUnavailable: "engine_unavailable",
    EngineTimedOut: "engine_timed_out",
    EnginePartial: "engine_partial",
    IndexMissing: "index_missing",
    IndexGone: "cursor_expired",
}
INTERNAL = "internal"

_TOO_MANY_FAULTS = 50
_NUMBER_KINDS = {"float": "a number", "int": "a whole number", "bool": "true or false"}
_EXPECTED = {
    **{f"{kind}_{how}": words for kind, words in _NUMBER_KINDS.items() for how in ("type", "parsing")},
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number of usual size",
    "finite_number": "a finite number",
    "string_type": "text",
    "string_unicode": "text of whole Unicode characters",
    "list_type": "a list",
    "model_attributes_type": "an object",
    "model_type": "an object",
    "dict_type": "an object",
    "date_type": "YYYY-MM-DD",
}
# pydantic's name of a fault -> ours, and the key of its context that holds the limit.
_LIMITS = {
    "greater_than_equal": ("too_small", "ge"),
    "greater_than": ("not_above", "gt"),
    "less_than_equal": ("too_large", "le"),
    "less_than": ("too_large", "lt"),
    "string_too_long": ("too_long", "max_length"),
    "string_too_short": ("too_short", "min_length"),
    "too_long": ("too_many", "max_length"),
}
_PLAIN = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "string_pattern_mismatch": "bad_format",
    "date_from_datetime_parsing": "bad_date",
    "date_parsing": "bad_date",
    "json_invalid": "not_json",
}


def problem_of(error: Exception, language: Language, request_id: str) -> Response:
    """The response for any exception; what is not in the table is a fault of ours, 500, without a word of its own."""
    if isinstance(error, HTTPException):
        return _http_problem(error, language, request_id)
    code = CODES.get(type(error), INTERNAL)
    faults = error.faults if isinstance(error, ApiError) else ()
    retry_after_s = error.retry_after_s if isinstance(error, EngineFault) and not isinstance(error, IndexGone) else None
    return problem(code, language, request_id, faults=faults, retry_after_s=retry_after_s)


def problem(
    code: str,
    language: Language,
    request_id: str,
    *,
    faults: Sequence[Fault] = (),
    retry_after_s: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """One problem document with its status; `retry_after_s` also becomes the header."""
    entry = problem_titles()[code]
    body: dict[str, Any] = {
        "type": TYPE_PREFIX + code,
        "code": code,
        "title": entry[language],
        "status": entry["status"],
        "request_id": request_id,
    }
    if faults:
        body["errors"] = [_fault_document(fault, language) for fault in faults[:_TOO_MANY_FAULTS]]
    all_headers = {"Cache-Control": "no-store", "Content-Language": language, **(headers or {})}
    if retry_after_s is not None:
        all_headers["Retry-After"] = str(retry_after_s)
    return Response(orjson.dumps(body), entry["status"], all_headers, MEDIA_TYPE)


def read_validation(error: RequestValidationError) -> ApiError:
    """Our faults of pydantic's; a body that is no JSON object at all is a problem of its own."""
    found = error.errors()
    if any(item["type"] == "json_invalid" or tuple(item["loc"]) == ("body",) for item in found):
        return BodyUnreadable((Fault("body", "not_json"),))
    return RequestFaulty(tuple(_fault_of(item) for item in found))


async def answer_error(request: Request, error: Exception) -> Response:
    """The exception handler of the application."""
    if isinstance(error, RequestValidationError):
        error = read_validation(error)
        if isinstance(error, BodyUnreadable) and not _is_json(request.headers.get("content-type", "")):
            error = WrongMediaType()
    request.state.problem = error
    return problem_of(error, choose_language(request.headers.get("accept-language")), request.state.request_id)


def _http_problem(error: HTTPException, language: Language, request_id: str) -> Response:
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return problem("method_not_allowed", language, request_id, headers=error.headers)
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return problem("body_unreadable", language, request_id)
    return problem("not_found" if error.status_code == HTTPStatus.NOT_FOUND else INTERNAL, language, request_id)


def _fault_of(item: Mapping[str, Any]) -> Fault:
    # The first step of the path says body, query or path; the caller knows the parameter by the rest.
    name = ".".join(str(step) for step in item["loc"][1:]) or str(item["loc"][0])
    kind, context = item["type"], item.get("ctx", {})
    if kind in _LIMITS:
        code, key = _LIMITS[kind]
        return Fault(name, code, {"limit": f"{context[key]}"})
    if kind == "literal_error":
        return Fault(name, "not_one_of", {"allowed": str(context["expected"]).replace("'", "").replace(" or ", ", ")})
    if kind in _EXPECTED:
        return Fault(name, "wrong_type", {"expected": _EXPECTED[kind]})
    if kind in _PLAIN:
        return Fault(name, _PLAIN[kind])
    return Fault(name, kind, {key: str(value) for key, value in context.items()})


def _is_json(content_type: str) -> bool:
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")


def _fault_document(fault: Fault, language: Language) -> dict[str, Any]:
    problem_text, cure = fault_texts(fault.code, language, fault.values)
    document: dict[str, Any] = {"field": fault.field, "code": fault.code, "problem": problem_text, "cure": cure}
    if fault.candidates:
        document["candidates"] = [{"code": code, "label": name} for code, name in fault.candidates]
    return document
