"""How well a doctor answers a true intent, 0 to 3, by rule (search notes §8); and which doctors could answer it at all.

3: everything asked holds, within p km of the patient when we know where they are, and there are places.
2: everything asked holds, but farther than p km or full (or nobody knows of places), or the surname asked for is one
   part of the doctor's double surname.
1: the right speciality in the hromada or raion of the asked place, or the right name elsewhere.
0: the rest.
p is 3 km in cities and 10 km in the country. Where a speciality is asked near a point and no place is named, «near»
is itself asked for: it holds up to 5 p, and beyond that nothing of the answer is left but the same raion (grade 1).
"""

from collections.abc import Iterable

from ranking.evaluation.doctors import Doctor, Doctors, distance_km, numbers_in
from ranking.evaluation.truth import TrueIntent

CITY_KM = 3.0
COUNTRY_KM = 10.0
FAR = 5
RELEVANT = 2

# Words that show the kind in the name of a facility, as an official reads them.
_KIND_WORDS = {
    "POLYCLINIC": ("поліклінік", "поліклініч"),
    "AMBULATORY": ("амбулаторі", "азпсм"),
    "FAP": ("фап", "фельдшерськ"),
    "HOSPITAL": ("лікарн",),
    "PRIMARY_CARE_CENTRE": ("первинної", "цпмсд"),
}


def grade(doctor: Doctor, truth: TrueIntent) -> int:
    """0 to 3, see above."""
    if not _may_be_meant(doctor, truth):
        return 0
    here = _is_here(doctor, truth)
    named = _name_holds(doctor, truth)
    if named and here and _facility_holds(doctor, truth):
        whole = truth.surname in (None, doctor.surname)
        return 3 if whole and doctor.has_places and _is_close(doctor, truth) else 2
    if truth.by_name:
        return 1 if named else 0
    if truth.facility_kind:
        return 0
    return 1 if truth.specialities and _in_the_same_region(doctor, truth) else 0


def is_relevant(doctor: Doctor, truth: TrueIntent) -> bool:
    """Everything asked in the clean query holds of this doctor."""
    return grade(doctor, truth) >= RELEVANT


def graded(doctors: Doctors, truth: TrueIntent) -> dict[str, int]:
    """The best grade of every person (party id) that has one above 0: whom the answer should hold.

    A name or city district asked for is a hard fact, loosened only when nobody meets it: as long as somebody does,
    those who bear the name elsewhere, or sit in other districts, are no part of the answer.
    """
    found: dict[str, int] = {}
    for doctor in _candidates(doctors, truth):
        value = grade(doctor, truth)
        if value > found.get(doctor.party, 0):
            found[doctor.party] = value
    if (truth.by_name or truth.district_code) and any(value >= RELEVANT for value in found.values()):
        return {party: value for party, value in found.items() if value >= RELEVANT}
    return found


def _candidates(doctors: Doctors, truth: TrueIntent) -> Iterable[Doctor]:
    if truth.surname is not None:
        return doctors.named(truth.surname)
    if truth.settlement is not None:
        areas = {truth.settlement, truth.home_hromada, truth.home_raion} - {None}
        return {doctor.id: doctor for area in areas for doctor in doctors.within_area(str(area))}.values()
    if truth.near is not None:
        region = doctors.within_area(truth.home_raion or "")
        return {each.id: each for each in [*doctors.around(truth.near, reach_km(truth) * FAR), *region]}.values()
    return ()


def reach_km(truth: TrueIntent) -> float:
    """p: how far is near."""
    return COUNTRY_KM if truth.rural else CITY_KM


def _may_be_meant(doctor: Doctor, truth: TrueIntent) -> bool:
    # Without a speciality a search is for primary care (contract of `kind`).
    if truth.specialities:
        if doctor.speciality not in truth.specialities:
            return False
    elif not doctor.primary_care:
        return False
    if truth.age is None or not doctor.primary_care:
        return True
    return doctor.ages is not None and doctor.ages[0] <= truth.age <= doctor.ages[1]


def _name_holds(doctor: Doctor, truth: TrueIntent) -> bool:
    return (
        (truth.surname in (None, doctor.surname) or truth.surname in doctor.surname.split("-"))
        and truth.given_name in (None, doctor.given)
        and truth.patronymic in (None, doctor.patronymic)
        and doctor.given.startswith(truth.given_initial or "")
        and doctor.patronymic.startswith(truth.patronymic_initial or "")
    )


def _is_here(doctor: Doctor, truth: TrueIntent) -> bool:
    if truth.district_code is not None and doctor.district != truth.district_code:
        return False
    if truth.settlement is not None:
        return doctor.settlement == truth.settlement
    if truth.near is not None and not truth.by_name and not truth.facility_kind:
        return doctor.point is not None and distance_km(truth.near, doctor.point) <= FAR * reach_km(truth)
    return True


def _is_close(doctor: Doctor, truth: TrueIntent) -> bool:
    if truth.near is None:
        return True
    return doctor.point is not None and distance_km(truth.near, doctor.point) <= reach_km(truth)


def _in_the_same_region(doctor: Doctor, truth: TrueIntent) -> bool:
    return (
        (doctor.hromada is not None and doctor.hromada == truth.home_hromada)
        or (doctor.raion is not None and doctor.raion == truth.home_raion)
        or (truth.settlement is not None and doctor.settlement == truth.settlement)
    )


def _facility_holds(doctor: Doctor, truth: TrueIntent) -> bool:
    if truth.facility_kind is None:
        return True
    words = _KIND_WORDS[truth.facility_kind]
    return any(
        any(word in name for word in words)
        and (truth.facility_number is None or truth.facility_number in numbers_in(name))
        for name in doctor.facilities
    )
