"""The operators that spoil queries: what each does, that it is seeded, and that it never invents another meaning."""

from random import Random

import pytest

from ranking.evaluation import inflecting, keyboards, romanising, shortening, slips
from ranking.evaluation.corruptions import OPERATORS, old_names, text_of
from ranking.evaluation.inflecting import Case
from ranking.evaluation.nonsense import nonsense
from ranking.evaluation.russian import in_russian
from ranking.evaluation.truth import Piece, PieceKind

OLENA = [
    Piece(PieceKind.SPECIALITY, "педіатр", "PEDIATRICIAN"),
    Piece(PieceKind.SURNAME, "Дем'яненко", gender="FEMALE"),
    Piece(PieceKind.GIVEN, "Олена", gender="FEMALE"),
    Piece(PieceKind.PATRONYMIC, "Іванівна", gender="FEMALE"),
    Piece(PieceKind.SETTLEMENT, "Дніпро", "UA12020010010037010"),
]


@pytest.mark.parametrize("name", [name for name in OPERATORS if name != "clean"])
def test_every_operator_changes_the_query_and_repeats_itself_under_one_seed(name: str) -> None:
    changed = 0
    for seed in range(30):
        first, again = OPERATORS[name](OLENA, Random(seed)), OPERATORS[name](OLENA, Random(seed))
        assert first == again
        changed += first is not None and text_of(first) != text_of(OLENA)
    assert changed >= 8


def test_one_slip_is_one_edit() -> None:
    for seed in range(300):
        assert slips.edits("коваленко", slips.slip("коваленко", Random(seed))) == 1


def test_slips_leave_short_words_alone() -> None:
    assert all(slips.slip("лор", Random(seed)) == "лор" for seed in range(50))


def test_two_slips_are_two_edits() -> None:
    distances = []
    for seed in range(300):
        found = OPERATORS["two_slips"]([Piece(PieceKind.SURNAME, "Коваленко")], Random(seed))
        if found:
            distances.append(slips.edits("Коваленко", text_of(found)))
    assert set(distances) == {2}


def test_spelling_slips_follow_the_counts_of_essays() -> None:
    slipped = [slips.spelling_slip("вишиванки", Random(seed)) for seed in range(3_000)]
    substituted = sum(len(word) == len("вишиванки") and word != "вишиванки" for word in slipped)
    assert 0.45 < substituted / len(slipped) < 0.65
    assert sum("і" in word for word in slipped) > 0.15 * len(slipped)


def test_a_swap_counts_as_one_edit() -> None:
    assert slips.edits("коваленко", "кволаенко") == 2
    assert slips.edits("яременко", "яреемнко") == 1
    assert slips.edits("", "аб") == 2


@pytest.mark.parametrize(
    ("meant", "active", "text", "typed"),
    [
        ("uk", "en", "лікарня", "ksrfhyz"),
        ("uk", "en", "Харків", "{fhrsd"),
        ("uk", "en", "мар'яна", "vfh`zyf"),
        ("uk", "ru", "чернігів її", "черныгыв ъъ"),
        ("ru", "en", "объезд", "j,]tpl"),
        ("en", "uk", "kyiv", "лншм"),
    ],
)
def test_layouts_press_the_same_keys(meant: str, active: str, text: str, typed: str) -> None:
    assert keyboards.retyped(text, meant, active) == typed
    if "'" not in text:
        assert keyboards.retyped(typed, active, meant) == text


def test_lookalikes_keep_the_look_and_change_the_letters() -> None:
    spoilt = keyboards.with_lookalikes("КОСТОПІЛЬ", Random(1), share=1.0)
    assert spoilt != "КОСТОПІЛЬ"
    assert spoilt.isascii() is False
    assert len(spoilt) == len("КОСТОПІЛЬ")


def test_apostrophes_take_one_form_in_the_whole_text() -> None:
    forms = {keyboards.with_other_apostrophes("мар'яна лук'янюк", Random(seed)) for seed in range(200)}
    assert "маряна лукянюк" in forms
    assert "мар’яна лук’янюк" in forms
    assert not any("’" in form and "`" in form for form in forms)


def test_romanising_leaves_no_cyrillic() -> None:
    for seed in range(50):
        for act in (romanising.by_table, romanising.by_habit):
            text = act("щедрик юрій ґжицький объезд сыч эмма", Random(seed)).lower()
            assert not any("а" <= letter <= "ґ" for letter in text), text


def test_habits_differ_from_each_other() -> None:
    assert len({romanising.by_habit("григорій хижняк", Random(seed)) for seed in range(60)}) > 20


@pytest.mark.parametrize(
    ("piece", "russian"),
    [
        (Piece(PieceKind.GIVEN, "Олена"), "Елена"),
        (Piece(PieceKind.PATRONYMIC, "Миколаївна"), "Николаевна"),
        (Piece(PieceKind.SETTLEMENT, "Біла Церква"), "Белая Церковь"),
        (Piece(PieceKind.SETTLEMENT, "Нова Іванівка"), "Нова Ивановка"),
        (Piece(PieceKind.OBLAST, "Харківська область"), "Харьковская область"),
        (Piece(PieceKind.RAION, "Бердичівський район"), "Бердичивский район"),
        (Piece(PieceKind.SPECIALITY, "дитячий хірург", "CHILD_SURGEON"), "детский хирург"),
        (Piece(PieceKind.WORD, "біля мене"), "возле меня"),
    ],
)
def test_russian_spellings(piece: Piece, russian: str) -> None:
    assert in_russian(piece) == russian


@pytest.mark.parametrize(
    ("case", "nominative", "form"),
    [
        (Case.GENITIVE, "сімейний лікар", "сімейного лікаря"),
        (Case.INSTRUMENTAL, "акушер-гінеколог", "акушером-гінекологом"),
        (Case.DATIVE, "лікар ультразвукової діагностики", "лікарю ультразвукової діагностики"),
    ],
)
def test_case_forms_of_specialities(case: Case, nominative: str, form: str) -> None:
    assert inflecting.speciality_in(case, nominative) == form


@pytest.mark.parametrize(
    ("case", "surname", "gender", "form"),
    [
        (Case.GENITIVE, "Коваленко", "MALE", "Коваленка"),
        (Case.GENITIVE, "Коваленко", "FEMALE", "Коваленко"),
        (Case.DATIVE, "Левицька", "FEMALE", "Левицькій"),
        (Case.INSTRUMENTAL, "Петров", "MALE", "Петровим"),
        (Case.GENITIVE, "Сорока", "FEMALE", "Сороки"),
        (Case.GENITIVE, "Мельничук-Левицька", "FEMALE", "Мельничук-Левицької"),
        (Case.GENITIVE, "Швець", "MALE", None),
        (Case.GENITIVE, "Бондар", "MALE", None),
    ],
)
def test_case_forms_of_surnames(case: Case, surname: str, gender: str, form: str | None) -> None:
    assert inflecting.surname_in(case, surname, gender) == form


@pytest.mark.parametrize(
    ("case", "place", "form"),
    [
        (Case.LOCATIVE, "Бровари", "Броварах"),
        (Case.LOCATIVE, "Полтава", "Полтаві"),
        (Case.LOCATIVE, "Ківшарівка", "Ківшарівці"),
        (Case.GENITIVE, "Київ", "Києва"),
        (Case.LOCATIVE, "Нова Одеса", None),
    ],
)
def test_case_forms_of_places(case: Case, place: str, form: str | None) -> None:
    assert inflecting.place_in(case, place) == form


def test_initials_come_in_many_shapes_and_always_with_the_surname() -> None:
    shapes = {shortening.with_initials("Вовк", "Тетяна", "Григорівна", Random(seed)) for seed in range(200)}
    assert {"Вовк Т.Г.", "Т. Г. Вовк", "Вовк ТГ", "Т.Г.Вовк", "Вовк Т Г", "Вовк тг"} <= shapes
    assert all("Вовк" in shape for shape in shapes)
    assert shortening.with_initials("Вовк", "Тетяна", None, Random(1)).count("Т") <= 1


def test_old_names_are_those_of_the_renamed_place() -> None:
    found = OPERATORS["old_names"](OLENA, Random(1))
    assert found is not None
    assert found[-1].text in old_names()["Дніпро"]
    assert OPERATORS["old_names"]([Piece(PieceKind.SETTLEMENT, "Полтава")], Random(1)) is None


def test_a_query_without_anything_to_spoil_is_refused() -> None:
    assert OPERATORS["apostrophe"]([Piece(PieceKind.SURNAME, "Коваленко")], Random(1)) is None
    assert OPERATORS["initials"]([Piece(PieceKind.SURNAME, "Коваленко")], Random(1)) is None
    assert OPERATORS["abbreviations"]([Piece(PieceKind.SURNAME, "Коваленко")], Random(1)) is None
    assert OPERATORS["one_slip"]([Piece(PieceKind.WORD, "поблизу")], Random(1)) is None


def test_nonsense_has_many_kinds() -> None:
    texts = [nonsense(Random(seed)) for seed in range(400)]
    assert len(set(texts)) > 350
    assert any(not text.isascii() and not any("а" <= letter <= "я" for letter in text) for text in texts)
    assert any("SELECT" in text or "DROP" in text for text in texts)
    assert any(len(text) > 1_000 for text in texts)
