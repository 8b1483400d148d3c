"""The places, doctors and specialities that queries are made of, as the registry itself names them."""

import json
import re
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from loadtests.errors import CannotRun

MOST_TYPED = 40
"""Only the largest cities are asked for by name: a shared name of smaller ones would be answered with a question."""


PRIMARY_CARE = ("FAMILY_DOCTOR", "THERAPIST", "PEDIATRICIAN")


@dataclass(frozen=True, slots=True)
class PlaceOfCare:
    """A settlement with points of care: the middle of them (degrees), how far they lie apart, how many there are."""

    name: str
    settlement_type: str | None
    lat: float
    lon: float
    spread_km: float
    divisions: int


@dataclass(frozen=True, slots=True)
class KnownDoctor:
    """A doctor by name; `place` is the index of the place of work in the lexicon."""

    last_name: str
    first_name: str
    second_name: str | None
    speciality: str
    place: int

    @property
    def full_name(self) -> str:
        """Surname, given name and, where there is one, patronymic."""
        return " ".join(filter(None, (self.last_name, self.first_name, self.second_name)))

    def by_name(self, typed: str) -> dict[str, object]:
        """The fields of a search for this doctor by what is typed; specialists are found only when all are wanted."""
        return {"q": typed} if self.speciality in PRIMARY_CARE else {"q": typed, "kind": "all"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Places with the most divisions first, a sample of doctors, specialities with the most doctors first, and words
    of facility names, frequent first."""

    places: tuple[PlaceOfCare, ...]
    doctors: tuple[KnownDoctor, ...]
    specialities: tuple[str, ...]
    facility_words: tuple[str, ...]

    def __post_init__(self) -> None:
        for what, found in (
            ("place with a point", self.places),
            ("doctor with a name and a place of work", self.doctors),
            ("speciality", self.specialities),
        ):
            if not found:
                raise CannotRun(f"The registry holds no {what}, so no query can be made: generate it again.")

    def typed_places(self) -> tuple[PlaceOfCare, ...]:
        """The largest cities whose name no other city has; they can be asked for by name."""
        cities = [place for place in self.places if place.settlement_type == "CITY"]
        shared = Counter(city.name.casefold() for city in cities)
        return tuple(city for city in cities[:MOST_TYPED] if shared[city.name.casefold()] == 1)


def written_as_names_are(text: str) -> str:
    """«ІВАНО-ФРАНКІВСЬК» as people write it: «Івано-Франківськ»."""
    return re.sub(r"[^\W\d_][\w’'ʼ]*", lambda word: word[0].capitalize(), text.strip())


def save_lexicon(lexicon: Lexicon, path: Path) -> None:
    """Write a queries file that `load_lexicon` reads."""
    path.write_text(json.dumps(asdict(lexicon), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load_lexicon(path: Path) -> Lexicon:
    """Read a queries file; raises CannotRun when there is none or it is damaged."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return Lexicon(
            places=tuple(PlaceOfCare(**place) for place in held["places"]),
            doctors=tuple(KnownDoctor(**doctor) for doctor in held["doctors"]),
            specialities=tuple(held["specialities"]),
            facility_words=tuple(held["facility_words"]),
        )
    except OSError as error:
        raise CannotRun(
            f"The queries file {path} cannot be read: make one with «python -m loadtests sample»."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise CannotRun(
            f"The queries file {path} is damaged: make it again with «python -m loadtests sample»."
        ) from error
