"""Which answers are good."""

import json
from typing import Any

import pytest

from loadtests import calls
from loadtests.answers import judge

_SEARCH = calls.search("search", {"q": "а"})
_SUGGEST = calls.suggest("suggest", "ко")
_MAP = calls.map_view("map", (28.0, 50.0, 29.0, 51.0), 10)


def _body(document: Any) -> bytes:
    return json.dumps(document).encode()


def test_a_good_answer_gives_hits_and_cursor() -> None:
    answer = judge(_SEARCH, 200, _body({"hits": [{"employee_id": "e1"}, {"employee_id": "e2"}], "next_cursor": "c"}))
    assert answer.reason is None
    assert (answer.hits, answer.cursor, answer.empty) == (("e1", "e2"), "c", False)


def test_a_search_that_found_nobody_is_good_and_empty() -> None:
    answer = judge(_SEARCH, 200, _body({"hits": [], "next_cursor": None}))
    assert (answer.reason, answer.empty) == (None, True)


@pytest.mark.parametrize("member", ["doctors", "facilities", "places", "specialities"])
def test_a_suggestion_of_any_sort_is_not_empty(member: str) -> None:
    whole: dict[str, list[int]] = {"doctors": [], "facilities": [], "places": [], "specialities": []}
    assert judge(_SUGGEST, 200, _body(whole)).empty
    assert not judge(_SUGGEST, 200, _body(whole | {member: [1]})).empty


@pytest.mark.parametrize(
    ("status", "content", "reason"),
    [
        (200, b"", "answer is not a JSON object"),
        (200, b"[]", "answer is not a JSON object"),
        (200, b'{"hits": [', "answer is not a JSON object"),
        (200, b"{}", "answer without «hits»"),
        (200, b'{"hits": [{}]}', "hits without «employee_id»"),
        (200, b'{"hits": 3}', "hits without «employee_id»"),
        (503, b'{"code": "engine_unavailable"}', "503 engine_unavailable"),
        (500, b"<html>", "500"),
        (302, b"", "302"),
        (204, b"", "answer is not a JSON object"),
        (
            422,
            b'{"code": "request_faulty", "errors": [{"field": "near.lat", "code": "too_large", "problem": "50.1"}]}',
            "422 request_faulty near.lat:too_large",
        ),
    ],
)
def test_a_bad_answer_is_told_by_fixed_codes(status: int, content: bytes, reason: str) -> None:
    assert judge(_SEARCH, status, content).reason == reason


def test_texts_of_an_error_never_become_part_of_its_reason() -> None:
    problem = {"code": "Коваленко was not found", "errors": [{"field": "q q", "code": 5, "problem": "Коваленко"}]}
    assert "Коваленко" not in str(judge(_SEARCH, 422, _body(problem)).reason)


def test_a_map_without_features_is_empty() -> None:
    assert judge(_MAP, 200, _body({"features": []})).empty


def test_requests_say_what_they_carry() -> None:
    assert _SUGGEST.path == "/v1/suggest?q=%D0%BA%D0%BE"
    assert _SUGGEST.payload() is None
    assert _MAP.path == "/v1/map?bbox=28.00000%2C50.00000%2C29.00000%2C51.00000&zoom=10"
    assert _SEARCH.payload() == '{"q":"а"}'
