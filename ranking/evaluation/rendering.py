"""From a doctor to a clean query: which fields a patient would name, how they are written, and what is truly meant."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from math import cos, radians
from random import Random

from directory.places import Gazetteer, Place
from directory.specialities import specialities
from directory.text import normalise
from ranking.evaluation.doctors import Doctor
from ranking.evaluation.truth import Piece, PieceKind, TrueIntent

_LEAST_TIMES_LARGER = 10
_TIMES_FARTHER = 4
_LEAST_KM = 5.0
_NEAR_WORDS = ("поруч", "біля мене", "поблизу", "недалеко від мене")
_FACILITIES = (
    ("POLYCLINIC", "поліклініка", re.compile(r"^поліклініка №(\d+)$")),
    ("AMBULATORY", "амбулаторія", re.compile(r"^(?:лікарська |сімейна )?амбулаторія №(\d+)$")),
    ("AMBULATORY", "АЗПСМ", re.compile(r"^азпсм №(\d+)$")),
)
_NUMBER_MARKS = ("№", "№ ", "", "номер ")
_CITY = "KM"

Rendered = tuple[list[Piece], TrueIntent]


class Renderer:
    """Writes clean queries about doctors; the gazetteer says what settlements are called and who shares a name."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.forms: dict[str, Callable[[Doctor, Random], Rendered | None]] = {
            "surname": lambda doctor, rng: self._person(doctor, rng, ""),
            "surname given": lambda doctor, rng: self._person(doctor, rng, "g"),
            "full name": lambda doctor, rng: self._person(doctor, rng, "gp"),
            "speciality surname": lambda doctor, rng: self._person(doctor, rng, "s"),
            "surname settlement": lambda doctor, rng: self._person(doctor, rng, "c"),
            "surname given settlement": lambda doctor, rng: self._person(doctor, rng, "gc"),
            "speciality surname settlement": lambda doctor, rng: self._person(doctor, rng, "sc"),
            "speciality settlement": self._speciality_in_settlement,
            "speciality settlement district": self._speciality_in_district,
            "facility settlement": self._facility,
            "speciality near": self._speciality_near,
        }

    def place(self, code: str | None) -> Place | None:
        """The settlement of a code."""
        return self._gazetteer.by_code(code) if code else None

    def _person(self, doctor: Doctor, rng: Random, parts: str) -> Rendered | None:
        """`parts`: g given name, p patronymic, s speciality, c settlement; the surname always."""
        if "s" not in parts and not doctor.primary_care:
            return None
        if "p" in parts and not doctor.patronymic:
            return None
        truth = replace(_about(doctor, self.place(doctor.settlement)), surname=doctor.surname)
        names = [Piece(PieceKind.SURNAME, capitalised(doctor.surname), gender=doctor.gender)]
        if "g" in parts:
            names.append(Piece(PieceKind.GIVEN, capitalised(doctor.given), gender=doctor.gender))
            truth = replace(truth, given_name=doctor.given)
        if "p" in parts:
            names.append(Piece(PieceKind.PATRONYMIC, capitalised(doctor.patronymic), gender=doctor.gender))
            truth = replace(truth, patronymic=doctor.patronymic)
        if len(names) > 1 and rng.random() < 0.3:
            names = [*names[1:], names[0]]
        pieces = names
        if "s" in parts:
            said = speciality_piece(doctor.speciality)
            if said is None:
                return None
            pieces = [said, *names] if rng.random() < 0.6 else [*names, said]
            truth = replace(truth, specialities=(doctor.speciality,))
        if "c" in parts:
            return self._with_settlement(pieces, truth, doctor, rng)
        return pieces, truth

    def _speciality_in_settlement(self, doctor: Doctor, rng: Random) -> Rendered | None:
        said = speciality_piece(doctor.speciality)
        if said is None:
            return None
        truth = replace(_about(doctor, self.place(doctor.settlement)), specialities=(doctor.speciality,))
        return self._with_settlement([said], replace(truth, age=_patient_age(doctor, rng)), doctor, rng)

    def _speciality_in_district(self, doctor: Doctor, rng: Random) -> Rendered | None:
        district = self.place(doctor.district)
        if district is None:
            return None
        found = self._speciality_in_settlement(doctor, rng)
        if found is None:
            return None
        piece = Piece(PieceKind.DISTRICT, f"{plain_name(district)} район", district.code)
        return [*found[0], piece], replace(found[1], district=district.name, district_code=district.code)

    def _facility(self, doctor: Doctor, rng: Random) -> Rendered | None:
        if not doctor.primary_care:
            return None
        found = next(filter(None, map(named_facility, doctor.facilities)), None)
        if found is None:
            return None
        kind, word, number = found
        piece = Piece(PieceKind.FACILITY, f"{word} {rng.choice(_NUMBER_MARKS)}{number}", kind)
        truth = replace(_about(doctor, self.place(doctor.settlement)), facility_kind=kind, facility_number=number)
        return self._with_settlement([piece], truth, doctor, rng)

    def _speciality_near(self, doctor: Doctor, rng: Random) -> Rendered | None:
        said = speciality_piece(doctor.speciality)
        if said is None or doctor.point is None:
            return None
        truth = replace(
            _about(doctor, self.place(doctor.settlement)),
            specialities=(doctor.speciality,),
            near=moved(doctor.point, rng),
            age=_patient_age(doctor, rng),
        )
        if rng.random() < 0.6:
            return [said, Piece(PieceKind.WORD, rng.choice(_NEAR_WORDS))], replace(truth, near_me=True)
        return [said], truth

    def _with_settlement(self, pieces: list[Piece], truth: TrueIntent, doctor: Doctor, rng: Random) -> Rendered | None:
        place = self.place(doctor.settlement)
        if place is None or not place.is_settlement:
            return None
        said = [Piece(PieceKind.SETTLEMENT, plain_name(place), place.code)]
        truth = replace(truth, settlement=place.code)
        if not self.is_plain(place):
            qualifier = self._qualifier(place)
            if qualifier is None:
                return None
            point = moved(doctor.point, rng) if doctor.point is not None and rng.random() < 0.3 else None
            if point is not None and self._is_settled_by(point, place):
                truth = replace(truth, near=point)
            elif qualifier.category == "O":
                said.append(Piece(PieceKind.OBLAST, f"{qualifier.name} область", qualifier.code))
                truth = replace(truth, oblast=qualifier.name)
            else:
                said.append(Piece(PieceKind.RAION, f"{plain_name(qualifier)} район", qualifier.code))
                truth = replace(truth, raion=qualifier.name)
        return ([*said, *pieces] if rng.random() < 0.2 else [*pieces, *said]), truth

    def is_plain(self, place: Place) -> bool:
        """The bare name means this place to anybody: no namesake, or a city among far smaller ones."""
        others = [other for other in self.namesakes(place.name) if other.code != place.code]
        if not others:
            return True
        if place.category not in _CITY or any(other.category in _CITY for other in others):
            return False
        largest = max((other.population or 0) for other in others)
        return (place.population or 0) >= _LEAST_TIMES_LARGER * max(largest, 1)

    def namesakes(self, name: str) -> list[Place]:
        """All settlements whose official name this is."""
        return [place for place in self._gazetteer.by_name(name) if normalise(place.name) == normalise(name)]

    def _is_settled_by(self, point: tuple[float, float], place: Place) -> bool:
        """From this point nobody would think of a namesake: each is several times as far as the place itself."""
        mine = self._gazetteer.distance_km(place, *point)
        others = (self._gazetteer.distance_km(each, *point) for each in self.namesakes(place.name) if each != place)
        clear_km = _TIMES_FARTHER * max(mine or 0.0, _LEAST_KM)
        return mine is not None and all(km is None or km > clear_km for km in others)

    def is_short_for_a_city(self, name: str) -> bool:
        """The name begins the double name of a city that people call so: «Кам'янець», «Могилів»."""
        return normalise(name) in self._short_names

    @cached_property
    def _short_names(self) -> frozenset[str]:
        cities = (place for place in self._gazetteer.settlements() if place.category in _CITY)
        return frozenset(normalise(place.name).split("-")[0] for place in cities if "-" in place.name)

    @cached_property
    def settlement_names(self) -> frozenset[str]:
        """Official names of all settlements, normalised."""
        return frozenset(normalise(place.name) for place in self._gazetteer.settlements())

    def _qualifier(self, place: Place) -> Place | None:
        """The smallest thing to say that makes a shared name clear: the oblast, else the raion, else nothing does."""
        others = [other for other in self.namesakes(place.name) if other.code != place.code]
        if all(other.oblast != place.oblast for other in others):
            return self._gazetteer.by_code(place.oblast)
        if place.raion and all(other.raion != place.raion for other in others):
            return self._gazetteer.by_code(place.raion)
        return None


def named_facility(name: str) -> tuple[str, str, str] | None:
    """Kind, word and number of a facility that people would name by them; None for all others."""
    for kind, word, pattern in _FACILITIES:
        if found := pattern.match(name):
            return kind, word, found[1]
    return None


def plain_name(place: Place) -> str:
    """The official name with the apostrophe of keyboards."""
    return place.name.replace("’", "'")


def capitalised(name: str) -> str:
    """«мар'яна» → «Мар'яна», «нечуй-левицька» → «Нечуй-Левицька»."""
    return "-".join(part[:1].upper() + part[1:] for part in name.split("-"))


def speciality_piece(code: str) -> Piece | None:
    """The speciality as its label says, in small letters; None for codes without a name."""
    known = specialities().get(code)
    return None if known is None else Piece(PieceKind.SPECIALITY, known.uk[:1].lower() + known.uk[1:], code)


def moved(point: tuple[float, float], rng: Random, most_km: float = 1.0) -> tuple[float, float]:
    """A point up to `most_km` away: a patient lives near the place, not in it."""
    north, east = rng.uniform(-most_km, most_km), rng.uniform(-most_km, most_km)
    return round(point[0] + north / 111.2, 5), round(point[1] + east / (111.2 * cos(radians(point[0]))), 5)


def _about(doctor: Doctor, place: Place | None) -> TrueIntent:
    return TrueIntent(
        home_raion=doctor.raion,
        home_hromada=doctor.hromada,
        rural=place is not None and place.category not in _CITY,
    )


def _patient_age(doctor: Doctor, rng: Random) -> int | None:
    """In half of the queries to primary care the patient's age is known: one the doctor may register."""
    if doctor.ages is None or rng.random() < 0.5:
        return None
    youngest, oldest = doctor.ages
    return rng.randint(youngest, min(oldest, 85))
