"""Rows of a bulk feed of the registry, streamed over HTTP one by one."""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import httpx

from loadtests.errors import CannotRun

_DATA = re.compile(r'"data"\s*:\s*\[')
_BETWEEN_ROWS = re.compile(r"[\s,]*")
_LONGEST_ROW = 16_000_000
_TIME_LIMITS = httpx.Timeout(10.0, read=60.0)


def read_feed(client: httpx.Client, feed: str) -> Iterator[dict[str, Any]]:
    """The rows of one feed that are JSON objects; raises CannotRun when the registry is down, refuses or breaks off."""
    try:
        with client.stream("GET", f"/api/pis/bulk/{feed}", timeout=_TIME_LIMITS) as response:
            if response.status_code in (401, 403):
                raise CannotRun(
                    f"The registry at {client.base_url} refused the api key for «{feed}»: give one with --api-key."
                )
            if response.status_code != 200:
                raise CannotRun(
                    f"The registry at {client.base_url} answered {response.status_code} for «{feed}»: see its log."
                )
            yield from rows_of(response.iter_bytes(), feed)
    except httpx.ConnectError as error:
        raise CannotRun(
            f"No sandbox registry answers at {client.base_url}: start it with «make run», or give a saved file "
            "with --queries."
        ) from error
    except httpx.HTTPError as error:
        raise CannotRun(
            f"Reading «{feed}» from {client.base_url} broke off ({type(error).__name__}): run this again."
        ) from error


def rows_of(pieces: Iterable[bytes], feed: str) -> Iterator[dict[str, Any]]:
    """The objects in the `data` list of a body that comes in pieces; never holds more than a piece and a row."""
    decode = json.JSONDecoder().raw_decode
    text, at, inside = "", 0, False
    for piece in _texts(pieces):
        text, at = text[at:] + piece, 0
        if not inside:
            start = _DATA.search(text)
            if start is None:
                continue
            inside, at = True, start.end()
        while (at := _skip(text, at)) < len(text):
            if text[at] == "]":
                return
            try:
                row, at = decode(text, at)
            except json.JSONDecodeError:
                break
            if isinstance(row, dict):
                yield row
        if len(text) - at > _LONGEST_ROW:
            break
    raise CannotRun(f"The feed «{feed}» of the registry is cut off or no JSON: see the sandbox's log.")


def _skip(text: str, at: int) -> int:
    found = _BETWEEN_ROWS.match(text, at)
    return found.end() if found else at


def _texts(pieces: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    for piece in pieces:
        yield decoder.decode(piece)
