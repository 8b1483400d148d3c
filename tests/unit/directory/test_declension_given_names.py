"""Given names and patronymics: the hand-written list, case forms, Russian spellings."""

import re
from collections import Counter

import pytest

from directory.declension import (
    Gender,
    given_forms,
    given_name_entries,
    patronymic_forms,
    patronymics_of,
    russian_given,
    russian_given_forms,
    russian_patronymic_forms,
    russian_patronymics,
    russian_patronymics_of,
)

MEN = {
    "Іван": "івана івану іванові іваном",
    "Петро": "петра петру петрові петром",
    "Андрій": "андрія андрію андрієві андрієм",
    "Ігор": "ігоря ігорю ігореві ігорем",
    "Любомир": "любомира любомиру любомиром",
    "Назар": "назара назару назаром",
    "Микола": "миколи миколі миколу миколою",
    "Ілля": "іллі іллю іллею",
    "Федір": "федора федору федором",
    "Яків": "якова якову яковом",
    "Антін": "антона антону",
    "Лев": "лева леву левом",
    "Василь": "василя василю василем",
    "Марко": "марка марку марком",
    "Святослав": "святослава святославу святославом",
}
WOMEN = {
    "Ольга": "ольги ользі ольгу ольгою ольго",
    "Олена": "олени олені олену оленою",
    "Наталія": "наталії наталію наталією наталіє",
    "Мар'яна": "мар'яни мар'яні мар'яну",
    "Любов": "любові любов'ю",
    "Нінель": "нінелі нінеллю",
    "Одарка": "одарки одарці одарку",
    "Софія": "софії софію софією",
    "Соломія": "соломії соломію соломією",
}


@pytest.mark.parametrize(("name", "forms"), MEN.items())
def test_mens_given_names_decline(name: str, forms: str) -> None:
    assert set(forms.split()) <= set(given_forms(name, "MALE"))


@pytest.mark.parametrize(("name", "forms"), WOMEN.items())
def test_womens_given_names_decline(name: str, forms: str) -> None:
    assert set(forms.split()) <= set(given_forms(name, "FEMALE"))


def test_patronymics_decline_in_both_genders() -> None:
    assert patronymic_forms("Миколаївна", "FEMALE") == (
        "миколаївна", "миколаївни", "миколаївні", "миколаївну", "миколаївною", "миколаївно",
    )  # fmt: skip
    assert {"петровича", "петровичу", "петровичеві", "петровичем"} <= set(patronymic_forms("Петрович", "MALE"))
    assert {"ілліча", "іллічу", "іллічем"} <= set(patronymic_forms("Ілліч", "MALE"))


RUSSIAN = {
    ("Олександр", "MALE"): "александр",
    ("Микола", "MALE"): "николай",
    ("Олена", "FEMALE"): "елена",
    ("Наталія", "FEMALE"): "наталья наталия",
    ("Дмитро", "MALE"): "дмитрий",
    ("Ганна", "FEMALE"): "анна",
    ("Юрій", "MALE"): "юрий",
    ("Петро", "MALE"): "петр пётр",
    ("Надія", "FEMALE"): "надежда",
    ("Світлана", "FEMALE"): "светлана",
    ("Гліб", "MALE"): "глеб",
}


@pytest.mark.parametrize(("name", "spellings"), RUSSIAN.items())
def test_russian_given_names_come_from_the_list(name: tuple[str, Gender], spellings: str) -> None:
    assert set(spellings.split()) <= set(russian_given(*name))


def test_a_given_name_outside_the_list_is_spelt_by_rule() -> None:
    assert "элвина" in russian_given("Елвіна", "FEMALE")
    assert "александрина" in russian_given("Олександрина", "FEMALE")


def test_russian_given_names_decline() -> None:
    assert {"николая", "николаю", "николаем", "николае"} <= set(russian_given_forms("Микола", "MALE"))
    assert {"ольги", "ольге", "ольгу", "ольгой"} <= set(russian_given_forms("Ольга", "FEMALE"))
    assert {"павла", "павлу", "павлом"} <= set(russian_given_forms("Павло", "MALE"))
    assert {"любови", "любовью"} <= set(russian_given_forms("Любов", "FEMALE"))


PATRONYMICS = {
    "Сергій": "сергійович сергіївна",
    "Микола": "миколайович миколаївна",
    "Петро": "петрович петрівна",
    "Василь": "васильович василівна",
    "Ігор": "ігорович ігорівна",
    "Ілля": "ілліч іллівна",
    "Яків": "якович яківна",
    "Лев": "львович львівна",
    "Федір": "федорович федорівна",
    "Григорій": "григорович григорівна",
    "Олександр": "олександрович олександрівна",
}


@pytest.mark.parametrize(("father", "expected"), PATRONYMICS.items())
def test_patronymics_follow_from_the_fathers_name(father: str, expected: str) -> None:
    assert set(expected.split()) <= set(patronymics_of(father))


@pytest.mark.parametrize(
    ("father", "expected"),
    [
        ("Николай", "николаевич николаевна"),
        ("Юрий", "юрьевич юрьевна"),
        ("Дмитрий", "дмитриевич дмитриевна"),
        ("Игорь", "игоревич игоревна"),
        ("Никита", "никитич никитична"),
        ("Иван", "иванович ивановна"),
    ],
)
def test_russian_patronymics_follow_from_the_fathers_name(father: str, expected: str) -> None:
    assert set(expected.split()) <= set(russian_patronymics_of(father))


@pytest.mark.parametrize(
    ("patronymic", "gender", "russian"),
    [
        ("Миколаївна", "FEMALE", "николаевна"),
        ("Миколайович", "MALE", "николаевич"),
        ("Олексіївна", "FEMALE", "алексеевна"),
        ("Юрійович", "MALE", "юрьевич"),
        ("Дмитрівна", "FEMALE", "дмитриевна"),
        ("Ілліч", "MALE", "ильич"),
        ("Якович", "MALE", "яковлевич"),
        ("Володимирівна", "FEMALE", "владимировна"),
    ],
)
def test_russian_patronymics_use_the_russian_name_of_the_father(patronymic: str, gender: Gender, russian: str) -> None:
    assert russian in russian_patronymics(patronymic, gender)


def test_a_patronymic_of_an_unknown_father_is_spelt_by_rule() -> None:
    assert "мамедовна" in russian_patronymics("Мамедівна", "FEMALE")


def test_russian_patronymics_decline() -> None:
    assert {"николаевны", "николаевне", "николаевну", "николаевной"} <= set(
        russian_patronymic_forms("Миколаївна", "FEMALE")
    )


def test_the_list_of_given_names_is_long_enough_for_both_genders() -> None:
    genders = Counter(entry.gender for entry in given_name_entries().values())
    assert sum(genders.values()) >= 250
    assert min(genders.values()) >= 120


def test_variants_are_mutual_and_of_the_same_gender() -> None:
    entries = given_name_entries()
    for name, entry in entries.items():
        for variant in entry.variants:
            if variant in entries:
                assert name in entries[variant].variants, f"{variant} does not name {name}"
                assert entries[variant].gender == entry.gender, f"{variant} and {name}"


def test_no_name_repeats_itself_among_its_own_words() -> None:
    for name, entry in given_name_entries().items():
        words = [name, *entry.variants, *entry.short]
        assert len(words) == len(set(words)), f"{name}: {words}"
        assert len(entry.russian) == len(set(entry.russian)) > 0, name


def test_russian_spellings_use_russian_letters_and_names_ukrainian_ones() -> None:
    for name, entry in given_name_entries().items():
        assert re.fullmatch(r"[а-щьюяіїєґ'-]+", name), name
        for spelling in entry.russian:
            assert re.fullmatch("[а-яё]+", spelling), f"{name}: {spelling}"
        for variant in entry.variants:
            assert not re.search("[ыэъё]", variant), f"{name}: {variant}"


@pytest.mark.parametrize(
    ("short", "names"),
    [
        ("саша", "олександр олександра"),
        ("оля", "ольга"),
        ("катя", "катерина"),
        ("ваня", "іван"),
        ("діма", "дмитро"),
        ("юля", "юлія"),
        ("наташа", "наталія"),
        ("таня", "тетяна"),
        ("серёжа", "сергій"),
        ("женя", "євген євгенія"),
    ],
)
def test_short_forms_lead_to_full_names(short: str, names: str) -> None:
    found = {name for name, entry in given_name_entries().items() if short in entry.short}
    assert set(names.split()) <= found
