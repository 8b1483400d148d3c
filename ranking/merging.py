"""Explicit parameters and what was understood from the text, made one: explicit ones win, and a conflict is said."""

from dataclasses import dataclass

from directory.places import Place
from ranking.intent import Area, AreaLevel, Kind, Point, kind_of
from ranking.understanding.reading import Reading

_LEVEL_OF_CATEGORY = {
    "K": AreaLevel.SETTLEMENT, "M": AreaLevel.SETTLEMENT, "X": AreaLevel.SETTLEMENT, "C": AreaLevel.SETTLEMENT,
    "B": AreaLevel.DISTRICT, "Q": AreaLevel.QUARTER, "H": AreaLevel.HROMADA, "P": AreaLevel.RAION,
    "O": AreaLevel.OBLAST,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conflict:
    """The text says one thing and the parameter `field` another; the parameter was used."""

    field: str
    asked: str
    understood: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Specialities, kind and area after the merge, with the conflicts there were."""

    specialities: tuple[str, ...]
    kind: Kind
    area: Area | None
    conflicts: tuple[Conflict, ...] = ()


def area_of(place: Place) -> Area:
    """The area of a codifier object, with its point when it has one."""
    point = None if place.lat is None or place.lon is None else Point(place.lat, place.lon)
    return Area(_LEVEL_OF_CATEGORY[place.category], place.code, place.name, point, place.category)


def merge(
    reading: Reading,
    *,
    specialities: tuple[str, ...] = (),
    kind: Kind | None = None,
    place: Place | None = None,
) -> Wanted:
    """What is wanted when the explicit parameters say `specialities`, `kind`, `place` (empty or None = not given).

    A kind that was not given follows from the specialities; without any it is primary care.
    """
    conflicts = []
    understood = reading.specialities
    if specialities and understood and set(specialities) != set(understood):
        conflicts.append(Conflict("speciality", ",".join(specialities), ",".join(understood)))
    codes = specialities or understood
    meant = kind_of(codes)
    if kind is not None and meant is not None and kind is not Kind.ALL and kind is not meant:
        conflicts.append(Conflict("kind", kind, meant))
    if place is not None and reading.place is not None and place.code != reading.place.code:
        conflicts.append(Conflict("settlement", place.code, reading.place.code))
    chosen = place or reading.place
    return Wanted(codes, kind or meant or Kind.PRIMARY_CARE, area_of(chosen) if chosen else None, tuple(conflicts))
