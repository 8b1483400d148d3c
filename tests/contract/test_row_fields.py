"""The row types against the contract's own field lists."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esoz.bad_rows import BadRow
from esoz.feeds import FEEDS
from esoz.reading import read_row
from esoz.stream import BulkStream
from tests.contract.row_fields import FIELDS, IMPOSSIBLE, NAMED_SAMPLES, NOT_READ, SAMPLES, fields_of, full_row


def read(feed: str, row: dict[str, Any]) -> Any:
    return read_row(FEEDS[feed], row, json.dumps(row))


@pytest.mark.parametrize("feed", list(FEEDS))
def test_every_field_of_the_contract_is_declared_or_left_out_on_purpose(feed: str) -> None:
    assert {*FEEDS[feed].row_type.__struct_fields__} == fields_of(feed).keys() - NOT_READ.get(feed, set())
    assert set(FIELDS) == set(FEEDS)


@pytest.mark.parametrize("feed", list(FEEDS))
def test_values_arrive_as_their_type(feed: str) -> None:
    row = read(feed, full_row(feed))
    expected = {
        "u": SAMPLES["u"], "s": SAMPLES["s"], "n": 17, "b": True,
        "d": date(2026, 3, 2), "t": datetime(2026, 3, 2, 9, 41, 7, tzinfo=UTC),
    }  # fmt: skip
    days = {("employees", "start_date"), ("employees", "end_date")}
    for name in row.__struct_fields__:
        kind = "d" if (feed, name) in days else fields_of(feed)[name][0]
        if kind in expected:
            assert getattr(row, name) == NAMED_SAMPLES.get(name, expected[kind]), name
        else:
            assert getattr(row, name), name


@pytest.mark.parametrize("feed", list(FEEDS))
def test_a_row_may_lack_what_is_optional_and_nothing_else(feed: str) -> None:
    whole = full_row(feed)
    for name, (_, required) in fields_of(feed).items():
        found = read(feed, {key: value for key, value in whole.items() if key != name})
        if not required:
            assert isinstance(found, FEEDS[feed].row_type), name
        else:
            assert isinstance(found, BadRow), name
            assert (found.reason, f"`{name}`" in found.detail) == ("missing_field", True)


@pytest.mark.parametrize("feed", list(FEEDS))
def test_a_value_of_another_type_makes_a_bad_row_that_names_the_field(feed: str) -> None:
    whole = full_row(feed)
    for name in FEEDS[feed].row_type.__struct_fields__:
        found = read(feed, {**whole, name: IMPOSSIBLE[fields_of(feed)[name][0]]})
        assert isinstance(found, BadRow), name
        assert (found.reason, f"$.{name}" in found.detail) == ("wrong_value", True)


@pytest.mark.parametrize("feed", list(FEEDS))
def test_numbers_stand_in_for_texts(feed: str) -> None:
    texts = [name for name, (kind, _) in fields_of(feed).items() if kind == "s"]
    row = read(feed, full_row(feed) | dict.fromkeys(texts, 99000001))
    assert isinstance(row, FEEDS[feed].row_type)
    assert {getattr(row, name) for name in texts if name in row.__struct_fields__} <= {"99000001"}


@pytest.mark.parametrize("feed", list(FEEDS))
def test_unknown_fields_and_codes_are_no_fault(feed: str) -> None:
    row = full_row(feed) | {"brand_new": {"a": [1]}, "status": "NEVER_SEEN"}
    assert isinstance(read(feed, row), FEEDS[feed].row_type)


ODD_TEXTS = st.sampled_from(["NULL", "", "0001-01-01T00:00+14:00", "\ud83d"])
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | ODD_TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["latitude", "start", "code"]), inner),
    max_leaves=4,
)  # fmt: skip


@given(st.sampled_from(sorted(FEEDS)), st.data())
def test_any_value_in_any_field_gives_a_row_or_a_bad_row(feed: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(FEEDS[feed].row_type.__struct_fields__))
    body = json.dumps({"data": [full_row(feed) | {name: data.draw(JSON_VALUES)}]}).encode()
    (result,) = BulkStream(FEEDS[feed], [body]).rows()
    assert isinstance(result, FEEDS[feed].row_type | BadRow)
