"""Where a division is: the upstream point when it can be true, else the best point its address allows.

Pure. An upstream point is trusted unless something speaks against it (domain rules §8): it may be swapped, zero,
outside Ukraine, or in another oblast than the address. Every answer says how exact it is and where it comes from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Protocol, TypeVar

from directory.places import Gazetteer, Place, Precision
from directory.places.address import Outcome, Resolution, reach_km

Point = tuple[float, float]

# The box around Ukraine (domain rules §8). Its two ranges do not overlap, so a swapped pair always shows.
LAT_RANGE = (44.0, 53.0)
LON_RANGE = (22.0, 41.0)
# Measured on 20,092 settlements: none lies farther than 30 km from the nearest settlement with a point of its own.
_OUTSIDE_KM = 45.0
_ZERO_DEGREES = 1e-6
_VOTERS = 5
_VOTES_NEEDED = 3
_BORDER_KM = 30.0
_FAR_BEYOND = 1.5


class Source(StrEnum):
    """Where a point comes from."""

    UPSTREAM = "upstream"
    SWAPPED = "swapped"
    GAZETTEER = "gazetteer"
    NONE = "none"


class LocationFlag(StrEnum):
    """What was wrong with a division's place; stored as quality flags."""

    MISSING = "coordinates_missing"
    INVALID = "coordinates_invalid"
    ZERO = "coordinates_zero"
    SWAPPED = "coordinates_swapped"
    OUTSIDE_UKRAINE = "coordinates_outside_ukraine"
    WRONG_OBLAST = "coordinates_wrong_oblast"
    FAR_FROM_SETTLEMENT = "coordinates_far_from_settlement"
    NO_ADDRESS = "address_missing"
    AREA_UNKNOWN = "address_area_unknown"
    SETTLEMENT_UNKNOWN = "address_settlement_unknown"
    SETTLEMENT_AMBIGUOUS = "address_settlement_ambiguous"


_OUTCOME_FLAGS = {
    Outcome.ADDRESS_MISSING: LocationFlag.NO_ADDRESS,
    Outcome.AREA_UNKNOWN: LocationFlag.AREA_UNKNOWN,
    Outcome.SETTLEMENT_UNKNOWN: LocationFlag.SETTLEMENT_UNKNOWN,
    Outcome.SETTLEMENT_AMBIGUOUS: LocationFlag.SETTLEMENT_AMBIGUOUS,
}


class UpstreamAddress(Protocol):
    """The part of an upstream address that says which settlement it is in."""

    @property
    def area(self) -> str | None: ...
    @property
    def region(self) -> str | None: ...
    @property
    def settlement(self) -> str | None: ...
    @property
    def settlement_type(self) -> str | None: ...


class TypedAddress(UpstreamAddress, Protocol):
    """An upstream address with its kind: RESIDENCE or REGISTRATION."""

    @property
    def type(self) -> str | None: ...


class UpstreamLocation(Protocol):
    """An upstream point, degrees."""

    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class LocatedPlace:
    """Where a division is and how surely.

    `lat` and `lon` are degrees, both None only when `source` is none; `precision` says whose point it is (address: the
    division's own). Codes are KATOTTG, None where the address does not settle them. `unresolved` is None when the
    settlement is certain, else the reason. `flags` holds every doubt, that reason included.
    """

    lat: float | None
    lon: float | None
    precision: Precision | None
    source: Source
    settlement: str | None
    hromada: str | None
    raion: str | None
    oblast: str | None
    city_district: str | None
    unresolved: LocationFlag | None
    flags: tuple[LocationFlag, ...]


AddressT = TypeVar("AddressT", bound=TypedAddress)


def choose_address(addresses: Iterable[AddressT]) -> AddressT | None:
    """The address a patient would go to: RESIDENCE before others, the first of equals; None when there is none."""
    return min(addresses, key=lambda address: (address.type or "").upper() != "RESIDENCE", default=None)


def locate_division(
    address: UpstreamAddress | None, location: UpstreamLocation | None, gazetteer: Gazetteer
) -> LocatedPlace:
    """The best true point of a division and its codes (domain rules §8, §10); never raises on bad data."""
    point, source, flags = _plausible_point(location, gazetteer)
    resolution = gazetteer.resolve(
        area=address.area if address else None,
        settlement=address.settlement if address else None,
        settlement_type=address.settlement_type if address else None,
        region=address.region if address else None,
        near=point,
    )
    if point is not None:
        doubt = _doubt_about(point, resolution, gazetteer)
        if doubt is not None:
            flags.append(doubt)
        if doubt is LocationFlag.WRONG_OBLAST:
            point = None
    precision: Precision | None = Precision.ADDRESS
    if point is None:
        point, precision = _point_of_address(resolution, gazetteer)
        source = Source.GAZETTEER if point else Source.NONE
    unresolved = _OUTCOME_FLAGS.get(resolution.outcome)
    if unresolved is not None:
        flags.append(unresolved)
    return LocatedPlace(
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        precision=precision,
        source=source,
        settlement=resolution.place.code if resolution.place else None,
        hromada=resolution.hromada,
        raion=resolution.raion,
        oblast=resolution.oblast,
        city_district=resolution.city_district,
        unresolved=unresolved,
        flags=tuple(flags),
    )


def _plausible_point(
    location: UpstreamLocation | None, gazetteer: Gazetteer
) -> tuple[Point | None, Source, list[LocationFlag]]:
    """The upstream point if it can lie in Ukraine, swapped back when needed; else None and why."""
    if location is None or location.latitude is None or location.longitude is None:
        return None, Source.NONE, [LocationFlag.MISSING]
    lat, lon = location.latitude, location.longitude
    if not (isfinite(lat) and isfinite(lon)):
        return None, Source.NONE, [LocationFlag.INVALID]
    if abs(lat) < _ZERO_DEGREES and abs(lon) < _ZERO_DEGREES:
        return None, Source.NONE, [LocationFlag.ZERO]
    flags = []
    source = Source.UPSTREAM
    if _in_box(lon, lat):
        lat, lon, source = lon, lat, Source.SWAPPED
        flags.append(LocationFlag.SWAPPED)
    elif not _in_box(lat, lon):
        return None, Source.NONE, [LocationFlag.OUTSIDE_UKRAINE]
    if not gazetteer.nearest(lat, lon, max_km=_OUTSIDE_KM):
        return None, Source.NONE, [*flags, LocationFlag.OUTSIDE_UKRAINE]
    return (lat, lon), source, flags


def _in_box(lat: float, lon: float) -> bool:
    return LAT_RANGE[0] <= lat <= LAT_RANGE[1] and LON_RANGE[0] <= lon <= LON_RANGE[1]


def _doubt_about(point: Point, resolution: Resolution, gazetteer: Gazetteer) -> LocationFlag | None:
    """Whether a point contradicts its address: it lies in another oblast, or merely far from the settlement.

    Being far from the settlement alone replaces nothing, because the settlement's own point may be the wrong one; only
    the neighbours around the point, when most of them belong to another oblast, make it a point of that oblast.
    """
    if resolution.oblast is None or any(_is_within_reach(point, place, gazetteer) for place in resolution.candidates):
        return None
    if _lies_in_another_oblast(point, resolution, gazetteer):
        return LocationFlag.WRONG_OBLAST
    return LocationFlag.FAR_FROM_SETTLEMENT if resolution.place else None


def _is_within_reach(point: Point, place: Place, gazetteer: Gazetteer, times: float = 1.0) -> bool:
    reach, away_km = reach_km(place), gazetteer.distance_km(place, *point)
    return reach is not None and away_km is not None and away_km <= reach * times


def _lies_in_another_oblast(point: Point, resolution: Resolution, gazetteer: Gazetteer) -> bool:
    oblast = gazetteer.by_code(resolution.oblast) if resolution.oblast else None
    if oblast is None:
        return False
    if oblast.category == "K":
        # A special city is one settlement: out of its reach is out of the city.
        return True
    around = gazetteer.nearest(*point, count=_VOTERS)
    against = sum(place.oblast != oblast.code for _, place in around)
    if against < min(_VOTES_NEEDED, len(around)):
        return False
    far_beyond = bool(resolution.candidates) and not any(
        _is_within_reach(point, place, gazetteer, _FAR_BEYOND) for place in resolution.candidates
    )
    # In the border strip the neighbours' votes say little: there only a settlement far away decides.
    return far_beyond or not gazetteer.nearest(*point, max_km=_BORDER_KM, oblast=oblast.code)


def _point_of_address(resolution: Resolution, gazetteer: Gazetteer) -> tuple[Point | None, Precision | None]:
    """The finest point the address gives: of the settlement, else hromada, raion, oblast; and whose it is."""
    for code in (
        resolution.place.code if resolution.place else None,
        resolution.hromada,
        resolution.raion,
        resolution.oblast,
    ):
        place = gazetteer.by_code(code) if code else None
        if place is not None and place.lat is not None and place.lon is not None:
            return (place.lat, place.lon), place.precision
    return None, None
