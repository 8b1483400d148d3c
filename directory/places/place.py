"""One object of the codifier KATOTTG or one quarter of a city: what it is called, and where it is."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from directory.text import normalise

SETTLEMENT_CATEGORIES = frozenset("KMXC")

# A part of a city that people name though the codifier does not know it: «Троєщина», «Салтівка».
QUARTER = "Q"

# How probable a name means a place of this kind when nothing else is known (domain rules §10 for the letters).
CATEGORY_ORDER = {category: order for order, category in enumerate("KMXCBQPHO")}

_MARKERS = {
    "uk": {"K": "м. {}", "M": "м. {}", "X": "с-ще {}", "C": "с. {}", "B": "{} район міста", "Q": "{}",
           "H": "{} громада", "P": "{} район", "O": "{} область"},
    "en": {"K": "{} city", "M": "{} city", "X": "{} settlement", "C": "{} village", "B": "{} city district",
           "Q": "{} quarter", "H": "{} hromada", "P": "{} raion", "O": "{} oblast"},
}  # fmt: skip
_CRIMEA_PREFIX = "UA01"


class NameKind(StrEnum):
    """What kind of name a name of a place is; of several that fit, the first here."""

    OFFICIAL = "official"
    SHORT = "short"
    RUSSIAN = "russian"
    FORMER = "former"
    LATIN = "latin"
    ALTERNATE = "alternate"


class Precision(StrEnum):
    """Whose point a coordinate is, the finest first."""

    ADDRESS = "address"
    QUARTER = "quarter"
    SETTLEMENT = "settlement"
    HROMADA = "hromada"
    RAION = "raion"
    OBLAST = "oblast"


@dataclass(frozen=True, slots=True)
class Place:
    """A codifier object with its ancestors' codes and the best point known for it (domain rules §10).

    `category` is one of O K P H M X C B, or Q for a quarter of a city: its code is the city's with a suffix, `parent`
    the city, `district` the code of the city district it lies in, None when not certain. `parent`, `raion` and
    `hromada` are None where the codifier has no such level (oblasts, Київ and Севастополь). `lat` and `lon` are
    degrees, its own or those of the nearest ancestor that has a point; `precision` says whose, None means no point at
    all. `population` is None when unknown, never zero; a quarter has its city's.

    `name` is the newest official one. `former_names` are older official ones and their Russian spellings,
    `russian_names` the Russian ones of today, `short_names` what people say in everyday talk; `alternate_names` holds
    all of these and the names of unknown kind, Latin spellings among them.
    """

    code: str
    category: str
    name: str
    parent: str | None
    oblast: str
    raion: str | None
    hromada: str | None
    lat: float | None
    lon: float | None
    precision: Precision | None
    population: int | None
    alternate_names: tuple[str, ...]
    former_names: tuple[str, ...] = ()
    russian_names: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    district: str | None = None

    # The code is the place: comparing and hashing sixteen fields cost more than the rest of reading a text.
    def __hash__(self) -> int:
        return hash(self.code)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Place):
            return NotImplemented
        return self.code == other.code and all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    @property
    def is_settlement(self) -> bool:
        """People can say they live in it: special city, city, селище or village."""
        return self.category in SETTLEMENT_CATEGORIES

    @property
    def has_own_point(self) -> bool:
        """The point is of this very settlement, not of its hromada, raion or oblast."""
        return self.precision is Precision.SETTLEMENT and self.category in SETTLEMENT_CATEGORIES

    @property
    def prior(self) -> tuple[int, int, str]:
        """Sorts the likelier meaning of a shared name first: category, then population, then code (search notes §5)."""
        return (CATEGORY_ORDER[self.category], -(self.population or 0), self.code)

    def names(self) -> Iterator[tuple[str, NameKind]]:
        """Every name with its kind, each spelling once, the official one first; those with «ё» with «е» too."""
        return ((name, kind) for name, kind, _ in self.spelt_names())

    def spelt_names(self) -> Iterator[tuple[str, NameKind, str]]:
        """The same, each name with its normalised spelling behind it."""
        if not (self.alternate_names or self.former_names or self.russian_names or self.short_names):
            yield self.name, NameKind.OFFICIAL, normalise(self.name)
            return
        seen: set[str] = set()
        for kind, names in (
            (NameKind.OFFICIAL, (self.name,)),
            (NameKind.SHORT, self.short_names),
            (NameKind.RUSSIAN, self.russian_names),
            (NameKind.FORMER, self.former_names),
            (None, self.alternate_names),
        ):
            for name in (spelt for given in names for spelt in _with_and_without_yo(given)):
                spelling = normalise(name)
                if spelling not in seen:
                    seen.add(spelling)
                    yield name, kind or (NameKind.LATIN if is_latin(name) else NameKind.ALTERNATE), spelling

    def title(self, language: str = "uk") -> str:
        """The name with its kind: «с. Іванівка», «Житомирська область»; languages are uk and en.

        The name itself stays Ukrainian in both: it is the official one.
        """
        if self.category == "O" and self.code.startswith(_CRIMEA_PREFIX):
            return self.name
        return _MARKERS[language][self.category].format(self.name)


def is_latin(name: str) -> bool:
    """Written in Latin letters only, signs aside: «Kyiv», «Kænugarður»."""
    if name.isascii():
        return True
    return all(not letter.isalpha() or "LATIN" in unicodedata.name(letter, "") for letter in name)


def _with_and_without_yo(name: str) -> tuple[str, ...]:
    """Russian names as most people type them, too: «Артемовск» for «Артёмовск»."""
    return (name, name.replace("ё", "е").replace("Ё", "Е")) if "ё" in name or "Ё" in name else (name,)
