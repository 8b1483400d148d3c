"""Case forms of Ukrainian names and places, their Russian spellings, and the way back from a form to the name.

Pure rules and hand-written tables: nothing is read from a lexicon or the network. All words that come out are
normalised as `directory.text.normalise` does.
"""

from directory.declension.given_names import GivenNameEntry, given_name_entries
from directory.declension.oblasts import colloquial_oblast_nouns, oblast_forms
from directory.declension.patronymics import patronymics_of, russian_patronymics, russian_patronymics_of
from directory.declension.reverse import nominative_candidates
from directory.declension.russian_forms import (
    russian_given,
    russian_given_forms,
    russian_patronymic_forms,
    russian_place_forms,
    russian_surname_forms,
)
from directory.declension.russian_spelling import russian_place, russian_surnames
from directory.declension.ukrainian_names import Gender, given_forms, patronymic_forms, surname_forms
from directory.declension.ukrainian_places import place_forms

__all__ = [
    "Gender",
    "GivenNameEntry",
    "colloquial_oblast_nouns",
    "given_forms",
    "given_name_entries",
    "nominative_candidates",
    "oblast_forms",
    "patronymic_forms",
    "patronymics_of",
    "place_forms",
    "russian_given",
    "russian_given_forms",
    "russian_patronymic_forms",
    "russian_patronymics",
    "russian_patronymics_of",
    "russian_place",
    "russian_place_forms",
    "russian_surname_forms",
    "russian_surnames",
    "surname_forms",
]
