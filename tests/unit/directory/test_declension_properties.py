"""What holds for every name: forms are normalised, unique, and begin with the nominative."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.declension import (
    given_forms,
    nominative_candidates,
    patronymic_forms,
    place_forms,
    russian_given_forms,
    russian_patronymic_forms,
    russian_place_forms,
    russian_surname_forms,
    surname_forms,
)
from directory.text import normalise

_LETTERS = st.text("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’'", min_size=1, max_size=14)
_NAMES = st.lists(_LETTERS, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from(["-", " "]).map(lambda joint: joint.join(parts))
)
_FORMS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "surname of a man": lambda name: surname_forms(name, "MALE"),
    "surname of a woman": lambda name: surname_forms(name, "FEMALE"),
    "given name of a man": lambda name: given_forms(name, "MALE"),
    "given name of a woman": lambda name: given_forms(name, "FEMALE"),
    "patronymic": lambda name: patronymic_forms(name, "FEMALE"),
    "place": lambda name: place_forms(name, "C"),
    "Russian surname": lambda name: russian_surname_forms(name, "MALE"),
    "Russian given name": lambda name: russian_given_forms(name, "FEMALE"),
    "Russian patronymic": lambda name: russian_patronymic_forms(name, "MALE"),
    "Russian place": lambda name: russian_place_forms(name, "C"),
}


@pytest.mark.parametrize("kind", _FORMS)
@given(name=_NAMES)
def test_forms_of_any_text_are_normalised_and_unique(kind: str, name: str) -> None:
    forms = _FORMS[kind](name)
    assert len(forms) == len(set(forms))
    assert all(normalise(form) == form for form in forms)


@pytest.mark.parametrize("kind", [kind for kind in _FORMS if not kind.startswith("Russian")])
@given(name=_NAMES)
def test_the_nominative_comes_first(kind: str, name: str) -> None:
    assert _FORMS[kind](name)[:1] == (normalise(name),)


@given(name=_LETTERS)
def test_a_candidate_for_the_nominative_is_never_the_word_itself(name: str) -> None:
    assert normalise(name) not in nominative_candidates(name, "surname")
