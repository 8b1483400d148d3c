"""From a case form back to the name, for names that no list holds."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from directory.declension.composing import clean, split_parts
from directory.declension.given_names import given_name_entries
from directory.declension.patronymics import ukrainian_patronymics
from directory.declension.russian_forms import russian_given_forms, russian_patronymic_forms, russian_surname_forms
from directory.declension.tables import endings_of, tables
from directory.declension.ukrainian_names import Gender, given_forms, patronymic_forms, surname_forms

Part = Literal["surname", "given", "patronymic"]

_GENDERS: tuple[Gender, Gender] = ("MALE", "FEMALE")
_FORMS = {
    "surname": (surname_forms, russian_surname_forms),
    "given": (given_forms, russian_given_forms),
    "patronymic": (patronymic_forms, russian_patronymic_forms),
}
# What Russian writes where Ukrainian has another letter; и and і stay a matter for the sound key.
_UKRAINIAN_LETTERS = str.maketrans({"ы": "и", "э": "е", "ё": "о", "ъ": "'"})
_SHORTEST_NAME = 2
# Ends that no Ukrainian name has, and bare -о, which names have only after л or several consonants («Хитро», «Сало»).
_IMPLAUSIBLE = re.compile(
    r"[^лнтдсзцр]ь$|[жчшщгкхбпвмф]я$|[аеиоуюяії]ець$|[аеєиіїоуюя][бвгґджзмнпрстфхцчшщ]о$|[бвгґджзклмнпрстфхцчшщ]й$"
)


def nominative_candidates(word: str, part: Part) -> tuple[str, ...]:
    """Ukrainian nominatives that a Ukrainian or Russian case form may stand for, the likeliest first, normalised.

    «шевчука» gives («шевчук»), «ковальского» («ковальський»), «сороці» («сорока»). Every candidate does have the form.
    The word itself is never among them; empty when it can only be a nominative. Double names go back part by part.
    """
    form = clean(word)
    if part == "patronymic" and (known := ukrainian_patronymics(form)):
        return known
    if part == "given" and (known := _listed_given_names().get(form, ())):
        return tuple(name for name in known if name != form)
    pieces, joints = split_parts(form)
    if not joints:
        return _single(form, part)
    restored = [(_single(piece, part) or (piece,))[0] for piece in pieces]
    joined = restored[0] + "".join(joint + piece for joint, piece in zip(joints, restored[1:], strict=True))
    return (joined,) if joined != form else ()


def _single(form: str, part: Part) -> tuple[str, ...]:
    endings = _nominative_endings()[part]
    for length in range(min(len(form) - 1, 8), 0, -1):
        found = endings.get(form[-length:])
        if found is None:
            continue
        cut, options = found
        stem = form[:-cut].translate(_UKRAINIAN_LETTERS)
        candidates = dict.fromkeys(stem + option for option in options)
        return tuple(
            name
            for name in candidates
            if name != form
            and len(name) >= _SHORTEST_NAME
            and not _IMPLAUSIBLE.search(name)
            and _has_form(name, form, part)
        )
    return ()


@lru_cache(maxsize=1)
def _listed_given_names() -> Mapping[str, tuple[str, ...]]:
    """The names of the list by each of their case forms; Ukrainian forms first, then main Russian ones."""
    known: dict[str, dict[str, None]] = {}
    entries = given_name_entries().values()
    for entry in entries:
        for form in given_forms(entry.name, entry.gender):
            known.setdefault(form, {})[entry.name] = None
    by_rank = sorted((rank, entry.name) for entry in entries for rank in range(len(entry.russian)))
    for rank, name in by_rank:
        entry = given_name_entries()[name]
        table = tables("russian")["given_men" if entry.gender == "MALE" else "given_women"]
        for form in table.forms(entry.russian[rank]):
            known.setdefault(form, {})[name] = None
    return {form: tuple(names) for form, names in known.items()}


def _has_form(name: str, form: str, part: Part) -> bool:
    return any(form in forms_of(name, gender) for forms_of in _FORMS[part] for gender in _GENDERS)


@lru_cache(maxsize=1)
def _nominative_endings() -> Mapping[str, Mapping[str, tuple[int, tuple[str, ...]]]]:
    with Path(__file__).with_name("nominatives.toml").open("rb") as file:
        sections = tomllib.load(file)
    return {
        section: {
            ending: (cut, tuple("" if option == "0" else option for option in options.split()))
            for keys, options in rows.items()
            for key in keys.split()
            for ending, cut in endings_of(key)
        }
        for section, rows in sections.items()
    }
