"""Any text gives an answer or a 4xx, never a 5xx; the engine is a stub."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.api import StubEngine, SyncClient, api_over, sync_client_of

# What breaks query parsers, encoders and lexers, beside all other text.
ODD = st.sampled_from(
    ['+-=&&||><!(){}[]^"~*?:\\/', "_exists_:x", "\x00", "\u202eабв", "ґґ'ʼ’", "💊", "a" * 200, "* OR 1=1", "🇺🇦", "́̈"]
)
ANY_TEXT = st.one_of(st.text(max_size=220), ODD, st.text(alphabet="абвгґїє'ʼ-№0 .,", max_size=200))
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    [
        "q", "speciality", "near", "settlement", "radius_km", "birth_date", "age", "open_only", "gender", "open_at",
        "facility", "legal_entity", "kind", "sort", "page_size", "cursor", "facets",
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def client() -> Iterator[SyncClient]:
    with sync_client_of(api_over(StubEngine())) as client:
        yield client


def judge(status: int) -> None:
    assert status == 200 or 400 <= status < 500


@settings(deadline=None, max_examples=150)
@given(text=ANY_TEXT)
def test_any_text_in_any_field_is_answered_or_refused(client: SyncClient, text: str) -> None:
    near = {"lat": 50.2547, "lon": 28.6587}
    judge(client.post("/v1/search", json={"q": text, "near": near}).status_code)
    judge(client.post("/v1/facilities", json={"q": text, "settlement": text}).status_code)
    judge(client.post("/v1/understand", json={"q": text, "settlement": text}).status_code)
    judge(client.post("/v1/understand", json={"q": text, "near": near}).status_code)
    judge(client.get("/v1/search", params={"q": text, "settlement": text, "cursor": text}).status_code)
    judge(client.get("/v1/suggest", params={"q": text, "near": "50.25,28.66"}).status_code)
    judge(client.get("/v1/map", params={"bbox": text, "zoom": text}).status_code)


@settings(deadline=None, max_examples=150)
@given(body=st.dictionaries(FIELDS | st.text(max_size=8), ANY_JSON, max_size=5))
def test_any_json_is_answered_or_refused(client: SyncClient, body: dict[str, Any]) -> None:
    answer = client.post("/v1/search", json=body)
    judge(answer.status_code)
    if answer.status_code != 200:
        assert answer.headers["content-type"] == "application/problem+json"


@settings(deadline=None, max_examples=50)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_answered_or_refused(client: SyncClient, content: bytes) -> None:
    judge(client.post("/v1/search", content=content, headers={"Content-Type": "application/json"}).status_code)


@settings(deadline=None, max_examples=50)
@given(header=st.text(alphabet=st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=60))
def test_any_headers_are_taken(client: SyncClient, header: str) -> None:
    value = header.encode("latin-1").strip()
    names = ("X-Request-ID", "Accept-Language", "If-None-Match", "Origin", "Accept")
    status = client.get("/v1/dictionaries/specialities", headers=[(name, value) for name in names]).status_code
    assert status in (200, 304)
