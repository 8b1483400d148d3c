"""The word files in `data/`, read once: how people name specialities and facilities, and the small words between."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ranking.facility_kinds import facility_kinds
from ranking.phrases import PhraseBook, expand

_FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class SmallWords:
    """Fillers; words before a place; markers before and after one, each with the categories it allows."""

    fillers: frozenset[str]
    before_place: frozenset[str]
    marker_before: Mapping[str, str]
    marker_after: Mapping[str, str]


@lru_cache(maxsize=1)
def speciality_phrases() -> PhraseBook:
    """Phrases to speciality codes; raises Contradiction when the file says two things of one phrase."""
    data = _read("specialities.toml")
    endings = data.pop("endings")
    return PhraseBook(
        (phrase, code) for code, entry in data.items() for said in entry["said"] for phrase in expand(said, endings)
    )


@lru_cache(maxsize=1)
def facility_phrases() -> PhraseBook:
    """Phrases to codes of facility kinds."""
    return PhraseBook((phrase, kind.code) for kind in facility_kinds().values() for phrase in kind.phrases)


@lru_cache(maxsize=1)
def small_words() -> SmallWords:
    """The words of `small_words.toml`."""
    data = _read("small_words.toml")
    endings = data["endings"]
    return SmallWords(
        fillers=frozenset(phrase for said in data["fillers"] for phrase in expand(said, endings)),
        before_place=frozenset(data["before_place"]),
        marker_before={word: kinds for kinds, listed in data["marker_before"].items() for word in listed},
        marker_after={word: kinds for kinds, listed in data["marker_after"].items() for word in listed},
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text("utf-8"))
