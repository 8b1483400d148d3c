"""The loose values of upstream rows, read once into one form each (domain rules §8, esoz-api §11)."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?([Zz]|[+-]\d{2}:?\d{2})?)?", re.ASCII
)


class Code(str):
    """A dictionary code in upper case, whatever case it came in; a number becomes its digits."""

    __slots__ = ()


class Text(str):
    """Free text or a number given where text is promised (edrpou, contract_id), with the ends stripped."""

    __slots__ = ()


class Id(str):
    """An upstream id: not empty, lower case."""

    __slots__ = ()


class Moment(datetime):
    """A moment in UTC, from any of upstream's spellings: Z, milliseconds, an offset, a blank for T, a bare date."""

    __slots__ = ()


class Day(date):
    """A calendar day, from a date or from a date-time, whose day is taken as written."""

    __slots__ = ()


def read_value(kind: type, value: Any) -> Any:
    """Read one loose value; the hook of every decoder here. ValueError names what was expected, never what came."""
    return _READERS[kind](value)


def _code(value: Any) -> Code:
    return Code(_string(value).upper())


def _text(value: Any) -> Text:
    return Text(_string(value))


def _id(value: Any) -> Id:
    text = _string(value).lower()
    if not text:
        raise ValueError("expected an id, not an empty string")
    return Id(text)


def _day(value: Any) -> Day:
    return Day.fromisoformat(_match(value, "expected a date YYYY-MM-DD")[1])


def _moment(value: Any) -> Moment:
    found = _match(value, "expected a date-time in ISO 8601")
    day, time, zone = found.groups()
    at = Moment.fromisoformat(f"{day}T{time}{(zone or '').upper()}" if time else day)
    if at.tzinfo is UTC:
        return at
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("expected a date-time within the years 1 to 9999") from error


def _match(value: Any, expected: str) -> re.Match[str]:
    found = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError(expected)
    return found


def _string(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    raise ValueError("expected text")


_READERS: dict[type, Callable[[Any], Any]] = {Code: _code, Text: _text, Id: _id, Moment: _moment, Day: _day}
