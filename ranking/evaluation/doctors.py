"""The doctors that queries are made from and judged against: stored documents read into small records, found by field.

Read by hand from plain mappings on purpose: a mistake of the ranker's own reading must not hide itself here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

from directory.text import normalise

OPEN_STATES = frozenset({"free", "nearly_full"})
_EARTH_KM = 6371.0
_CELLS_A_DEGREE = 2
_BUSY_SHARE = 0.25
_NUMBER = re.compile(r"№\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Doctor:
    """One employment in force. Names normalised; areas are KATOTTG codes; `point` is (lat, lon), None when unknown.

    `facilities`: the names of the place and of its owner, normalised. `capacity` None for those who register nobody.
    """

    id: str
    party: str
    surname: str
    given: str
    patronymic: str
    gender: str | None
    primary_care: bool
    speciality: str
    ages: tuple[int, int] | None
    settlement: str | None
    district: str | None
    hromada: str | None
    raion: str | None
    point: tuple[float, float] | None
    capacity: str | None
    facilities: tuple[str, ...]

    @property
    def has_places(self) -> bool:
        """Free places are known; of those who keep no register of patients the question does not arise."""
        return self.capacity is None or self.capacity in OPEN_STATES


class Doctors:
    """All doctors in force of one index; documents out of force are passed over."""

    def __init__(self, documents: Iterable[Mapping[str, Any]]) -> None:
        self.all: list[Doctor] = []
        self.by_id: dict[str, Doctor] = {}
        self._by_surname: dict[str, list[Doctor]] = defaultdict(list)
        self._whole_surnames: set[str] = set()
        self._by_area: dict[str, list[Doctor]] = defaultdict(list)
        self._by_cell: dict[tuple[int, int], list[Doctor]] = defaultdict(list)
        found = [read_doctor(document) for document in documents if is_in_force(document)]
        for doctor in sorted(found, key=lambda doctor: doctor.id):
            self.all.append(doctor)
            self.by_id[doctor.id] = doctor
            for name in {doctor.surname, *doctor.surname.split("-")}:
                self._by_surname[name].append(doctor)
            self._whole_surnames.add(doctor.surname)
            for area in {doctor.settlement, doctor.hromada, doctor.raion} - {None}:
                self._by_area[str(area)].append(doctor)
            if doctor.point is not None:
                self._by_cell[_cell(doctor.point)].append(doctor)

    @property
    def surnames(self) -> frozenset[str]:
        """Every surname of the index, normalised, whole."""
        return frozenset(self._whole_surnames)

    def named(self, surname: str) -> list[Doctor]:
        """Doctors of this surname (normalised), as a whole or as a part of a double one."""
        return self._by_surname.get(surname, [])

    def within_area(self, code: str) -> list[Doctor]:
        """Doctors of a settlement, hromada or raion."""
        return self._by_area.get(code, [])

    def around(self, point: tuple[float, float], radius_km: float) -> list[Doctor]:
        """Doctors within the circle."""
        row, column = _cell(point)
        reach = int(radius_km * _CELLS_A_DEGREE / 60) + 1
        return [
            doctor
            for y in range(row - reach, row + reach + 1)
            for x in range(column - reach, column + reach + 1)
            for doctor in self._by_cell.get((y, x), ())
            if doctor.point is not None and distance_km(point, doctor.point) <= radius_km
        ]


def is_busy(doctors: Iterable[Doctor]) -> bool:
    """At least a quarter of those who register patients are full."""
    states = [doctor.capacity for doctor in doctors if doctor.capacity is not None]
    return bool(states) and states.count("full") >= _BUSY_SHARE * len(states)


def is_in_force(document: Mapping[str, Any]) -> bool:
    """Found by searches: in force, and of primary care only those who may hold declarations."""
    return bool(document.get("active")) and (document["kind"] == "specialist" or bool(document.get("declarable")))


def read_doctor(document: Mapping[str, Any]) -> Doctor:
    """The record of a stored document."""
    name, place, ages = document["name"], document.get("place") or {}, document.get("ages")
    location = place.get("location")
    legal, division = document.get("legal_entity") or {}, document.get("division") or {}
    names = (division.get("name"), legal.get("public_name"), legal.get("name"))
    return Doctor(
        id=document["employee"]["id"],
        party=document["party"]["id"],
        surname=normalise(name["last"]),
        given=normalise(name["first"]),
        patronymic=normalise(name.get("second") or ""),
        gender=document["party"].get("gender"),
        primary_care=document["kind"] == "primary_care",
        speciality=(document.get("speciality") or {}).get("officio") or "",
        ages=(ages["min"], ages["max"]) if ages else None,
        settlement=place.get("settlement"),
        district=place.get("district"),
        hromada=place.get("hromada"),
        raion=place.get("raion"),
        point=(location["lat"], location["lon"]) if location else None,
        capacity=(document.get("capacity") or {}).get("state"),
        facilities=tuple(dict.fromkeys(normalise(text) for text in names if text)),
    )


def numbers_in(facility: str) -> list[str]:
    """The numbers behind «№» in a facility's name."""
    return _NUMBER.findall(facility)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle kilometres between two points (lat, lon) in degrees."""
    lat, lon, other_lat, other_lon = map(radians, (*one, *other))
    chord = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(chord))


def _cell(point: tuple[float, float]) -> tuple[int, int]:
    return int(point[0] * _CELLS_A_DEGREE), int(point[1] * _CELLS_A_DEGREE)
