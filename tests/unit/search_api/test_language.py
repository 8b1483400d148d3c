"""Two languages, Ukrainian by default."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.language import choose_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "uk"),
        ("", "uk"),
        ("en", "en"),
        ("EN-gb", "en"),
        ("uk-UA, en;q=0.8", "uk"),
        ("en;q=0.4, uk;q=0.9", "uk"),
        ("de, en;q=0.5", "en"),
        ("de", "uk"),
        ("*", "uk"),
        ("en;q=0", "uk"),
        ("en;q=x", "uk"),
    ],
)
def test_the_caller_chooses_the_language(header: str | None, language: str) -> None:
    assert choose_language(header) == language


@given(st.text(max_size=100))
def test_any_header_gives_a_language(header: str) -> None:
    assert choose_language(header) in ("uk", "en")
