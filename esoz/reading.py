"""One decoded JSON value into one typed row, forgiving what upstream is known for (domain rules §8)."""

from typing import Any

import msgspec

from esoz.bad_rows import BadRow, scrub
from esoz.feeds import Feed
from esoz.values import read_value


def read_row(feed: Feed, row: Any, raw: str) -> Any | BadRow:
    """The typed row, or a BadRow. `raw` is the text that `row` was decoded from.

    Empty texts and the literal NULL are null; inside a row's objects a null is as good as absent, and a location
    without both coordinates is no location.
    """
    if not isinstance(row, dict):
        kind = "null" if row is None else type(row).__name__
        return BadRow(feed.name, None, "not_an_object", f"expected an object, got {kind}", b"{}")
    if '"NULL"' in raw or '""' in raw:
        row = {key: _without_null_texts(value) for key, value in row.items()}
    if "\\u" in raw and not _is_text(row):
        return _bad(feed, row, "wrong_value", "a text holds half a surrogate pair")
    try:
        return _convert(feed, row)
    except msgspec.ValidationError:
        try:
            return _convert(feed, {key: _without_nulls(value) for key, value in row.items()})
        except msgspec.ValidationError as error:
            absent = any(field.required and field.encode_name not in row for field in _fields(feed))
            return _bad(feed, row, "missing_field" if absent else "wrong_value", str(error))


def _convert(feed: Feed, row: dict[str, Any]) -> Any:
    return msgspec.convert(row, feed.row_type, strict=False, dec_hook=read_value)


def _fields(feed: Feed) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(feed.row_type)


def _bad(feed: Feed, row: dict[str, Any], reason: str, detail: str) -> BadRow:
    shown = scrub(row, feed.row_type)
    parts = [str(part).lower() if isinstance(part, str | int) else "" for part in map(shown.get, feed.key)]
    return BadRow(feed.name, "|".join(parts) if any(parts) else None, reason, detail, msgspec.json.encode(shown))


def _is_text(row: dict[str, Any]) -> bool:
    """Whether every text of the row can be written as UTF-8."""
    try:
        msgspec.json.encode(row)
    except UnicodeEncodeError:
        return False
    return True


def _without_null_texts(value: Any) -> Any:
    if isinstance(value, str):
        return None if value in ("", "NULL") else value
    if isinstance(value, dict):
        return {key: _without_null_texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_null_texts(item) for item in value]
    return value


def _without_nulls(value: Any) -> Any:
    """The same value without nulls in its objects and lists; half a point is none."""
    if isinstance(value, list):
        return [_without_nulls(item) for item in value if item is not None]
    if not isinstance(value, dict):
        return value
    kept = {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return None if {"latitude", "longitude"} & value.keys() and len(kept) < 2 else kept
