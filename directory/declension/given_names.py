"""The list of Ukrainian given names: gender, Russian spelling, other spellings and everyday short forms."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from directory.declension.composing import clean
from directory.declension.ukrainian_names import Gender

_DATA = Path(__file__).with_name("given_names.toml")
_SECTIONS: Mapping[str, Gender] = {"men": "MALE", "women": "FEMALE"}


@dataclass(frozen=True, slots=True)
class GivenNameEntry:
    """One given name; all words normalised.

    `russian` holds Russian spellings, the commonest first, those with «ё» after the same with «е». `variants` are other
    Ukrainian spellings of this name, `short` what family says. `patronymics` and `russian_patronymics` are irregular
    forms only, empty where the rules give them (always empty for women).
    """

    name: str
    gender: Gender
    russian: tuple[str, ...]
    variants: tuple[str, ...]
    short: tuple[str, ...]
    patronymics: tuple[str, ...] = ()
    russian_patronymics: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def given_name_entries() -> Mapping[str, GivenNameEntry]:
    """All given names of the list by their normalised spelling; each name has one gender."""
    with _DATA.open("rb") as file:
        sections = tomllib.load(file)
    return MappingProxyType(
        {
            clean(name): _entry(clean(name), gender, fields)
            for section, gender in _SECTIONS.items()
            for name, fields in sections[section].items()
        }
    )


def _entry(name: str, gender: Gender, fields: Mapping[str, str]) -> GivenNameEntry:
    def words(field: str) -> tuple[str, ...]:
        return tuple(clean(word) for word in fields.get(field, "").split())

    return GivenNameEntry(
        name=name,
        gender=gender,
        russian=with_and_without_yo(words("russian")),
        variants=words("variants"),
        short=with_and_without_yo(words("short")),
        patronymics=words("patronymic"),
        russian_patronymics=with_and_without_yo(words("russian_patronymic")),
    )


def with_and_without_yo(spellings: tuple[str, ...]) -> tuple[str, ...]:
    """«ё» is mostly typed as «е»: both spellings, the typed one first."""
    return tuple(dict.fromkeys(form for spelling in spellings for form in (spelling.replace("ё", "е"), spelling)))
