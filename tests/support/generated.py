"""A generated corpus and queries over it, the same in every run: every signal, filter and ground meets every other."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from directory.documents import DoctorDocument
from ranking import (
    Area,
    AreaLevel,
    FacilityOf,
    FacilityWords,
    Kind,
    NameWords,
    OriginSource,
    Point,
    RadiusSource,
    SearchIntent,
    Sort,
    Where,
    Wishes,
)
from tests.support.api import BERDYCHIV_CODE
from tests.support.indexing import AS_OF, ZHYTOMYR_CODE, stable_id, tiny_doctor
from tests.support.ranking import HOME, name_words

SURNAMES = (
    "Коваленко", "Ковалевська", "Шевченко", "Гончар", "Ґончар", "Вовк", "Лук'яненко", "Нечуй-Левицька", "Жук",
    "Мельник", "Мельничук", "Кравець", "Кравцова", "Бондар", "Бондаренко", "Ткач", "Ткаченко", "Олійник", "Щур",
    "Яворська",
)  # fmt: skip
GIVEN = ("Олена", "Іван", "Роман", "Юлія", "Ганна", "Григорій", "Наталія", "Андрій", "Софія", "Тарас")
PATRONYMICS = ("Іванівна", "Іванович", "Романівна", "Петрович", "Андріївна", None)
SPECIALITIES = ("FAMILY_DOCTOR", "THERAPIST", "PEDIATRICIAN", "SURGEON", "CARDIOLOGIST")
PLACES = 240
BERDYCHIV = Point(49.8978, 28.6025)

_SEED = 20260302


@dataclass(frozen=True)
class Asked:
    """A query: an intent, or the fields of a request whose text has yet to be understood."""

    intent: SearchIntent | None = None
    request: dict[str, Any] | None = None


def generated_doctors(count: int, seed: int = _SEED) -> list[DoctorDocument]:
    """Doctors around Zhytomyr and Berdychiv: many share a place, some have several posts, some no point at all."""
    dice = random.Random(seed)
    places = [
        (dice.uniform(HOME.lat - 0.6, HOME.lat + 0.4), dice.uniform(HOME.lon - 0.6, HOME.lon + 0.6))
        for _ in range(PLACES)
    ]
    return [_doctor(dice, number, count, places) for number in range(count)]


def generated_queries(count: int, seed: int = _SEED + 1) -> Iterator[Asked]:
    """Three of ten are texts, two of ten names, the rest asks by fields; wishes and filters strewn over all."""
    dice = random.Random(seed)
    for number in range(count):
        kind = number % 10
        if kind < 3:
            yield Asked(request=_text_request(dice))
        else:
            yield Asked(intent=_intent(dice, _names(dice) if kind < 5 else NameWords()))


def _doctor(dice: random.Random, number: int, count: int, places: list[tuple[float, float]]) -> DoctorDocument:
    spot = dice.randrange(PLACES)
    return tiny_doctor(
        f"generated {number}",
        last=dice.choice(SURNAMES),
        first=dice.choice(GIVEN),
        second=dice.choice(PATRONYMICS),
        speciality=dice.choices(SPECIALITIES, (50, 15, 20, 10, 5))[0],
        at=None if dice.random() < 0.03 else places[spot],
        party=f"party {dice.randrange(count)}",
        division=f"spot {spot}",
        gender=dice.choice(["MALE", "FEMALE", "FEMALE"]),
        capacity=dice.choice(["free", "nearly_full", "full", "unknown"]),
        contract=dice.random() < 0.8,
        active=dice.random() < 0.95,
        precision=dice.choice(["address", "address", "settlement", "hromada"]),
        facility=f"{dice.choice(['Амбулаторія', 'Поліклініка'])} №{spot % 9 + 1}",
        legal_entity=f"Центр первинної допомоги {'абвгд'[spot % 5]}",
        settlement=ZHYTOMYR_CODE if places[spot][0] > 50.1 else BERDYCHIV_CODE,
        open_minutes=dice.choice(
            [((480, 1080),), ((540, 800), (900, 1000)), ((0, 300), (9_900, 10_080)), ((7_680, 8_100),), ()]
        ),
        as_of=dice.choice([AS_OF, AS_OF, AS_OF - timedelta(days=1), AS_OF - timedelta(days=9), None]),
        tie=dice.randrange(1 << 62),
    )


def _text_request(dice: random.Random) -> dict[str, Any]:
    surname, given = dice.choice(SURNAMES), dice.choice(GIVEN)
    fields: dict[str, Any] = {
        "q": dice.choice([
            surname, f"{surname} {given}", f"{given} {surname} Житомир", f"терапевт {surname}", f"{surname} Бердичів",
            "терапевт Житомир", "педіатр Бердичів", "сімейний лікар Житомир", f"хірург {given}",
            "поліклініка №3 Житомир", "жінка терапевт Житомир", "сімейний лікар Бердичів у суботу о 10",
            f"{surname} з місцями", surname.lower(), f"{surname} {given[0]}.",
        ])
    }  # fmt: skip
    if dice.random() < 0.5:
        fields["near"] = {"lat": HOME.lat + dice.uniform(-0.3, 0.3), "lon": HOME.lon + dice.uniform(-0.3, 0.3)}
    if dice.random() < 0.2:
        fields["gender"] = dice.choice(["MALE", "FEMALE"])
    if dice.random() < 0.2:
        fields["kind"] = dice.choice(["all", "specialist"])
    return fields


def _names(dice: random.Random) -> NameWords:
    surname, given = dice.choice(SURNAMES), dice.choice(GIVEN)
    return dice.choice([
        name_words(surname=surname), name_words(surname=surname, given=given), name_words(unassigned=surname),
        name_words(unassigned=f"{given} {surname}"), name_words(given=given, patronymic="Іванівна"),
    ])  # fmt: skip


def _intent(dice: random.Random, names: NameWords) -> SearchIntent:
    where = _where(dice, named=bool(names))
    maybe = dice.random
    nearest = where.origin is not None and maybe() < 0.1
    return SearchIntent(
        where=where,
        specialities=tuple(dice.sample(SPECIALITIES, dice.choice([1, 1, 2]))) if maybe() < 0.4 else (),
        names=names,
        facility=FacilityWords(numbers=(str(dice.randint(1, 9)),)) if maybe() < 0.05 else FacilityWords(),
        kind=dice.choice([Kind.PRIMARY_CARE, Kind.PRIMARY_CARE, Kind.ALL, Kind.SPECIALIST]),
        age=dice.choice([None, None, 5, 17, 18, 70]),
        open_only=maybe() < 0.15,
        contract_only=maybe() < 0.1,
        gender=dice.choice(["MALE", "FEMALE"]) if maybe() < 0.1 else None,
        open_at=dice.randrange(480, 1_080) if maybe() < 0.05 else None,
        sort=Sort.NEAREST if nearest else Sort.BEST,
        wishes=_wishes(dice),
        as_of=AS_OF if maybe() < 0.7 else None,
    )


def _wishes(dice: random.Random) -> Wishes:
    maybe, spot = dice.random, dice.randrange(PLACES)
    known = FacilityOf(
        stable_id("division", f"spot {spot}"),
        stable_id("legal_entity", f"Центр первинної допомоги {'абвгд'[spot % 5]}") if maybe() < 0.8 else None,
    )
    # Minutes near Sunday's end and Monday's start: there the hour around turns over the week.
    moments = [dice.randrange(10_080), dice.randrange(10_030, 10_080), dice.randrange(50), 600, 1_080, 1_110]
    return Wishes(
        gender=dice.choice(["MALE", "FEMALE"]) if maybe() < 0.3 else None,
        open_at=dice.choice(moments) if maybe() < 0.4 else None,
        facility_of=known if maybe() < 0.25 else None,
        language=dice.choice(["hu", "en"]) if maybe() < 0.05 else None,
    )


def _where(dice: random.Random, *, named: bool) -> Where:
    point = Point(HOME.lat + dice.uniform(-0.5, 0.4), HOME.lon + dice.uniform(-0.5, 0.5))
    pivot_km = dice.choice([3.0, 10.0])
    town = dice.choice([(ZHYTOMYR_CODE, "Житомир", HOME), (BERDYCHIV_CODE, "Бердичів", BERDYCHIV)])
    area = Area(AreaLevel.SETTLEMENT, *town, category="M")
    circle = Where(
        dice.choice([RadiusSource.ASKED, RadiusSource.PLANNED]), point, OriginSource.PATIENT, point,
        dice.choice([3.0, 5.0, 10.0, 25.0, 50.0]), pivot_km=pivot_km,
    )  # fmt: skip
    settlement = Where(RadiusSource.SETTLEMENT, area.point, OriginSource.SETTLEMENT, area=area, origin_category="M")
    of_patient = Where(RadiusSource.SETTLEMENT, point, OriginSource.PATIENT, area=area, pivot_km=pivot_km)
    widened = Where(
        RadiusSource.PLANNED, area.point, OriginSource.SETTLEMENT, area.point, 10.0, area, widened=True, pivot_km=10.0
    )
    grounds = [circle, circle, circle, settlement, of_patient, widened]
    if named:
        grounds += [Where(RadiusSource.COUNTRY), Where(RadiusSource.COUNTRY, point, OriginSource.PATIENT)]
    return dice.choice(grounds)
