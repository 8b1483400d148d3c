"""Quarters of cities, for the build: the hand-written ones with what GeoNames adds, and those that only GeoNames has.

GeoNames keeps sections of cities among the populated places; they are the rows that no settlement and no city district
took. Such a row belongs to the quarter of its name if the file has one, else to the city it lies in. A row named like a
settlement of the oblast is left alone: it is a village that could not be placed, and a wrong quarter does harm.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

from directory.places.gazetteer_file import Entry
from directory.places.grid import Point, distance_km
from directory.places.name_files import (
    QUARTERS_FILE,
    NamesUnreadable,
    PlaceFinder,
    check_spelling,
    load_table,
)
from directory.places.naming import guess_kind, spellings
from directory.places.place import QUARTER, SETTLEMENT_CATEGORIES
from directory.places.sources import CodifierObject, GeoRow
from directory.text import normalise, sound_key

_DIGITS = 5
# How far from a city's point its quarters may lie: those of the file anywhere in the city, the others by its size.
_FAR_KM = 25.0
_NEAR_KM = 2.0
_KM_BY_PEOPLE = 0.011
# All rows of Київ are its quarters: the region is the city.
_WHOLE_CITY = frozenset({"80"})
# In Crimea and the Luhansk oblast GeoNames keeps villages under names that the codifier has replaced: they would look
# like quarters.
_LEFT_OUT = frozenset({"01", "85", "44"})
_NOT_TAKEN = "not taken"
_FIELDS = frozenset({"ru", "also", "old", "district", "at"})
_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
    "я": "ia", "'": "", " ": "-",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Listed:
    """A quarter of the file."""

    name: str
    city: str
    district: str | None
    point: Point | None
    russian: tuple[str, ...]
    short: tuple[str, ...]
    former: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(sound_key(name) for name in (self.name, *self.russian, *self.short, *self.former))


def quarter_entries(
    objects: list[CodifierObject], rows: Iterable[GeoRow], matched: Mapping[str, GeoRow], finder: PlaceFinder
) -> list[Entry]:
    """The quarters of all cities, those of the largest first; `matched` are the rows already given to other objects.

    Raises NamesUnreadable when the file names no city, a quarter twice, or a district that the city does not have.
    """
    listed = read_quarters(finder)
    taken = {row.number for row in matched.values()}
    free = [row for row in rows if row.number not in taken]
    found: dict[int, list[GeoRow]] = {number: [] for number in range(len(listed))}
    unlisted = []
    for row in free:
        number = _listed_for(row, listed, matched)
        if number is None:
            unlisted.append(row)
        else:
            found[number].append(row)
    people = {code: row.population for code, row in matched.items()}
    entries = {}
    for number, quarter in enumerate(listed):
        entry = _entry(quarter, found[number], people.get(quarter.city))
        if entry.code in entries:
            raise NamesUnreadable(f"{QUARTERS_FILE}: «{quarter.name}» gives the code {entry.code} a second time")
        entries[entry.code] = entry
    not_taken = read_not_taken(finder)
    for quarter, row in _unlisted(objects, unlisted, matched):
        if (quarter.city, normalise(quarter.name)) in not_taken:
            continue
        entry = _entry(quarter, [row], people.get(quarter.city))
        entries.setdefault(entry.code, entry)
    return sorted(entries.values(), key=lambda entry: (-people.get(entry.parent or "", 0), entry.code))


def read_quarters(finder: PlaceFinder) -> list[_Listed]:
    """The quarters of the file; raises NamesUnreadable."""
    listed = []
    for city_name, quarters in load_table(QUARTERS_FILE).items():
        if city_name == _NOT_TAKEN:
            continue
        city = finder.find_city(QUARTERS_FILE, city_name)
        seen: dict[str, str] = {}
        for name, about in quarters.items():
            where = f"{QUARTERS_FILE}: «{name}» of «{city_name}»"
            quarter = _read_quarter(where, name, about, city, finder)
            for text in (quarter.name, *quarter.short, *quarter.former):
                if seen.setdefault(normalise(text), name) != name:
                    raise NamesUnreadable(f"{where}: «{text}» already names «{seen[normalise(text)]}»")
            listed.append(quarter)
    return listed


def read_not_taken(finder: PlaceFinder) -> set[tuple[str, str]]:
    """City code and normalised name of the sections in GeoNames that are to be no quarters; raises NamesUnreadable."""
    return {
        (finder.find_city(QUARTERS_FILE, city).code, normalise(name))
        for city, names in load_table(QUARTERS_FILE).get(_NOT_TAKEN, {}).items()
        for name in names
    }


def slug(name: str) -> str:
    """The name in Latin letters as passports write it, for codes: «Новобіличі» → «novobilychi»."""
    return "".join(_LETTERS.get(letter, letter) for letter in normalise(name))


def _read_quarter(
    where: str, name: str, about: Mapping[str, Any], city: CodifierObject, finder: PlaceFinder
) -> _Listed:
    if unknown := set(about) - _FIELDS:
        raise NamesUnreadable(f"{where} has fields that nobody reads: {', '.join(sorted(unknown))}")
    russian = about.get("ru", ())
    at = about.get("at")
    if at is not None and not (44 < at[0] < 53 and 22 < at[1] < 41):
        raise NamesUnreadable(f"{where} lies outside Ukraine: {at}")
    district = about.get("district")
    return _Listed(
        name=check_spelling(where, name, russian=False),
        city=city.code,
        district=finder.find_district(where, city, district).code if district else None,
        point=None if at is None else (at[0], at[1]),
        russian=tuple(
            check_spelling(where, text, russian=True) for text in ([russian] if isinstance(russian, str) else russian)
        ),
        short=tuple(about.get("also", ())),
        former=tuple(about.get("old", ())),
    )


def _listed_for(row: GeoRow, listed: list[_Listed], matched: Mapping[str, GeoRow]) -> int | None:
    """The quarter of the file that a row means: its city is near and they share a name, by its Latin spelling last."""
    names = {sound_key(name) for name in (row.name, *row.alternates)}
    for number, quarter in enumerate(listed):
        city = matched.get(quarter.city)
        if city is None or quarter.city[2:4] not in row.prefixes or distance_km(row.point, city.point) > _FAR_KM:
            continue
        if names & quarter.keys:
            return number
    return None


def _unlisted(
    objects: list[CodifierObject], rows: list[GeoRow], matched: Mapping[str, GeoRow]
) -> Iterator[tuple[_Listed, GeoRow]]:
    """The quarters that only GeoNames has, the most populous row of a name first."""
    settled: dict[str, set[str]] = defaultdict(set)
    cities = []
    for found in objects:
        if found.category in SETTLEMENT_CATEGORIES:
            settled[found.code[2:4]].add(sound_key(found.name))
        if found.category in "KM" and found.code in matched:
            cities.append((found.code, matched[found.code]))
    for row in sorted(rows, key=lambda row: (-row.population, row.number)):
        name = _ukrainian_name(row)
        if (
            name is None
            or _LEFT_OUT.intersection(row.prefixes)
            or any(sound_key(name) in settled[prefix] for prefix in row.prefixes)
        ):
            continue
        city = _city_around(row, cities)
        if city is not None:
            yield _Listed(name, city, None, None, (), (), ()), row


def _city_around(row: GeoRow, cities: list[tuple[str, GeoRow]]) -> str | None:
    inside = []
    for code, city in cities:
        if code[2:4] not in row.prefixes:
            continue
        away_km = distance_km(row.point, city.point)
        reach_km = _FAR_KM if code[2:4] in _WHOLE_CITY else _NEAR_KM + _KM_BY_PEOPLE * sqrt(city.population)
        if away_km <= reach_km:
            inside.append((away_km / reach_km, code))
    return min(inside)[1] if inside else None


def _ukrainian_name(row: GeoRow) -> str | None:
    """The Cyrillic name without Russian letters that the row's Latin name spells, else one with Ukrainian letters."""
    own = sound_key(row.name)
    names = []
    for name in row.alternates:
        spelling = normalise(name)
        if _is_cyrillic(name) and not set("ыэъёў") & set(spelling):
            names.append((sound_key(name) != own, not set("іїєґ'") & set(spelling), name))
    return next((name for sounds_else, is_russian, name in sorted(names) if not (sounds_else and is_russian)), None)


def _is_cyrillic(name: str) -> bool:
    return any("а" <= letter <= "я" for letter in normalise(name))


def _entry(quarter: _Listed, rows: list[GeoRow], people: int | None) -> Entry:
    """Nobody counts the people of quarters, so it carries its city's: that of the larger city is likelier meant."""
    largest = max(rows, key=lambda row: (row.population, -row.number), default=None)
    point = quarter.point or (largest.point if largest else None)
    given = {normalise(name) for name in (quarter.name, *quarter.russian, *quarter.short, *quarter.former)}
    added: dict[str, list[str]] = {"former": [], "russian": [], "other": []}
    for row in rows:
        for name in spellings(row):
            if normalise(name) not in given:
                given.add(normalise(name))
                # Another name of a quarter need not be an old one, so only Russian spellings are told apart.
                kind = guess_kind(quarter.name, name)
                added["russian" if kind == "russian" and not quarter.russian else "other"].append(name)
    return Entry(
        code=f"{quarter.city}-{QUARTER}-{slug(quarter.name)}",
        category=QUARTER,
        name=quarter.name,
        parent=quarter.city,
        point=None if point is None else (round(point[0], _DIGITS), round(point[1], _DIGITS)),
        population=people or None,
        alternate_names=tuple(sorted(added["other"])),
        former_names=quarter.former,
        russian_names=quarter.russian or tuple(added["russian"]),
        short_names=quarter.short,
        district=quarter.district,
    )
