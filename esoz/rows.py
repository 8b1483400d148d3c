"""Rows of the eight bulk feeds as typed structs; field names are upstream's (domain rules §2, esoz-api §10).

What is not declared is not read: `tax_id`, certificate and diploma numbers never leave the decoder. Fields that the
contract requires must be present; a text may still be empty or null, which is common in real data.
"""

from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import force_setattr

from esoz.values import Code, Day, Id, Moment, Text

SOLE_PRACTITIONER = "910"
_EDRPOU_DIGITS = 8


class Phone(Struct, frozen=True):
    number: Text | None = None
    type: Code | None = None


class Address(Struct, frozen=True):
    type: Code | None = None
    country: Text | None = None
    area: Text | None = None
    region: Text | None = None
    settlement: Text | None = None
    settlement_type: Code | None = None
    settlement_id: Id | None = None
    street_type: Code | None = None
    street: Text | None = None
    building: Text | None = None
    zip: Text | None = None


class Location(Struct, frozen=True):
    latitude: float
    longitude: float


class Speciality(Struct, frozen=True):
    speciality: Code
    speciality_officio: bool = False
    level: Code | None = None
    qualification_type: Code | None = None


class Period(Struct, frozen=True):
    start: Moment
    end: Moment


class NotAvailable(Struct, frozen=True):
    during: Period
    description: Text | None = None


class AvailableTime(Struct, frozen=True):
    days_of_week: tuple[str, ...]
    all_day: bool | None = None
    available_start_time: str | None = None
    available_end_time: str | None = None


class AdditionalInfo(Struct, frozen=True):
    specialities: tuple[Speciality, ...] = ()


class Coding(Struct, frozen=True):
    code: Code
    system: Text | None = None


class CodeableConcept(Struct, frozen=True):
    coding: tuple[Coding, ...] = ()
    text: Text | None = None


class PartyRow(Struct, frozen=True, kw_only=True):
    """A human being who works in health care. Without `tax_id`, by design."""

    id: Id
    first_name: Text
    last_name: Text
    second_name: Text | None = None
    year_of_birth: Text | None
    gender: Code | None
    verification_status: Code | None
    specialities: tuple[Speciality, ...] | None = None
    about_myself: Text | None = None
    working_experience: float | None = None
    inserted_at: Moment
    updated_at: Moment | None = None


class EmployeeRow(Struct, frozen=True, kw_only=True):
    """One employment. `speciality` is the officio one."""

    id: Id
    position: Code | None
    status: Code
    employee_type: Code | None = None
    is_active: bool
    start_date: Day | None
    end_date: Day | None = None
    legal_entity_id: Id
    division_id: Id | None = None
    party_id: Id
    status_reason: Text | None = None
    additional_info: AdditionalInfo | None = None
    speciality: Speciality | None = None
    inserted_at: Moment
    updated_at: Moment | None = None


class DivisionRow(Struct, frozen=True, kw_only=True):
    """One place of a legal entity. `working_hours`: mon…sun, lists of [«HH.MM», «HH.MM»]."""

    id: Id
    external_id: Text | None = None
    name: Text | None
    type: Code | None
    mountain_group: bool | None
    phones: tuple[Phone, ...] | None
    email: Text | None
    legal_entity_id: Id
    location: Location | None = None
    status: Code
    is_active: bool
    working_hours: dict[str, list[list[str]]] | None = None
    dls_id: Text | None = None
    dls_verified: bool | None = None
    addresses: tuple[Address, ...] | None
    inserted_at: Moment
    updated_at: Moment | None = None


class LegalEntityRow(Struct, frozen=True, kw_only=True):
    """A facility as a company or sole practitioner.

    For the latter upstream puts a person's tax id into `edrpou`: such a value is dropped here and never leaves the row.
    """

    id: Id
    name: Text | None
    short_name: Text | None = None
    public_name: Text | None = None
    status: Code
    status_reason: Text | None = None
    type: Code | None
    owner_property_type: Code | None = None
    legal_form: Text | None = None
    edrpou: Text | None
    addresses: tuple[Address, ...] | None
    residence_address: Address | None = None
    phones: tuple[Phone, ...] | None
    email: Text | None
    website: Text | None = None
    is_active: bool
    inserted_at: Moment
    updated_at: Moment | None = None

    def __post_init__(self) -> None:
        if self.edrpou is not None:
            force_setattr(self, "edrpou", _company_number(self.edrpou, self.legal_form))


def _company_number(edrpou: str, legal_form: str | None) -> Text | None:
    """Eight digits, leading zeros restored (some systems send a number); None for whatever may be a person's."""
    digits = edrpou.zfill(_EDRPOU_DIGITS)
    is_company = legal_form != SOLE_PRACTITIONER and digits.isdecimal() and len(digits) == _EDRPOU_DIGITS
    return Text(digits) if is_company else None


class EmployeeRoleRow(Struct, frozen=True, kw_only=True):
    """The link between an employee and a healthcare service."""

    id: Id
    healthcare_service_id: Id
    employee_id: Id
    start_date: Moment | None
    end_date: Moment | None = None
    status: Code
    inserted_at: Moment
    updated_at: Moment | None = None


class HealthcareServiceRow(Struct, frozen=True, kw_only=True):
    """What a division offers."""

    id: Id
    legal_entity_id: Id
    division_id: Id
    speciality_type: Code | None = None
    providing_condition: Code | None = None
    category: CodeableConcept | None
    type: CodeableConcept | None = None
    status: Code
    is_active: bool
    comment: Text | None = None
    available_time: tuple[AvailableTime, ...] | None = None
    not_available: tuple[NotAvailable, ...] | None = None
    inserted_at: Moment
    updated_at: Moment | None = None


class ContractDivisionRow(Struct, frozen=True, kw_only=True):
    """A division listed in an NHSU contract; `contract_id` is a number in text, no uuid."""

    contract_id: Text
    division_id: Id | None = None
    contract_status: Code
    contract_division_status: Code
    contract_start_date: Day
    contract_end_date: Day
    changed_at: Moment | None = None


class DeclarationsLimitRow(Struct, frozen=True, kw_only=True):
    """A party's limit and count, 0 to a million; the count may exceed the limit."""

    party_id: Id
    declarations_limit: Annotated[int, Meta(ge=0, le=1_000_000)]
    declarations_count: Annotated[int, Meta(ge=0, le=1_000_000)]


Row = (
    PartyRow
    | EmployeeRow
    | DivisionRow
    | LegalEntityRow
    | EmployeeRoleRow
    | HealthcareServiceRow
    | ContractDivisionRow
    | DeclarationsLimitRow
)

__all__ = [
    "AdditionalInfo",
    "Address",
    "AvailableTime",
    "CodeableConcept",
    "Coding",
    "ContractDivisionRow",
    "DeclarationsLimitRow",
    "DivisionRow",
    "EmployeeRoleRow",
    "EmployeeRow",
    "HealthcareServiceRow",
    "LegalEntityRow",
    "Location",
    "NotAvailable",
    "PartyRow",
    "Period",
    "Phone",
    "Row",
    "Speciality",
]
