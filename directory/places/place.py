"""One object of the codifier KATOTTG, and where it is."""

from dataclasses import dataclass
from enum import StrEnum

SETTLEMENT_CATEGORIES = frozenset("KMXC")

# How probable a name means a place of this kind when nothing else is known (domain rules §10 for the letters).
CATEGORY_ORDER = {category: order for order, category in enumerate("KMXCBPHO")}

_MARKERS = {
    "uk": {"K": "м. {}", "M": "м. {}", "X": "с-ще {}", "C": "с. {}", "B": "{} район міста", "H": "{} громада",
           "P": "{} район", "O": "{} область"},
    "en": {"K": "{} city", "M": "{} city", "X": "{} settlement", "C": "{} village", "B": "{} city district",
           "H": "{} hromada", "P": "{} raion", "O": "{} oblast"},
}  # fmt: skip
_CRIMEA_PREFIX = "UA01"


class Precision(StrEnum):
    """Whose point a coordinate is, the finest first."""

    ADDRESS = "address"
    SETTLEMENT = "settlement"
    HROMADA = "hromada"
    RAION = "raion"
    OBLAST = "oblast"


@dataclass(frozen=True, slots=True)
class Place:
    """A codifier object with its ancestors' codes and the best point known for it (domain rules §10).

    `category` is one of O K P H M X C B; `parent`, `raion` and `hromada` are None where the codifier has no such level
    (oblasts, Київ and Севастополь). `lat` and `lon` are degrees, its own or those of the nearest ancestor that has a
    point; `precision` says whose, None means no point at all. `population` is None when unknown, never zero.
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

    def title(self, language: str = "uk") -> str:
        """The name with its kind: «с. Іванівка», «Житомирська область»; languages are uk and en.

        The name itself stays Ukrainian in both: it is the official one.
        """
        if self.category == "O" and self.code.startswith(_CRIMEA_PREFIX):
            return self.name
        return _MARKERS[language][self.category].format(self.name)
