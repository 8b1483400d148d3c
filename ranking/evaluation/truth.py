"""What a query truly means, and the pieces it is written in: known because the query was made from a doctor."""

from dataclasses import dataclass, field
from enum import StrEnum


class PieceKind(StrEnum):
    """What a piece of a query is; corruptions act on pieces by their kind."""

    SURNAME = "surname"
    GIVEN = "given"
    PATRONYMIC = "patronymic"
    SPECIALITY = "speciality"
    SETTLEMENT = "settlement"
    OBLAST = "oblast"
    RAION = "raion"
    DISTRICT = "district"
    FACILITY = "facility"
    WORD = "word"


NAMES = frozenset({PieceKind.SURNAME, PieceKind.GIVEN, PieceKind.PATRONYMIC})
PLACES = frozenset({PieceKind.SETTLEMENT, PieceKind.OBLAST, PieceKind.RAION, PieceKind.DISTRICT})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a query. `code`: speciality, KATOTTG or facility kind, None for names; `gender` of the person named."""

    kind: PieceKind
    text: str
    code: str | None = None
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class TrueIntent:
    """The typed meaning of a query, in the words of the answer's `understood`; None and empty mean «not said».

    `oblast` and `raion` qualify the settlement; names are normalised (`directory.text`), codes are the directory's.
    `near` (lat, lon) and `age` are parameters beside the text. `home_raion` and `home_hromada` say where the meant
    place lies, `rural` that it is no city: they serve judging and are never asked for.
    """

    specialities: tuple[str, ...] = ()
    surname: str | None = None
    given_name: str | None = None
    patronymic: str | None = None
    given_initial: str | None = None
    patronymic_initial: str | None = None
    settlement: str | None = None
    oblast: str | None = None
    raion: str | None = None
    district: str | None = None
    district_code: str | None = None
    facility_kind: str | None = None
    facility_number: str | None = None
    near_me: bool = False
    near: tuple[float, float] | None = None
    age: int | None = None
    home_raion: str | None = None
    home_hromada: str | None = None
    rural: bool = False

    @property
    def by_name(self) -> bool:
        """A person's name is asked for."""
        return self.surname is not None

    @property
    def by_place(self) -> bool:
        """A settlement is asked for."""
        return self.settlement is not None


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A query with its true meaning: `clean` is what was meant to be typed, `text` what was. `nonsense` means nothing.

    `how` names the operators that made it, for the analysis of failures. `key` is the same in every run.
    """

    name: str
    half: str
    text: str
    clean: str
    truth: TrueIntent
    how: tuple[str, ...] = field(default=())
    number: int = 0

    @property
    def key(self) -> str:
        return f"{self.name}/{self.half}/{self.number:03d}"
