"""Beginnings of places and specialities over the real gazetteer: what stands first in the list."""

from dataclasses import replace

import pytest

from directory.places import Gazetteer, distance_km
from ranking import Lexicons
from ranking.understanding.vocabulary import Vocabulary
from search_api.place_prefixes import PlacePrefixes
from search_api.services.begun import Begun, Shelf, begun

ODESA = (46.48, 30.73)

FIRST_PLACE = {
    # As it is, from the second letter on.
    "ки": "Київ", "ль": "Львів", "од": "Одеса", "ха": "Харків", "дн": "Дніпро", "до": "Донецьк", "за": "Запоріжжя",
    "пол": "Полтава", "жит": "Житомир", "чернів": "Чернівці", "біла це": "Біла Церква", "івано-ф": "Івано-Франківськ",
    "івано ф": "Івано-Франківськ", "кривий": "Кривий Ріг", "бар": "Бар", "рівн": "Рівне",
    # The head of a name is not always typed.
    "церква": "Біла Церква", "франківськ": "Івано-Франківськ", "подільський": "Подільський",
    # Apostrophes in any form or none, lookalikes, capitals.
    "кам'янець-п": "Кам’янець-Подільський", "кам’янець-п": "Кам’янець-Подільський",
    "камянець-п": "Кам’янець-Подільський", "камʼянець п": "Кам’янець-Подільський",
    "мар*їн": "Мар’їнка", "Білa Це": "Біла Церква", "КИЇ": "Київ", "XEPC": "Херсон",
    # Russian names.
    "киев": "Київ", "харько": "Харків", "запорож": "Запоріжжя", "белая ц": "Біла Церква", "черновц": "Чернівці",
    "ровно": "Рівне", "луцк": "Луцьк", "николаев": "Миколаїв", "льво": "Львів", "одесс": "Одеса",
    # Former names.
    "днепропет": "Дніпро", "дніпропетровськ": "Дніпро", "кіровогр": "Кропивницький", "кировогр": "Кропивницький",
    "комсомольськ": "Горішні Плавні", "артемів": "Бахмут", "червоногр": "Шептицький", "новомосков": "Самар",
    # Romanised: the official way and others.
    "khark": "Харків", "kyiv": "Київ", "kiev": "Київ", "lviv": "Львів", "zhyt": "Житомир", "zhitom": "Житомир",
    "chernih": "Чернігів", "chernig": "Чернігів", "lut": "Луцьк", "mari": "Маріуполь", "bila ts": "Біла Церква",
    "odes": "Одеса", "uzhh": "Ужгород", "dnipr": "Дніпро", "dnepr": "Дніпро", "zaporizh": "Запоріжжя",
    "kropyvn": "Кропивницький",
    # English layout: Ukrainian and Russian keys; marks are letters.
    "rb]d": "Київ", "rbtd": "Київ", "[fhrs": "Харків", "{fhmr": "Харків", ";bn": "Житомир", ",hjdf": "Бровари",
    "lysg": "Дніпро", "gjknf": "Полтава", "skmdsd": "Львів", "pfgjhj": "Запоріжжя",
    # One Cyrillic layout for the other, and Cyrillic for Latin.
    "кивий рі": "Кривий Ріг", "кыъв": "Київ", "черныг": "Чернігів", "лншм": "Київ",
    # One slip from the fifth letter on.
    "житемир": "Житомир", "полтвава": "Полтава", "хмельнтцький": "Хмельницький", "тернопыл": "Тернопіль",
    "миколїв": "Миколаїв", "запоріжя": "Запоріжжя", "бердисив": "Бердичів", "чернвіці": "Чернівці",
    "zhytonyr": "Житомир",
    # Districts and quarters, with their city in the label; oblasts.
    "троєщ": "Троєщина", "троещ": "Троєщина", "салтів": "Салтівка", "оболонський р": "Оболонський", "поділ": "Поділ",
    "львівська об": "Львівська",
}  # fmt: skip

FIRST_SPECIALITY = {
    "пе": "PEDIATRICIAN", "те": "THERAPIST", "педі": "PEDIATRICIAN", "педиат": "PEDIATRICIAN", "дит": "PEDIATRICIAN",
    "детск": "PEDIATRICIAN", "лік": "FAMILY_DOCTOR", "сімей": "FAMILY_DOCTOR", "семей": "FAMILY_DOCTOR",
    "сім'": "FAMILY_DOCTOR", "сімейний лі": "FAMILY_DOCTOR", "лор": "OTOLARYNGOLOGIST", "lor": "OTOLARYNGOLOGIST",
    "kjh": "OTOLARYNGOLOGIST", "ухо": "OTOLARYNGOLOGIST", "окул": "OPHTHALMOLOGIST", "очни": "OPHTHALMOLOGIST",
    "gtlsfn": "PEDIATRICIAN", "gtlbfn": "PEDIATRICIAN", "pediat": "PEDIATRICIAN", "terap": "THERAPIST",
    "гінек": "GYNECOLOGIST", "гинек": "GYNECOLOGIST", "жіночий лі": "GYNECOLOGIST", "кардіо": "CARDIOLOGIST",
    "cardiol": "CARDIOLOGIST", "kardiol": "CARDIOLOGIST", "невроп": "NEUROLOGIST", "хір": "SURGEON", "зубн": "DENTIST",
    "інефк": "INFECTIOUS_DISEASES",
    "пидіатр": "PEDIATRICIAN", "тарапевт": "THERAPIST", "кардіалог": "CARDIOLOGIST", "педаітр": "PEDIATRICIAN",
}  # fmt: skip


@pytest.fixture(scope="module")
def prefixes(national_gazetteer: Gazetteer) -> PlacePrefixes:
    return PlacePrefixes(national_gazetteer)


@pytest.fixture(scope="module")
def shelf(prefixes: PlacePrefixes) -> Shelf:
    lexicons = Lexicons()
    # No names here, and nothing to read whole words against: the places alone are asked.
    lexicons.__dict__["vocabulary"] = Vocabulary(())
    return Shelf(prefixes, lexicons, None, 5)


@pytest.mark.parametrize("typed", FIRST_PLACE)
def test_the_place_meant_stands_first(shelf: Shelf, typed: str) -> None:
    assert [place.name for place in begun(typed, shelf).places][:1] == [FIRST_PLACE[typed]]


@pytest.mark.parametrize("typed", FIRST_SPECIALITY)
def test_the_speciality_meant_stands_first(shelf: Shelf, typed: str) -> None:
    assert begun(typed, shelf).specialities[:1] == (FIRST_SPECIALITY[typed],)


def test_parts_of_cities_are_labelled_with_their_city(shelf: Shelf, national_gazetteer: Gazetteer) -> None:
    labels = {
        typed: national_gazetteer.label(begun(typed, shelf).places[0]) for typed in ("троєщ", "салтівк", "оболонсь")
    }
    assert "Київ" in labels["троєщ"]
    assert "Харків" in labels["салтівк"]
    assert "Київ" in labels["оболонсь"]


def test_near_a_point_cities_stay_by_population_and_the_rest_comes_by_nearness(shelf: Shelf) -> None:
    near = replace(shelf, near=ODESA)
    assert begun("ки", near).places[0].name == "Київ"
    found = begun("іванівка", near).places
    distances = [distance_km(ODESA, (place.lat, place.lon)) for place in found]
    assert distances == sorted(distances)
    assert distances[-1] < 100


@pytest.mark.parametrize(
    "typed",
    ["йййййй", "xqzxqz", "qqqq", "\u0000", "!!!", "12345678", "ъъъъъ", "а" * 200, "x " * 100, "зщ" * 100, "😀😀"],
)
def test_nonsense_gives_nothing(shelf: Shelf, typed: str) -> None:
    found = begun(typed, shelf)
    assert (found.places, found.specialities, found.read_as) == ((), (), None)


def test_a_village_that_exists_is_not_taken_for_a_misspelt_city(shelf: Shelf) -> None:
    assert begun("житомирка", shelf).places == () or begun("житомирка", shelf).places[0].name != "Житомир"
    found: Begun = begun("полтв", shelf)
    assert found.read_as is None
