"""Nothing is invented: what hardly resembles anything, among words nobody understands, is not that thing."""

import pytest

from ranking import Reading, understand
from tests.support.ranking import small_lexicons

LEXICONS = small_lexicons()


def read(text: str) -> Reading:
    return understand(text, LEXICONS).best


@pytest.mark.parametrize(
    "text",
    [
        "qwerty", "asdf asdf", "лорем іпсум долор", "абракадабра", "хрщмпк", "zzzzzzzz", "йцукен фівапр", "12345",
        "SELECT * FROM doctors", "'; DROP TABLE doctors; --", '{"query":{"match_all":{}}}', "<script>alert(1)</script>",
        "https://example.org/?q=1", "../../etc/passwd", "ььььь ъъъъъ", "аааааааааа", "۱۲۳", "שלום", "مرحبا", "你好",
        "👩‍⚕️💊🩺",        "²³ ①", "\u202eкнелавок", "x" * 200,
    ],
)  # fmt: skip
def test_nonsense_means_nothing(text: str) -> None:
    found = read(text)
    assert found.says_nothing
    assert not found.specialities
    assert not found.repairs


@pytest.mark.parametrize("text", ["крокодил гамадріл Полтова", "хрщмпк Жтомир", "бвгджз Полтова"])
def test_guess_among_words_nobody_understands_is_given_up(text: str) -> None:
    found = read(text)
    assert found.says_nothing
    assert len(found.not_understood) == len(text.split())


@pytest.mark.parametrize(
    ("text", "surname", "settlement"),
    [("Ковалнко", "коваленко", None), ("терапевт Ковалнко", "коваленко", None), ("терапевт Полтова", None, "UA53M1")],
)
def test_one_guess_alone_or_beside_what_is_sure_stands(text: str, surname: str | None, settlement: str | None) -> None:
    found = read(text)
    assert found.said_name.surname == surname
    assert (found.settlement.code if found.settlement else None) == settlement


def test_word_spelt_right_stands_among_words_nobody_understands() -> None:
    found = read("абракадабра терапевт хрщмпк Коваленко")
    assert (found.specialities, found.said_name.surname) == (("THERAPIST",), "коваленко")
    assert found.not_understood == ("абракадабра", "хрщмпк")


def test_one_wrong_letter_in_a_long_word_is_no_guess() -> None:
    assert read("крокодил гамадріл Ковалнко").said_name.surname == "коваленко"


def test_beside_another_matter_nothing_is_guessed() -> None:
    found = read("піца з доставкою Ковалнко")
    assert not found.names


def test_what_is_not_understood_costs_most() -> None:
    assert read("хрщмпк").penalty > read("Ковалнко").penalty > read("Коваленко").penalty
