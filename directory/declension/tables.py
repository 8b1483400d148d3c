"""Tables of endings: how a word of a given shape changes by case, written as a grammar book writes it.

A table is a section of `ukrainian.toml` or `russian.toml`; the header of those files explains the notation. Reading one
unfolds every row into plain endings, so that declining a word costs a few dictionary look-ups and string joins.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

_LEADING_GROUPS = re.compile(r"^(?:\[[^]]*\])*")
_GROUP_OR_LETTER = re.compile(r"\[([^]]*)\]|(.)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """How words of one shape decline: take `cut` letters off, then add the endings of a case (nominative first)."""

    cut: int
    cases: tuple[tuple[str, ...], ...]
    # Every ending of the other cases once: what `forms` needs, computed when the table is read.
    others: tuple[str, ...]

    def by_case(self, word: str) -> tuple[tuple[str, ...], ...]:
        stem = word[: len(word) - self.cut]
        return tuple(tuple(stem + ending for ending in case) for case in self.cases)

    def forms(self, word: str) -> tuple[str, ...]:
        stem = word[: len(word) - self.cut]
        return (word, *[stem + ending for ending in self.others])


class Table:
    """The rows of one section, found by the longest ending that a word has."""

    def __init__(self, whole: Mapping[str, Pattern], endings: Mapping[str, Pattern]) -> None:
        self.whole = dict(whole)
        self.endings = dict(endings)
        self._lengths = sorted({len(ending) for ending in self.endings}, reverse=True)

    def pattern(self, word: str) -> Pattern:
        """The pattern of a normalised word; a word that no row describes stays as it is in every case."""
        found = self.whole.get(word)
        if found is not None:
            return found
        endings = self.endings
        for length in self._lengths:
            found = endings.get(word[-length:])
            if found is not None:
                return found
        return _UNCHANGED

    def forms(self, word: str) -> tuple[str, ...]:
        return self.pattern(word).forms(word)


def _pattern(cut_text: str, cases: list[list[str]]) -> Pattern:
    others = dict.fromkeys(ending for case in cases[1:] for ending in case if ending != cut_text)
    return Pattern(len(cut_text), tuple(tuple(dict.fromkeys(case)) for case in cases), tuple(others))


_CASES = 7
_OPTIONS = ("extends", "vocative")
_UNCHANGED = _pattern("", [[""]] * _CASES)


@lru_cache(maxsize=2)
def tables(language: str) -> Mapping[str, Table]:
    """All tables of a language («ukrainian» or «russian») by the name of their section."""
    with Path(__file__).with_name(f"{language}.toml").open("rb") as file:
        sections = tomllib.load(file)
    read: dict[str, Table] = {}
    for name, section in sections.items():
        read[name] = _read_section(section, read)
    return read


def _read_section(section: Mapping[str, str], earlier: Mapping[str, Table]) -> Table:
    whole: dict[str, Pattern] = {}
    endings: dict[str, Pattern] = {}
    for parent in section.get("extends", "").split():
        whole |= earlier[parent].whole
        endings |= earlier[parent].endings
    derived: list[tuple[str, str]] = []
    for keys, cells in section.items():
        if keys in _OPTIONS:
            continue
        for key in keys.split():
            if cells.endswith("-"):
                derived.append((key, cells))
                continue
            for ending, cut in endings_of(key.removeprefix("^")):
                pattern = (
                    _borrowed(ending, cut, earlier[cells[1:]]) if cells.startswith("@") else _plain(ending, cut, cells)
                )
                (whole if key.startswith("^") else endings)[ending] = pattern
    # Rows that name stems borrow the endings of those stems, so they are read when all the plain rows are known.
    plain = Table({}, endings)
    for key, cells in derived:
        for ending, cut in endings_of(key.removeprefix("^")):
            pattern = _from_stems(ending[len(ending) - cut :], cells.split(), plain)
            (whole if key.startswith("^") else endings)[ending] = pattern
    if section.get("vocative") == "no":
        whole = {word: _without_vocative(pattern) for word, pattern in whole.items()}
        endings = {ending: _without_vocative(pattern) for ending, pattern in endings.items()}
    return Table(whole, endings)


def _without_vocative(pattern: Pattern) -> Pattern:
    nominative = pattern.cases[0]
    cases = [list(case) for case in (*pattern.cases[:-1], nominative)]
    return _pattern(nominative[0], cases)


def endings_of(key: str) -> Iterator[tuple[str, int]]:
    """Each ending that a key describes, with the count of its letters that the cells replace."""
    kept_text, bar, replaced = key.partition("|")
    if not bar:
        replaced = _LEADING_GROUPS.sub("", key, count=1)
        kept_text = key.removesuffix(replaced)
    for kept in product(*(group or letter for group, letter in _GROUP_OR_LETTER.findall(kept_text))):
        yield "".join(kept) + replaced, len(replaced)


def _plain(ending: str, cut: int, cells: str) -> Pattern:
    cut_text = ending[len(ending) - cut :]
    if cells == "=":
        return _pattern(cut_text, [[cut_text]] * _CASES)
    cases = [[cut_text]]
    for cell in cells.split():
        cases.append([cut_text if form == "=" else "" if form == "0" else form for form in cell.split("/")])
    while len(cases) < _CASES:
        cases.append([cut_text])
    return _pattern(cut_text, cases)


def _borrowed(ending: str, cut: int, other: Table) -> Pattern:
    found = other.pattern(ending)
    return _moved(ending[len(ending) - cut :], [(ending, found)], kept=len(ending) - cut)


def _from_stems(cut_text: str, stems: list[str], plain: Table) -> Pattern:
    return _moved(cut_text, [(stem[:-1], plain.pattern(stem[:-1])) for stem in stems], kept=0)


def _moved(cut_text: str, sources: list[tuple[str, Pattern]], kept: int) -> Pattern:
    cases: list[list[str]] = [[cut_text]] + [[] for _ in range(_CASES - 1)]
    for word, pattern in sources:
        for number, case in enumerate(pattern.by_case(word)[1:], 1):
            # Where the borrowed row keeps the nominative (lifeless accusative), so does this word.
            cases[number] += [cut_text if form == word else form[kept:] for form in case]
    return _pattern(cut_text, cases)
