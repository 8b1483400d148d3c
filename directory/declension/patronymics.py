"""Patronymics of a father's given name, Ukrainian and Russian, and the Russian spellings of a Ukrainian patronymic."""

import re
from collections.abc import Mapping
from functools import lru_cache

from directory.declension.composing import clean
from directory.declension.given_names import given_name_entries, with_and_without_yo
from directory.declension.russian_spelling import plain_letters, roots
from directory.declension.tables import tables
from directory.declension.ukrainian_names import Gender

_RUSSIAN_ENDINGS = (
    ("ійович", ("ьевич", "иевич", "еевич")),
    ("ійівна", ("ьевна", "иевна", "еевна")),
    ("іївна", ("ьевна", "иевна", "еевна")),
    ("йович", ("евич",)),
    ("ївна", ("евна",)),
    ("ьович", ("ьевич", "евич")),
    ("івна", ("овна", "евна")),
)


def patronymics_of(father: str) -> tuple[str, ...]:
    """A son's and a daughter's Ukrainian patronymic of a man's given name, normalised; irregular names have more.

    «сергій» gives («сергійович», «сергіївна»), «яків» («якович», «яківна», «яковлевич», «яковлівна»).
    """
    name = clean(father)
    entry = given_name_entries().get(name)
    if entry and entry.patronymics:
        return entry.patronymics
    if name.endswith("й"):
        return name + "ович", name[:-1] + "ївна"
    if name.endswith("ія"):
        return name[:-1] + "йович", name[:-1] + "ївна"
    if name.endswith(("о", "а", "я")):
        return name[:-1] + "ович", name[:-1] + "івна"
    if name.endswith("ь"):
        return name + "ович", name[:-1] + "івна"
    open_stem = re.sub(r"і(?=[рнпв]$)", "о", name) if name in _OPENING else name
    return open_stem + "ович", (open_stem if name.endswith("ір") else name) + "івна"


_OPENING = frozenset(["федір", "сидір", "прохір", "никифір", "нестір", "тодір", "прокіп", "антін"])


def russian_patronymics_of(father: str) -> tuple[str, ...]:
    """A son's and a daughter's Russian patronymic of a man's Russian given name, normalised."""
    name = clean(father)
    if name.endswith("ий"):
        stem = name[:-2]
        soft = (stem + "иевич", stem + "иевна")
        # Two consonants before -ий keep the vowel: Дмитриевич; one softens: Юрьевич; two like letters may do either.
        cluster = re.search(r"[бвгджзклмнпрстфхцчшщ]{2}$", stem)
        short = (stem + "ьевич", stem + "ьевна")
        return soft if cluster and stem[-1] != stem[-2] and stem[-2:] not in ("нт", "нд") else (*short, *soft)
    if name.endswith("й"):
        return name[:-1] + "евич", name[:-1] + "евна"
    if name.endswith("ь"):
        return name[:-1] + "евич", name[:-1] + "евна"
    if name.endswith(("а", "я")):
        return name[:-1] + "ич", name[:-1] + "ична"
    if name.endswith("о"):
        return name[:-1] + "ович", name[:-1] + "овна"
    return name + "ович", name + "овна"


def russian_patronymics(name: str, gender: Gender) -> tuple[str, ...]:
    """Likely Russian spellings of a Ukrainian patronymic, the likelier first: «миколаївна» gives «николаевна»."""
    patronymic = clean(name)
    if not patronymic:
        return ()
    by_rule = _by_rule(patronymic)
    known = _known_russian().get(patronymic)
    if known:
        # «хомович» is «фомич» to those who translate and «хомович» to those who copy.
        known = tuple(form for form in known if _is_feminine(form) == (gender == "FEMALE")) or known
        return tuple(dict.fromkeys((*known, by_rule[0])))
    return by_rule


def _by_rule(patronymic: str) -> tuple[str, ...]:
    for ending, options in _RUSSIAN_ENDINGS:
        if patronymic.endswith(ending):
            father = roots("given_roots").readings(patronymic[: -len(ending)])[0]
            stem = plain_letters(father)
            return tuple(stem + option for option in options)
    return (plain_letters(patronymic),)


def ukrainian_patronymics(russian: str) -> tuple[str, ...]:
    """Ukrainian nominatives of a Russian patronymic in any case, of fathers whose names are listed; empty if none."""
    return _known_ukrainian().get(clean(russian), ())


def _is_feminine(patronymic: str) -> bool:
    return patronymic.endswith("на")


@lru_cache(maxsize=1)
def _known_russian() -> Mapping[str, tuple[str, ...]]:
    known: dict[str, dict[str, None]] = {}
    for entry in given_name_entries().values():
        if entry.gender != "MALE":
            continue
        russian = entry.russian_patronymics or with_and_without_yo(
            tuple(form for father in entry.russian for form in russian_patronymics_of(father))
        )
        for patronymic in patronymics_of(entry.name):
            same_gender = [form for form in russian if _is_feminine(form) == _is_feminine(patronymic)]
            known.setdefault(patronymic, {}).update(dict.fromkeys(same_gender))
    return {patronymic: tuple(forms) for patronymic, forms in known.items()}


@lru_cache(maxsize=1)
def _known_ukrainian() -> Mapping[str, tuple[str, ...]]:
    russian = tables("russian")
    known: dict[str, dict[str, None]] = {}
    for patronymic, spellings in _known_russian().items():
        table = russian["patronymic_women" if _is_feminine(patronymic) else "patronymic_men"]
        for spelling in spellings:
            for form in table.forms(spelling):
                known.setdefault(form, {})[patronymic] = None
    return {form: tuple(names) for form, names in known.items()}
