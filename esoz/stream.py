"""A bulk body as a stream of typed rows: never the whole feed in memory, never one bad row the end of it."""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from esoz.errors import Malformed, Truncated
from esoz.feeds import Feed
from esoz.values import Moment, read_value

LONGEST_ROW_CHARS = 8 * 1024 * 1024
PERSONAL = frozenset(
    {
        "tax_id", "drfo", "edrpou", "first_name", "last_name", "second_name", "year_of_birth", "birth_date",
        "about_myself", "phones", "phone", "email", "number", "certificate_number", "diploma_number", "documents",
    }
)  # fmt: skip

_decode = json.JSONDecoder().raw_decode
_BLANK = " \t\r\n"
_WHOLE_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
# No JSON literal or escape that a piece may cut is longer.
_LONGEST_LITERAL = 40


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is JSON but not what the contract says.

    `reason` is a code: not_an_object, missing_field or wrong_value; `detail` says where and what was expected, without
    the value; `raw` is the row as JSON without personal fields.
    """

    feed: str
    entity_id: str | None
    reason: str
    detail: str
    raw: bytes


class BulkStream:
    """One bulk answer being read. `rows` may be read once; `meta_date` is certain after the last row."""

    def __init__(self, feed: Feed, chunks: Iterable[bytes]) -> None:
        self.feed = feed
        self.meta: dict[str, Any] = {}
        self.bytes_read = 0
        self._chunks = iter(chunks)
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._at = 0
        self._value_start = 0
        self._ended = False

    @property
    def meta_date(self) -> datetime | None:
        """The snapshot's own date in UTC; None before it was read, or when absent or no date."""
        try:
            moment: Moment = read_value(Moment, self.meta.get("date"))
        except ValueError:
            return None
        return moment

    def rows(self) -> Iterator[Any | BadRow]:
        """Every row in order, typed, or a BadRow. Raises Truncated when the body ends early, Malformed when it is no
        JSON object with a list `data`."""
        saw_data = False
        self._expect("{")
        first = True
        while self._peek() != "}":
            if not first:
                self._expect(",")
            first = False
            self._peek()
            key = self._value()
            self._expect(":")
            if key == "data":
                saw_data = True
                yield from self._data_rows()
            else:
                self._peek()
                value = self._value()
                if key == "meta" and isinstance(value, dict):
                    self.meta = value
        self._expect("}")
        if self._peek(at_end_ok=True):
            raise Malformed(f"The answer of feed {self.feed.name} goes on after its end.")
        if not saw_data:
            raise Malformed(f"The answer of feed {self.feed.name} has no list `data`.")

    def _data_rows(self) -> Iterator[Any | BadRow]:
        self._expect("[")
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            self._peek()
            row = self._value()
            yield self._typed(row, self._text[self._value_start : self._at])
            separator = self._peek()
            self._at += 1
            if separator == "]":
                return
            if separator != ",":
                raise Malformed(f"Between rows of feed {self.feed.name} stands something other than a comma.")

    def _typed(self, row: Any, raw: str) -> Any | BadRow:
        feed = self.feed
        if not isinstance(row, dict):
            kind = type(row).__name__
            return BadRow(feed.name, None, "not_an_object", f"a row is {kind}, not an object", b"{}")
        if '"NULL"' in raw or '""' in raw:
            row = {key: _without_null_texts(value) for key, value in row.items()}
        try:
            return msgspec.convert(row, feed.row_type, strict=False, dec_hook=read_value)
        except msgspec.ValidationError as error:
            required = (each.encode_name for each in msgspec.structs.fields(feed.row_type) if each.required)
            reason = "wrong_value" if all(name in row for name in required) else "missing_field"
            identity = "|".join(str(row.get(name) or "") for name in feed.key)
            return BadRow(feed.name, identity.strip("|") or None, reason, str(error), msgspec.json.encode(scrub(row)))

    # The window over the body: `_text` from the first character not yet consumed on, `_at` the next one to read.

    def _more(self) -> bool:
        """Read the next piece into the window, dropping what was consumed; False at the end of the body."""
        if self._ended:
            return False
        chunk = next(self._chunks, None)
        try:
            fresh = self._utf8.decode(b"" if chunk is None else chunk, final=chunk is None)
        except UnicodeDecodeError as error:
            if chunk is None:
                raise Truncated(f"The answer of feed {self.feed.name} ended in the middle of a letter.") from error
            raise Malformed(f"The answer of feed {self.feed.name} is not UTF-8.") from error
        self._ended = chunk is None
        self.bytes_read += len(chunk or b"")
        self._text = self._text[self._at :] + fresh
        self._at = 0
        self._value_start = 0
        return not self._ended or bool(fresh)

    def _peek(self, *, at_end_ok: bool = False) -> str:
        """The next character that is not blank, not consumed; "" at the end of the body where that is allowed."""
        while True:
            while self._at < len(self._text):
                character = self._text[self._at]
                if character not in _BLANK:
                    return character
                self._at += 1
            if not self._more():
                if at_end_ok:
                    return ""
                raise Truncated(f"The answer of feed {self.feed.name} ended in the middle.")

    def _expect(self, character: str) -> None:
        if self._peek() != character:
            raise Malformed(f"The answer of feed {self.feed.name} is not the JSON that the contract promises.")
        self._at += 1

    def _value(self) -> Any:
        """Decode one JSON value at the window's position, reading on as long as it is incomplete."""
        while True:
            self._value_start = self._at
            try:
                value, end = _decode(self._text, self._at)
            except (json.JSONDecodeError, RecursionError) as error:
                self._read_on(error)
                continue
            # A number at the very end of the window may go on in the next piece.
            if end == len(self._text) and not isinstance(value, dict | list | str) and self._more():
                continue
            self._at = end
            return value

    def _read_on(self, error: json.JSONDecodeError | RecursionError) -> None:
        if isinstance(error, RecursionError) or len(self._text) - self._at > LONGEST_ROW_CHARS:
            raise Malformed(f"The answer of feed {self.feed.name} is not JSON.") from None
        # A fault well before the end of the window cannot be cured by more text, unless it is an open string there.
        open_string = self._text.startswith('"', error.pos) and not _WHOLE_STRING.match(self._text, error.pos)
        if len(self._text) - error.pos > _LONGEST_LITERAL and not open_string:
            raise Malformed(f"The answer of feed {self.feed.name} is not JSON.") from None
        if not self._more():
            raise Truncated(f"The answer of feed {self.feed.name} ended in the middle of a row.") from None


def scrub(value: Any) -> Any:
    """The same JSON value without personal fields, at any depth."""
    if isinstance(value, dict):
        return {key: scrub(item) for key, item in value.items() if key not in PERSONAL}
    if isinstance(value, list):
        return [scrub(item) for item in value]
    return value


def _without_null_texts(value: Any) -> Any:
    if isinstance(value, str):
        return None if value in ("", "NULL") else value
    if isinstance(value, dict):
        return {key: _without_null_texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_null_texts(item) for item in value]
    return value
