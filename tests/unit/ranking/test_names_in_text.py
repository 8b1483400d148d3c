"""A name in any order, case and spelling, with initials or without; what somebody really bears together comes first."""

import pytest

from directory.places import Gazetteer
from ranking import Grade, NameWords, Reading, SaidName, TakenAs, understand
from ranking.understanding.initials import names_with_initial, ukrainian_initial
from ranking.understanding.lexicons import NameLexicon, WordLexicon
from tests.support.ranking import borne, place, small_gazetteer, small_lexicons

DOCTORS = borne(
    "Коваленко Олена Іванівна ж",
    "Коваленко Іван Петрович ч",
    "Шевченко Олена Петрівна ж",
    "Вовк Роман Іванович ч",
    "Вовк Юлія - ж",
    "Добрий Сергій Іванович ч",
    "Руденко Світлана Павлівна ж",
    "Нечуй-Левицька Юлія Петрівна ж",
    "Левицька Олена Іванівна ж",
    "Левицький Іван Петрович ч",
    "Бойко Андрій Олегович ч",
    "Полтава Іван Іванович ч",
    "Швець Ольга Іванівна ж",
    "Петренко Ганна Іванівна ж",
    "Петренко Ярослав Ілліч ч",
    "Петренка Галина Іванівна ж",
    "Сорока Дмитро Ілліч ч",
    "До Віктор Іванович ч",
)
LEXICONS = small_lexicons(names=DOCTORS)


def read(text: str) -> Reading:
    return understand(text, LEXICONS).best


def said(text: str) -> dict[str, str]:
    name = read(text).said_name
    return {part: value for part in SaidName.__slots__ if (value := getattr(name, part))}


def terms(words: NameWords, part: str, grade: Grade = Grade.TWO_SLIPS) -> set[str]:
    return {term for word in getattr(words, part) for term in word.terms(grade)}


@pytest.mark.parametrize(
    "text",
    [
        "Коваленко О.І.", "Коваленко О. І.", "О.І. Коваленко", "О. І. Коваленко", "О.І.Коваленко", "Коваленко,О.І.",
        "коваленко о.і.", "коваленко о.і", "Коваленко ОІ", "Коваленко О І", "О І Коваленко", "о. і. коваленко",
        "Kovalenko O.I.", "Коваленко О.И.", "КОВАЛЕНКО О.І.",
    ],
)  # fmt: skip
def test_initials_stand_on_either_side_in_any_punctuation(text: str) -> None:
    assert said(text) == {
        "surname": "коваленко",
        "given_initial": "О",
        "patronymic_initial": "І",
    }
    assert terms(read(text).names, "given", Grade.EXACT) == {"олена", "ольга"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("О. Коваленко", {"surname": "коваленко", "given_initial": "О"}),
        ("Коваленко О", {"surname": "коваленко", "given_initial": "О"}),
        ("Олена І. Коваленко", {"surname": "коваленко", "given_name": "олена", "patronymic_initial": "І"}),
        ("Коваленко Олена І.", {"surname": "коваленко", "given_name": "олена", "patronymic_initial": "І"}),
        ("о Швець", {"surname": "швець", "given_initial": "О"}),
        ("Сорока Д", {"surname": "сорока", "given_initial": "Д"}),
        ("С. Руденко", {"surname": "руденко", "given_initial": "С"}),
    ],
)
def test_one_initial_is_of_the_given_name_unless_that_is_said(text: str, name: dict[str, str]) -> None:
    assert said(text) == name


def test_initials_of_nobody_are_left_over() -> None:
    assert not read("терапевт Д.").names
    assert read("терапевт Д.").not_understood == ("д",)
    assert read("Д.Ж.").not_understood == ("д", "ж")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("у Сороки", {"surname": "сорока"}),
        ("до Вовка", {"surname": "вовк"}),
        ("до Левицької", {"surname": "левицька"}),
        ("в Сороки Дмитра", {"surname": "сорока", "given_name": "дмитро"}),
        ("з Коваленко", {"surname": "коваленко"}),
    ],
)
def test_preposition_before_a_name_is_no_initial(text: str, name: dict[str, str]) -> None:
    assert said(text) == name


def test_village_of_that_name_is_meant_by_its_marker_and_the_person_by_a_capital_initial() -> None:
    places = [*small_gazetteer().places(), place("UA5C9", "Руденко", "C", at=(49.0, 33.0))]
    lexicons = small_lexicons(names=DOCTORS, places=type(small_gazetteer())(places))
    village = understand("с. Руденко", lexicons).best
    assert village.place is not None
    assert not village.names
    person = understand("С. Руденко", lexicons).best
    assert (person.said_name.surname, person.said_name.given_initial, person.place) == ("руденко", "С", None)


def test_word_of_politeness_is_a_surname_beside_a_given_name_only() -> None:
    assert said("Добрий Сергій") == {"surname": "добрий", "given_name": "сергій"}
    assert said("добрий лікар") == {}


@pytest.mark.parametrize(
    "text",
    ["Олена Коваленко Іванівна", "Іванівна Олена Коваленко", "Олені Іванівні Коваленко", "Олени Коваленко Іванівни"],
)
def test_parts_are_known_in_any_order_and_case(text: str) -> None:
    assert said(text) == {"surname": "коваленко", "given_name": "олена", "patronymic": "іванівна"}


@pytest.mark.parametrize(
    ("text", "given"),
    [("Юля Вовк", "юлія"), ("Вовк Рома", "роман"), ("Анна Петренко", "ганна"), ("Елена Коваленко", "олена")],
)
def test_short_and_russian_given_names_are_the_same_name(text: str, given: str) -> None:
    assert said(text)["given_name"] == given


def test_name_that_somebody_bears_wins_over_an_equally_near_one() -> None:
    """«Савченк» is one slip from both; only one of them is Галина."""
    lexicons = small_lexicons(names=borne("Савченко Галина - ж", "Савченка Ірина - ж"))
    assert understand("Савченк Галина", lexicons).best.said_name.surname == "савченко"
    assert understand("Савченк Ірина", lexicons).best.said_name.surname == "савченка"


def test_given_name_decides_between_a_womans_and_a_mans_surname() -> None:
    assert said("Левицької Олени")["surname"] == "левицька"
    assert said("Левицького Івана")["surname"] == "левицький"
    assert said("Левицькому Івану")["surname"] == "левицький"


def test_surname_that_is_another_ones_case_form_keeps_both_and_a_match_of_its_spelling_is_the_better() -> None:
    (word,) = read("Петренка").names.surname
    assert {option.term: option.grade for option in word.options} == {
        "петренка": Grade.EXACT,
        "петренко": Grade.FORM,
    }


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Коваленко", Grade.EXACT),
        ("Коваленком", Grade.FORM),
        ("Kovalenko", Grade.SOUND),
        ("Коваленько", Grade.SOUND),
        ("Ковалинко", Grade.SLIP),
        ("Ковалнко", Grade.SLIP),
        ("Kovalemko", Grade.SLIP),
        ("Кавалнко", Grade.TWO_SLIPS),
    ],
)
def test_grade_tells_how_the_word_matches(text: str, grade: Grade) -> None:
    (option,) = read(text).names.surname[0].options
    assert (option.term, option.grade) == ("коваленко", grade)


def test_womans_surname_has_no_case_forms_where_only_women_bear_it() -> None:
    assert not read("Шевченком").names


def test_double_surname_is_found_whole_and_by_its_parts() -> None:
    assert said("Нечуй-Левицька Юлія") == {"surname": "нечуй-левицька", "given_name": "юлія"}
    assert said("юлії нечуй левицької") == {"surname": "нечуй-левицька", "given_name": "юлія"}
    two = understand("Коваленко-Вовк Олена", small_lexicons(names=DOCTORS)).best
    assert two.said_name.surname == "коваленко-вовк"
    assert [word.options[0].term for word in two.names.surname] == ["коваленко", "вовк"]


def test_patronymic_needs_no_bearer_to_be_one() -> None:
    found = read("Коваленко Олена Всеволодівна")
    assert found.said_name.patronymic == "всеволодівна"
    assert not found.not_understood


def test_surname_that_exists_though_nobody_here_bears_it_is_itself_and_no_neighbour() -> None:
    lexicons = small_lexicons(names=borne("Петренко Ганна - ж"), known_surnames=frozenset({"петриненко", "патренко"}))
    assert understand("Петренко", lexicons).best.said_name.surname == "петренко"
    found = understand("Патренко", lexicons).best
    assert found.said_name.surname == "патренко"
    assert terms(found.names, "surname") == {"патренко"}


def test_preposition_between_a_rare_surname_and_a_city_is_no_initial() -> None:
    gazetteer = Gazetteer([place("K", "Київ", "K", population=2_950_000), place("S", "Шульги", "C")])
    lexicons = small_lexicons(names=borne("Шульга Тамара - ж"), places=gazetteer)
    found = understand("до педіатра Шульги в Києві", lexicons).best
    assert (found.said_name.surname, found.said_name.given_initial) == ("шульга", None)
    assert found.settlement is not None
    assert found.settlement.code == "K"


@pytest.mark.parametrize(
    ("borne_by_one", "exists", "typed", "surname"),
    [
        # Only another of its sound is in the index: what was typed exists, and stays.
        ("крушельницка", "крушельницька", "Крушельницька", "крушельницька"),
        # What was typed leaves out a sign of the one in the index: that one is meant, though the other exists.
        ("крушельницька", "крушельницка", "Крушельницка", "крушельницька"),
    ],
)
def test_surname_that_exists_yields_only_to_one_written_with_more_signs(
    borne_by_one: str, exists: str, typed: str, surname: str
) -> None:
    names = NameLexicon(surnames=WordLexicon({borne_by_one: 1}))
    found = understand(typed, small_lexicons(names=names, known_surnames=frozenset({exists}))).best
    assert found.said_name.surname == surname
    assert borne_by_one in terms(found.names, "surname")


def test_case_form_of_a_rare_surname_is_no_other_surname_that_exists() -> None:
    lexicons = small_lexicons(names=borne("Шульга Тамара - ж"), known_surnames=frozenset({"шульги", "шульга"}))
    assert understand("до педіатра Шульги", lexicons).best.said_name.surname == "шульга"


@pytest.mark.parametrize(
    ("typed", "surname"),
    [
        ("Соловьёва", "соловйова"),
        ("Григорьев", "григор'єв"),
        ("Афанасьева", "афанасьєва"),
        ("Зуев", "зуєв"),
        ("Королёв", "корольов"),
        ("Берёза", "береза"),
        ("Рыбин", "рибін"),
    ],
)
def test_russian_spelling_of_a_surname_that_exists_is_told_in_ukrainian(typed: str, surname: str) -> None:
    known = {"соловйова", "григор'єв", "афанасьєва", "зуєв", "корольов", "береза", "берьоза", "рибін"}
    lexicons = small_lexicons(names=borne("Петренко Ганна - ж"), known_surnames=frozenset(known))
    assert understand(typed, lexicons).best.said_name.surname == surname
    without = small_lexicons(names=borne("Петренко Ганна - ж"))
    assert understand(typed, without).best.said_name.surname != surname


def test_two_given_names_cost_more_than_one() -> None:
    assert read("Олена Юлія").penalty > read("Олена").penalty + read("Юлія").penalty


def test_alone_a_word_that_is_both_stays_open_and_the_other_is_offered() -> None:
    lexicons = small_lexicons()
    found = understand("Роман", lexicons)
    assert [word.options[0].term for word in found.best.names.unassigned] == ["роман"]
    assert [(one.taken_as, one.name) for one in found.alternatives] == [(TakenAs.SURNAME, "роман")]


@pytest.mark.parametrize(
    ("letter", "names"),
    [
        ("г", ("ганна", "ґрета")),
        ("e", ("елла", "єва")),
        ("y", ("юлія", "єва", "іван")),
        ("s", ("світлана", "шерон")),
        ("э", ("елла",)),
        ("щ", ()),
    ],
)
def test_initial_stands_for_every_letter_people_write_it_for(letter: str, names: tuple[str, ...]) -> None:
    lexicon = WordLexicon(dict.fromkeys(("ганна", "ґрета", "елла", "єва", "іван", "світлана", "шерон", "юлія"), 1))
    assert names_with_initial(letter, lexicon) == tuple(sorted(names))


def test_initial_is_told_in_ukrainian() -> None:
    lexicon = WordLexicon({"юлія": 5, "єва": 1})
    assert ukrainian_initial("y", ("єва", "юлія"), lexicon) == "Ю"
    assert ukrainian_initial("о", (), lexicon) == "О"
    assert ukrainian_initial("э", (), lexicon) == "Е"
