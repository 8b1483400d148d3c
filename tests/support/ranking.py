"""What tests of ranking share: stored documents, intents near Zhytomyr, small lexicons made by hand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from directory.documents import DoctorDocument, FacilityDocument
from directory.places import Gazetteer, Place, Precision
from directory.text import words
from ranking import (
    Bearer,
    Lexicons,
    NameLexicon,
    NameWord,
    NameWords,
    OriginSource,
    Point,
    RadiusSource,
    SearchIntent,
    Where,
    WordLexicon,
    load_weights,
    rank,
)
from tests.support.indexing import ZHYTOMYR

DAY = date(2026, 3, 2)
HOME = Point(*ZHYTOMYR)


def stored(document: DoctorDocument | FacilityDocument) -> dict[str, Any]:
    """The document as the engine gives it back: JSON types, absent parts left out."""
    return msgspec.json.decode(msgspec.json.encode(document))


def north_of(point: Point, km: float) -> tuple[float, float]:
    """(lat, lon) of the place `km` to the north."""
    return point.lat + km / 111.195, point.lon


def near_home(radius_km: float = 50.0, origin: Point = HOME, pivot_km: float = 3.0) -> Where:
    """A circle asked for around the patient."""
    return Where(RadiusSource.ASKED, origin, OriginSource.PATIENT, origin, radius_km, pivot_km=pivot_km)


def intent_near(radius_km: float = 50.0, **fields: Any) -> SearchIntent:
    """A search around HOME; name only the fields the test is about."""
    return SearchIntent(where=near_home(radius_km), **fields)


def name_words(**parts: str) -> NameWords:
    """NameWords from texts: `name_words(surname="Коваленко", unassigned="Іван")`."""
    return NameWords(**{part: tuple(NameWord.of(word) for word in words(text)) for part, text in parts.items()})


def ranked_ids(documents: Sequence[DoctorDocument], intent: SearchIntent, day: date = DAY) -> list[str]:
    """Employee ids in the order of the Python face."""
    hits = rank([stored(document) for document in documents], intent, load_weights(), day)
    return [hit.document["employee"]["id"] for hit in hits]


def place(
    code: str,
    name: str,
    category: str,
    *,
    at: tuple[float, float] | None = None,
    population: int | None = None,
    parent: str | None = None,
    oblast: str | None = None,
    raion: str | None = None,
    hromada: str | None = None,
    alternate: tuple[str, ...] = (),
    former: tuple[str, ...] = (),
    russian: tuple[str, ...] = (),
    short: tuple[str, ...] = (),
) -> Place:
    """A place made by hand; without `oblast` it is its own. `alternate` need not repeat the other names."""
    lat, lon = at or (None, None)
    precision = Precision.SETTLEMENT if at else None
    every = (*alternate, *former, *russian, *short)
    return Place(
        code, category, name, parent, oblast or code, raion, hromada, lat, lon, precision, population, every,
        former_names=former, russian_names=russian, short_names=short,
    )  # fmt: skip


def small_gazetteer() -> Gazetteer:
    """A dozen places: cities, namesakes, a village called like a surname, a district, a raion, an oblast."""
    zh, vi, ki = "UA18", "UA05", "UA80"
    return Gazetteer(
        [
            place(zh, "Житомирська", "O"),
            place("UA18P1", "Бердичівський", "P", parent=zh, oblast=zh),
            place("UA18M1", "Житомир", "M", at=(50.2547, 28.6587), population=263_000, oblast=zh,
                  alternate=("Zhytomyr", "Zhitomir")),
            place("UA18C1", "Іванівка", "C", at=(49.9, 28.6), oblast=zh, raion="UA18P1"),
            place("UA18C2", "Шевченко", "C", at=(50.0, 28.9), oblast=zh),
            place(vi, "Вінницька", "O"),
            place("UA05M1", "Бар", "M", at=(49.07, 27.68), population=15_000, oblast=vi),
            place("UA05C1", "Іванівка", "C", at=(48.9, 28.1), population=900, oblast=vi),
            place("UA05C2", "Житомир", "C", at=(48.5, 28.3), population=300, oblast=vi),
            place(ki, "Київ", "K", at=(50.45, 30.52), population=2_950_000, alternate=("Kyiv", "Kiev", "Киев")),
            place("UA80B1", "Шевченківський", "B", parent=ki, oblast=ki),
            place("UA12M1", "Кривий Ріг", "M", at=(47.9, 33.4), population=600_000),
            place("UA26M1", "Івано-Франківськ", "M", at=(48.92, 24.71), population=230_000),
            place("UA32M1", "Біла Церква", "M", at=(49.8, 30.1), population=208_000),
            place("UA07M1", "Володимир", "M", at=(50.85, 24.32), population=38_000),
            place("UA53M1", "Полтава", "M", at=(49.59, 34.55), population=283_000),
            place("UA12M2", "Дніпро", "M", at=(48.46, 35.04), population=980_000,
                  former=("Дніпропетровськ",), russian=("Днепр",)),
            place("UA59M1", "Первомайськ", "M", at=(48.04, 30.85), population=63_000),
            place("UA63C1", "Балаклавка", "C", at=(49.4, 36.9), former=("Первомайськ",)),
            place("UA26M1Q1", "Пасічна", "Q", at=(48.94, 24.69), parent="UA26M1", oblast="UA26", short=("Пасічна",)),
        ]
    )  # fmt: skip


def borne(*people: str) -> NameLexicon:
    """A lexicon of these doctors, «Коваленко Олена Іванівна ж» each: ж or ч at the end is the gender, a dash no
    patronymic."""
    genders = {"ж": "FEMALE", "ч": "MALE"}
    bearers = []
    for person in people:
        surname, given, patronymic, gender = person.lower().split()
        bearers.append(Bearer(surname, given, None if patronymic == "-" else patronymic, genders[gender]))
    return NameLexicon.of(bearers)


def small_lexicons(**changes: Any) -> Lexicons:
    """Names, facility words and places made by hand; invented counts."""
    surnames = {
        "коваленко": 200,
        "шевченко": 300,
        "вовк": 30,
        "роман": 5,
        "іван": 2,
        "полтава": 3,
        "біла": 2,
        "жук": 40,
    }
    surnames |= {"нечуй-левицька": 1, "нечуй": 1, "левицька": 9, "солов'яненко": 4}
    fields: dict[str, Any] = {
        "names": NameLexicon(
            surnames=WordLexicon(surnames),
            given=WordLexicon({"іван": 300, "олена": 500, "роман": 200, "володимир": 250, "юлія": 150}),
            patronymics=WordLexicon({"іванович": 300, "іванівна": 400}),
        ),
        "facility_words": WordLexicon(
            {"житомир": 5, "міська": 100, "медичний": 500, "центр": 900, "здоров'я": 60, "медікум": 3, "3": 5}
        ),
        "places": small_gazetteer(),
    }
    return Lexicons(**{**fields, **changes})
