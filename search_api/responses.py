"""The public contract of what is answered. Every answer of the API validates against these models; tests hold that."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import ConfigDict, Field

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


class Reason(Answer):
    """One reason in both languages."""

    uk: str
    en: str


class ScorePart(Answer):
    """One named part of the score with its reason; the parts of a hit add up to its score to 1e-6."""

    signal: str
    value: float = Field(description="0 to 1")
    weight: float
    points: float = Field(description="weight × value")
    reason: Reason | None


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
    score: float = Field(description="the grade of the name, if one was asked for, and the signals; parts sum to it")
    parts: list[ScorePart]
    headline: str = Field(description="why this doctor, in one line, in the language of the answer")


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


class SaidSettlement(Answer):
    """A settlement by its KATOTTG code and its official name."""

    code: str
    name: str


class SaidFacility(Answer):
    """A facility as said; what was not said is absent."""

    kind: str | None = None
    number: str | None = Field(None, description="without №")
    name: str | None = None


class Repair(Answer):
    """What was changed before it could be read: `typed` was read as `read`."""

    kind: Literal["layout", "script", "spelling", "spacing", "old_name"]
    typed: str
    read: str


class Understood(Answer):
    """What the text says; a field that was not said is absent.

    Names come in the Ukrainian nominative, places by their official name. `district`: a city district, a quarter, a
    raion or a hromada. `alternatives`: other readings worth offering, with the other settlements of an asked name.
    """

    specialities: list[str] | None = None
    settlement: SaidSettlement | None = None
    oblast: str | None = None
    district: str | None = None
    street: str | None = None
    surname: str | None = None
    given_name: str | None = None
    patronymic: str | None = None
    given_initial: str | None = None
    patronymic_initial: str | None = None
    facility: SaidFacility | None = None
    near_me: Literal[True] | None = None
    gender: Literal["MALE", "FEMALE"] | None = None
    accepts_new: Literal[True] | None = None
    open_at: str | None = Field(None, description="«YYYY-MM-DDTHH:MM» in Kyiv")
    age_group: Literal["child", "adult"] | None = None
    language: str | None = Field(None, description="ISO 639")
    out_of_domain: Literal[True] | None = None
    repairs: list[Repair]
    alternatives: list[Token]
    not_understood: list[str]


class How(Answer):
    """How the text was read: its words and what each was taken for; `penalty` 0 is without doubt.

    `conflicts` with parameters, which won; `cut` says the text was longer than what is read.
    """

    penalty: float
    tokens: list[Token]
    conflicts: list[Conflict]
    cut: bool


class ReadingDocument(Answer):
    """One way to read the text."""

    penalty: float
    tokens: list[Token]
    understood: Understood


class UnderstandResponse(Answer):
    """What a text says, and every reading of it, the cheapest first."""

    request_id: str
    took_ms: float
    understood: Understood
    reading: How
    readings: list[ReadingDocument]


class Relaxed(Answer):
    """One thing loosened because nobody was found; `from` and `to` are null where there is no value to tell."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    what: str = Field(description="a step of the ladder: radius, specialities, kind, open_only, …")
    text: str
    from_: float | str | list[str] | None = Field(alias="from")
    to: float | str | list[str] | None


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
    understood: Understood
    reading: How
    relaxed: list[Relaxed] = Field(description="what was loosened to find anybody; empty as a rule")
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
    relaxed: list[Relaxed] = Field(description="what was loosened to find anybody; empty as a rule")
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
    """A place whose name goes on from what is typed: a settlement, a part of a city, a raion or an oblast."""

    code: str
    name: str
    label: str


class SuggestResponse(Answer):
    """Ways to go on from what is typed so far."""

    request_id: str
    took_ms: float
    read_as: str | None = Field(description="the text as it was read when its layout or spelling was repaired")
    before: str | None = Field(
        description="the words understood already, when the suggestions go on from those behind them"
    )
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
