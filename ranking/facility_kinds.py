"""Kinds of facilities as people say them: «поліклініка», «амбулаторія», «ФАП»."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from directory.text import words
from ranking.phrases import expand

_DATA = Path(__file__).parent / "understanding" / "data" / "facility_kinds.toml"


@dataclass(frozen=True, slots=True)
class FacilityKind:
    """A kind: `phrases` people say, `in_names` the words that show it in a facility's name, `division_types` that are
    of this kind whatever the name (DIVISION_TYPE codes). All normalised."""

    code: str
    phrases: tuple[str, ...]
    in_names: tuple[str, ...]
    division_types: tuple[str, ...]


@lru_cache(maxsize=1)
def facility_kinds() -> dict[str, FacilityKind]:
    """All kinds by code, from `facility_kinds.toml`."""
    with _DATA.open("rb") as file:
        data = tomllib.load(file)
    endings = data.pop("endings")
    return {
        code: FacilityKind(
            code,
            tuple(phrase for said in kind["said"] for phrase in expand(said, endings)),
            tuple(word for said in kind["in_names"] for phrase in expand(said, endings) for word in words(phrase)),
            tuple(kind["division_types"]),
        )
        for code, kind in data.items()
    }
