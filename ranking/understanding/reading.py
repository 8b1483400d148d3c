"""What a text was understood to say: the values that `understand` gives."""

from dataclasses import dataclass, field
from enum import StrEnum

from directory.places import Place
from ranking.intent import FacilityWords, NameWords


class TakenAs(StrEnum):
    """What a token was taken for."""

    SPECIALITY = "speciality"
    PLACE = "place"
    REGION = "region"
    DISTRICT = "district"
    PLACE_MARKER = "place_marker"
    STREET = "street"
    SURNAME = "surname"
    GIVEN_NAME = "given_name"
    PATRONYMIC = "patronymic"
    INITIAL = "initial"
    NAME = "name"
    FACILITY_KIND = "facility_kind"
    FACILITY_NUMBER = "facility_number"
    FACILITY_WORD = "facility_word"
    WISH = "wish"
    TIME = "time"
    FILLER = "filler"
    OUT_OF_DOMAIN = "out_of_domain"
    NOT_UNDERSTOOD = "not_understood"


class Repaired(StrEnum):
    """What was changed in what was typed before it could be read."""

    LAYOUT = "layout"
    SCRIPT = "script"
    SPELLING = "spelling"
    SPACING = "spacing"
    OLD_NAME = "old_name"


@dataclass(frozen=True, slots=True)
class Repair:
    """`typed` was read as `read`; both normalised, `read` by its official name where there is one."""

    kind: Repaired
    typed: str
    read: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text, normalised, and what it was taken for; `value` is a code or a name where there is one."""

    text: str
    taken_as: TakenAs
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading worth offering: the words it is about, and what they could be instead.

    `place` is set when they could be that place (a namesake, or a place in place of a name), `name` when they could be
    another name.
    """

    text: str
    taken_as: TakenAs
    place: Place | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class PatientAge:
    """The patient's age as said, in whole years."""

    years: int


@dataclass(frozen=True, slots=True)
class SaidWishes:
    """What the text wishes beside whom and where; None or False = not said.

    `open_at`: «YYYY-MM-DDTHH:MM» in Kyiv. `gender`: MALE or FEMALE. `age_group`: child or adult. `language`: ISO 639.
    """

    near_me: bool = False
    gender: str | None = None
    accepts_new: bool = False
    contract_only: bool = False
    open_at: str | None = None
    age_group: str | None = None
    age: int | None = None
    language: str | None = None

    def __bool__(self) -> bool:
        return self != SaidWishes()


@dataclass(frozen=True, slots=True)
class SaidName:
    """The parts of a person's name as said, in the nominative, normalised; initials are single letters."""

    surname: str | None = None
    given_name: str | None = None
    patronymic: str | None = None
    given_initial: str | None = None
    patronymic_initial: str | None = None


@dataclass(frozen=True, slots=True)
class SaidFacility:
    """A facility as said: kind (a code), number without №, name."""

    kind: str | None = None
    number: str | None = None
    name: str | None = None

    def __bool__(self) -> bool:
        return bool(self.kind or self.number or self.name)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the whole text. `penalty` is how doubtful it is: 0 for one without doubt.

    `settlement` is a settlement; `region` an oblast, raion or hromada; `district` a city district or quarter, whose
    city then stands in `settlement`. `names` and `facility` are what the query is built from.
    """

    penalty: float = 0.0
    tokens: tuple[Token, ...] = ()
    specialities: tuple[str, ...] = ()
    settlement: Place | None = None
    region: Place | None = None
    district: Place | None = None
    street: str | None = None
    names: NameWords = field(default_factory=NameWords)
    said_name: SaidName = field(default_factory=SaidName)
    facility: FacilityWords = field(default_factory=FacilityWords)
    said_facility: SaidFacility = field(default_factory=SaidFacility)
    wishes: SaidWishes = field(default_factory=SaidWishes)
    out_of_domain: bool = False
    repairs: tuple[Repair, ...] = ()
    not_understood: tuple[str, ...] = ()

    @property
    def place(self) -> Place | None:
        """The narrowest place named; None when none was."""
        return self.district or self.settlement or self.region

    @property
    def says_nothing(self) -> bool:
        """Nothing in the text could be used for a search, though something was typed or not."""
        return not (self.specialities or self.place or self.names or self.facility or self.street or self.wishes)


@dataclass(frozen=True, slots=True)
class Understanding:
    """The readings of a text, the cheapest first (at least one), and what else is worth offering beside the first.

    `cut` says that the text was longer than what is read.
    """

    readings: tuple[Reading, ...] = (Reading(),)
    alternatives: tuple[Alternative, ...] = ()
    cut: bool = False

    @property
    def best(self) -> Reading:
        """The reading taken."""
        return self.readings[0]
