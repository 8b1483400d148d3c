"""The parts that several answers are made of: labels, capacity, distance, hours, a person, a place of work."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

CapacityLabel = Literal["free", "nearly_full", "full", "unknown"]


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Labelled(Answer):
    """A code with its name in the caller's language."""

    code: str
    label: str


class Capacity(Answer):
    """What is known of free places; `as_of` says when upstream counted. Never a number."""

    state: CapacityLabel
    label: str
    as_of: datetime | None


class Contract(Answer):
    """Whether the place stands in an NHSU contract in force."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    active: bool
    from_: date | None = Field(alias="from")
    to: date | None


class Distance(Answer):
    """Great-circle kilometres, and whose point they were measured to."""

    km: float
    precision: str | None


class TimeRange(Answer):
    """Open from, up to, in Kyiv time."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: str = Field(alias="from")
    to: str


class HoursToday(Answer):
    """Today's hours in Kyiv; no ranges means closed today."""

    weekday: str
    ranges: list[TimeRange]
    open_now: bool


class Point(Answer):
    """Where a place is, and whose point that is."""

    lat: float
    lon: float
    precision: str | None
    source: str | None


class Settlement(Answer):
    """A settlement by its KATOTTG code."""

    code: str | None
    name: str | None


class Person(Answer):
    """A doctor as the public directory shows one."""

    last_name: str
    first_name: str
    second_name: str | None
    gender: str | None
    experience_years: int | None
    experience_label: str | None
    speciality: Labelled | None = Field(description="the officio speciality; ages and capacity depend on it")
    speciality_level: str | None
    other_specialities: list[Labelled]


class Ages(Answer):
    """Patients a doctor may register, whole years, both included; no `max` means no upper end."""

    min: int
    max: int | None


class Division(Answer):
    """A place of work."""

    id: str | None
    name: str | None
    type: Labelled | None
    status: str | None
    address: str | None
    settlement: Settlement | None
    location: Point | None
    mountain_group: bool | None
    phones: list[str]
    email: str | None


class LegalEntity(Answer):
    """The facility as a company or sole practitioner."""

    id: str
    name: str | None
    public_name: str | None
    edrpou: str | None
    type: str | None
    status: str | None
    owner_property_type: str | None
    legal_form: str | None
    website: str | None


class OtherPlace(Answer):
    """Another employment of the same person."""

    employee_id: str
    division_id: str | None
    division_name: str | None
    legal_entity_name: str | None
    address: str | None
    speciality: Labelled | None
    active: bool
    distance: Distance | None
