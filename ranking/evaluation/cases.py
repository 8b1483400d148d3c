"""Precision, recall and order cases: a patient's intent in words, what they send, and what must come back. Typed data.

A case with `known_failure` must fail: once it passes, the run fails until the mark is taken away.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"
KINDS = ("precision", "recall", "order")
_KEYS = {"name", "kind", "intent", "ask", "first", "order", "includes", "excludes", "only", "nobody", "known_failure"}
_EXPECTATIONS = {"first", "order", "includes", "excludes", "only", "nobody"}


class CaseFileError(ValueError):
    """A file of cases is not as it must be; the message names the case."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case; doctors are named «Surname Given». `ask` is the body of the search.

    `first`: the first hit; `order`: all of them are hits, in this order; `includes`, `excludes`: are hits or not;
    `only`: exactly these are hits; `nobody`: there is no hit, or the search asks back. None or empty = not expected.
    """

    name: str
    kind: str
    intent: str
    ask: Mapping[str, Any]
    first: str | None = None
    order: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    nobody: bool = False
    known_failure: str | None = None


def load_cases(folder: Path = CASES) -> list[Case]:
    """All cases of all files; raises CaseFileError at the first fault."""
    cases = [case for file in sorted(folder.glob("*.toml")) for case in parse_cases(file.read_text("utf-8"))]
    names = [case.name for case in cases]
    for name in names:
        if names.count(name) > 1:
            raise CaseFileError(f"case «{name}» stands there twice")
    return cases


def parse_cases(text: str) -> list[Case]:
    """The cases of one file's text."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CaseFileError(f"not TOML: {error}") from error
    if set(data) - {"case"}:
        raise CaseFileError(f"only [[case]] tables belong here, not {sorted(set(data) - {'case'})}")
    return [_read(row) for row in data.get("case", ())]


def faults_of(case: Case, hits: Sequence[str]) -> list[str]:
    """What is wrong with the hits («Surname Given», in order); empty when all is as expected."""
    found = []
    if case.nobody and hits:
        found.append(f"nobody was to be found, not {_list(hits)}")
    if case.first is not None and list(hits[:1]) != [case.first]:
        found.append(f"first is {_list(hits[:1])}, not {case.first}")
    if case.order and [hit for hit in hits if hit in case.order] != list(case.order):
        found.append(f"the order is {_list(hit for hit in hits if hit in case.order)}, not {_list(case.order)}")
    if missing := [name for name in case.includes if name not in hits]:
        found.append(f"{_list(missing)} must be found")
    if surplus := [name for name in case.excludes if name in hits]:
        found.append(f"{_list(surplus)} must not be found")
    if case.only and set(hits) != set(case.only):
        found.append(f"found are {_list(hits)}, not just {_list(case.only)}")
    return found


def verdict(case: Case, hits: Sequence[str]) -> str | None:
    """Why the run must fail because of this case; None when it need not. Known failures are strict."""
    found = faults_of(case, hits)
    if case.known_failure is not None:
        return None if found else f"«{case.name}» passes now: take `known_failure` away"
    return f"«{case.name}» ({case.intent}): {'; '.join(found)}" if found else None


def _read(row: Mapping[str, Any]) -> Case:
    name = row.get("name")
    if not isinstance(name, str) or not name:
        raise CaseFileError(f"a case without a name: {row}")
    if set(row) - _KEYS:
        raise CaseFileError(f"case «{name}»: unknown keys {sorted(set(row) - _KEYS)}; the keys are {sorted(_KEYS)}")
    if row.get("kind") not in KINDS:
        raise CaseFileError(f"case «{name}»: kind is one of {', '.join(KINDS)}")
    for key in ("intent", "first", "known_failure"):
        if key in row and not (isinstance(row[key], str) and row[key].strip()):
            raise CaseFileError(f"case «{name}»: {key} is a text")
    if "intent" not in row or not isinstance(row.get("ask"), dict):
        raise CaseFileError(f"case «{name}»: intent and ask must be there")
    lists = ("order", "includes", "excludes", "only")
    for key in lists:
        if not all(isinstance(each, str) for each in row.get(key, ())):
            raise CaseFileError(f"case «{name}»: {key} is a list of names")
    if not _EXPECTATIONS & set(row):
        raise CaseFileError(f"case «{name}» expects nothing: give one of {', '.join(sorted(_EXPECTATIONS))}")
    fields: dict[str, Any] = {key: tuple(value) if key in lists else value for key, value in row.items()}
    return Case(**fields)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) or "nobody"
