"""The documents of the two indexes; `directory/schema/*.toml` says field by field what each holds.

Frozen values: the indexer makes them, the engine stores them, the API reads them back. Structs, because a national
index is encoded in seconds that way: `msgspec.json.encode(document)` is the stored form, without None and empty lists.
"""

from datetime import date, datetime
from hashlib import blake2b

import msgspec

MINUTES_A_DAY = 24 * 60
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NO_UPPER_AGE = 200


def number_of(identifier: str) -> int:
    """63 bits that follow from an id: the engine counts distinct numbers several times faster than distinct texts."""
    return int.from_bytes(blake2b(identifier.encode(), digest_size=8).digest(), "big") >> 1


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a document: frozen, fields by name, absent values left out of the stored form."""


class EmployeePart(Part, frozen=True, kw_only=True):
    id: str
    type: str | None = None
    position: str | None = None
    status: str
    status_reason: str | None = None
    start_date: date | None = None
    end_date: date | None = None


class PartyPart(Part, frozen=True, kw_only=True):
    id: str
    number: int
    gender: str | None = None
    age_band: str | None = None
    experience_years: int | None = None
    verification_status: str | None = None


class NamePart(Part, frozen=True, kw_only=True):
    last: str
    first: str
    second: str | None = None
    surname: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    patronymic: tuple[str, ...] = ()
    surname_key: tuple[str, ...] = ()
    given_key: tuple[str, ...] = ()
    patronymic_key: tuple[str, ...] = ()
    typing: tuple[str, ...] = ()
    typing_key: tuple[str, ...] = ()


class SpecialityPart(Part, frozen=True, kw_only=True):
    officio: str | None = None
    level: str | None = None
    all: tuple[str, ...] = ()


class AgesPart(Part, frozen=True, kw_only=True):
    min: int
    max: int


class DivisionPart(Part, frozen=True, kw_only=True):
    id: str | None = None
    name: str | None = None
    type: str | None = None
    status: str | None = None
    mountain_group: bool | None = None
    address: str | None = None
    phones: tuple[str, ...] = ()
    email: str | None = None


class GeoPoint(Part, frozen=True, kw_only=True):
    lat: float
    lon: float


class PlacePart(Part, frozen=True, kw_only=True):
    location: GeoPoint | None = None
    precision: str | None = None
    source: str | None = None
    settlement: str | None = None
    settlement_name: str | None = None
    street: tuple[str, ...] = ()
    district: str | None = None
    hromada: str | None = None
    raion: str | None = None
    oblast: str | None = None


class LegalEntityPart(Part, frozen=True, kw_only=True):
    id: str
    name: str | None = None
    public_name: str | None = None
    edrpou: str | None = None
    type: str | None = None
    status: str | None = None
    owner_property_type: str | None = None
    legal_form: str | None = None


class FacilityLegalEntityPart(LegalEntityPart, frozen=True, kw_only=True):
    website: str | None = None


class FacilityWordsPart(Part, frozen=True, kw_only=True):
    words: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    own_numbers: tuple[str, ...] = ()


class FacilityNamesPart(FacilityWordsPart, frozen=True, kw_only=True):
    typing: tuple[str, ...] = ()
    typing_key: tuple[str, ...] = ()


class ContractPart(Part, frozen=True, kw_only=True):
    active: bool
    from_: date | None = msgspec.field(default=None, name="from")
    to: date | None = None


class CapacityPart(Part, frozen=True, kw_only=True):
    state: str
    limit: int | None = None
    count: int | None = None
    as_of: datetime | None = None
    limiting_speciality: str | None = None


class MinuteRange(Part, frozen=True, kw_only=True):
    """Minutes of the week, Monday 00:00 = 0: from `gte`, up to and without `lt`."""

    gte: int
    lt: int


class HoursPart(Part, frozen=True, kw_only=True):
    open: tuple[MinuteRange, ...] = ()
    week: dict[str, list[list[str]]] = {}


class RolePart(Part, frozen=True, kw_only=True):
    speciality: str | None = None
    condition: str | None = None
    division_id: str | None = None
    division_name: str | None = None
    week: dict[str, list[list[str]]] = {}


class OtherPlacePart(Part, frozen=True, kw_only=True):
    employee_id: str
    division_id: str | None = None
    division_name: str | None = None
    legal_entity_name: str | None = None
    address: str | None = None
    speciality: str | None = None
    active: bool
    location: GeoPoint | None = None
    precision: str | None = None


class DoctorDocument(Part, frozen=True, kw_only=True):
    """One employee, ready to be found. `tie` maps d0…d6 to the order of equals on each day of a seven-day cycle."""

    employee: EmployeePart
    party: PartyPart
    name: NamePart
    kind: str
    active: bool
    declarable: bool
    inactive_reasons: tuple[str, ...] = ()
    speciality: SpecialityPart
    ages: AgesPart | None = None
    division: DivisionPart | None = None
    place: PlacePart | None = None
    legal_entity: LegalEntityPart | None = None
    facility: FacilityWordsPart | None = None
    contract: ContractPart
    capacity: CapacityPart | None = None
    hours: HoursPart | None = None
    roles: tuple[RolePart, ...] = ()
    other_places: tuple[OtherPlacePart, ...] = ()
    quality_flags: tuple[str, ...] = ()
    sources: dict[str, str] = {}
    tie: dict[str, int] = {}

    @property
    def id(self) -> str:
        return self.employee.id


class SpecialityCount(Part, frozen=True, kw_only=True):
    speciality: str
    doctors: int
    by_capacity: dict[str, int] = {}


class FacilityDoctorsPart(Part, frozen=True, kw_only=True):
    count: int
    specialities: tuple[str, ...] = ()
    open_specialities: tuple[str, ...] = ()
    by_speciality: tuple[SpecialityCount, ...] = ()


class FacilityDocument(Part, frozen=True, kw_only=True):
    """One division, ready to be found and drawn on a map."""

    active: bool
    inactive_reasons: tuple[str, ...] = ()
    division: DivisionPart
    place: PlacePart | None = None
    legal_entity: FacilityLegalEntityPart | None = None
    facility: FacilityNamesPart
    contract: ContractPart
    hours: HoursPart | None = None
    doctors: FacilityDoctorsPart
    quality_flags: tuple[str, ...] = ()
    sources: dict[str, str] = {}
    tie: dict[str, int] = {}

    @property
    def id(self) -> str:
        return str(self.division.id)
