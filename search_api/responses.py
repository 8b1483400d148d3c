"""The public contract of what is answered. Every answer of the API validates against these models; tests hold that."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from search_api.answer_parts import (
    Ages,
    Answer,
    Capacity,
    Contract,
    Distance,
    Division,
    HoursToday,
    Labelled,
    LegalEntity,
    OtherPlace,
    Person,
    TimeRange,
)


class ScorePart(Answer):
    """One named part of the score with its reason; the parts of a hit add up to its total."""

    name: str
    value: float = Field(description="0 to 1")
    weight: float
    points: float = Field(description="weight × value")
    reason: str | None


class Score(Answer):
    """The score and what it is made of."""

    total: float
    parts: list[ScorePart]


class Hit(Answer):
    """One doctor with the place that fits best. `employee_id` + `division_id` is what a declaration request needs."""

    employee_id: str
    division_id: str | None
    kind: str
    declarable: bool
    doctor: Person
    ages: Ages | None
    division: Division | None
    legal_entity: LegalEntity | None
    distance: Distance | None
    capacity: Capacity | None
    contract: Contract
    hours_today: HoursToday | None
    other_places: list[OtherPlace]
    score: Score


class Area(Answer):
    """Where was searched.

    `kind`: a radius around a point, an area by its code, a facility, or the whole country. `planned` says the radius is
    ours, not the caller's; `surroundings` that hits lie in the area or within the radius around it. `measured_from`
    says whose point distances count from.
    """

    kind: Literal["radius", "area", "facility", "country"]
    code: str | None
    label: str | None
    radius_km: float | None
    planned: bool
    surroundings: bool
    measured_from: Literal["patient", "settlement"] | None
    text: str = Field(description="the same in words")


class Token(Answer):
    """A part of the text and what it was taken for."""

    text: str
    taken_for: str
    code: str | None
    label: str | None


class Conflict(Answer):
    """The text says one thing, the parameter another; the parameter was used."""

    field: str
    asked: str
    understood: str


class Understood(Answer):
    """How the text was read, what of it was not understood, what contradicted a parameter, and what it could also mean.

    `alternatives` also names the other settlements of an asked name. `cut` says the text was longer than what is read.
    """

    tokens: list[Token]
    not_understood: list[str]
    conflicts: list[Conflict]
    alternatives: list[Token]
    cut: bool


class Relaxed(Answer):
    """What was loosened because the planned area held nobody."""

    what: Literal["radius"]
    from_radius_km: float
    to_radius_km: float
    text: str


class FacetValue(Answer):
    """One value of a filter and how many doctors of this search have it."""

    code: str
    label: str
    count: int


class Total(Answer):
    """How many there are: exact, or more than `value`."""

    value: int
    relation: Literal["exact", "more_than"]


class SearchResponse(Answer):
    """The answer to a search."""

    request_id: str
    took_ms: float
    as_of: datetime | None = Field(description="date of the upstream data")
    total: Total
    area: Area
    understood: Understood | None
    relaxed: Relaxed | None
    hits: list[Hit]
    facets: dict[str, list[FacetValue]] | None
    next_cursor: str | None


class DayHours(Answer):
    """The hours of one weekday."""

    weekday: str
    ranges: list[TimeRange]


class Role(Answer):
    """A healthcare service the doctor takes part in."""

    speciality: Labelled | None
    condition: str | None
    division_id: str | None
    division_name: str | None
    week: list[DayHours]


class InactiveReason(Labelled):
    """Why a doctor or a facility is not found by a search."""


class DoctorCard(Answer):
    """One employment of a doctor, in force or not."""

    employee_id: str
    division_id: str | None
    kind: str
    active: bool
    declarable: bool
    inactive_reasons: list[InactiveReason]
    position: str | None
    status: str
    start_date: date | None
    end_date: date | None
    verification_status: str | None
    doctor: Person
    ages: Ages | None
    division: Division | None
    legal_entity: LegalEntity | None
    capacity: Capacity | None
    contract: Contract
    hours_today: HoursToday | None
    week: list[DayHours]
    roles: list[Role]
    other_places: list[OtherPlace]
    quality_flags: list[str]
    sources: dict[str, str]


class SpecialityDoctors(Answer):
    """Doctors of one speciality at a facility, by what is known of their places."""

    speciality: Labelled
    doctors: int
    by_capacity: dict[str, int]


class FacilityDoctors(Answer):
    """Active doctors of a facility."""

    count: int
    by_speciality: list[SpecialityDoctors]


class FacilityHit(Answer):
    """One facility."""

    division_id: str
    active: bool
    inactive_reasons: list[InactiveReason]
    division: Division
    legal_entity: LegalEntity | None
    distance: Distance | None
    contract: Contract
    hours_today: HoursToday | None
    doctors: FacilityDoctors


class FacilityCard(FacilityHit):
    """One facility, in force or not."""

    week: list[DayHours]
    quality_flags: list[str]
    sources: dict[str, str]


class FacilitiesResponse(Answer):
    """The answer to a search for facilities."""

    request_id: str
    took_ms: float
    as_of: datetime | None
    total: Total
    area: Area
    relaxed: Relaxed | None
    hits: list[FacilityHit]
    next_cursor: str | None


class SuggestedDoctor(Answer):
    """A doctor whose name goes on from what is typed."""

    employee_id: str
    name: str
    speciality: Labelled | None
    division_name: str | None
    settlement: str | None


class SuggestedFacility(Answer):
    """A facility whose name goes on from what is typed."""

    division_id: str
    name: str | None
    legal_entity_name: str | None
    settlement: str | None


class SuggestedPlace(Answer):
    """A settlement whose name goes on from what is typed."""

    code: str
    name: str
    label: str


class SuggestResponse(Answer):
    """Ways to go on from what is typed so far."""

    request_id: str
    took_ms: float
    specialities: list[Labelled]
    places: list[SuggestedPlace]
    doctors: list[SuggestedDoctor]
    facilities: list[SuggestedFacility]


class PointGeometry(Answer):
    """A GeoJSON point: longitude, latitude."""

    type: Literal["Point"]
    coordinates: tuple[float, float]


class Feature(Answer):
    """A facility, or a cluster of facilities with their number (RFC 7946)."""

    type: Literal["Feature"]
    id: str
    geometry: PointGeometry
    properties: dict[str, Any]


class FeatureCollection(Answer):
    """The map in sight as GeoJSON; `clustered` says whether features are clusters."""

    type: Literal["FeatureCollection"]
    features: list[Feature]
    clustered: bool
    total: Total
    as_of: datetime | None


class DictionaryEntry(Answer):
    """A code with its names."""

    code: str
    uk: str
    en: str


class SpecialityEntry(DictionaryEntry):
    """A speciality; ages are set for those that may hold declarations."""

    primary_care: bool
    min_age: int | None
    max_age: int | None


class Dictionary(Answer):
    """All values of one dictionary."""

    name: str
    values: list[SpecialityEntry | DictionaryEntry]


class Dictionaries(Answer):
    """The names of all dictionaries."""

    names: list[str]


class FaultDocument(Answer):
    """One fault of a request: the parameter, what is wrong with it, what to send instead."""

    field: str
    code: str
    problem: str
    cure: str
    candidates: list[Labelled] | None = None


class Problem(Answer):
    """An error (RFC 9457). `code` is the last part of `type`."""

    type: str
    code: str
    title: str
    status: int
    request_id: str
    errors: list[FaultDocument] | None = None


class Alive(Answer):
    """The process answers."""

    status: Literal["alive"]


class AliasReadiness(Answer):
    """What one alias serves and how old its data are."""

    alias: str
    index: str | None
    data_date: datetime | None
    age_hours: float | None


class Readiness(Answer):
    """Whether searches can be answered; `reason` says why not and `cure` what to do."""

    status: Literal["ready", "not_ready"]
    engine: bool
    aliases: list[AliasReadiness]
    reason: str | None
    cure: str | None
