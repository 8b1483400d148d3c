"""Queries written by hand: one TOML file a class in `queries/`, read strictly; a fault names the file and the query."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from directory.places import Gazetteer
from directory.specialities import specialities
from ranking.evaluation.corruptions import CLASSES
from ranking.evaluation.judging import FIELDS, Reply, agrees, said

QUERIES = Path(__file__).parent / "queries"
HALVES = ("development", "test")
# Ambiguity is asked for by hand only: what a query could mean besides takes a person to say.
WRITTEN_CLASSES = (*CLASSES, "ambiguity")
LONGEST = 200

_KEYS = {"text", "about", "half", "near", "expect", "absent", "alternatives"}
_TEXTS = {"oblast", "district", "street", "surname", "given_name", "patronymic", "given_initial", "patronymic_initial"}
_CHOICES = {"gender": {"MALE", "FEMALE"}, "age_group": {"child", "adult"}}


class QueryFileError(ValueError):
    """A file of queries is not as it must be; the message says where and what to write instead."""


@dataclass(frozen=True, slots=True)
class WrittenQuery:
    """One query written by hand. `expect`: fields of `understood` that must be so; `absent`: fields that must not be
    there; `alternatives`: codes of settlements that must be offered; `near` (lat, lon) or None."""

    name: str
    text: str
    about: str
    half: str
    near: tuple[float, float] | None = None
    expect: Mapping[str, Any] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    number: int = 0

    @property
    def key(self) -> str:
        return (
            f"{self.name}/{self.half}/written-{hashlib.sha256(repr((self.text, self.near)).encode()).hexdigest()[:10]}"
        )


def load_queries(folder: Path = QUERIES, gazetteer: Gazetteer | None = None) -> list[WrittenQuery]:
    """All queries of all files, settlements checked too when a gazetteer is given; raises QueryFileError at a fault."""
    found: list[WrittenQuery] = []
    for file in sorted(folder.glob("*.toml")):
        if file.stem not in WRITTEN_CLASSES:
            raise QueryFileError(f"{file.name}: no class «{file.stem}»; the classes are {', '.join(WRITTEN_CLASSES)}")
        found += parse_queries(file.read_text("utf-8"), file.stem, gazetteer)
    return found


def parse_queries(text: str, name: str, gazetteer: Gazetteer | None = None) -> list[WrittenQuery]:
    """The queries of one file's text; see `load_queries`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise QueryFileError(f"{name}.toml is not TOML: {error}") from error
    if set(data) - {"query"}:
        raise QueryFileError(f"{name}.toml: only [[query]] tables belong here, not {', '.join(set(data) - {'query'})}")
    found: list[WrittenQuery] = []
    seen: set[tuple[str, Any]] = set()
    for number, row in enumerate(data.get("query", ()), start=1):
        query = _Reader(f"{name}.toml, query {number} «{row.get('text', '')}»", gazetteer).read(row, name, number)
        if (query.text, query.near) in seen:
            raise QueryFileError(f"{name}.toml, query {number} «{query.text}»: stands there twice")
        seen.add((query.text, query.near))
        found.append(query)
    return found


def hash_of_half(queries: Iterable[WrittenQuery], half: str) -> str:
    """sha256 over everything in one half, whatever the order of files and queries."""
    rows = sorted(
        repr((query.name, query.text, query.near, sorted(query.expect.items()), query.absent, query.alternatives))
        for query in queries
        if query.half == half
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def is_understood(query: WrittenQuery, reply: Reply) -> bool:
    """Each expected field is so, each absent one absent, each alternative offered; of nonsense nothing is claimed."""
    claimed = said(reply.understood)
    if query.name == "nonsense" and not query.expect:
        return not (set(claimed) - {"out_of_domain"})
    if query.absent and set(query.absent) & claimed.keys():
        return False
    if not all(
        name in claimed and agrees(name, claimed[name], wanted) for name, wanted in query.expect.items() if wanted
    ):
        return False
    if any(name in claimed for name, wanted in query.expect.items() if wanted is False):
        return False
    understood = reply.understood or {}
    # The place taken is offered as well: «both must be offered» holds when one of them is taken.
    taken = (understood.get("settlement") or {}).get("code")
    offered = {taken, *(row.get("code") for row in understood.get("alternatives", ()))}
    return set(query.alternatives) <= offered


@dataclass(frozen=True, slots=True)
class _Reader:
    where: str
    gazetteer: Gazetteer | None

    def read(self, row: Mapping[str, Any], name: str, number: int) -> WrittenQuery:
        self._check(not set(row) - _KEYS, f"unknown keys {sorted(set(row) - _KEYS)}; the keys are {sorted(_KEYS)}")
        self._check({"text", "about", "half", "expect"} <= set(row), "text, about, half and expect must be there")
        self._check(
            isinstance(row["text"], str) and 0 < len(row["text"]) <= LONGEST, f"text is 1 to {LONGEST} characters"
        )
        self._check(isinstance(row["about"], str) and bool(row["about"].strip()), "about must say who asks for what")
        self._check(row["half"] in HALVES, f"half is one of {', '.join(HALVES)}")
        self._check(isinstance(row["expect"], dict), "expect is a table, {} when nothing may be understood")
        expect = dict(row["expect"])
        absent, alternatives = row.get("absent", []), row.get("alternatives", [])
        for field_name, value in expect.items():
            self._check_field(field_name, value)
        for names in (absent, alternatives):
            self._check(isinstance(names, list) and all(isinstance(each, str) for each in names), "lists of texts")
        self._check(set(absent) <= set(FIELDS), f"absent names unknown fields {sorted(set(absent) - set(FIELDS))}")
        self._check(not set(absent) & set(expect), "a field is expected and absent at once")
        self._check(bool(expect or absent or alternatives) or name == "nonsense", "only nonsense may expect nothing")
        return WrittenQuery(
            name, row["text"], row["about"], row["half"], self._near(row.get("near")), expect, tuple(absent),
            tuple(alternatives), number,
        )  # fmt: skip

    def _near(self, value: Any) -> tuple[float, float] | None:
        if value is None:
            return None
        fine = isinstance(value, list) and len(value) == 2 and all(isinstance(each, int | float) for each in value)
        self._check(fine and 43 <= value[0] <= 53 and 21 <= value[1] <= 41, "near is [latitude, longitude] in Ukraine")
        return float(value[0]), float(value[1])

    def _check_field(self, name: str, value: Any) -> None:
        self._check(name in FIELDS, f"no field «{name}» in understood; the fields are {', '.join(FIELDS)}")
        if name == "specialities":
            fine = isinstance(value, list) and bool(value) and all(code in specialities() for code in value)
            self._check(fine, "specialities is a list of codes of specialities.toml")
        elif name == "facility":
            fine = isinstance(value, dict) and set(value) <= {"kind", "number", "name"}
            self._check(fine, "facility has kind, number and name only")
        elif name == "settlement":
            self._check(isinstance(value, str) and bool(value), "settlement is a KATOTTG code or a name")
            if self.gazetteer is not None:
                known = self.gazetteer.by_code(value) or self.gazetteer.by_name(value)
                self._check(bool(known), f"no settlement «{value}» in the gazetteer")
        elif name in _CHOICES:
            self._check(value in _CHOICES[name], f"{name} is one of {', '.join(sorted(_CHOICES[name]))}")
        elif name in _TEXTS or name == "language":
            self._check(isinstance(value, str) and bool(value), f"{name} is a text")
        else:
            fine = isinstance(value, bool) or (name == "open_at" and isinstance(value, str))
            self._check(fine, f"{name} is true or false, open_at also a moment")

    def _check(self, fine: bool, fault: str) -> None:
        if not fine:
            raise QueryFileError(f"{self.where}: {fault}")
