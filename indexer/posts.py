"""What documents say of one employment: is it in force, as what, where, when. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directory.documents import HoursPart, RolePart, SpecialityPart
from directory.specialities import PRIMARY_CARE
from esoz.rows import EmployeeRow, Speciality
from indexer.hours import OpenTimes, read_available_time
from indexer.places_of_work import Facility, PlaceOfWork, as_day
from indexer.quality import Quality
from indexer.snapshot import Post, Role, Snapshot

DOCTOR, SPECIALIST = "DOCTOR", "SPECIALIST"
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


@dataclass(frozen=True, slots=True)
class PostFacts:
    """An employment as documents carry it. `kind` is primary_care or specialist; `reasons` is empty when in force."""

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


def describe_post(
    post: Post, places: Mapping[str, PlaceOfWork], facilities: Mapping[str, Facility], snapshot: Snapshot
) -> PostFacts:
    """The parts of one employment; `places` are by division id, `facilities` by legal entity id."""
    employee, flags = post.employee, list[str]()
    speciality = _speciality_part(employee, flags)
    is_primary = speciality.officio in PRIMARY_CARE and employee.employee_type != SPECIALIST
    roles = [role for role in post.roles if _in_force(role, snapshot)]
    place = _place(employee, roles, places, flags, may_use_roles=not is_primary)
    facility = facilities.get(employee.legal_entity_id) or (place.facility if place else None)
    reasons = _reasons(employee, place, facility, snapshot, is_primary=is_primary)
    if place:
        flags += place.flags
    return PostFacts(
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
    has_ended = ended is not None and ended < snapshot.day_of("employees")
    if employee.status != "APPROVED" or employee.is_active is False or has_ended:
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
        and (ended is None or ended >= snapshot.day_of("employee_roles"))
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
