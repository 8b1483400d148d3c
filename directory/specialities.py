"""Specialities: their codes, their names, and which of them may hold declarations of whom (domain rules §3, §5.1)."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ADULT_AGE = 18
PRIMARY_CARE = ("FAMILY_DOCTOR", "THERAPIST", "PEDIATRICIAN")

_DATA = Path(__file__).with_name("specialities.toml")


@dataclass(frozen=True, slots=True)
class SpecialityInfo:
    """One speciality. `min_age`, `max_age` (whole years, inclusive, None = open) and `declaration_limit` are set only
    for the three of primary care; all three are None for the others, which may hold no declaration."""

    code: str
    uk: str
    en: str
    min_age: int | None = None
    max_age: int | None = None
    declaration_limit: int | None = None

    @property
    def is_primary_care(self) -> bool:
        return self.declaration_limit is not None

    def label(self, language: str) -> str:
        """The name in `language` («uk» or «en»); any other language gives the Ukrainian one."""
        return self.en if language == "en" else self.uk


@lru_cache(maxsize=1)
def specialities() -> dict[str, SpecialityInfo]:
    """All known specialities by code, in the order of the data file."""
    with _DATA.open("rb") as file:
        return {code: SpecialityInfo(code=code, **fields) for code, fields in tomllib.load(file).items()}


def speciality_label(code: str, language: str) -> str:
    """The name of a speciality, or the code itself where it is unknown: an unknown code displays, never crashes."""
    known = specialities().get(code)
    return known.label(language) if known else code


def specialities_for_age(age: int) -> tuple[str, ...]:
    """The officio specialities that may register a patient of this age in whole years (domain rules §5.1)."""
    return tuple(
        info.code
        for info in specialities().values()
        if info.is_primary_care and (info.min_age or 0) <= age and (info.max_age is None or age <= info.max_age)
    )


def age_range(code: str | None) -> tuple[int, int | None] | None:
    """The ages (whole years, inclusive) an officio speciality may register; None = none at all (domain rules §5.1)."""
    info = specialities().get(code or "")
    return (info.min_age or 0, info.max_age) if info and info.is_primary_care else None
