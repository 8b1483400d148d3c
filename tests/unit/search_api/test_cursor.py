"""Cursors: opaque, signed, bound to their request, and empty of what the caller sent."""

import base64
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.cursor import Cursor, open_cursor, request_fingerprint, seal_cursor
from search_api.errors import CursorInvalid

SECRET = b"0123456789abcdef"
REQUEST = {"q": "терапевт", "near": {"lat": 50.2547, "lon": 28.6587}, "birth_date": "1987-05-17"}
FINGERPRINT = request_fingerprint(SECRET, "doctors", REQUEST)


def cursor(**changes: Any) -> Cursor:
    made = Cursor(
        fingerprint=FINGERPRINT,
        index="doctors-20260302t000000z-0123abcd",
        day=739_677,
        weights="w1",
        shown=20,
        after=(10.25, 4711),
        total=73,
        more_than_total=False,
        used_km=50.0,
        parties=(b"\x01" * 6, b"\x02" * 6),
    )
    return msgspec.structs.replace(made, **changes)


def test_a_cursor_comes_back_as_it_was() -> None:
    assert open_cursor(seal_cursor(cursor(), SECRET), SECRET, FINGERPRINT) == cursor()


def test_a_cursor_of_another_request_is_refused() -> None:
    other = request_fingerprint(SECRET, "doctors", {**REQUEST, "q": "педіатр"})
    with pytest.raises(CursorInvalid):
        open_cursor(seal_cursor(cursor(), SECRET), SECRET, other)


def test_a_cursor_of_another_secret_is_refused() -> None:
    with pytest.raises(CursorInvalid):
        open_cursor(seal_cursor(cursor(), b"another secret 16"), SECRET, FINGERPRINT)


@given(st.data())
def test_any_changed_byte_is_refused(data: st.DataObject) -> None:
    raw = bytearray(base64.urlsafe_b64decode(seal_cursor(cursor(), SECRET) + "=="))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CursorInvalid):
        open_cursor(base64.urlsafe_b64encode(bytes(raw)).decode(), SECRET, FINGERPRINT)


@given(st.text(max_size=200))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(CursorInvalid):
        open_cursor(text, SECRET, FINGERPRINT)


def test_a_cursor_of_another_version_is_refused() -> None:
    with pytest.raises(CursorInvalid):
        open_cursor(seal_cursor(cursor(version=1), SECRET), SECRET, FINGERPRINT)


def test_a_cursor_holds_neither_text_nor_point_nor_birth_date() -> None:
    raw = base64.urlsafe_b64decode(seal_cursor(cursor(), SECRET) + "==")
    for secret in ("терапевт".encode(), b"1987", b"50.25", b"28.65", msgspec.msgpack.encode(50.2547)[1:]):
        assert secret not in raw
