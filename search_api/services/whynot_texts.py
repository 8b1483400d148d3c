"""Misses and changes in both languages of the product, numbers written as each language writes them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from directory.documents import NO_UPPER_AGE
from directory.places import Gazetteer
from directory.specialities import speciality_label
from ranking.documents import Document, field_of
from ranking.reasons import decimal
from ranking.whynot import Change, Miss
from search_api.language import LANGUAGES, Language
from search_api.texts import change_text, excluded_text, label, labels

Texts = dict[str, str]


def describe_miss(miss: Miss, document: Document, gazetteer: Gazetteer, age_group: str | None = None) -> dict[str, Any]:
    """See `Excluded`. `age_group`: child or adult, where the age in years is only an example of it."""
    if miss.code == "age" and age_group is not None:
        miss = replace(miss, code=f"age_{age_group}")
    return {
        "fact": miss.fact,
        "code": miss.code or miss.fact,
        "text": {language: _miss_text(miss, document, gazetteer, language) for language in LANGUAGES},
    }


def describe_other_place(employee_id: str) -> dict[str, Any]:
    """The miss of a post whose person is shown with a better one, see `Excluded`."""
    return {
        "fact": "other_place",
        "code": "other_place",
        "text": {language: excluded_text("other_place", language) for language in LANGUAGES},
        "employee_id": employee_id,
    }


def change_texts(changes: Sequence[Change]) -> Texts:
    """One sentence about all changes together, by language."""
    return {
        language: change_text("one_of_three", language).format(
            changes=change_text("and", language).join(_clause(change, language) for change in changes)
        )
        for language in LANGUAGES
    }


def km_text(km: float, language: Language) -> str:
    """Kilometres to 100 m, less than that to 10 m and never nothing."""
    written = decimal(km, 1) if km >= 0.1 else decimal(max(km, 0.01), 2)
    return written.text(language).removesuffix(",0").removesuffix(".0")


def _clause(change: Change, language: Language) -> str:
    text = change.kind.uk if language == "uk" else change.kind.en
    return text.format(**{key: _written(key, value, language) for key, value in change.values.items()})


def _miss_text(miss: Miss, document: Document, gazetteer: Gazetteer, language: Language) -> str:
    if miss.fact == "inactive":
        known = miss.code in labels("inactive_reason")
        return label("inactive_reason", miss.code, language) if known else excluded_text("inactive", language)
    values: dict[str, Any] = dict(miss.values)
    code = miss.code
    if code == "facility" and values["words"]:
        code = "facility_words"
    if code == "speciality":
        officio = field_of(document, "speciality.officio")
        values["speciality"] = speciality_label(officio, language) if officio else "—"
    if code == "area_place":
        place = gazetteer.by_code(values["place"])
        values["place"] = gazetteer.label(place, language) if place else values["place"]
    if miss.fact == "age":
        oldest = values["max"]
        values["ages"] = f"{values['min']}+" if oldest >= NO_UPPER_AGE else f"{values['min']}–{oldest}"
    written = {key: _written(key, value, language) for key, value in values.items()}
    return excluded_text(code, language).format(**written)


def _written(key: str, value: Any, language: Language) -> str:
    if isinstance(value, Mapping):
        return str(value[language])
    if key.endswith("km"):
        return km_text(value, language)
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)
