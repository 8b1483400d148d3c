"""The incremental reader: any cutting into pieces gives the same rows, any early end is noticed."""

import contextlib
import itertools
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esoz.errors import EsozError, Malformed, Truncated
from esoz.feeds import FEEDS
from esoz.rows import EmployeeRow
from esoz.stream import BadRow, BulkStream

FEED = FEEDS["employees"]
ROW: dict[str, Any] = {
    "id": "6B0D549B-6f03-475a-9600-a35a099950d8",
    "position": "P7",
    "status": "approved",
    "is_active": True,
    "start_date": "2020-01-15",
    "division_id": "NULL",
    "legal_entity_id": "l",
    "party_id": "p",
    "status_reason": 'дужки { } [ ] і лапки " \\ у тексті',
    "inserted_at": "2020-01-15 10:00:00.123",
    "updated_at": "2020-01-15T10:00:00+02:00",
    "field_nobody_knows": {"a": [1, 2]},
}
BODY = json.dumps(
    {"data": [ROW, {"id": "x"}, 5, {**ROW, "is_active": "perhaps"}], "meta": {"date": "2026-03-02T00:00:00.000Z"}},
    ensure_ascii=False,
    indent=1,
).encode()


def read(*pieces: bytes) -> tuple[list[Any], BulkStream]:
    stream = BulkStream(FEED, pieces)
    return list(stream.rows()), stream


@given(st.lists(st.integers(0, len(BODY)), max_size=40))
def test_any_cutting_into_pieces_gives_the_same_rows(cuts: list[int]) -> None:
    borders = [0, *sorted(cuts), len(BODY)]
    rows, stream = read(*(BODY[a:b] for a, b in itertools.pairwise(borders)))
    assert rows == read(BODY)[0]
    assert stream.meta_date == datetime(2026, 3, 2, tzinfo=UTC)


@given(st.integers(0, len(BODY) - 1))
def test_any_early_end_is_noticed(end: int) -> None:
    with pytest.raises(Truncated):
        read(BODY[:end])


@given(st.binary(max_size=200))
def test_any_bytes_give_rows_or_an_error_of_ours(body: bytes) -> None:
    with contextlib.suppress(EsozError):
        read(body)


def test_loose_values_are_read_into_one_form() -> None:
    row = read(BODY)[0][0]
    assert isinstance(row, EmployeeRow)
    assert (row.id, row.status, row.division_id) == ("6b0d549b-6f03-475a-9600-a35a099950d8", "APPROVED", None)
    assert row.inserted_at == datetime(2020, 1, 15, 10, 0, 0, 123000, tzinfo=UTC)
    assert row.updated_at == datetime(2020, 1, 15, 8, tzinfo=UTC)


def test_bad_rows_say_what_is_wrong_with_them() -> None:
    bad = [row for row in read(BODY)[0] if isinstance(row, BadRow)]
    assert [(row.entity_id, row.reason) for row in bad] == [
        ("x", "missing_field"),
        (None, "not_an_object"),
        (ROW["id"], "wrong_value"),
    ]
    assert "is_active" in bad[2].detail


def test_personal_fields_never_reach_the_quarantine() -> None:
    party = {
        "id": [],
        "tax_id": "1234509876",
        "last_name": "Таємна",
        "educations": [{"diploma_number": "AB-77", "city": "Львів"}],
    }
    body = json.dumps({"meta": {}, "data": [party]}, ensure_ascii=False).encode()
    bad = next(iter(BulkStream(FEEDS["parties"], [body]).rows()))
    assert isinstance(bad, BadRow)
    assert b"1234509876" not in bad.raw
    assert "Таємна" not in bad.raw.decode() + bad.detail
    assert b"AB-77" not in bad.raw
    assert "Львів" in bad.raw.decode()


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"<html>",
        b'{"data": {}}',
        b'{"meta": {}}',
        b'{"data": [1 2]}',
        b'{"data": []} tail',
        b'{"data": ["\xff"]}',
    ],
)
def test_what_is_not_the_promised_json_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        read(body + b" " * 100)


def test_a_missing_date_is_no_date() -> None:
    assert read(b'{"meta": {"date": "soon"}, "data": []}')[1].meta_date is None
    assert read(b'{"data": []}')[1].meta_date is None
