"""Forms of the names of oblasts: the adjective («у Житомирській») and the everyday noun («на Житомирщині»)."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from directory.declension.composing import each_once
from directory.declension.russian_forms import russian_place_forms, russian_word_forms
from directory.declension.ukrainian_places import place_forms

_DATA = Path(__file__).with_name("oblasts.toml")
_OBLAST = "O"


def oblast_forms(name: str) -> tuple[str, ...]:
    """All cases of an oblast's name, Ukrainian then Russian, normalised: «Житомирська» … «житомирской»."""
    return each_once((place_forms(name, _OBLAST), russian_place_forms(name, _OBLAST)))


@lru_cache(maxsize=1)
def colloquial_oblast_nouns() -> Mapping[str, tuple[str, ...]]:
    """The everyday nouns of each oblast in all cases, Ukrainian and Russian, by its official name as in the codifier.

    «Житомирська» gives «житомирщина», «житомирщини», «житомирщині» … Normalised forms under capitalised names.
    """
    with _DATA.open("rb") as file:
        rows = tomllib.load(file)
    return MappingProxyType(
        {
            name: each_once(
                [place_forms(noun, "C") for noun in row["nouns"].split()]
                + [russian_word_forms(noun) for noun in row["russian_nouns"].split()]
            )
            for name, row in rows.items()
        }
    )
