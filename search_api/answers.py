"""Plain answers as HTTP responses: orjson bytes, entity tags, caching. Tests, not the hot path, validate them."""

from hashlib import blake2b
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from search_api.language import Language

_VARY = "Accept-Language"


def answer(body: dict[str, Any], language: Language, media_type: str = "application/json") -> Response:
    """An answer that belongs to this moment and must not be kept."""
    headers = {"Cache-Control": "no-store", "Content-Language": language, "Vary": _VARY}
    return Response(orjson.dumps(body), headers=headers, media_type=media_type)


def cached_answer(
    request: Request,
    body: dict[str, Any],
    language: Language | None,
    max_age_s: int,
    media_type: str = "application/json",
) -> Response:
    """An answer anyone may keep for `max_age_s`, with an entity tag; 304 when the caller has it already.

    `language` is None for answers that are the same in every language.
    """
    content = orjson.dumps(body)
    tag = f'W/"{blake2b(content, digest_size=12).hexdigest()}"'
    headers = {"Cache-Control": f"public, max-age={max_age_s}", "ETag": tag}
    if language is not None:
        headers |= {"Content-Language": language, "Vary": _VARY}
    if _matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


def _matches(if_none_match: str | None, tag: str) -> bool:
    """Weak comparison, as If-None-Match asks for (RFC 9110 §13.1.2)."""
    if if_none_match is None:
        return False
    wanted = tag.removeprefix("W/")
    return if_none_match.strip() == "*" or any(
        item.strip().removeprefix("W/") == wanted for item in if_none_match.split(",")
    )
