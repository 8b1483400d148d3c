"""The incremental reader: any cutting into pieces gives the same rows, any early end is noticed."""

import contextlib
import itertools
import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esoz.errors import EsozError, Malformed, Truncated
from esoz.feeds import FEEDS
from esoz.rows import EmployeeRow
from esoz.stream import BulkStream

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


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read(b"\xef\xbb\xbf" + BODY)[0] == read(BODY)[0]


def test_a_body_of_many_rows_never_stands_in_memory_whole() -> None:
    row = json.dumps(ROW).encode()

    def body() -> Iterator[bytes]:
        yield b'{"data":[' + row
        for _ in range(3_000):
            yield b"," + row
        yield b"]}"

    tracemalloc.start()
    count = sum(1 for _ in BulkStream(FEED, body()).rows())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 3_001
    assert peak < 300_000 < 3_000 * len(row)


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"<html>",
        b'{"data": {}}',
        b'{"meta": {}}',
        b'{"data": [1 2]}',
        b'{"data": [{"id": ]]}}',
        b'{"data": [trux]}',
        b'{"data": [], "data": []}',
        b'{"data": []} tail',
        b'{"data": ["\xff"]}',
        b'{"data": [' + b"[" * 100_000 + b"]}",
        b'{"data": [' + b"1" * 5_000 + b"]}",
    ],
)
def test_what_is_not_the_promised_json_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        read(body)


def test_a_row_without_end_is_malformed_before_it_fills_the_memory() -> None:
    with pytest.raises(Malformed, match="eight million"):
        read(b'{"data": ["', *itertools.repeat(b"x" * 262_144, 100))


def test_a_missing_date_is_no_date() -> None:
    assert read(b'{"meta": {"date": "soon"}, "data": []}')[1].meta_date is None
    assert read(b'{"data": []}')[1].meta_date is None


@pytest.mark.parametrize(
    ("legal_form", "edrpou", "kept"),
    [
        ("150", 1992234, "01992234"),
        ("150", "МЕ123456", None),
        ("150", "32855961", "32855961"),
        ("910", "32855961", None),
        ("150", "0000000017", None),
        ("150", 32855961, "32855961"),
    ],
)
def test_the_tax_id_of_a_sole_practitioner_never_leaves_the_row(
    legal_form: str, edrpou: object, kept: str | None
) -> None:
    row = {
        "id": "l",
        "name": "n",
        "status": "ACTIVE",
        "type": "MSP",
        "legal_form": legal_form,
        "edrpou": edrpou,
        "addresses": [],
        "phones": [],
        "email": "",
        "is_active": True,
        "inserted_at": "2020-01-15T10:00:00Z",
    }
    body = json.dumps({"meta": {}, "data": [row]}).encode()
    found = next(iter(BulkStream(FEEDS["legal_entities"], [body]).rows()))
    assert found.edrpou == kept


def test_a_sole_practitioners_name_and_address_never_reach_the_quarantine() -> None:
    row = {
        "id": "l",
        "name": "ФОП ІВАНЕНКО ІВАН",
        "short_name": "ФОП ІВАНЕНКО",
        "status": [],
        "addresses": [{"street": "Таємна", "building": "5"}],
    }
    body = json.dumps({"meta": {}, "data": [row]}, ensure_ascii=False).encode()
    bad = next(iter(BulkStream(FEEDS["legal_entities"], [body]).rows()))
    assert "ІВАНЕНКО" not in bad.raw.decode()
    assert "Таємна" not in bad.raw.decode()
