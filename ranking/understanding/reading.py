"""What a text was understood to say: the value that `understand` gives."""

from dataclasses import dataclass, field
from enum import StrEnum

from directory.places import Place
from ranking.intent import FacilityWords, NameWords


class TakenAs(StrEnum):
    """What a token was taken for."""

    SPECIALITY = "speciality"
    PLACE = "place"
    PLACE_MARKER = "place_marker"
    SURNAME = "surname"
    GIVEN_NAME = "given_name"
    PATRONYMIC = "patronymic"
    NAME = "name"
    FACILITY_KIND = "facility_kind"
    FACILITY_NUMBER = "facility_number"
    FACILITY_WORD = "facility_word"
    FILLER = "filler"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text, normalised, and what it was taken for; `value` is a code or a name where there is one."""

    text: str
    taken_as: TakenAs
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading worth offering: the words it is about, and what they could be instead.

    `place` is set when they could be that place (a namesake, or a place in place of a name).
    """

    text: str
    taken_as: TakenAs
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """The cheapest reading of a text. `penalty` is how doubtful it is: 0 for one without doubt.

    `place` is the settlement, city district, raion or oblast named; None when none was. `not_understood` are the words
    left over, in order. `cut` says that the text was longer than what is read.
    """

    specialities: tuple[str, ...] = ()
    place: Place | None = None
    names: NameWords = field(default_factory=NameWords)
    facility: FacilityWords = field(default_factory=FacilityWords)
    tokens: tuple[Token, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    not_understood: tuple[str, ...] = ()
    penalty: float = 0.0
    cut: bool = False

    @property
    def says_nothing(self) -> bool:
        """Nothing in the text could be used for a search, though something was typed or not."""
        return not (self.specialities or self.place or self.names or self.facility)
