"""The words the API says to people, from `texts.toml`."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from search_api.language import Language

_FILE = Path(__file__).with_name("texts.toml")


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, dict[str, Any]]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def problem_titles() -> Mapping[str, Mapping[str, Any]]:
    """Every problem code with its status and its title in both languages."""
    return _texts()["problem"]


def fault_texts(code: str, language: Language, values: Mapping[str, str]) -> tuple[str, str]:
    """What is wrong and what to send instead, for a fault code; raises KeyError for a code without a text."""
    problem, cure = _texts()["fault"][code][language]
    return problem, cure.format(**values) if "{" in cure else cure


def label(group: str, code: str, language: Language) -> str:
    """The name of a code, or the code itself where it is unknown: an unknown code displays, never crashes."""
    known = _texts()[group].get(code)
    return str(known[language]) if known else code


def area_text(code: str, language: Language, **values: str) -> str:
    """A sentence about the ground of a search."""
    return str(_texts()["area"][code][language]).format(**values)


def labels(group: str) -> Mapping[str, Mapping[str, str]]:
    """All codes of one group with their names in both languages, in the order of the file."""
    return _texts()[group]


def excluded_text(code: str, language: Language) -> str:
    """Why a search does not find a doctor, with its `{…}` still open."""
    return str(_texts()["excluded"][code][language])


def change_text(code: str, language: Language) -> str:
    """The frame of a sentence about changes."""
    return str(_texts()["change"][code][language])
