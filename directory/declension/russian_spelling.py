"""How Russian spells Ukrainian names: likely nominative spellings by rule, the likelier first.

Whoever writes Russian types «Шевченко, Николаевна, Белая Церковь». The spellings here are candidates for looking up
what a person typed, not official names. The pieces that rules replace are data: `russian_roots.toml`.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from pathlib import Path

from directory.declension.composing import clean, split_parts
from directory.declension.tables import endings_of, tables
from directory.declension.ukrainian_names import Gender
from directory.declension.ukrainian_places import is_adjective_inside

MOST_SPELLINGS = 6

_LETTERS = str.maketrans({"і": "и", "ї": "и", "є": "е", "ґ": "г"})
_SOFT_CLUSTER = re.compile(r"(?<=[сцз])ь(?=к$)")
_SOFT_TSE = re.compile(r"(?<=.ц)([яю])")
_HARD = {"я": "а", "ю": "у"}
_FIRST_APOSTROPHE = re.compile(r"^([бпвмф])'")
_YO_AFTER_HARDENED = re.compile(r"(?<=[жчшщц])ё")
_HARD_I = re.compile(r"(?<=[бвдзлмнпрст])и(?!й|к[аоу]?$|ч$|ч[уе]|ц|н[ау]?$|нськ|ськ)")
_RUSSIAN_SURNAME = re.compile(r"(?:[оеє]в|[ії]н)а?$")


class Roots:
    """Pieces of words to replace, from one section of the data file."""

    def __init__(self, section: Mapping[str, str]) -> None:
        # «и» of the data is Russian; as «і» it passes the rules for the Ukrainian letter untouched.
        self._options = {key.strip("^$"): value.replace("и", "і").split("/") for key, value in section.items()}
        keys = sorted(section, key=lambda key: len(key.strip("^$")), reverse=True)
        self._piece = re.compile("|".join(keys))

    def readings(self, word: str) -> tuple[str, ...]:
        """The word with all its pieces replaced: by their first options, then by the second ones, and so on."""
        found = self._piece.findall(word)
        if not found:
            return (word,)
        count = max(len(self._options[piece]) for piece in found)
        return tuple(self._reading(word, number) for number in range(count))

    def _reading(self, word: str, number: int) -> str:
        def replaced(found: re.Match[str]) -> str:
            options = self._options[found.group()]
            return options[min(number, len(options) - 1)]

        return self._piece.sub(replaced, word)


class Endings:
    """Ends of words to replace, the longest first, from one section of the data file."""

    def __init__(self, section: Mapping[str, str]) -> None:
        self._options: dict[str, tuple[int, tuple[str, ...]]] = {}
        self._whole: dict[str, tuple[int, tuple[str, ...]]] = {}
        for keys, value in section.items():
            for key in keys.split():
                into = self._whole if key.startswith("^") else self._options
                for ending, cut in endings_of(key.removeprefix("^")):
                    into[ending] = (cut, tuple(value.split("/")))
        self._lengths = sorted({len(ending) for ending in self._options}, reverse=True)

    def split(self, word: str) -> tuple[str, tuple[str, ...]]:
        """The part of a word before its end, and the Russian ends for it (one empty end where no row fits)."""
        found = self._whole.get(word)
        for length in self._lengths:
            if found is not None:
                break
            found = self._options.get(word[-length:])
        if found is None:
            return word, ("",)
        cut, options = found
        return word[: len(word) - cut], options


@lru_cache(maxsize=1)
def _sections() -> Mapping[str, Mapping[str, str]]:
    with Path(__file__).with_name("russian_roots.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=16)
def roots(section: str) -> Roots:
    return Roots(_sections()[section])


@lru_cache(maxsize=16)
def endings(section: str) -> Endings:
    return Endings(_sections()[section])


def plain_letters(word: str) -> str:
    """Letter by letter, what is left after the pieces with rules of their own."""
    if "'" in word:
        word = _FIRST_APOSTROPHE.sub(r"\1", word).replace("'", "ь")
    if "ц" in word:
        word = _SOFT_TSE.sub(lambda found: _HARD[found.group()], word)
    if "ьк" in word:
        word = _SOFT_CLUSTER.sub("", word)
    word = word.translate(_LETTERS)
    return _YO_AFTER_HARDENED.sub("е", word) if "ё" in word else word


def _without_yo(spellings: list[str]) -> list[str]:
    """«ё» is mostly typed as «е»: both, the typed one first."""
    return [
        form
        for spelling in spellings
        for form in ((spelling.replace("ё", "е"), spelling) if "ё" in spelling else (spelling,))
    ]


def russian_surnames(surname: str, gender: Gender) -> tuple[str, ...]:
    """Likely Russian spellings of a Ukrainian surname, the likelier first; at most six for each part of it."""
    parts, joints = split_parts(clean(surname))
    return _joined([_surname(part, gender) for part in parts], joints)


def _surname(word: str, gender: Gender) -> list[str]:
    if not word:
        return []
    if gender == "MALE":
        stem, ends = endings("endings_surname_men").split(word)
    else:
        stem, ends = endings("endings_surname_women").split(word)
        ends = _feminine_ends(word, ends)
        stem = stem[:-1] if ends[0] != "" and len(ends[0]) <= 2 and stem == word else stem
    spellings: list[str] = []
    for reading in roots("surname_roots").readings(stem):
        soft = plain_letters(reading)
        hard = plain_letters(_HARD_I.sub("ы", reading))
        both = (hard, soft) if _RUSSIAN_SURNAME.search(word) else (soft, hard)
        spellings += [base + plain_letters(end) for base in both for end in ends]
    return list(dict.fromkeys(_without_yo(spellings)))[:MOST_SPELLINGS]


def _feminine_ends(word: str, ends: tuple[str, ...]) -> tuple[str, ...]:
    """«чорна» is an adjective («черная»), «сорока» is not, «підлісна» may be either."""
    if ends != ("",) or not word.endswith(("а", "я")) or _RUSSIAN_SURNAME.search(word):
        return ends
    genitives = tables("ukrainian")["women"].pattern(word).cases[1]
    adjective = any(ending.endswith("ої") for ending in genitives)
    noun = not all(ending.endswith("ої") for ending in genitives)
    last = word[-1]
    whole = {"а": "ая", "я": "яя"}[last]
    if adjective and not noun:
        return (whole,)
    if adjective and re.search(r"[^аеєиіїоуюя]на$|ня$", word):
        return (whole, last)
    return ends


def russian_place(name: str, category: str) -> tuple[str, ...]:
    """Likely Russian spellings of a Ukrainian place name, the likelier first; at most six for each word of it."""
    parts, joints = split_parts(clean(name))
    spelt = [
        _place_word(part, adjective=is_adjective_inside(parts, joints, at, category)) for at, part in enumerate(parts)
    ]
    return _joined(spelt, joints)


def _place_word(word: str, *, adjective: bool) -> list[str]:
    if not word:
        return []
    known = _sections()["place_words"].get(word)
    if known is not None and not adjective:
        return known.split("/")
    stem, ends = endings("endings_place_adjective" if adjective else "endings_place").split(word)
    spellings = [
        plain_letters(reading) + end.replace("'", "ь")
        for reading in roots("place_roots").readings(stem)
        for end in ends
    ]
    return list(dict.fromkeys(_without_yo(spellings)))[:MOST_SPELLINGS]


def _joined(parts: list[list[str]], joints: list[str]) -> tuple[str, ...]:
    if len(parts) == 1:
        return tuple(parts[0])
    # Parts of one name are spelt by one habit, but not strictly: two spellings of each part are enough.
    joined: dict[str, None] = {}
    for chosen in product(*(part[:2] for part in parts)):
        text = chosen[0]
        for joint, word in zip(joints, chosen[1:], strict=True):
            text += joint + word
        joined[text] = None
    return tuple(joined)
