import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.text import name_parts, normalise, sound_key, sound_keys, words


@pytest.mark.parametrize(
    "spelling", ["Дем'яненко", "Дем’яненко", "Демʼяненко", "Дем`яненко", "дем*яненко", "ДЕМ‘ЯНЕНКО"]
)
def test_every_apostrophe_form_is_one_spelling(spelling: str) -> None:
    assert normalise(spelling) == "дем'яненко"


def test_latin_lookalikes_inside_cyrillic_words_become_cyrillic_capitals_included() -> None:
    assert normalise("KИЇВ") == "київ"
    assert normalise("Тepнoпіль") == "тернопіль"


def test_latin_words_stay_latin() -> None:
    assert normalise("Kyiv") == "kyiv"


def test_quotes_around_a_word_are_no_apostrophes() -> None:
    assert words('КНП "Центр №3", м.Київ') == ["кнп", "центр", "3", "м", "київ"]


def test_invisible_characters_and_stress_marks_vanish() -> None:
    assert normalise("Ко\u00adва\u200bле\u0301нко") == "коваленко"


def test_letters_with_marks_of_their_own_stay_whole() -> None:
    assert normalise("И\u0306од І\u0308жак") == "йод їжак"


def test_hyphens_of_every_kind_keep_a_double_name_together() -> None:
    assert words("Нечуй–Левицька") == ["нечуй-левицька"]
    assert name_parts("Нечуй-Левицька") == ("нечуй-левицька", "нечуй", "левицька")


def test_an_empty_name_has_no_parts() -> None:
    assert name_parts("") == ()
    assert name_parts(" - ") == ()


@pytest.mark.parametrize(
    "spellings",
    [
        ["Шевченко", "Shevchenko", "Ševčenko", "Schewtschenko", "ШЕВЧЕНКО"],
        ["Щербак", "Shcherbak", "Ščerbak"],
        ["Юрій", "Yurii", "Jurij", "Юрий"],
        ["Григорій", "Hryhorii", "Grigoriy", "Григорий"],
        ["Мар'яна", "Мар’яна", "Mariana", "Marjana", "Марьяна"],
        ["сімейний", "simeinyi", "simejnyj", "simeyniy"],
        ["Нечуй-Левицька", "Nechui-Levytska"],
        ["Білоус", "Bilous"],
    ],
)
def test_spellings_of_one_sound_share_a_key(spellings: list[str]) -> None:
    assert len({sound_key(spelling) for spelling in spellings}) == 1


def test_different_surnames_keep_different_keys() -> None:
    assert len({sound_key(name) for name in ("Коваль", "Ковальчук", "Коваленко", "Ткаченко", "Бондар")}) == 5


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=60))
def test_keys_hold_letters_and_digits_only(text: str) -> None:
    key = sound_key(text)
    assert key == "" or key.isalnum()


_LETTERS = st.text("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёъ'", max_size=12)


@given(st.lists(st.one_of(_LETTERS, st.text(max_size=8), st.sampled_from(["kyiv", "щощі", "іїа", "оу", "оюу", "''"]))))
def test_keys_of_many_words_are_the_keys_of_each(found: list[str]) -> None:
    assert sound_keys(found) == [sound_key(word) for word in found]


@pytest.mark.parametrize(
    "text", ["О'Нілл", "Kyiv-Sviatoshyn", "Артёмовск", "Ґанок Їжак", "LVIV", "Кам'янець-Подільський"]
)
def test_a_word_needs_no_mending_alone_or_among_words_that_do(text: str) -> None:
    assert normalise(f"№ {text}") == f"№ {normalise(text)}"
    assert normalise(text) == text.lower()
