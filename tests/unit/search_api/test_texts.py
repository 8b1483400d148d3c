"""Every word the API can say exists in both languages."""

import re
from pathlib import Path

import pytest

import search_api
from search_api import problems
from search_api.errors import ApiError, EngineFault
from search_api.texts import fault_texts, label, labels, problem_titles

SOURCES = [path.read_text("utf-8") for path in Path(search_api.__file__).parent.rglob("*.py")]


def subclasses(parent: type[Exception]) -> set[type[Exception]]:
    return {child for found in parent.__subclasses__() for child in (found, *subclasses(found))}


def test_every_exception_of_ours_has_a_problem() -> None:
    assert subclasses(ApiError) | subclasses(EngineFault) == set(problems.CODES)
    assert set(problems.CODES.values()) <= set(problem_titles())


def test_every_problem_has_a_title_in_both_languages_and_a_status() -> None:
    for code, entry in problem_titles().items():
        assert entry["uk"] != entry["en"], code
        assert 400 <= entry["status"] < 600


def test_every_fault_code_used_in_the_code_has_its_text() -> None:
    used = {code for text in SOURCES for code in re.findall(r'Fault\([^,()]+, "(\w+)"', text)}
    used |= {code for text in SOURCES for code in re.findall(r'PydanticCustomError\("(\w+)"', text)}
    used |= set(problems._PLAIN.values()) | {code for code, _ in problems._LIMITS.values()}
    assert len(used) > 15
    for code in used - {"fault"}:
        for language in ("uk", "en"):
            problem, cure = fault_texts(code, language, {"limit": "1", "allowed": "a", "expected": "b", "other": "c"})  # type: ignore[arg-type]
            assert problem
            assert cure


@pytest.mark.parametrize("group", ["capacity", "gender", "kind", "division_type", "inactive_reason"])
def test_every_label_exists_in_both_languages(group: str) -> None:
    assert all(texts["uk"] and texts["en"] for texts in labels(group).values())


def test_an_unknown_code_shows_itself() -> None:
    assert label("division_type", "SPACE_STATION", "uk") == "SPACE_STATION"
