"""What is wanted: the one value that understanding fills in, planning completes and the query is built from."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from directory.specialities import PRIMARY_CARE, specialities_for_age
from directory.text import sound_key

MINUTES_A_WEEK = 7 * 24 * 60


class Kind(StrEnum):
    """Whom to look for. Primary care: a declaration can be made with them. Specialists: all others in force."""

    PRIMARY_CARE = "primary_care"
    SPECIALIST = "specialist"
    ALL = "all"


class Sort(StrEnum):
    """Order of the answer."""

    BEST = "best"
    NEAREST = "nearest"


class RadiusSource(StrEnum):
    """Why the search covers the ground it covers; said in the answer."""

    ASKED = "asked"
    PLANNED = "planned"
    SETTLEMENT = "settlement"
    FACILITY = "facility"
    COUNTRY = "country"


class OriginSource(StrEnum):
    """Whose point distances count from."""

    PATIENT = "patient"
    SETTLEMENT = "settlement"


class AreaLevel(StrEnum):
    """The field of a document (`place.<level>`) that holds the code of an area."""

    SETTLEMENT = "settlement"
    DISTRICT = "district"
    HROMADA = "hromada"
    RAION = "raion"
    OBLAST = "oblast"


class PlaceNeeded(ValueError):
    """Neither a place, nor a point, a name or a facility was given: the caller asks for the place."""


class OriginNeeded(ValueError):
    """A radius or the order by nearness was asked for without any point to measure from."""


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees on WGS 84; 0.0 is a value like any other."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Area:
    """An area by its KATOTTG code. `point` is its own point or its nearest ancestor's, None when there is none."""

    level: AreaLevel
    code: str
    name: str
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """The ground of a search, as `plan_where` lays it.

    `origin` is where distances count from and `origin_source` whose point it is; both None without any. `radius_km`
    (None = no circle) is measured around `center`. `area` (None = none) must hold each hit, together with the circle;
    with `widened` either suffices: the settlement itself or its surroundings. `pivot_km` is the distance that halves
    the distance signal.
    """

    source: RadiusSource
    origin: Point | None = None
    origin_source: OriginSource | None = None
    center: Point | None = None
    radius_km: float | None = None
    area: Area | None = None
    widened: bool = False
    pivot_km: float = 3.0

    @property
    def scores_distance(self) -> bool:
        """Distance ranks only where the patient is known to be: at a given point, or in a small settlement.

        The centre of a city says nothing of where in it the patient lives; ranking by it would favour the centre.
        """
        return self.origin is not None and (
            self.origin_source is OriginSource.PATIENT or self.source is not RadiusSource.SETTLEMENT
        )


@dataclass(frozen=True, slots=True)
class NameWord:
    """One word of a name: its normal spelling and its sound key (`directory.text`)."""

    text: str
    key: str

    @classmethod
    def of(cls, word: str) -> "NameWord":
        """The word with its sound key; `word` is normalised already."""
        return cls(word, sound_key(word))


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of a person's name by part; `unassigned` may be any part. Every word must be met by the doctor."""

    surname: tuple[NameWord, ...] = ()
    given: tuple[NameWord, ...] = ()
    patronymic: tuple[NameWord, ...] = ()
    unassigned: tuple[NameWord, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.surname or self.given or self.patronymic or self.unassigned)


@dataclass(frozen=True, slots=True)
class FacilityWords:
    """A facility as named: words of its name, numbers without №, and kinds (codes of `facility_kinds.toml`)."""

    words: tuple[NameWord, ...] = ()
    numbers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.numbers or self.kinds)


@dataclass(frozen=True, slots=True)
class SearchIntent:
    """A search for doctors, complete and ready to become a query.

    `specialities`: officio codes, any of them; empty = any. `age`: whole years of the patient, None = not said.
    `open_at`: minute of the week, Monday 00:00 = 0. `gender`: MALE or FEMALE of the doctor. These are hard facts: they
    only ever remove hits.
    """

    where: Where
    specialities: tuple[str, ...] = ()
    names: NameWords = field(default_factory=NameWords)
    facility: FacilityWords = field(default_factory=FacilityWords)
    kind: Kind = Kind.PRIMARY_CARE
    age: int | None = None
    open_only: bool = False
    contract_only: bool = False
    gender: str | None = None
    open_at: int | None = None
    division_ids: tuple[str, ...] = ()
    legal_entity_id: str | None = None
    sort: Sort = Sort.BEST

    def __post_init__(self) -> None:
        _check_minute(self.open_at)
        if self.sort is Sort.NEAREST and self.where.origin is None:
            raise OriginNeeded("sort «nearest» needs a point to measure from: give near or settlement")

    def with_where(self, where: Where) -> "SearchIntent":
        """The same search on other ground."""
        return replace(self, where=where)


@dataclass(frozen=True, slots=True)
class FacilityIntent:
    """A search for facilities. `specialities`: has a doctor of any of them; with `open_only`, one with free places.

    `types`: DIVISION_TYPE codes, any of them; empty = any. `open_at`: minute of the week.
    """

    where: Where
    facility: FacilityWords = field(default_factory=FacilityWords)
    specialities: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    open_only: bool = False
    contract_only: bool = False
    open_at: int | None = None
    legal_entity_id: str | None = None
    sort: Sort = Sort.BEST

    def __post_init__(self) -> None:
        _check_minute(self.open_at)
        if self.sort is Sort.NEAREST and self.where.origin is None:
            raise OriginNeeded("sort «nearest» needs a point to measure from: give near or settlement")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an engine query: how many documents, after which sort values (None = from the start).

    `total`: count the persons of the whole answer; `facets`: count what further filters would leave.
    """

    size: int
    after: tuple[float | int | str, ...] | None = None
    total: bool = True
    facets: bool = False


def kind_of(specialities: Iterable[str]) -> Kind | None:
    """Whom the asked specialities mean: primary care, specialists or both; None when none were asked."""
    wanted = set(specialities)
    if not wanted:
        return None
    primary = wanted & set(PRIMARY_CARE)
    if not primary:
        return Kind.SPECIALIST
    return Kind.PRIMARY_CARE if primary == wanted else Kind.ALL


def counted_specialities(specialities: tuple[str, ...], kind: Kind, age: int | None) -> tuple[str, ...] | None:
    """The specialities whose doctors a radius must hold; None = those of all doctors.

    Asked ones count; else, of primary care, those that may register a patient of this age (domain rules §5.1).
    """
    if specialities:
        return specialities
    if kind is Kind.PRIMARY_CARE:
        return PRIMARY_CARE if age is None else specialities_for_age(age)
    return None


def _check_minute(minute: int | None) -> None:
    if minute is not None and not 0 <= minute < MINUTES_A_WEEK:
        raise ValueError(f"open_at is a minute of the week, 0 to {MINUTES_A_WEEK - 1}")
