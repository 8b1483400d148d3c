"""Rows as the registry keeps them: JSON of the typed row, its loose values already in one form.

What comes back are structs of the same fields with plain values (text, days, moments), so that reading a national
registry costs a fraction of reading the feeds.
"""

import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec

from esoz.feeds import FEEDS, Feed
from esoz.values import Code, Day, Id, Moment, Text

RowT = TypeVar("RowT")

_PLAIN: dict[Any, Any] = {Code: str, Text: str, Id: str, Moment: datetime, Day: date}


def row_encoder() -> Callable[[Any], bytes]:
    """A function from a typed row to its stored form: the same row always gives the same bytes."""
    return msgspec.json.Encoder(enc_hook=_plain_value).encode


def content_hash(stored: bytes) -> int:
    """A signed 64-bit hash of a stored row: equal rows have equal hashes, changed rows other ones."""
    return int.from_bytes(blake2b(stored, digest_size=8).digest(), "big", signed=True)


def row_decoder(row_type: type[RowT]) -> Callable[[str], RowT]:
    """A function from a stored row back to a struct with the fields of `row_type`, plain values in them."""
    plain: Any = _plain_struct(row_type)  # type: ignore[arg-type]
    return typing.cast("Callable[[str], RowT]", msgspec.json.Decoder(plain).decode)


def feed_decoder(feed: str) -> Callable[[str], Any]:
    """`row_decoder` of the row type of a feed."""
    description: Feed = FEEDS[feed]
    return row_decoder(description.row_type)


def _plain_value(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


@lru_cache(maxsize=64)
def _plain_struct(row_type: Any) -> Any:
    hints = typing.get_type_hints(row_type)
    fields: list[tuple[str, Any, Any]] = [
        (field.name, _plain_type(hints[field.name]), _default(field)) for field in msgspec.structs.fields(row_type)
    ]
    return msgspec.defstruct(f"Stored{row_type.__name__}", fields, frozen=True, kw_only=True)


def _default(field: msgspec.structs.FieldInfo) -> Any:
    return None if field.default is msgspec.NODEFAULT else field.default


def _plain_type(hint: Any) -> Any:
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _plain_struct(hint)
    arguments = typing.get_args(hint)
    if not arguments:
        return hint
    plain = tuple(argument if argument is Ellipsis else _plain_type(argument) for argument in arguments)
    if isinstance(hint, types.UnionType):
        return typing.Union[plain]  # noqa: UP007
    return typing.get_origin(hint)[plain]
