"""Page cursors: opaque, signed, bound to the request they were made for.

A cursor says where the next page begins: the concrete index, the sort values of the last document used, and the people
already shown. It holds nothing the caller sent: the request is sent again with it, and only a keyed hash ties the two.
"""

import binascii
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

from search_api.errors import CursorInvalid

_SIGNATURE_BYTES = 16
_VERSION = 2


class Cursor(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """Where a search goes on. `day` is the ordinal of the Kyiv date on which it began: it picks the order of equals and
    the patient's age, so that pages agree over midnight. `used_km` is the planned radius in use, perhaps widened; None
    where none was planned. `rungs` is how far the search was loosened to find anybody, 0 = not at all. `parties` are
    the marks of people already shown who have several posts."""

    version: int = _VERSION
    fingerprint: bytes
    index: str
    day: int
    weights: str
    shown: int
    after: tuple[float | int | str, ...]
    total: int
    more_than_total: bool
    used_km: float | None = None
    rungs: int = 0
    parties: tuple[bytes, ...] = ()

    def total_document(self) -> dict[str, Any]:
        """The total as the first page said it."""
        return {"value": self.total, "relation": "more_than" if self.more_than_total else "exact"}


def request_fingerprint(secret: bytes, kind: str, fields: Mapping[str, Any]) -> bytes:
    """A keyed hash of a request's plain fields; the fields cannot be told from it without the secret."""
    plain = msgspec.json.encode([kind, sorted(fields.items())])
    return hmac.digest(secret, b"request\0" + plain, sha256)[:_SIGNATURE_BYTES]


def seal_cursor(cursor: Cursor, secret: bytes) -> str:
    """The cursor as text for a URL or JSON."""
    packed = msgspec.msgpack.encode(cursor)
    signature = hmac.digest(secret, b"cursor\0" + packed, sha256)[:_SIGNATURE_BYTES]
    return urlsafe_b64encode(signature + packed).rstrip(b"=").decode()


def open_cursor(text: str, secret: bytes, fingerprint: bytes) -> Cursor:
    """The cursor a text was made of; raises CursorInvalid when it is not ours or belongs to another request."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError):
        raise CursorInvalid from None
    signature, packed = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
    if not hmac.compare_digest(signature, hmac.digest(secret, b"cursor\0" + packed, sha256)[:_SIGNATURE_BYTES]):
        raise CursorInvalid
    try:
        cursor = msgspec.msgpack.decode(packed, type=Cursor)
    except msgspec.DecodeError:
        # Signed by an earlier version of this program whose cursors had another shape.
        raise CursorInvalid from None
    if cursor.version != _VERSION or not hmac.compare_digest(cursor.fingerprint, fingerprint):
        raise CursorInvalid
    return cursor
