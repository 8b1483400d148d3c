"""Streets as they are compared: the name without the word for its kind, and the names that streets no longer bear.

Both sides pass through here: the addresses of the indexes by `street_terms`, a search by `street_term`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from directory.text import normalise, words

if TYPE_CHECKING:
    from directory.places.gazetteer import Gazetteer

_FILE = Path(__file__).parent / "data" / "streets.toml"
_TYPES = "types"
_SOURCE = "source"
_LEAST_LETTERS = 4


class StreetsUnreadable(Exception):
    """The file of streets contradicts itself; the message says where."""


@dataclass(frozen=True, slots=True)
class StreetRename:
    """A street of a city with another name now; `city` as in the file, `new` and `old` with their kind as written."""

    city: str
    oblast: str | None
    new: str
    old: tuple[str, ...]
    source: str


@lru_cache(maxsize=1)
def street_types() -> Mapping[str, str]:
    """Every way to write a kind of street, normalised, to the kind: «вул» and «ул» → «вулиця»."""
    found: dict[str, str] = {}
    for kind, written in _read()[_TYPES].items():
        for word in written:
            if found.setdefault(word, kind) != kind or " ".join(words(word)) != word:
                raise StreetsUnreadable(f"{_FILE.name}: «{word}» is two kinds of street or not one plain word")
    return found


@lru_cache(maxsize=1)
def street_renames() -> tuple[StreetRename, ...]:
    """All renamed streets of the file; raises StreetsUnreadable when a former name leads to two streets of a city."""
    return tuple(_renames())


def street_words(text: str) -> tuple[str, ...]:
    """The words of a street's name, normalised, in order, up to a comma, without the word for its kind.

    The kind stands before the name or after it («вул. Набережна», «Берестейський проспект»); a street that is called
    by a kind alone keeps it. «ё» counts as «е».
    """
    found = tuple(word.replace("ё", "е") for word in words(text.partition(",")[0]))
    types = street_types()
    if len(found) > 1 and found[0] in types:
        return found[1:]
    if len(found) > 1 and found[-1] in types:
        return found[:-1]
    return found


def street_term(text: str) -> str:
    """The street as one term, for a search: «просп. Степана Бандери» → «степана бандери»; empty for no name."""
    return " ".join(street_words(text))


def street_terms(street: str | None, city: str | None, renamed: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """What an address is found by: its street as given, its name of today, and the last word of either.

    The last word is what people say: «Бандери» for «Степана Бандери». `city` is a KATOTTG code, `renamed` comes from
    `renamed_streets`. Empty for no street.
    """
    given = street_term(street or "")
    if not given:
        return ()
    today = renamed.get(city or "", {}).get(given)
    names = [given] if today is None else [given, today]
    last = [name.rpartition(" ")[2] for name in names]
    return tuple(dict.fromkeys((*names, *(word for word in last if len(word) >= _LEAST_LETTERS and word.isalpha()))))


def renamed_streets(gazetteer: "Gazetteer") -> dict[str, dict[str, str]]:
    """City code → former term → today's term; cities that the gazetteer does not know are left out."""
    found: dict[str, dict[str, str]] = {}
    for rename in street_renames():
        for place in gazetteer.by_name(rename.city, "KM"):
            oblast = gazetteer.by_code(place.oblast)
            bears_it = normalise(place.name) == normalise(rename.city)
            if bears_it and (rename.oblast is None or (oblast is not None and oblast.name == rename.oblast)):
                terms = found.setdefault(place.code, {})
                terms.update(dict.fromkeys(map(street_term, rename.old), street_term(rename.new)))
    return found


def _renames() -> Iterator[StreetRename]:
    for entry, streets in _read().items():
        if entry == _TYPES:
            continue
        city, _, oblast = entry.removesuffix(")").partition(" (")
        source = streets.pop(_SOURCE, "")
        if not source:
            raise StreetsUnreadable(f"{_FILE.name}: «{entry}» does not say where its renamings come from")
        leads_to: dict[str, str] = {}
        for new, pairs in streets.items():
            old = tuple(name.strip() for pair in pairs for name in pair.split("|"))
            for name in old:
                term = street_term(name)
                if not term or term == street_term(new) or leads_to.setdefault(term, new) != new:
                    raise StreetsUnreadable(f"{_FILE.name}: «{name}» of «{entry}» is no former name of «{new}» alone")
            yield StreetRename(city, oblast or None, new, old, source)


def _read() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
