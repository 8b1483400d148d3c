"""What every place is called, for the build: hand-written names first, then those of GeoNames sorted by kind.

GeoNames carries no language tags (domain rules §10), so its names are told apart by their letters: Latin ones; Cyrillic
ones much like the official name, Russian unless they hold Ukrainian letters; Cyrillic ones unlike it, which with few
exceptions are what the place was called before. What people call a place in talk comes from `data/` alone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from directory.places.name_files import (
    NamesUnreadable,
    PlaceFinder,
    Renamed,
    read_everyday_names,
    read_renames,
    read_russian_names,
)
from directory.places.place import SETTLEMENT_CATEGORIES
from directory.places.sources import CodifierObject, GeoRow
from directory.text import normalise, sound_key

_RUSSIAN_WORD = re.compile(r"[а-яё \-.]+")
_FORMER_WORD = re.compile(r"[а-яёіїєґ' \-.]+")
# Shares of equal sounds, by which a spelling of the same name is told from another name: «Бердичев», «Днепропетровск».
_ALIKE, _UNLIKE = 0.75, 0.6
_NICKNAME = re.compile("город |місто |столиц|перлина|жемчужина|пальміра|сіті")
_DISTRICT_WORD = re.compile(" район$")
_ACCENT = "\u0301"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one place by kind; `other` are Latin spellings and names of unknown kind."""

    official: str
    former: tuple[str, ...]
    russian: tuple[str, ...]
    short: tuple[str, ...]
    other: tuple[str, ...]


class Naming:
    """The names of all objects; reads the hand-written files at once and raises NamesUnreadable."""

    def __init__(self, objects: Iterable[CodifierObject]) -> None:
        self.finder = PlaceFinder(objects)
        self._renamed: Mapping[str, Renamed] = read_renames(self.finder)
        self._russian = read_russian_names(self.finder)
        self._everyday = read_everyday_names(self.finder)
        self._refuse_two_kinds()
        self._russian_of_name: Mapping[str, str] = {}

    def learn(self, objects: Iterable[CodifierObject], matched: Mapping[str, GeoRow]) -> None:
        """Remembers how Russian spells each official name in GeoNames, for the namesakes that have no row there."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for found in objects:
            for name in spellings(matched.get(found.code)):
                if normalise(name) != normalise(found.name) and guess_kind(found.name, name) == "russian":
                    votes[normalise(found.name)][name] += 1
        self._russian_of_name = {
            official: min(counted, key=lambda name: (-counted[name], name)) for official, counted in votes.items()
        }

    def names(self, found: CodifierObject, row: GeoRow | None) -> Names:
        """What the object is called; `row` is its row of GeoNames if it has one."""
        renamed = self._renamed.get(found.code)
        official = (renamed.now if renamed else None) or found.name
        by_hand = {
            "former": renamed.former if renamed else (),
            "russian": self._russian.get(found.code, ()),
            "short": self._everyday.get(found.code, ()),
        }
        taken = {normalise(official)} | {normalise(name) for names in by_hand.values() for name in names}
        guessed: dict[str, list[str]] = {"former": [], "russian": [], "other": []}
        for name in spellings(row):
            if found.category == "B":
                name = _DISTRICT_WORD.sub("", name)
            if normalise(name) not in taken:
                taken.add(normalise(name))
                guessed[guess_kind(official, name)].append(name)
        if by_hand["russian"]:
            guessed["other"] += guessed.pop("russian")
        elif not guessed["russian"] and found.category in SETTLEMENT_CATEGORIES and official == found.name:
            learned = self._russian_of_name.get(normalise(official))
            guessed["russian"] += [learned] if learned and normalise(learned) not in taken else []
        return Names(
            official=official,
            former=(*by_hand["former"], *guessed["former"]),
            russian=by_hand["russian"] or tuple(guessed["russian"]),
            short=by_hand["short"],
            other=tuple(sorted(guessed["other"])),
        )

    def _refuse_two_kinds(self) -> None:
        for code in self._renamed.keys() | self._russian.keys() | self._everyday.keys():
            renamed = self._renamed.get(code)
            kinds = (renamed.former if renamed else (), self._russian.get(code, ()), self._everyday.get(code, ()))
            seen: set[str] = set()
            for names in kinds:
                if twice := seen & {normalise(name) for name in names}:
                    raise NamesUnreadable(f"«{min(twice)}» of {code} stands in two files, so it is of two kinds")
                seen |= {normalise(name) for name in names}


@lru_cache(maxsize=65_536)
def guess_kind(official: str, name: str) -> str:
    """«former», «russian» or «other»: what a name of GeoNames seems to be beside the official one.

    Bulgarian and Serbian spellings pass for Russian now and then; they harm nobody.
    """
    spelling = normalise(name)
    alike = SequenceMatcher(None, sound_key(official), sound_key(spelling)).ratio()
    if alike >= _ALIKE and _RUSSIAN_WORD.fullmatch(spelling):
        return "russian"
    is_former = (
        alike < _UNLIKE
        and len(spelling) > 2
        and spelling[:2] != normalise(official)[:2]
        and _FORMER_WORD.fullmatch(spelling)
        and not _NICKNAME.search(spelling)
    )
    return "former" if is_former else "other"


def spellings(row: GeoRow | None) -> tuple[str, ...]:
    """The row's names, each spelling once as people would read it, in alphabetical order."""
    if row is None:
        return ()
    names = {row.name, *(name.replace(_ACCENT, "") for name in row.alternates)}
    by_spelling = {normalise(name): name for name in sorted(names, reverse=True)}
    return tuple(sorted(by_spelling.values()))
