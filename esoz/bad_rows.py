"""Rows that are JSON but not what the contract says, without anything personal in them."""

import types
import typing
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from esoz.rows import LegalEntityRow

# Declared, because rows need them, or close to a person; none of it may stand in a quarantine.
PERSONAL = frozenset(
    {"first_name", "last_name", "second_name", "year_of_birth", "about_myself", "edrpou", "phones", "number", "email"}
)
# A sole practitioner's facility bears the person's name and is often at home.
PERSONAL_IN_LEGAL_ENTITIES = frozenset(
    {"name", "short_name", "public_name", "addresses", "residence_address", "website"}
)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is JSON but not what the contract says.

    `reason` is a code: not_an_object, missing_field or wrong_value; `detail` says where and what was expected, without
    the value; `raw` is the row as JSON, of which only fields remain that the row type declares and that say nothing
    about a person: no tax id, name, birth, certificate or diploma, under whatever name it came.
    """

    feed: str
    entity_id: str | None
    reason: str
    detail: str
    raw: bytes


def scrub(row: dict[str, Any], row_type: type[Any]) -> dict[str, Any]:
    """What of a row may be shown: declared fields that are not personal, at any depth."""
    scrubbed: dict[str, Any] = _scrub(row, _harmless_names(row_type))  # type: ignore[arg-type]
    return scrubbed


def _scrub(value: Any, harmless: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {key: _scrub(item, harmless) for key, item in value.items() if key in harmless}
    if isinstance(value, list):
        return [_scrub(item, harmless) for item in value]
    # Half a surrogate pair cannot be written as UTF-8.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


@cache
def _harmless_names(row_type: type[Any]) -> frozenset[str]:
    """Names of all fields under a row type, its own and those of the objects in it; week days name working hours."""
    names = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
    waiting: list[Any] = [row_type]
    while waiting:
        hint = waiting.pop()
        if isinstance(hint, type) and not isinstance(hint, types.GenericAlias) and issubclass(hint, msgspec.Struct):
            hints = typing.get_type_hints(hint)
            names.update(hints)
            waiting.extend(hints.values())
        else:
            waiting.extend(typing.get_args(hint))
    return frozenset(names - PERSONAL - (PERSONAL_IN_LEGAL_ENTITIES if row_type is LegalEntityRow else set()))
