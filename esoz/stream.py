"""A bulk body as a stream of typed rows: never the whole feed in memory, never one bad row the end of it."""

import codecs
import json
import math
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from esoz.bad_rows import BadRow
from esoz.errors import Malformed, Truncated
from esoz.feeds import Feed
from esoz.reading import read_row
from esoz.values import Moment, read_value

__all__ = ["BadRow", "BulkStream"]

LONGEST_ROW_CHARS = 8 * 1024 * 1024

_BLANK = " \t\r\n"
_WHOLE_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
# What is left where decoding stopped, if only more text is missing: nothing, the start of a literal, number or escape.
_CUT = re.compile(r"\s*|-|\.\d*|[eE][+-]?\d*|[tfnNI-][a-zA-Z]{0,7}|\\?u?[0-9a-fA-F]{0,4}")


def _finite(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None


def _no_number(_: str) -> None:
    """NaN and the infinities are no JSON: a field that holds one counts as null."""


_decode = json.JSONDecoder(parse_float=_finite, parse_constant=_no_number).raw_decode


class BulkStream:
    """One bulk answer being read. `rows` may be read once; `meta_date` is certain after the last row."""

    def __init__(self, feed: Feed, chunks: Iterable[bytes]) -> None:
        self.feed = feed
        self.meta: dict[str, Any] = {}
        self.bytes_read = 0
        self._chunks = iter(chunks)
        self._utf8 = codecs.getincrementaldecoder("utf-8-sig")()
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
        JSON object with one list `data`."""
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
                if saw_data:
                    raise self._malformed("has two lists `data`")
                saw_data = True
                yield from self._data_rows()
            else:
                self._peek()
                value = self._value()
                if key == "meta" and isinstance(value, dict):
                    self.meta = value
        self._expect("}")
        if self._peek(at_end_ok=True):
            raise self._malformed("goes on after its end")
        if not saw_data:
            raise self._malformed("has no list `data`")

    def _data_rows(self) -> Iterator[Any | BadRow]:
        self._expect("[")
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            self._peek()
            row = self._value()
            yield read_row(self.feed, row, self._text[self._value_start : self._at])
            separator = self._peek()
            self._at += 1
            if separator == "]":
                return
            if separator != ",":
                raise self._malformed("has something other than a comma between rows")

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
                raise self._truncated("of a letter") from error
            raise self._malformed("is not UTF-8") from error
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
                raise self._truncated("of the list")

    def _expect(self, character: str) -> None:
        if self._peek() != character:
            raise self._malformed("is not the JSON that the contract promises")
        self._at += 1

    def _value(self) -> Any:
        """Decode one JSON value at the window's position, reading on as long as it is incomplete."""
        while True:
            self._value_start = self._at
            try:
                value, end = _decode(self._text, self._at)
            except json.JSONDecodeError as error:
                self._read_on(error.pos)
                continue
            except (RecursionError, ValueError) as error:
                # Nested too deeply, or a number of thousands of digits: nothing that more text would cure.
                raise self._malformed("is not JSON that can be read") from error
            # A number at the very end of the window may go on in the next piece.
            if end == len(self._text) and not isinstance(value, dict | list | str) and self._more():
                continue
            self._at = end
            return value

    def _read_on(self, stopped_at: int) -> None:
        """Read on if the value is merely incomplete, else say which way the body is broken.

        Reads until the window has doubled, so that a long row in small pieces is not decoded once a piece.
        """
        if len(self._text) - self._at > LONGEST_ROW_CHARS:
            raise self._malformed("has a row of more than eight million characters") from None
        open_string = self._text.startswith('"', stopped_at) and not _WHOLE_STRING.match(self._text, stopped_at)
        if not open_string and not _CUT.fullmatch(self._text, stopped_at):
            raise self._malformed("is not JSON") from None
        wanted = 2 * (len(self._text) - self._at)
        if not self._more():
            raise self._truncated("of a row") from None
        while len(self._text) < wanted and self._more():
            pass

    def _malformed(self, what: str) -> Malformed:
        return Malformed(f"The answer of feed {self.feed.name} {what}.")

    def _truncated(self, where: str) -> Truncated:
        return Truncated(f"The answer of feed {self.feed.name} ended in the middle {where}.")
