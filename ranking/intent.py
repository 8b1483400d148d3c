"""What is wanted: the one value that understanding fills in, planning completes and the query is built from."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum, StrEnum

from directory.specialities import PRIMARY_CARE, specialities_for_age
from directory.text import sound_key
from ranking.wishes import NO_WISHES, Wishes, check_minute


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
    """The field of a document (`place.<level>`) that holds the code of an area; a quarter has none, only a point."""

    SETTLEMENT = "settlement"
    QUARTER = "quarter"
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
    """An area by its KATOTTG code. `point` is its own point or its nearest ancestor's, None when there is none.

    `category` is the codifier's letter for what it is («» when not known). `within` is the settlement a city district
    belongs to, None for all else.
    """

    level: AreaLevel
    code: str
    name: str
    point: Point | None = None
    category: str = ""
    within: "Area | None" = None


@dataclass(frozen=True, slots=True)
class Where:
    """The ground of a search, as `plan_where` lays it.

    `origin` is where distances count from and `origin_source` whose point it is; both None without any. `radius_km`
    (None = no circle) is measured around `center`. `area` (None = none) must hold each hit, together with the circle;
    with `widened` either suffices: the settlement itself or its surroundings. `pivot_km` is the distance that halves
    the distance signal. `origin_category` is the codifier's letter of the area whose point the origin is, «» if none.
    """

    source: RadiusSource
    origin: Point | None = None
    origin_source: OriginSource | None = None
    center: Point | None = None
    radius_km: float | None = None
    area: Area | None = None
    widened: bool = False
    pivot_km: float = 3.0
    origin_category: str = ""

    @property
    def scores_distance(self) -> bool:
        """Distance ranks only where the patient is known to be: at a given point, or in a small settlement.

        The centre of a city says nothing of where in it the patient lives; ranking by it would favour the centre.
        """
        return self.origin is not None and (
            self.origin_source is OriginSource.PATIENT or self.source is not RadiusSource.SETTLEMENT
        )


class Grade(IntEnum):
    """How well a name matches; the value is the score of the gate, in steps that no sum of signals bridges."""

    EXACT = 10
    FORM = 8
    SOUND = 6
    SLIP = 4
    TWO_SLIPS = 2


@dataclass(frozen=True, slots=True)
class NameOption:
    """A name in the index that a word may mean: its normalised spelling, and how well the word matches it."""

    term: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class NameWord:
    """One word of a name: as typed, normalised; its sound key (`directory.text`), empty where sound is no evidence; the
    names it may mean, the best first; `looser` ones count only when nothing else was found."""

    text: str
    key: str
    options: tuple[NameOption, ...] = ()
    looser: tuple[NameOption, ...] = ()

    @classmethod
    def of(cls, word: str) -> "NameWord":
        """The word as it stands, with its sound key; `word` is normalised already."""
        return cls(word, sound_key(word), (NameOption(word, Grade.EXACT),))

    def terms(self, grade: Grade) -> tuple[str, ...]:
        """The names of this grade or a better one, sorted."""
        return tuple(sorted({option.term for option in self.options if option.grade >= grade}))


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of a person's name by part; `unassigned` may be any part. Every word must be met by the doctor."""

    surname: tuple[NameWord, ...] = ()
    given: tuple[NameWord, ...] = ()
    patronymic: tuple[NameWord, ...] = ()
    unassigned: tuple[NameWord, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.surname or self.given or self.patronymic or self.unassigned)

    def looser(self) -> "NameWords | None":
        """The same words taken for more names than the likeliest; None when there are no others."""
        looser = replace(self, **{part: tuple(map(_with_looser, getattr(self, part))) for part in _NAME_PARTS})
        return None if looser == self else looser


_NAME_PARTS = ("surname", "given", "patronymic", "unassigned")


def _with_looser(word: NameWord) -> NameWord:
    return replace(word, options=(*word.options, *word.looser), looser=())


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
    only ever remove hits. `wishes` only ever score.

    `as_of`: the date of the index's data, from which the age of each document's data counts; None = not known.
    `understood`: names of those of the fields above that were read from a text or assumed, not given as parameters:
    only they may be loosened when nothing is found.
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
    street: str | None = None
    sort: Sort = Sort.BEST
    wishes: Wishes = NO_WISHES
    as_of: datetime | None = None
    understood: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        check_minute(self.open_at)
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
        check_minute(self.open_at)
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
