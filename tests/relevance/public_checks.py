"""Checks that nobody here wrote: misspellings of real essays, official renames, dictionaries of Russian names.

They are measured and reported, not gated: the data are other people's, and the rates tell how far ours carries.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import httpx

from directory.places import Gazetteer
from directory.text import normalise, words
from ranking.evaluation.corruptions import old_names
from ranking.evaluation.doctors import Doctors
from ranking.evaluation.judging import said, same_name
from tests.relevance.asking import understand
from tests.relevance.setting import Setting

_SAMPLE = 500
_SEED = 42
_LEAST_LETTERS = 4
_SHOWN = 12
# Words of essays that specialities are named with, and what completes them to one.
_NAMED_WITH = {
    "дитячий": ("{} лікар", "PEDIATRICIAN"),
    "дитячі": ("{} лікарі", "PEDIATRICIAN"),
    "сімейн": ("{} лікар", "FAMILY_DOCTOR"),
    "жіночий": ("{} лікар", "GYNECOLOGIST"),
    "лікар": ("сімейний {}", "FAMILY_DOCTOR"),
    "хірург": ("{}", "SURGEON"),
    "психіатр": ("{}", "PSYCHIATRIST"),
    "травматолог": ("{}", "ORTHOPEDIST_TRAUMATOLOGIST"),
    "стоматолог": ("{}", "DENTIST"),
    "терапевт": ("{}", "THERAPIST"),
    "педіатр": ("{}", "PEDIATRICIAN"),
}
# Beside a speciality a word is a place: that is how people ask, and what a bare word means is another question.
_BESIDE = "терапевт"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a check: the text, and the field of `understood` with the value it must have."""

    text: str
    field: str
    wanted: Any


@dataclass(frozen=True, slots=True)
class Rate:
    """How a check came out. `offered`: wrong, but the right place is among the alternatives."""

    name: str
    asked: int
    right: int
    offered: int
    missed: tuple[str, ...]

    def line(self) -> str:
        share = self.right / self.asked if self.asked else 0.0
        more = f", {self.offered} more offered as alternatives" if self.offered else ""
        return (
            f"{self.name}: {self.right} of {self.asked} ({share:.1%}){more}; missed: {', '.join(self.missed) or 'none'}"
        )


async def public_checks(setting: Setting, renames: Path | None) -> str:
    """A line for each check: rate, and some of what was missed."""
    checks = {
        "UA-GEC misspellings of settlements": misspelt_places(setting.gazetteer),
        "UA-GEC misspellings of words of specialities": misspelt_specialities(),
        "renamed settlements": official_renames(renames) if renames else _own_renames(setting.gazetteer),
        **russian_names(setting.doctors),
    }
    return "\n".join([(await _rate(setting.client, name, list(asked))).line() for name, asked in checks.items()])


def misspellings() -> list[tuple[str, str]]:
    """(as written, as it should be): the distinct one-word spelling corrections of UA-GEC with four letters or more."""
    from ua_gec import AnnotationLayer, Corpus

    found: dict[tuple[str, str], None] = {}
    for document in Corpus(partition="all", annotation_layer=AnnotationLayer.GecOnly).get_documents():
        for annotation in document.annotated.get_annotations():
            wrong, right = annotation.source_text.strip(), (annotation.top_suggestion or "").strip()
            one_word = len(words(wrong)) == len(words(right)) == 1
            if annotation.meta.get("error_type") == "Spelling" and one_word and len(right) >= _LEAST_LETTERS:
                found.setdefault((wrong, right))
    return [pair for pair in found if normalise(pair[0]) != normalise(pair[1])]


def misspelt_places(gazetteer: Gazetteer) -> list[Asked]:
    """Corrections to a word that is the official name of a settlement, of a slip that is none."""
    return [
        Asked(f"{_BESIDE} {wrong}", "settlement", right)
        for wrong, right in misspellings()
        if any(same_name(place.name, right) for place in gazetteer.by_name(right)) and not gazetteer.by_name(wrong)
    ]


def misspelt_specialities() -> list[Asked]:
    """Corrections to a word that specialities are named with, completed to the name of one."""
    return [
        Asked(phrase.format(wrong), "specialities", [code])
        for wrong, right in misspellings()
        for stem, (phrase, code) in _NAMED_WITH.items()
        if normalise(right).startswith(stem)
    ]


def official_renames(path: Path) -> list[Asked]:
    """Rows «katottg, category, old_name, new_name» of settlements: the old name must lead to the code."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Asked(f"{_BESIDE} {row['old_name']}", "settlement", row["katottg"])
            for row in csv.DictReader(file)
            if row["category"] in "KMXC" and row["old_name"]
        ]


def russian_names(doctors: Doctors) -> Mapping[str, list[Asked]]:
    """Surnames, given names and patronymics of the index by the first Russian form of names-translator that differs."""
    from names_translator.dicts import NameDicts

    dictionaries = NameDicts()
    parts = {
        "surname": ("last", {doctor.surname for doctor in doctors.all}),
        "given_name": ("first", {doctor.given for doctor in doctors.all}),
        "patronymic": ("patronymic", {doctor.patronymic for doctor in doctors.all} - {""}),
    }
    found = {}
    for part, (pool, names) in parts.items():
        known = dictionaries.as_dict(pool)
        pairs = [(name, _russian_form(name, known.get(name, ()))) for name in sorted(names)]
        asked = [Asked(russian, part, name) for name, russian in pairs if russian and normalise(russian) not in names]
        found[f"names-translator, {part}"] = Random(_SEED).sample(asked, min(_SAMPLE, len(asked)))
    return found


def _russian_form(name: str, forms: Iterable[str]) -> str | None:
    return next((form for form in forms if normalise(form) != name and not set(form.lower()) & set("іїєґ'")), None)


def _own_renames(gazetteer: Gazetteer) -> list[Asked]:
    return [
        Asked(f"{_BESIDE} {old}", "settlement", name)
        for name, olds in old_names().items()
        if gazetteer.by_name(name)
        for old in olds
    ]


async def _rate(client: httpx.AsyncClient, name: str, asked: list[Asked]) -> Rate:
    right, offered, missed = 0, 0, []
    for each in asked:
        reply = await understand(client, each.text, None, None)
        claimed = said(reply.understood)
        if _is_right(claimed.get(each.field), each):
            right += 1
        elif each.field == "settlement" and any(
            each.wanted in (row.get("code"), row.get("name"), row.get("text"))
            for row in (reply.understood or {}).get("alternatives", ())
        ):
            offered += 1
        else:
            missed.append(each.text)
    return Rate(name, len(asked), right, offered, tuple(missed[:_SHOWN]))


def _is_right(claimed: Any, asked: Asked) -> bool:
    if claimed is None:
        return False
    if asked.field == "specialities":
        return set(claimed) == set(asked.wanted)
    if asked.field == "settlement":
        return asked.wanted == claimed.get("code") or same_name(claimed.get("name") or "", asked.wanted)
    return same_name(str(claimed), asked.wanted)
