"""Initials in any order and punctuation; abbreviations people use for facilities, places and specialities."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from random import Random

# Two initials run together that would be words of a query.
_SMALL_WORDS = frozenset(
    (
        "за",
        "до",
        "на",
        "по",
        "та",
        "не",
        "ні",
        "як",
        "це",
        "що",
        "зі",
        "із",
        "од",
        "об",
        "то",
        "ми",
        "ви",
        "во",
        "со",
        "ко",
    )
)
_FILE = Path(__file__).parent / "data" / "abbreviations.toml"


@lru_cache(maxsize=1)
def abbreviations() -> Mapping[str, Mapping[str, list[str]]]:
    """The tables of `abbreviations.toml`."""
    with _FILE.open("rb") as file:
        return dict(tomllib.load(file))


def with_initials(surname: str, given: str, patronymic: str | None, rng: Random) -> str:
    """Surname and initials: before or after, with dots or blanks or neither; «patronymic» None = only one initial."""
    letters = [given[0].upper()] + ([patronymic[0].upper()] if patronymic else [])
    together = "".join(letters)
    if len(letters) == 1 or together.lower() in _SMALL_WORDS:
        # Without dots these would be words: «і», «в», «за».
        initials = "".join(f"{letter}." for letter in letters)
        return f"{surname} {initials}" if rng.random() < 0.65 else f"{initials} {surname}"
    if rng.random() < 0.25:
        letters, together = [letter.lower() for letter in letters], together.lower()
    initials = rng.choice(
        (
            "".join(f"{letter}." for letter in letters),
            " ".join(f"{letter}." for letter in letters),
            together,
            " ".join(letters).upper(),
            "".join(f"{letter}." for letter in letters)[:-1],
        )
    )
    if rng.random() < 0.35:
        # «О.І.Коваленко»: typed without a blank where the dot parts them already.
        return f"{initials}{'' if initials.endswith('.') and rng.random() < 0.4 else ' '}{surname}"
    return f"{surname} {initials}"


def shorter(text: str, table: str, rng: Random) -> str | None:
    """An abbreviation of the text from a table of `abbreviations.toml`; None when there is none."""
    known = abbreviations()[table].get(text)
    return rng.choice(known) if known else None
