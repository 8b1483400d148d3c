"""Case forms of surnames, Ukrainian and Russian: each row lists forms that a patient may type."""

import pytest

from directory.declension import Gender, russian_surname_forms, russian_surnames, surname_forms

MEN = {
    "Шевчук": "шевчука шевчуку шевчукові шевчуком",
    "Шевченко": "шевченка шевченку шевченкові шевченком",
    "Ковальський": "ковальського ковальському ковальським",
    "Білий": "білого білому білим",
    "Літній": "літнього літньому літнім",
    "Корній": "корнія корнієві корнію корнієм",
    "Нечай": "нечая нечаю нечаєм",
    "Соловей": "солов'я солов'ю солов'єм",
    "Сорока": "сороки сороці сороку сорокою",
    "Шульга": "шульги шульзі шульгу шульгою",
    "Муха": "мухи мусі муху мухою",
    "Груша": "груші грушу грушею",
    "Синиця": "синиці синицю синицею",
    "Кравець": "кравця кравцю кравцеві кравцем",
    "Стрілець": "стрільця стрільцю стрільцем",
    "Заєць": "зайця зайцю зайцем",
    "Швець": "шевця шевцю шевцем",
    "Стець": "стеця стецю стецем",
    "Мороз": "мороза морозу морозові морозом",
    "Коваль": "коваля ковалю ковалеві ковалем",
    "Бондар": "бондаря бондарю бондареві бондарем",
    "Комар": "комара комару комаром",
    "Попович": "поповича поповичу поповичеві поповичем",
    "Іванов": "іванова іванову івановим",
    "Пушкін": "пушкіна пушкіну пушкіним",
    "Волошин": "волошина волошину волошином",
    "Ковалів": "ковалева ковалеву ковалевим",
    "Петрів": "петрова петріва петрову",
    "Сидір": "сидора сидору сидором",
    "Білоніс": "білоноса білоносу білоносом",
    "Лев": "лева леву левом",
    "Нечуй-Левицький": "нечуя-левицького нечую-левицькому нечуєм-левицьким",
    "Драй-Хмара": "драя-хмари драю-хмарі",
}
WOMEN = {
    "Ковальська": "ковальської ковальській ковальську ковальською",
    "Іванова": "іванової івановій іванову івановою",
    "Пушкіна": "пушкіної пушкіній пушкіну пушкіною",
    "Чорна": "чорної чорній чорну чорною",
    "Підлісна": "підлісної підлісній підлісну підлісною",
    "Сорока": "сороки сороці сороку сорокою",
    "Сова": "сови сові сову совою",
    "Калина": "калини калині калину калиною",
    "Нечуй-Левицька": "нечуй-левицької нечуй-левицькій",
}


@pytest.mark.parametrize(("surname", "forms"), MEN.items())
def test_mens_surnames_take_the_endings_of_their_type(surname: str, forms: str) -> None:
    assert set(forms.split()) <= set(surname_forms(surname, "MALE"))


@pytest.mark.parametrize(("surname", "forms"), WOMEN.items())
def test_womens_surnames_take_the_endings_of_their_type(surname: str, forms: str) -> None:
    assert set(forms.split()) <= set(surname_forms(surname, "FEMALE"))


@pytest.mark.parametrize("surname", ["Шевчук", "Шевченко", "Коваль", "Бондар", "Нечай", "Кравець", "Петрів"])
def test_a_womans_surname_in_a_consonant_or_o_does_not_decline(surname: str) -> None:
    assert surname_forms(surname, "FEMALE") == (surname.lower(),)


@pytest.mark.parametrize(
    ("surname", "gender", "absent"),
    [
        ("Шевчук", "MALE", "шевчуки"),
        ("Сова", "FEMALE", "сової"),
        ("Сорока", "FEMALE", "сорокій"),
        ("Комар", "MALE", "комаря"),
        ("Черних", "MALE", "черниха"),
        ("Стець", "MALE", "стця"),
    ],
)
def test_forms_of_another_type_are_not_made_up(surname: str, gender: Gender, absent: str) -> None:
    assert absent not in surname_forms(surname, gender)


def test_the_nominative_comes_first_normalised_and_nothing_repeats() -> None:
    for surname in ["Дем’яненко", "КОВАЛЬСЬКИЙ", "Нечуй–Левицький", "Сорока"]:
        forms = surname_forms(surname, "MALE")
        assert len(forms) == len(set(forms))
    assert surname_forms("Дем’яненко", "MALE")[0] == "дем'яненко"
    assert surname_forms("Нечуй–Левицький", "MALE")[0] == "нечуй-левицький"
    assert surname_forms("", "MALE") == ()


RUSSIAN = {
    ("Шевчук", "MALE"): "шевчук",
    ("Ковальський", "MALE"): "ковальский",
    ("Ковальська", "FEMALE"): "ковальская",
    ("Кравець", "MALE"): "кравец",
    ("Заєць", "MALE"): "заяц",
    ("Білий", "MALE"): "белый билый",
    ("Чорна", "FEMALE"): "черная чорная",
    ("Дем'яненко", "MALE"): "демьяненко",
    ("В'язовий", "MALE"): "вязовой",
    ("Лисенко", "FEMALE"): "лысенко лисенко",
    ("Рибак", "MALE"): "рыбак рибак",
    ("Кузнєцов", "MALE"): "кузнецов",
    ("Риков", "MALE"): "рыков",
    ("Пушкіна", "FEMALE"): "пушкина",
    ("Воробйов", "MALE"): "воробьев воробьёв",
    ("Корольов", "MALE"): "королев королёв",
    ("Ковалів", "MALE"): "ковалев ковалив",
    ("Синиця", "FEMALE"): "синица",
    ("Олійник", "MALE"): "олейник олийник",
    ("Нечуй-Левицька", "FEMALE"): "нечуй-левицкая",
}


@pytest.mark.parametrize(("surname", "spellings"), RUSSIAN.items())
def test_russian_spellings_follow_russian_habits(surname: tuple[str, Gender], spellings: str) -> None:
    assert set(spellings.split()) <= set(russian_surnames(*surname))


RUSSIAN_FORMS = {
    ("Шевчук", "MALE"): "шевчука шевчуку шевчуком шевчуке",
    ("Ковальський", "MALE"): "ковальского ковальскому ковальским ковальском",
    ("Ковальська", "FEMALE"): "ковальской ковальскую",
    ("Іванова", "FEMALE"): "ивановой иванову",
    ("Іванов", "MALE"): "иванова иванову ивановым иванове",
    ("Кравець", "MALE"): "кравца кравцу",
    ("Сорока", "MALE"): "сороки сороке сороку сорокой",
    ("Коваль", "MALE"): "коваля ковалю ковалем ковале",
    ("Корній", "MALE"): "корния корнию корнием корнии",
}


@pytest.mark.parametrize(("surname", "forms"), RUSSIAN_FORMS.items())
def test_russian_surnames_decline_the_russian_way(surname: tuple[str, Gender], forms: str) -> None:
    assert set(forms.split()) <= set(russian_surname_forms(*surname))
