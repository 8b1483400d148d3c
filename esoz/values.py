"""The loose values of upstream rows, read once into one form each (domain rules §8, esoz-api §11)."""

import re
from datetime import UTC, date, datetime
from typing import Any

_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,9}))?)?\s*(Z|z|[+-]\d{2}:?\d{2})?$")


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
    """Read one loose value; the hook of every decoder here. ValueError names what was expected."""
    if kind is Code:
        return Code(_string(value).upper())
    if kind is Text:
        return Text(_string(value))
    if kind is Id:
        text = _string(value).lower()
        if not text:
            raise ValueError("an id, not an empty string")
        return Id(text)
    if kind is Moment:
        return _moment(value)
    if kind is Day:
        found = _MOMENT.match(value.strip()) if isinstance(value, str) else None
        if not found:
            raise ValueError("a date YYYY-MM-DD")
        year, month, day = map(int, found[1].split("-"))
        return Day(year, month, day)
    raise NotImplementedError(kind)


def _string(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    raise ValueError("text")


def _moment(value: Any) -> Moment:
    found = _MOMENT.match(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError("a date-time in ISO 8601")
    day, time, fraction, zone = found.groups()
    offset = "+00:00" if zone in (None, "Z", "z") else f"{zone[:3]}:{zone[-2:]}"
    micros = (fraction or "0")[:6].ljust(6, "0")
    time = time or "00:00:00"
    seconds = time if len(time) == 8 else f"{time}:00"
    at = datetime.fromisoformat(f"{day}T{seconds}.{micros}{offset}").astimezone(UTC)
    return Moment(at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond, UTC)
