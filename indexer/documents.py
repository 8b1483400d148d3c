"""Registry rows to documents: the rules of what is searchable, for whom, and what is doubtful. Pure.

`doctor_documents` takes a person with all employments at once, because capacity, other places and some doubts belong to
the person; `facility_document` takes a place of work and the doctors counted there.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from directory.capacity import Capacity, CapacityState, judge_capacity
from directory.documents import (
    NO_UPPER_AGE,
    AgesPart,
    CapacityPart,
    ContractPart,
    DoctorDocument,
    EmployeePart,
    FacilityDoctorsPart,
    FacilityDocument,
    HoursPart,
    NamePart,
    OtherPlacePart,
    PartyPart,
    RolePart,
    SpecialityCount,
    SpecialityPart,
)
from directory.specialities import PRIMARY_CARE, age_range
from directory.text import name_parts, sound_key
from esoz.rows import EmployeeRow, PartyRow, Speciality
from indexer.display import clean, proper_name
from indexer.hours import OpenTimes, read_available_time
from indexer.places_of_work import Facility, PlaceOfWork, as_day
from indexer.quality import Quality
from indexer.snapshot import Person, Post, Role, Snapshot

DOCTOR, SPECIALIST = "DOCTOR", "SPECIALIST"
DAYS_OF_TIES = 7
OTHER_PLACES_SHOWN = 20
PLAUSIBLE_AGE = range(18, 101)
PLAUSIBLE_EXPERIENCE = range(81)
OPEN_STATES = (CapacityState.FREE, CapacityState.NEARLY_FULL)

MEDICAL_TYPES = (DOCTOR, SPECIALIST, None)

_POSITION_SPECIALITY = {
    "P7": "FAMILY_DOCTOR",
    "P8": "PEDIATRICIAN",
    "P9": "PEDIATRICIAN",
    "P10": "THERAPIST",
    "P11": "THERAPIST",
    "P12": "THERAPIST",
    "P13": "THERAPIST",
}
_DOCTOR_FEEDS = (
    "parties",
    "employees",
    "divisions",
    "legal_entities",
    "employee_roles",
    "healthcare_services",
    "contract_divisions",
    "declarations_limit",
)
_FACILITY_FEEDS = ("divisions", "legal_entities", "healthcare_services", "contract_divisions", "employees")
_MIXED_SCRIPTS = re.compile(r"(?=\w*[а-яёіїєґА-ЯЁІЇЄҐ])(?=\w*[A-Za-z])\w+")


def is_doctor(employee: EmployeeRow) -> bool:
    """Whether an employee gets a document: doctors, other medical specialists, and whoever else has an officio
    speciality of primary care, so that a cabinet that holds only the id hears why not (domain rules §5.3, 14). Where
    upstream gives no type, having an officio speciality decides."""
    if employee.employee_type in (DOCTOR, SPECIALIST):
        return True
    officio = officio_speciality(employee)
    return officio is not None and (employee.employee_type is None or officio.speciality in PRIMARY_CARE)


def officio_speciality(employee: EmployeeRow) -> Speciality | None:
    """The officio speciality: the employee's own field, else the one so marked in its list (domain rules §1)."""
    if employee.speciality is not None and employee.speciality.speciality:
        return employee.speciality
    return next((own for own in _specialities(employee) if own.speciality_officio and own.speciality), None)


def doctor_documents(
    person: Person, places: Mapping[str, PlaceOfWork], facilities: Mapping[str, Facility], snapshot: Snapshot
) -> list[DoctorDocument]:
    """One document for each employment as a doctor, those out of force included, in the order of the posts.

    `places` are by division id, `facilities` by legal entity id.
    """
    about = _describe_person(person, snapshot)
    posts = [_describe_post(post, places, facilities, snapshot) for post in person.posts if is_doctor(post.employee)]
    others = [_other_place(post) for post in posts]
    is_employed = any("doctor_not_active" not in post.reasons for post in posts)
    documents = []
    for post in posts:
        flags = [*about.flags, *post.flags]
        if post.kind == "primary_care":
            flags += about.capacity_flags
            if not is_employed and (about.capacity.count or 0) > 0:
                flags.append(Quality.INACTIVE_WITH_DECLARATIONS)
        place, employee = post.place, post.employee
        documents.append(
            DoctorDocument(
                employee=EmployeePart(
                    id=employee.id,
                    type=employee.employee_type,
                    position=employee.position,
                    status=employee.status,
                    status_reason=clean(employee.status_reason),
                    start_date=as_day(employee.start_date),
                    end_date=as_day(employee.end_date),
                ),
                party=about.party,
                name=about.name,
                kind=post.kind,
                active=post.active,
                declarable=post.active and post.kind == "primary_care",
                inactive_reasons=post.reasons,
                speciality=post.speciality,
                ages=_ages(post.speciality.officio) if post.kind == "primary_care" else None,
                division=place.division if place else None,
                place=place.place if place else None,
                legal_entity=post.facility.part if post.facility else None,
                facility=place.words if place else None,
                contract=place.contract if place else ContractPart(active=False),
                capacity=about.capacity_part if post.kind == "primary_care" else None,
                hours=post.hours,
                roles=post.roles,
                other_places=tuple(other for other in others if other.employee_id != employee.id)[:OTHER_PLACES_SHOWN],
                quality_flags=tuple(dict.fromkeys(str(flag) for flag in flags)),
                sources=snapshot.sources(*_DOCTOR_FEEDS),
                tie=tie_orders(employee.id),
            )
        )
    return documents


@dataclass(slots=True)
class DoctorCount:
    """The active doctors counted at one division, by officio speciality and the capacity state shown."""

    by_speciality: dict[str, Counter[str]] = field(default_factory=dict)
    open_specialities: set[str] = field(default_factory=set)

    def add(self, document: DoctorDocument) -> None:
        """Counts one document; those out of force do not count."""
        if not document.active:
            return
        speciality = document.speciality.officio or "UNKNOWN"
        state = document.capacity.state if document.capacity else ""
        self.by_speciality.setdefault(speciality, Counter())[state] += 1
        if document.declarable and state in OPEN_STATES:
            self.open_specialities.add(speciality)

    def part(self) -> FacilityDoctorsPart:
        return FacilityDoctorsPart(
            count=sum(sum(states.values()) for states in self.by_speciality.values()),
            specialities=tuple(sorted(self.by_speciality)),
            open_specialities=tuple(sorted(self.open_specialities)),
            by_speciality=tuple(
                SpecialityCount(
                    speciality=speciality,
                    doctors=sum(states.values()),
                    by_capacity={state: number for state, number in sorted(states.items()) if state},
                )
                for speciality, states in sorted(self.by_speciality.items())
            ),
        )


def facility_document(place: PlaceOfWork, doctors: DoctorCount, snapshot: Snapshot) -> FacilityDocument:
    """The document of one division with its doctors counted."""
    return FacilityDocument(
        active=not place.reasons,
        inactive_reasons=place.reasons,
        division=place.division,
        place=place.place,
        legal_entity=place.facility.full_part if place.facility else None,
        facility=place.names,
        contract=place.contract,
        hours=place.hours,
        doctors=doctors.part(),
        quality_flags=place.flags,
        sources=snapshot.sources(*_FACILITY_FEEDS),
        tie=tie_orders(place.id),
    )


def tie_orders(document_id: str) -> dict[str, int]:
    """Seven numbers of 63 bits, one a day of the cycle, the same for the same id for ever: the order of equals."""
    digest = hashlib.blake2b(document_id.encode(), digest_size=8 * DAYS_OF_TIES).digest()
    return {f"d{day}": int.from_bytes(digest[8 * day : 8 * day + 8], "big") >> 1 for day in range(DAYS_OF_TIES)}


def name_part(last: str | None, first: str | None, second: str | None) -> NamePart:
    """Names as shown and as looked up; what is missing is an empty string or None and finds nothing."""
    surname, given, patronymic = _name(last), _name(first), _name(second)
    typing = [" ".join(name.parts[0] for name in (surname, given, patronymic) if name.parts)]
    if "-" in typing[0]:
        typing.append(typing[0].replace("-", " "))
    return NamePart(
        last=surname.shown or "",
        first=given.shown or "",
        second=patronymic.shown,
        surname=surname.parts,
        given=given.parts,
        patronymic=patronymic.parts,
        surname_key=surname.keys,
        given_key=given.keys,
        patronymic_key=patronymic.keys,
        typing=tuple(typing),
        typing_key=tuple(" ".join(map(sound_key, text.split())) for text in typing),
    )


@dataclass(frozen=True, slots=True)
class _Name:
    shown: str | None
    parts: tuple[str, ...]
    keys: tuple[str, ...]


@lru_cache(maxsize=65_536)
def _name(upstream: str | None) -> _Name:
    """One name of a person; cached, because given names, patronymics and most surnames are shared by many."""
    shown = proper_name(upstream)
    parts = name_parts(shown or "")
    return _Name(shown, parts, tuple(dict.fromkeys(key for part in parts if (key := sound_key(part)))))


@dataclass(frozen=True, slots=True)
class _PersonFacts:
    party: PartyPart
    name: NamePart
    capacity: Capacity
    capacity_part: CapacityPart
    flags: tuple[Quality, ...]
    capacity_flags: tuple[Quality, ...]


@dataclass(frozen=True, slots=True)
class _PostFacts:
    employee: EmployeeRow
    kind: str
    active: bool
    reasons: tuple[str, ...]
    speciality: SpecialityPart
    place: PlaceOfWork | None
    facility: Facility | None
    hours: HoursPart | None
    roles: tuple[RolePart, ...]
    flags: tuple[str, ...]


def _describe_person(person: Person, snapshot: Snapshot) -> _PersonFacts:
    row, flags = person.party, []
    name = name_part(row.last_name, row.first_name, row.second_name)
    if not name.last or not name.first:
        flags.append(Quality.NAME_INCOMPLETE)
    if any(_MIXED_SCRIPTS.search(text) for text in (name.last, name.first, name.second or "")):
        flags.append(Quality.NAME_MIXED_SCRIPTS)
    if row.verification_status != "VERIFIED":
        flags.append(Quality.NOT_VERIFIED)
    if person.possible_duplicate:
        flags.append(Quality.POSSIBLE_DUPLICATE)
    age = _age(row, snapshot)
    if age is None:
        flags.append(Quality.BIRTH_YEAR_IMPLAUSIBLE)
    experience = None if row.working_experience is None else int(row.working_experience)
    if experience is not None and experience not in PLAUSIBLE_EXPERIENCE:
        flags.append(Quality.EXPERIENCE_IMPLAUSIBLE)
        experience = None
    capacity, capacity_flags = _judge(person, snapshot)
    return _PersonFacts(
        party=PartyPart(
            id=row.id,
            gender=row.gender,
            age_band=None if age is None else f"{age // 10 * 10}-{age // 10 * 10 + 9}",
            experience_years=experience,
            verification_status=row.verification_status,
        ),
        name=name,
        capacity=capacity,
        capacity_part=CapacityPart(
            state=str(capacity.shown_state),
            limit=capacity.limit,
            count=capacity.count,
            as_of=capacity.as_of,
            limiting_speciality=capacity.limiting_speciality,
        ),
        flags=tuple(flags),
        capacity_flags=capacity_flags,
    )


def _judge(person: Person, snapshot: Snapshot) -> tuple[Capacity, tuple[Quality, ...]]:
    """Capacity over the officio specialities of all employments, whatever their status (domain rules §4)."""
    officio = (officio_speciality(post.employee) for post in person.posts)
    limit = person.limit.declarations_limit if person.limit else None
    count = person.limit.declarations_count if person.limit else None
    capacity = judge_capacity(
        limit=limit,
        count=count,
        as_of=snapshot.capacity_as_of,
        now=snapshot.now,
        officio_specialities=[own.speciality for own in officio if own and own.speciality],
        rule=snapshot.capacity,
    )
    flags = []
    if limit is None or count is None:
        flags.append(Quality.LIMIT_MISSING)
    elif capacity.state is CapacityState.UNKNOWN:
        flags.append(Quality.COUNT_STALE)
    if capacity.state is CapacityState.MISMATCH:
        flags.append(Quality.LIMIT_MISMATCH)
    if limit is not None and count is not None and count > limit:
        flags.append(Quality.COUNT_ABOVE_LIMIT)
    return capacity, tuple(flags)


def _describe_post(
    post: Post, places: Mapping[str, PlaceOfWork], facilities: Mapping[str, Facility], snapshot: Snapshot
) -> _PostFacts:
    employee, flags = post.employee, list[str]()
    speciality = _speciality_part(employee, flags)
    is_primary = speciality.officio in PRIMARY_CARE and employee.employee_type != SPECIALIST
    roles = [role for role in post.roles if _in_force(role, snapshot)]
    place = _place(employee, roles, places, flags, may_use_roles=not is_primary)
    facility = facilities.get(employee.legal_entity_id) or (place.facility if place else None)
    reasons = _reasons(employee, place, facility, snapshot, is_primary=is_primary)
    if place:
        flags += place.flags
    return _PostFacts(
        employee=employee,
        kind="primary_care" if is_primary else "specialist",
        active=not reasons,
        reasons=reasons,
        speciality=speciality,
        place=place,
        facility=facility,
        hours=_hours(place, roles) if place else None,
        roles=tuple(_role_part(role, places) for role in roles),
        flags=tuple(flags),
    )


def _reasons(
    employee: EmployeeRow,
    place: PlaceOfWork | None,
    facility: Facility | None,
    snapshot: Snapshot,
    *,
    is_primary: bool,
) -> tuple[str, ...]:
    """What keeps a post out of the search, in the order of ЕСОЗ's refusals (domain rules §5.3, §7); empty: in force.

    A place whose type may hold no declarations keeps out only those who would hold them: specialists work there too.
    """
    reasons = []
    ended = as_day(employee.end_date)
    if employee.status != "APPROVED" or employee.is_active is False or (ended is not None and ended < snapshot.day):
        reasons.append("doctor_not_active")
    if employee.employee_type not in MEDICAL_TYPES:
        reasons.append("not_a_doctor")
    if place is None:
        reasons.append("place_not_active")
        reasons += facility.reasons if facility else ("facility_not_active",)
    else:
        reasons += place.reasons
        if is_primary and place.bars_declarations:
            reasons.append("facility_type")
        if place.legal_entity_id != employee.legal_entity_id:
            reasons.append("place_mismatch")
    return tuple(dict.fromkeys(reasons))


def _place(
    employee: EmployeeRow,
    roles: Iterable[Role],
    places: Mapping[str, PlaceOfWork],
    flags: list[str],
    *,
    may_use_roles: bool,
) -> PlaceOfWork | None:
    """The place of a post; a specialist's without a division is that of the roles when they all agree on one."""
    if employee.division_id is not None:
        place = places.get(employee.division_id)
        if place is None:
            flags.append(Quality.DIVISION_UNKNOWN)
        return place
    flags.append(Quality.DIVISION_MISSING)
    if not may_use_roles:
        return None
    found = {role.service.division_id for role in roles if role.service and role.service.division_id in places}
    if len(found) != 1:
        return None
    flags.append(Quality.DIVISION_FROM_ROLE)
    return places[found.pop()]


def _hours(place: PlaceOfWork, roles: Iterable[Role]) -> HoursPart | None:
    """The hours of the place; where they come from its services, rather those the doctor has a role in."""
    if Quality.HOURS_FROM_SERVICES not in place.flags:
        return place.hours
    own = OpenTimes()
    for role in roles:
        if role.service and role.service.division_id == place.id:
            own |= read_available_time(role.service.available_time)
    return own.part() or place.hours


def _in_force(role: Role, snapshot: Snapshot) -> bool:
    ended = as_day(role.role.end_date)
    service = role.service
    return (
        role.role.status == "ACTIVE"
        and (ended is None or ended >= snapshot.day)
        and service is not None
        and service.status == "ACTIVE"
        and service.is_active is not False
    )


def _role_part(role: Role, places: Mapping[str, PlaceOfWork]) -> RolePart:
    service = role.service
    if service is None:
        return RolePart()
    place = places.get(service.division_id)
    return RolePart(
        speciality=service.speciality_type,
        condition=service.providing_condition,
        division_id=service.division_id,
        division_name=place.division.name if place else None,
        week=read_available_time(service.available_time).week(),
    )


def _other_place(post: _PostFacts) -> OtherPlacePart:
    place = post.place
    return OtherPlacePart(
        employee_id=post.employee.id,
        division_id=place.id if place else None,
        division_name=place.division.name if place else None,
        legal_entity_name=(post.facility.part.public_name or post.facility.part.name) if post.facility else None,
        address=place.division.address if place else None,
        speciality=post.speciality.officio,
        active=post.active,
        location=place.place.location if place and place.place else None,
    )


def _speciality_part(employee: EmployeeRow, flags: list[str]) -> SpecialityPart:
    officio = officio_speciality(employee)
    listed = [own for own in _specialities(employee) if own.speciality]
    if officio is None or officio.speciality is None:
        flags.append(Quality.OFFICIO_MISSING)
        return SpecialityPart(all=tuple(dict.fromkeys(own.speciality for own in listed if own.speciality)))
    code = officio.speciality
    marked = {own.speciality for own in listed if own.speciality_officio}
    if len(marked | {code}) > 1:
        flags.append(Quality.OFFICIO_CONFLICT)
    expected = _POSITION_SPECIALITY.get(employee.position or "")
    if expected and code in PRIMARY_CARE and expected != code:
        flags.append(Quality.POSITION_DISAGREES)
    if employee.employee_type is None:
        flags.append(Quality.EMPLOYEE_TYPE_MISSING)
    every = dict.fromkeys([code, *(own.speciality for own in listed if own.speciality)])
    return SpecialityPart(officio=code, level=officio.level, all=tuple(every))


def _specialities(employee: EmployeeRow) -> Iterable[Speciality]:
    return (employee.additional_info.specialities if employee.additional_info else None) or ()


def _ages(officio: str | None) -> AgesPart | None:
    found = age_range(officio)
    return None if found is None else AgesPart(min=found[0], max=NO_UPPER_AGE if found[1] is None else found[1])


def _age(row: PartyRow, snapshot: Snapshot) -> int | None:
    """Age in years by the year alone, at most one too many; None when upstream's year cannot be a doctor's."""
    year = str(row.year_of_birth or "")
    if not year.isdigit():
        return None
    age = snapshot.day.year - int(year)
    return age if age in PLAUSIBLE_AGE else None
