"""Changes of a search or of a doctor's data, from the smallest on: one before two, then by the patient's effort."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ranking.documents import Document

_FILE = Path(__file__).with_name("changes.toml")
_KEYS = {"effort", "of", "why", "uk", "en"}


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """One kind of change as `changes.toml` has it; `of` is «query» or «doctor», `last_resort` when all else fails."""

    name: str
    effort: int
    of: str
    why: str
    uk: str
    en: str
    last_resort: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `query`: fields of the search to send otherwise, None = leave out. `doctor`: dotted paths of the
    stored document and what would stand there. `values` fill the sentence of the kind."""

    kind: ChangeKind
    query: Mapping[str, Any] = field(default_factory=dict)
    doctor: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


@lru_cache(maxsize=1)
def change_kinds() -> Mapping[str, ChangeKind]:
    """All kinds of change by name."""
    return check_change_kinds(tomllib.loads(_FILE.read_text("utf-8")))


def check_change_kinds(data: Mapping[str, Any]) -> Mapping[str, ChangeKind]:
    """The kinds of such a file; raises ValueError that names the first entry at fault."""
    kinds: dict[str, ChangeKind] = {}
    efforts: dict[int, str] = {}
    for name, fields in data.items():
        if set(fields) - {"last_resort"} != _KEYS:
            raise ValueError(f"change «{name}»: the keys are {', '.join(sorted(_KEYS))}, and last_resort or not")
        kind = ChangeKind(name, **fields)
        if kind.of not in ("query", "doctor"):
            raise ValueError(f"change «{name}»: of is «query» or «doctor», not «{kind.of}»")
        if kind.effort in efforts:
            raise ValueError(f"changes «{efforts[kind.effort]}» and «{name}» have the same effort {kind.effort}")
        efforts[kind.effort] = name
        kinds[name] = kind
    return MappingProxyType(kinds)


def by_effort(changes: Iterable[tuple[Change, ...]]) -> list[tuple[Change, ...]]:
    """The smallest first: fewer changes before more, then the lower sum of efforts, then the lowest single effort."""

    def size(several: tuple[Change, ...]) -> tuple[int, int, int]:
        efforts = [change.kind.effort for change in several]
        return len(efforts), sum(efforts), min(efforts)

    return sorted(changes, key=size)


def pairs_of(singles: Iterable[Change]) -> list[tuple[Change, ...]]:
    """All pairs of changes of different kinds, the smallest first."""
    return by_effort(combinations(singles, 2))


def altered(document: Document, changes: Mapping[str, Any]) -> Document:
    """The document with other values at the dotted paths of `changes`; the one given stays as it is."""
    found: Document = document
    for path, value in changes.items():
        found = _with(found, path.split("."), value)
    return found


def _with(document: Document, path: list[str], value: Any) -> Document:
    head, *rest = path
    inner = document.get(head)
    return {**document, head: _with(inner if isinstance(inner, Mapping) else {}, rest, value) if rest else value}
