"""Registry rows to documents: the rules of what is searchable, for whom, and what is doubtful. Pure.

`doctor_documents` takes a person with all employments at once, because capacity, other places and some doubts belong to
the person; `facility_document` takes a place of work and the doctors counted there.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from directory.capacity import CapacityState
from directory.documents import (
    NO_UPPER_AGE,
    AgesPart,
    ContractPart,
    DoctorDocument,
    EmployeePart,
    FacilityDoctorsPart,
    FacilityDocument,
    OtherPlacePart,
    SpecialityCount,
)
from directory.specialities import age_range
from indexer.display import clean
from indexer.persons import describe_person
from indexer.places_of_work import Facility, PlaceOfWork, as_day
from indexer.posts import PostFacts, describe_post, is_doctor
from indexer.quality import Quality
from indexer.snapshot import Person, Snapshot

DAYS_OF_TIES = 7
OTHER_PLACES_SHOWN = 20
OPEN_STATES = (CapacityState.FREE, CapacityState.NEARLY_FULL)

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
_FACILITY_FEEDS = (
    "divisions", "legal_entities", "healthcare_services", "contract_divisions", "employees", "declarations_limit",
)  # fmt: skip


def doctor_documents(
    person: Person, places: Mapping[str, PlaceOfWork], facilities: Mapping[str, Facility], snapshot: Snapshot
) -> list[DoctorDocument]:
    """One document for each employment as a doctor, those out of force included, in the order of the posts.

    `places` are by division id, `facilities` by legal entity id.
    """
    about = describe_person(person, snapshot)
    posts = [describe_post(post, places, facilities, snapshot) for post in person.posts if is_doctor(post.employee)]
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


def _other_place(post: PostFacts) -> OtherPlacePart:
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
        precision=place.place.precision if place and place.place else None,
    )


def _ages(officio: str | None) -> AgesPart | None:
    found = age_range(officio)
    return None if found is None else AgesPart(min=found[0], max=NO_UPPER_AGE if found[1] is None else found[1])
