"""Ukrainian case forms of surnames, given names and patronymics."""

from typing import Literal

from directory.declension.composing import forms_of_name
from directory.declension.tables import tables

Gender = Literal["MALE", "FEMALE"]


def surname_forms(surname: str, gender: Gender) -> tuple[str, ...]:
    """All singular cases of a surname, the nominative first, normalised and each once; double surnames by part.

    A woman's surname in -о or a consonant does not decline. Doubtful shapes give every form in use: «сокола», «сокіла».
    """
    table = tables("ukrainian")["men" if gender == "MALE" else "women"]
    return forms_of_name(surname, table.pattern)


def given_forms(name: str, gender: Gender) -> tuple[str, ...]:
    """All singular cases of a given name, the nominative first, normalised and each once."""
    table = tables("ukrainian")["given_men" if gender == "MALE" else "given_women"]
    return forms_of_name(name, table.pattern)


def patronymic_forms(name: str, gender: Gender) -> tuple[str, ...]:
    """All singular cases of a patronymic, the nominative first, normalised and each once."""
    table = tables("ukrainian")["patronymic_men" if gender == "MALE" else "patronymic_women"]
    return forms_of_name(name, table.pattern)
