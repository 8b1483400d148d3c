"""The hand-written files of place names, read for the build only: former, Russian and everyday names.

Each file says in its header how it is written. An entry names its place as people see it («м. Бар», «с. Іванівка
(Уманський)», «Шевченківський район міста (Київ)») under its oblast; `PlaceFinder` finds that one object or refuses.
"""

import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from directory.places.sources import CodifierObject
from directory.text import normalise

RENAMES_FILE = "renames.toml"
RUSSIAN_FILE = "russian_names.toml"
EVERYDAY_FILE = "everyday_names.toml"
QUARTERS_FILE = "quarters.toml"
NAME_FILES = (RENAMES_FILE, RUSSIAN_FILE, EVERYDAY_FILE, QUARTERS_FILE)

_BETWEEN = "|"
_BEFORE_NAME = {"м. ": "KM", "с-ще ": "X", "с. ": "C"}
_AFTER_NAME = {" район міста": "B", " район": "P", " громада": "H", " область": "O"}
_WITHIN = re.compile(r"(?P<named>[^()]+?)\s*\((?P<within>[^()]+)\)")
_UKRAINIAN = re.compile(r"[А-ЩЬЮЯЄІЇҐа-щьюяєіїґ0-9’ʼ'\- .]+")
_RUSSIAN = re.compile(r"[А-Яа-яЁё0-9\- .]+")


class NamesUnreadable(Exception):
    """A file of place names says something that cannot be: the message names the file, the entry and why."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """One place's former names, Ukrainian and Russian; `now` is the official name where the codifier has an older."""

    code: str
    former: tuple[str, ...]
    now: str | None


class PlaceFinder:
    """Finds the codifier object that an entry of a data file names."""

    def __init__(self, objects: Iterable[CodifierObject]) -> None:
        self._objects = {found.code: found for found in objects}
        self._named: dict[tuple[str, str], list[CodifierObject]] = defaultdict(list)
        self._regions: dict[str, CodifierObject] = {}
        for found in self._objects.values():
            self._named[_region_code(found), normalise(found.name)].append(found)
            if not found.ancestors:
                self._regions[normalise(found.name)] = found

    def find(self, file: str, oblast: str, entry: str) -> CodifierObject:
        """The only object of this name and kind in the oblast; raises NamesUnreadable for none and for several."""
        region = self._regions.get(normalise(oblast))
        if region is None:
            raise NamesUnreadable(f"{file}: the codifier has no region «{oblast}»")
        name, categories, within = _read_entry(entry)
        found = [
            there
            for there in self._named.get((region.code, normalise(name)), ())
            if there.category in categories and (within is None or self._lies_in(there, within))
        ]
        if len(found) != 1:
            codes = ", ".join(there.code for there in found) or "no place"
            raise NamesUnreadable(f"{file}: «{entry}» in «{oblast}» means {codes}, not exactly one place")
        return found[0]

    def find_city(self, file: str, entry: str) -> CodifierObject:
        """The only city of this name, by its oblast in brackets when shared; raises NamesUnreadable."""
        bracketed = _WITHIN.fullmatch(entry)
        name, within = (bracketed["named"], bracketed["within"]) if bracketed else (entry, None)
        found = [
            there
            for region in self._regions.values()
            for there in self._named.get((region.code, normalise(name)), ())
            if there.category in "KM" and within in (None, region.name)
        ]
        if len(found) != 1:
            raise NamesUnreadable(f"{file}: «{entry}» means {len(found)} cities, not exactly one")
        return found[0]

    def find_district(self, where: str, city: CodifierObject, name: str) -> CodifierObject:
        """The district of the city with this name; raises NamesUnreadable when it has none."""
        for there in self._named.get((_region_code(city), normalise(name)), ()):
            if there.category == "B" and there.ancestors[-1] == city.code:
                return there
        raise NamesUnreadable(f"{where}: «{city.name}» has no district «{name}»")

    def _lies_in(self, found: CodifierObject, within: str) -> bool:
        return any(normalise(self._objects[code].name) == normalise(within) for code in found.ancestors)


def read_renames(finder: PlaceFinder) -> dict[str, Renamed]:
    """Code -> former names, of all places whose name has changed; raises NamesUnreadable."""
    renamed: dict[str, Renamed] = {}
    for oblast, entry, value in _entries(RENAMES_FILE):
        place = finder.find(RENAMES_FILE, oblast, entry)
        where = f"{RENAMES_FILE}: «{entry}» in «{oblast}»"
        now = value.get("now") if isinstance(value, dict) else None
        pairs = value.get("old", []) if isinstance(value, dict) else value
        former = [name for pair in pairs for name in _former(where, pair)]
        if now is not None:
            former.insert(0, place.name)
        _refuse_repeated(where, former, official=now or place.name)
        if place.code in renamed:
            raise NamesUnreadable(f"{where} is the second entry of {place.code}")
        renamed[place.code] = Renamed(place.code, tuple(former), now)
    return renamed


def read_russian_names(finder: PlaceFinder) -> dict[str, tuple[str, ...]]:
    """Code -> Russian names that no rule of spelling gives; raises NamesUnreadable."""
    return _read_names(RUSSIAN_FILE, finder, _RUSSIAN)


def read_everyday_names(finder: PlaceFinder) -> dict[str, tuple[str, ...]]:
    """Code -> what people call a place in everyday talk, in both languages; raises NamesUnreadable."""
    return _read_names(EVERYDAY_FILE, finder, None)


def names_sha256() -> str:
    """The SHA-256 of all hand-written names: a gazetteer with another one is out of date."""
    digest = hashlib.sha256()
    for file in NAME_FILES:
        digest.update(files("directory.places").joinpath("data", file).read_bytes())
    return digest.hexdigest()


def load_table(file: str) -> dict[str, Any]:
    """A data file of this package as TOML gives it."""
    text = files("directory.places").joinpath("data", file).read_text(encoding="utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NamesUnreadable(f"{file}: {error}") from error


def check_spelling(where: str, name: str, *, russian: bool) -> str:
    """The name, when it is spelt with the letters of its language; raises NamesUnreadable otherwise."""
    if not (_RUSSIAN if russian else _UKRAINIAN).fullmatch(name):
        language = "Russian" if russian else "Ukrainian"
        raise NamesUnreadable(f"{where}: «{name}» is not spelt with {language} letters")
    return name


def _read_names(file: str, finder: PlaceFinder, letters: re.Pattern[str] | None) -> dict[str, tuple[str, ...]]:
    named: dict[str, tuple[str, ...]] = {}
    for oblast, entry, value in _entries(file):
        place = finder.find(file, oblast, entry)
        where = f"{file}: «{entry}» in «{oblast}»"
        names = [value] if isinstance(value, str) else list(value)
        for name in names:
            if letters is not None and not letters.fullmatch(name):
                raise NamesUnreadable(f"{where}: «{name}» has letters of another alphabet")
        _refuse_repeated(where, names, official=None)
        if place.code in named:
            raise NamesUnreadable(f"{where} is the second entry of {place.code}")
        named[place.code] = tuple(names)
    return named


def _entries(file: str) -> Iterator[tuple[str, str, Any]]:
    for oblast, entries in load_table(file).items():
        if not isinstance(entries, Mapping):
            raise NamesUnreadable(f"{file}: «{oblast}» is not a table of an oblast")
        for entry, value in entries.items():
            yield oblast, entry, value


def _former(where: str, pair: str) -> Iterator[str]:
    """«Артемівськ | Артёмовск» gives both; a name alone is written alike in both languages."""
    ukrainian, _, russian = (part.strip() for part in pair.partition(_BETWEEN))
    yield check_spelling(where, ukrainian, russian=False)
    if russian:
        yield check_spelling(where, russian, russian=True)


def _refuse_repeated(where: str, names: list[str], official: str | None) -> None:
    seen = {normalise(official)} if official else set()
    for name in names:
        if not normalise(name) or normalise(name) in seen:
            raise NamesUnreadable(f"{where}: «{name}» is empty, repeated or the official name itself")
        seen.add(normalise(name))


def _read_entry(entry: str) -> tuple[str, str, str | None]:
    """The name, the categories its kind allows, the raion, hromada or city in brackets."""
    bracketed = _WITHIN.fullmatch(entry.strip())
    name, within = (bracketed["named"], bracketed["within"]) if bracketed else (entry.strip(), None)
    for kind, categories in _BEFORE_NAME.items():
        if name.startswith(kind):
            return name.removeprefix(kind), categories, within
    for kind, categories in _AFTER_NAME.items():
        if name.endswith(kind):
            return name.removesuffix(kind), categories, within
    return name, "KMXC", within


def _region_code(found: CodifierObject) -> str:
    return found.ancestors[0] if found.ancestors else found.code
