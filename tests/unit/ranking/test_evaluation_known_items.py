"""The known-item set: seeded, in two different halves, and without queries that nobody could tell apart."""

from random import Random

import pytest

from directory.places import Gazetteer
from ranking.evaluation.corruptions import CLASSES
from ranking.evaluation.doctors import Doctors, is_busy
from ranking.evaluation.grades import is_relevant
from ranking.evaluation.known_items import HALVES, KnownItems, make_known_items
from ranking.evaluation.rendering import Renderer
from ranking.evaluation.truth import PieceKind
from tests.support.api import IVANIVKA_FAR, IVANIVKA_NEAR, ZHYTOMYR_CODE, place, small_gazetteer
from tests.support.judged import stored

SURNAMES = (
    "Коваленко", "Дем'яненко", "Левицька", "Мельничук", "Стельмах", "Шевчук", "Соловйова", "Гнатюк", "Вишневська",
    "Лук'янчук", "Пономаренко", "Ткаченко", "Остапчук", "Березовська", "Житомирська",
)  # fmt: skip
GIVEN = (("Олена", "Іванівна"), ("Мар'яна", "В'ячеславівна"), ("Тетяна", "Петрівна"))
KAMIANSKE = "UA12040150010034517"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer([*small_gazetteer().places(), place(KAMIANSKE, "M", "Кам'янське", (48.5, 34.6), 220_000)])


@pytest.fixture(scope="module")
def found() -> Doctors:
    documents = []
    for number, surname in enumerate(SURNAMES):
        for first, second in GIVEN:
            for settlement, facility in ((ZHYTOMYR_CODE, "Амбулаторія №2"), (KAMIANSKE, "Поліклініка №1")):
                key = f"{surname}-{first}-{settlement}"
                documents.append(
                    stored(key, last=surname, first=first, second=second, settlement=settlement, facility=facility)
                    | {"ages": {"min": 0, "max": 200}}
                )
        documents.append(stored(f"{surname}-village", last=surname, settlement=IVANIVKA_NEAR, km_north=number))
    return Doctors(documents)


@pytest.fixture(scope="module")
def made(found: Doctors, gazetteer: Gazetteer) -> KnownItems:
    return make_known_items(found, Renderer(gazetteer), per_class=12)


def test_every_class_and_half_has_its_number(made: KnownItems) -> None:
    for half in HALVES:
        for name in CLASSES:
            assert sum((item.name, item.half) == (name, half) for item in made.items) == 12
    assert len({item.key for item in made.items}) == len(made.items)


def test_the_same_doctors_give_the_same_queries(made: KnownItems, found: Doctors, gazetteer: Gazetteer) -> None:
    again = make_known_items(found, Renderer(gazetteer), per_class=12)
    assert again.items == made.items


def test_the_halves_are_drawn_apart(made: KnownItems) -> None:
    halves = [[item.text for item in made.items if item.half == half and item.name == "two_slips"] for half in HALVES]
    assert halves[0] != halves[1]


def test_every_query_has_a_right_answer(made: KnownItems, found: Doctors) -> None:
    for item in made.items:
        if item.name != "nonsense":
            assert any(is_relevant(doctor, item.truth) for doctor in found.all), item


def test_spoilt_queries_differ_from_clean_ones(made: KnownItems) -> None:
    assert all(item.text.lower() != item.clean.lower() for item in made.items if item.name not in ("clean", "nonsense"))


def test_no_spoilt_surname_is_another_one(found: Doctors, gazetteer: Gazetteer) -> None:
    others = Doctors([stored("a", last="Мельник"), stored("b", last="Мельни")])
    items = make_known_items(others, Renderer(gazetteer), halves=["test"], classes=["one_slip"], per_class=40).items
    assert not [
        item
        for item in items
        if {"мельник", "мельни"} & set(item.text.lower().split()) - set(item.clean.lower().split())
    ]


def test_initials_take_the_place_of_names_in_the_true_meaning(made: KnownItems) -> None:
    for item in made.items:
        if item.name == "initials":
            assert item.truth.given_initial
            assert item.truth.given_name is None
            assert item.truth.patronymic is None


def test_a_shared_name_is_asked_for_with_something_that_tells(gazetteer: Gazetteer) -> None:
    renderer = Renderer(gazetteer)
    village = Doctors([stored("a", settlement=IVANIVKA_NEAR)]).all[0]
    for seed in range(20):
        rendered = renderer.forms["speciality settlement"](village, Random(seed))
        assert rendered is not None
        pieces, truth = rendered
        assert truth.settlement == IVANIVKA_NEAR != IVANIVKA_FAR
        assert truth.near is not None or any(piece.kind is PieceKind.OBLAST for piece in pieces)


def test_a_surname_alone_that_is_a_place_is_not_asked_for(gazetteer: Gazetteer) -> None:
    namesake = Doctors([stored("a", last="Бердичів"), stored("b", last="Коваленко")])
    made = make_known_items(namesake, Renderer(gazetteer), halves=["test"], classes=["clean"], per_class=8)
    assert not [item for item in made.items if item.how == ("surname",) and item.clean == "Бердичів"]
    assert made.dropped["clean: two readings"] > 0


def test_a_busy_place_has_a_quarter_of_full_doctors() -> None:
    full, free = stored("a", capacity="full"), stored("b")
    assert is_busy(Doctors([full, free, stored("c"), stored("d")]).all)
    assert not is_busy(Doctors([free, stored("c")]).all)
    assert not is_busy([])
