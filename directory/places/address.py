"""What an upstream address means: area, region, settlement and type in capitals, to one settlement of the codifier.

The area (oblast) narrows by law, the region (raion, often one abolished in 2020), the type (many changed in 2024) and
the given point only by hint: a hint that fits no namesake is ignored, because old registers are full of old words
(domain rules §8, §10). What stays shared is reported as ambiguous, never picked silently.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from directory.places.grid import Point, distance_km
from directory.places.place import NameKind, Place, Precision
from directory.text import normalise

if TYPE_CHECKING:
    from directory.places.gazetteer import Gazetteer

_TYPE_CATEGORIES = {"CITY": "KM", "TOWNSHIP": "X", "SETTLEMENT": "X", "VILLAGE": "C"}
_AREA_ALIASES = {
    "ар крим": "автономна республіка крим",
    "арк": "автономна республіка крим",
    "крим": "автономна республіка крим",
    "республіка крим": "автономна республіка крим",
}
_AREA_WORDS = re.compile(r"\b(?:область|області|обл|місто|м|г)\b\.?")
_REGION_WORDS = re.compile(r"\b(?:район|районі|р-н|рн|громада|отг|тг|міська рада|місто|м)\b\.?")
_KIND_WORDS = re.compile(r"^(?:місто|м|село|с|селище міського типу|смт|селище|с-ще|сщ|г|пгт)(?:\.\s*|\s+)")
_IN_BRACKETS = re.compile(r"\(([^)]*)\)")
_ADJECTIVE_END = re.compile(r"(?:ий|ій|а|я|е|ої|ого|ому)$")

# How far a sound point may lie from the point known for its settlement: a place has an extent and the reference an
# error, which for an inherited point is the size of the hromada or raion (p99 measured: 2.4, 29 and 73 km).
REACH_KM = {
    Precision.QUARTER: 3.0,
    Precision.SETTLEMENT: 15.0,
    Precision.HROMADA: 40.0,
    Precision.RAION: 80.0,
    Precision.OBLAST: 250.0,
}
_CITY_REACH_KM = 30.0
_CLEAR_LEAD = 2.0
_CLEAR_LEAD_SHARE = 0.25

# Oblasts whose registers also hold addresses of the special city they surround (digits of KATOTTG codes).
_SPECIAL_CITY_IN = {"32": "80", "01": "85"}

Places = tuple[Place, ...]


class Outcome(StrEnum):
    """How a resolution ended; the first five are successes, named after what decided."""

    ONLY_ONE = "only_one"
    BY_REGION = "by_region"
    BY_TYPE = "by_type"
    BY_NAME = "by_name"
    BY_POINT = "by_point"
    ADDRESS_MISSING = "address_missing"
    AREA_UNKNOWN = "area_unknown"
    SETTLEMENT_UNKNOWN = "settlement_unknown"
    SETTLEMENT_AMBIGUOUS = "settlement_ambiguous"


@dataclass(frozen=True, slots=True)
class Resolution:
    """An address read: `place` when certain, else None with all `candidates` (best first) and the outcome's reason.

    `oblast`, `raion` and `hromada` are the codes that are certain even when the settlement is not: those given, or
    shared by all candidates. `city_district` only when the address names one (domain rules §10).
    """

    place: Place | None
    candidates: tuple[Place, ...]
    outcome: Outcome
    oblast: str | None = None
    raion: str | None = None
    hromada: str | None = None
    city_district: str | None = None

    @property
    def is_ambiguous(self) -> bool:
        """Several settlements fit equally."""
        return self.outcome is Outcome.SETTLEMENT_AMBIGUOUS


def reach_km(place: Place) -> float | None:
    """How far from the place's known point its division may truly lie; None when no point is known."""
    if place.precision is None:
        return None
    if place.category in "KM" and place.precision is Precision.SETTLEMENT:
        return _CITY_REACH_KM
    return REACH_KM[place.precision]


def find_area(gazetteer: "Gazetteer", area: str | None) -> Place | None:
    """The region an address names: «ЖИТОМИРСЬКА», «Житомирська обл.», «М.КИЇВ»; None when it names none."""
    name = " ".join(_AREA_WORDS.sub(" ", normalise(area or "").replace(".", ". ")).replace(".", " ").split())
    if not name:
        return None
    name = _AREA_ALIASES.get(name, name)
    regions = gazetteer.by_name(name, "OK") or gazetteer.by_key(name, "OK")
    return regions[0] if len(regions) == 1 else None


def resolve(
    gazetteer: "Gazetteer",
    area: str | None,
    settlement: str | None,
    settlement_type: str | None,
    region: str | None,
    near: Point | None,
) -> Resolution:
    """Reads an address; see `Gazetteer.resolve`. `near` is the division's own (latitude, longitude) if it has one."""
    name, in_brackets = _settlement_name(settlement)
    region = region if region and region.strip() else in_brackets
    if not name and not (area and area.strip()):
        return Resolution(None, (), Outcome.ADDRESS_MISSING)
    oblast = find_area(gazetteer, area)
    if oblast is None and area and area.strip():
        return Resolution(None, (), Outcome.AREA_UNKNOWN)
    if oblast is not None and oblast.category == "K":
        return _in_special_city(gazetteer, oblast, name, region)
    if not name:
        return _finish(gazetteer, (), Outcome.SETTLEMENT_UNKNOWN, oblast, region)

    candidates = _namesakes(gazetteer, name, oblast)
    if not candidates:
        return _finish(gazetteer, (), Outcome.SETTLEMENT_UNKNOWN, oblast, region)
    outcome = Outcome.ONLY_ONE
    for hint, narrow in _hints(gazetteer, name, settlement_type, region, near):
        if len(candidates) == 1:
            break
        candidates, outcome = narrow(candidates) or candidates, hint
    if len(candidates) > 1:
        outcome = Outcome.SETTLEMENT_AMBIGUOUS
    return _finish(gazetteer, candidates, outcome, oblast, region)


def _hints(
    gazetteer: "Gazetteer", name: str, settlement_type: str | None, region: str | None, near: Point | None
) -> list[tuple[Outcome, Callable[[Places], Places]]]:
    """What tells namesakes apart, the most trustworthy first; each keeps those that fit, none when nobody does."""
    return [
        (Outcome.BY_REGION, lambda places: _in_region(gazetteer, places, region)),
        (Outcome.BY_TYPE, lambda places: _of_type(places, settlement_type)),
        (Outcome.BY_NAME, lambda places: _spelled(places, name)),
        (Outcome.BY_POINT, lambda places: _around(places, near)),
    ]


def _settlement_name(settlement: str | None) -> tuple[str, str | None]:
    """The bare normalised name and what stood in brackets after it, often a raion."""
    text = normalise(settlement or "")
    bracketed = _IN_BRACKETS.search(text)
    name = " ".join(_IN_BRACKETS.sub(" ", text).split())
    return _KIND_WORDS.sub("", name), bracketed.group(1) if bracketed else None


def _namesakes(gazetteer: "Gazetteer", name: str, oblast: Place | None) -> Places:
    """Settlements of the oblast (of the country without one) with this name: as written, else as it sounds.

    The special cities also answer for the oblast around them, where many registers file them.
    """
    special = _SPECIAL_CITY_IN.get(oblast.code[2:4]) if oblast else None
    for namesakes in (_official(gazetteer, name), _official(gazetteer, _joined(name)), gazetteer.by_key(name)):
        inside = tuple(place for place in namesakes if oblast is None or place.oblast == oblast.code)
        found = inside or tuple(place for place in namesakes if place.category == "K" and place.code[2:4] == special)
        if found:
            return found
    return ()


def _official(gazetteer: "Gazetteer", name: str) -> Places:
    """Places of this name; registers do not use everyday names, and «Кам'янка» is not Кам'янка-Бузька there."""
    return tuple(found.place for found in gazetteer.named(name) if found.kind is not NameKind.SHORT)


def _joined(name: str) -> str:
    """«нова-каховка» and «івано франківськ»: hyphen and blank are often swapped."""
    return name.replace("-", " ") if "-" in name else name.replace(" ", "-")


def _in_region(gazetteer: "Gazetteer", places: Places, region: str | None) -> Places:
    """Those in the raion or hromada a region names.

    An abolished raion lives on as the hromada of its centre: «Любарський» leads to Любарська, then to whatever raion
    that hromada has joined.
    """
    stem = _stem(region)
    if not stem:
        return ()
    in_raion = tuple(place for place in places if stem in _stems_of(gazetteer, place.raion))
    in_hromada = tuple(place for place in places if stem in _stems_of(gazetteer, place.hromada))
    if in_raion or in_hromada:
        return in_raion or in_hromada
    oblasts = {place.oblast for place in places}
    joined = {there.raion for there in gazetteer.by_name(stem + "а", "H") if there.oblast in oblasts}
    return tuple(place for place in places if place.raion in joined)


def _of_type(places: Places, settlement_type: str | None) -> Places:
    categories = _TYPE_CATEGORIES.get((settlement_type or "").strip().upper(), "")
    return tuple(place for place in places if place.category in categories)


def _spelled(places: Places, name: str) -> Places:
    return tuple(place for place in places if normalise(place.name) == name)


def _around(places: Places, near: Point | None) -> Places:
    """The one place clearly nearer to the point than its namesakes, each measured by how exactly its own is known."""
    if near is None:
        return ()
    measured = []
    for place in places:
        reach = reach_km(place)
        if place.lat is None or place.lon is None or reach is None:
            return ()
        measured.append((distance_km(near, (place.lat, place.lon)) / reach, place.code, place))
    measured.sort()
    (best, _, place), (second, _, _) = measured[:2]
    return (place,) if best <= 1.0 and second >= max(best * _CLEAR_LEAD, best + _CLEAR_LEAD_SHARE) else ()


def _in_special_city(gazetteer: "Gazetteer", city: Place, name: str, region: str | None) -> Resolution:
    """Київ and Севастополь have no settlements below them: whatever the settlement says, it is the city."""
    district = _district(gazetteer, city, region) or _district(gazetteer, city, name)
    return Resolution(city, (city,), Outcome.ONLY_ONE, oblast=city.code, city_district=district)


def _finish(
    gazetteer: "Gazetteer", candidates: Places, outcome: Outcome, oblast: Place | None, region: str | None
) -> Resolution:
    if len(candidates) == 1:
        place = candidates[0]
        return Resolution(
            place, candidates, outcome, place.oblast, place.raion, place.hromada, _district(gazetteer, place, region)
        )
    return Resolution(
        None,
        candidates,
        outcome,
        oblast=oblast.code if oblast else _shared(place.oblast for place in candidates),
        raion=_shared(place.raion for place in candidates) or _raion(gazetteer, oblast, region),
        hromada=_shared(place.hromada for place in candidates),
    )


def _district(gazetteer: "Gazetteer", city: Place, named: str | None) -> str | None:
    """The city district a text names; the city's own raion often has a district's name, so it does not count."""
    stem = _stem(named)
    if not stem or stem in _stems_of(gazetteer, city.raion):
        return None
    districts = [there for there in gazetteer.children(city.code) if there.category == "B"]
    found = [there.code for there in districts if _stem(there.name) == stem] or [
        there.code for there in districts if stem in _stems(there)
    ]
    return found[0] if len(found) == 1 else None


def _raion(gazetteer: "Gazetteer", oblast: Place | None, region: str | None) -> str | None:
    """The present raion of this name in the oblast, for addresses whose settlement stays unknown."""
    stem = _stem(region)
    if oblast is None or not stem:
        return None
    found = [there.code for there in gazetteer.children(oblast.code) if stem in _stems(there)]
    return found[0] if len(found) == 1 else None


def _shared(codes: Iterable[str | None]) -> str | None:
    distinct = set(codes)
    return distinct.pop() if len(distinct) == 1 else None


def _stems_of(gazetteer: "Gazetteer", code: str | None) -> frozenset[str]:
    place = gazetteer.by_code(code) if code else None
    return _stems(place) if place else frozenset()


def _stems(place: Place) -> frozenset[str]:
    """What a register may call a raion, hromada or city district: by its name of today or by one it lost."""
    return frozenset(map(_stem, (place.name, *place.former_names)))


def _stem(name: str | None) -> str:
    """An adjective name without its ending and its noun, so that «Любарський р-н» and «Любарська» agree."""
    bare = " ".join(_REGION_WORDS.sub(" ", normalise(name or "")).split())
    return _ADJECTIVE_END.sub("", bare)
