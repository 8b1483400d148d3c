"""What patients type, and what it is taken for; lexicons are a handful of invented words."""

import pytest

from directory.places import Place
from ranking import Lexicons, Point, Reading, Repaired, TakenAs, Understanding, understand
from tests.support.ranking import small_lexicons

LEXICONS = small_lexicons()


def understood(text: str, near: Point | None = None, lexicons: Lexicons = LEXICONS) -> Understanding:
    return understand(text, lexicons, near)


def read(text: str, near: Point | None = None, lexicons: Lexicons = LEXICONS) -> Reading:
    return understood(text, near, lexicons).best


def offered(text: str, near: Point | None = None) -> list[tuple[TakenAs, str | None]]:
    """What else the text could mean: what a word is taken for, and the place or name."""
    alternatives = understood(text, near).alternatives
    return [(one.taken_as, one.place.code if one.place else one.name) for one in alternatives]


def code(place: Place | None) -> str | None:
    return place.code if place else None


def names(reading: Reading) -> dict[str, list[str]]:
    found = reading.names
    parts = {"surname": found.surname, "given": found.given, "patronymic": found.patronymic, "any": found.unassigned}
    return {part: [word.text for word in listed] for part, listed in parts.items() if listed}


def test_speciality_and_city_are_found() -> None:
    found = read("терапевт Житомир")
    assert found.specialities == ("THERAPIST",)
    assert code(found.place) == "UA18M1"
    assert not found.names
    assert not found.not_understood


@pytest.mark.parametrize(
    ("text", "speciality"),
    [
        ("дитячого лікаря", "PEDIATRICIAN"),
        ("сімейним лікарем", "FAMILY_DOCTOR"),
        ("ЛОР", "OTOLARYNGOLOGIST"),
        ("окуліст", "OPHTHALMOLOGIST"),
        ("детский стоматолог", "CHILD_DENTIST"),
        ("кардиолог", "CARDIOLOGIST"),
        ("kardioloh", "CARDIOLOGIST"),
        ("акушера-гінеколога", "GYNECOLOGIST"),
        ("вухо горло ніс", "OTOLARYNGOLOGIST"),
    ],
)
def test_everyday_words_name_specialities(text: str, speciality: str) -> None:
    assert read(text).specialities == (speciality,)


def test_longest_phrase_wins() -> None:
    assert read("дитячий хірург").specialities == ("CHILD_SURGEON",)


def test_several_specialities_are_all_kept() -> None:
    assert read("терапевт або сімейний лікар").specialities == ("THERAPIST", "FAMILY_DOCTOR")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("педіатр Кривий Ріг", "UA12M1"),
        ("Біла Церква", "UA32M1"),
        ("Івано-Франківськ", "UA26M1"),
        ("івано франківськ", "UA26M1"),
        ("Kiev", "UA80"),
        ("у Київ", "UA80"),
        ("м. Бар", "UA05M1"),
        ("Житомирська область", "UA18"),
    ],
)
def test_places_are_found_by_any_of_their_names(text: str, place: str) -> None:
    assert code(read(text).place) == place


def test_place_named_by_sound_costs_more_than_by_spelling() -> None:
    assert code(read("Жытомір").place) == "UA18M1"
    assert read("Жытомір").penalty > read("Житомир").penalty


def test_full_name_is_read_part_by_part() -> None:
    assert names(read("Коваленко Іван Іванович")) == {
        "surname": ["коваленко"],
        "given": ["іван"],
        "patronymic": ["іванович"],
    }


def test_word_that_is_surname_and_given_name_stays_open_when_alone() -> None:
    assert names(read("Роман")) == {"any": ["роман"]}


def test_known_surname_beside_it_makes_the_word_a_given_name() -> None:
    assert names(read("Роман Вовк")) == {"surname": ["вовк"], "given": ["роман"]}


def test_latin_name_is_found_by_sound() -> None:
    assert names(read("kovalenko")) == {"surname": ["kovalenko"]}


def test_every_apostrophe_and_none_means_the_same_name() -> None:
    meant = read("Солов'яненко").names.surname[0]
    for form in ("Солов'яненко", "Солов’яненко", "Соловʼяненко", "Солов`яненко", "Соловяненко", "Солов яненко"):
        (word,) = read(form).names.surname
        assert (word.key, [option.term for option in word.options]) == (meant.key, ["солов'яненко"]), form


def test_double_surname_is_one_word_with_or_without_its_hyphen() -> None:
    assert names(read("Нечуй-Левицька")) == {"surname": ["нечуй-левицька"]}
    assert names(read("нечуй левицька")) == {"surname": ["нечуй-левицька"]}
    assert read("Нечуй-Левицька").said_name.surname == "нечуй-левицька"


def test_torn_word_sounds_whole_and_never_like_its_first_piece() -> None:
    (word,) = read("Кова ленко").names.surname
    assert (word.text, word.key) == ("коваленко", read("Коваленко").names.surname[0].key)


def test_city_called_like_a_rare_surname_is_a_city_and_the_surname_is_offered() -> None:
    found = understood("Полтава")
    assert code(found.best.place) == "UA53M1"
    assert (found.alternatives[0].text, found.alternatives[0].taken_as) == ("полтава", TakenAs.SURNAME)


def test_beside_a_given_name_the_word_is_a_surname_and_the_place_is_offered() -> None:
    for text in ("Полтава Іван", "Іван Полтава", "Полтава Роман"):
        found = read(text)
        assert names(found)["surname"] == ["полтава"]
        assert len(names(found)["given"]) == 1
        assert found.place is None
        assert (TakenAs.PLACE, "UA53M1") in offered(text)


def test_city_called_like_a_given_name_is_the_name_beside_a_surname_and_the_city_beside_a_speciality() -> None:
    beside_surname = read("Коваленко Володимир")
    assert names(beside_surname) == {"surname": ["коваленко"], "given": ["володимир"]}
    assert beside_surname.place is None
    assert code(read("терапевт Володимир").place) == "UA07M1"


def test_short_latin_name_is_found_by_sound() -> None:
    assert names(read("Zhuk Yuliia")) == {"surname": ["zhuk"], "given": ["yuliia"]}


def test_surname_and_city_beside_each_other() -> None:
    found = read("Коваленко Полтава")
    assert names(found) == {"surname": ["коваленко"]}
    assert code(found.place) == "UA53M1"


def test_beside_a_speciality_a_rare_surname_yields_to_the_city() -> None:
    found = read("терапевт Полтава")
    assert code(found.place) == "UA53M1"
    assert not found.names


def test_common_surname_is_not_taken_for_a_village_and_the_village_is_offered() -> None:
    found = read("терапевт Шевченко")
    assert names(found) == {"surname": ["шевченко"]}
    assert offered("терапевт Шевченко") == [(TakenAs.PLACE, "UA18C2")]


def test_after_a_preposition_the_word_is_a_place() -> None:
    found = read("терапевт біля Шевченко")
    assert code(found.place) == "UA18C2"
    assert not found.names


def test_marker_of_a_village_decides() -> None:
    assert code(read("с. Шевченко").place) == "UA18C2"


def test_patient_next_door_means_the_village() -> None:
    assert code(read("Житомир", near=Point(48.51, 28.31)).place) == "UA05C2"


def test_city_is_meant_by_whoever_is_farther_from_its_namesake() -> None:
    assert code(read("Житомир", near=Point(49.3, 28.4)).place) == "UA18M1"
    assert code(read("Житомир").place) == "UA18M1"


def test_nearest_of_equal_villages_is_meant_and_the_other_offered() -> None:
    near = Point(49.8, 28.6)
    assert code(read("Іванівка", near).place) == "UA18C1"
    assert offered("Іванівка", near) == [(TakenAs.PLACE, "UA05C1")]


def test_more_people_decide_between_villages_without_a_location() -> None:
    assert code(read("Іванівка").place) == "UA05C1"


def test_raion_in_the_text_decides_between_namesakes() -> None:
    assert code(read("Іванівка Бердичівський район").settlement) == "UA18C1"
    assert offered("Іванівка Бердичівський район") == []


def test_district_with_its_city_is_the_place() -> None:
    assert code(read("Шевченківський район Київ педіатр").place) == "UA80B1"


@pytest.mark.parametrize(
    "text",
    [
        "поліклініка №3",
        "поліклініка 3",
        "3 поліклініка",
        "поліклініка номер 3",
        "3-я поликлиника",
        "3-тя поліклініка",
        "третя поліклініка",
    ],
)
def test_facility_kind_with_a_number(text: str) -> None:
    facility = read(text).facility
    assert (facility.kinds, facility.numbers) == (("POLYCLINIC",), ("3",))


def test_number_without_a_facility_is_left_over() -> None:
    assert read("терапевт 3").not_understood == ("3",)


def test_ending_of_a_number_is_nobodys_initials() -> None:
    found = read("2-га міська лікарня")
    assert (found.facility.kinds, found.facility.numbers) == (("HOSPITAL",), ("2",))
    assert not found.names


def test_number_beside_words_of_a_facility_is_its_number() -> None:
    facility = read("центр здоров'я 3").facility
    assert ([word.text for word in facility.words], facility.numbers) == (["центр", "здоров'я"], ("3",))


def test_words_of_a_facility_are_found_when_they_are_no_name_and_no_place() -> None:
    found = read("Медичний центр Здоров'я")
    assert found.facility.kinds == ("MEDICAL_CENTRE",)
    assert [word.text for word in found.facility.words] == ["здоров'я"]
    assert [word.text for word in read("медікум Житомир").facility.words] == ["медікум"]


def test_unknown_words_are_left_over_and_nothing_is_invented() -> None:
    found = read("абракадабра терапевт qwerty")
    assert found.not_understood == ("абракадабра", "qwerty")
    assert found.specialities == ("THERAPIST",)
    assert found.place is None
    assert not found.names


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "';--", "\x00\u202e", "***"])
def test_text_without_words_says_nothing(text: str) -> None:
    found = read(text)
    assert found.says_nothing
    assert found.tokens == ()


def test_long_text_is_cut_and_that_is_said() -> None:
    found = understood("терапевт " * 1000)
    assert found.cut
    assert found.best.specialities == ("THERAPIST",)
    assert not understood("терапевт").cut


def test_every_word_is_accounted_for_in_order() -> None:
    found = read("шукаю терапевта Коваленко у Житомир бубубу")
    assert [(token.text, token.taken_as) for token in found.tokens] == [
        ("шукаю", TakenAs.FILLER),
        ("терапевта", TakenAs.SPECIALITY),
        ("коваленко", TakenAs.SURNAME),
        ("у", TakenAs.FILLER),
        ("житомир", TakenAs.PLACE),
        ("бубубу", TakenAs.NOT_UNDERSTOOD),
    ]


def test_empty_lexicons_understand_specialities_only() -> None:
    found = read("терапевт Коваленко Житомир", lexicons=Lexicons())
    assert found.specialities == ("THERAPIST",)
    assert found.not_understood == ("коваленко", "житомир")


@pytest.mark.parametrize(
    ("text", "typed", "read_as", "kind"),
    [
        ("nthfgtdn", "nthfgtdn", "терапевт", Repaired.LAYOUT),
        ("Rjdfktyrj", "rjdfktyrj", "коваленко", Repaired.LAYOUT),
        ("kovalenko", "kovalenko", "коваленко", Repaired.SCRIPT),
        ("Ковалнко", "ковалнко", "коваленко", Repaired.SPELLING),
        ("Дніпропетровськ", "дніпропетровськ", "Дніпро", Repaired.OLD_NAME),
        ("педі атр", "педі атр", "педіатр", Repaired.SPACING),
    ],
)
def test_what_was_mended_is_said(text: str, typed: str, read_as: str, kind: Repaired) -> None:
    assert [(repair.kind, repair.typed, repair.read) for repair in read(text).repairs] == [(kind, typed, read_as)]


@pytest.mark.parametrize(
    ("text", "speciality", "surname", "place"),
    [
        ("до педіатра Коваленко в Полтаві", "PEDIATRICIAN", "коваленко", "UA53M1"),
        ("Коваленка, кардіолога з Полтави", "CARDIOLOGIST", "коваленко", "UA53M1"),
        ("кардиолог Коваленко Днепр", "CARDIOLOGIST", "коваленко", "UA12M2"),
        ("kardioloh Kovalenko Kyiv", "CARDIOLOGIST", "коваленко", "UA80"),
        ("Dnipro стоматолог Rjdfktyrj", "DENTIST", "коваленко", "UA12M2"),
        ("до Жука терапевта у Кривому Розі", "THERAPIST", "жук", "UA12M1"),
    ],
)
def test_case_forms_languages_and_layouts_may_be_mixed(text: str, speciality: str, surname: str, place: str) -> None:
    found = read(text)
    assert (found.specialities, found.said_name.surname, code(found.settlement)) == ((speciality,), surname, place)


def test_readings_are_the_cheapest_first_and_differ() -> None:
    readings = understood("Роман Полтава Іван").readings
    assert [reading.penalty for reading in readings] == sorted(reading.penalty for reading in readings)
    assert len({repr(reading) for reading in readings}) == len(readings)


def test_facilities_bear_names_of_people_when_people_are_not_sought() -> None:
    lexicons = small_lexicons()
    assert names(understand("Коваленко", lexicons).best) == {"surname": ["коваленко"]}
    assert not understand("Коваленко", lexicons, people=False).best.names


def test_other_matter_is_said_and_searched_for_nothing() -> None:
    found = read("аптека поруч")
    assert found.out_of_domain
    assert not found.wishes
    assert not read("терапевт поруч").out_of_domain
