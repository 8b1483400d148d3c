"""Files of phrases anyone can read: «сімейн{adj} лікар{s}» stands for every combination of the listed endings."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from directory.text import sound_key, words

# Shorter words share their sound key with too much else.
SHORTEST_KEY = 5

_SLOT = re.compile(r"\{(\w+)\}")


class UnknownEnding(ValueError):
    """A phrase names endings that the file does not list."""


class Contradiction(ValueError):
    """One phrase stands for two different things."""


@dataclass(frozen=True, slots=True)
class Match:
    """`length` words that stand for `code`; `by_sound` when only their sound is that of a known phrase."""

    code: str
    length: int
    by_sound: bool


class PhraseBook:
    """Phrases and what each stands for; the longest match wins, spelling before sound."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        """`entries` are (normalised phrase, code); raises Contradiction when spelling or sound would mean two codes."""
        self._by_spelling: dict[str, str] = {}
        self._by_sound: dict[str, str] = {}
        for phrase, code in entries:
            self._add(self._by_spelling, phrase, code, phrase)
        for phrase, code in self._by_spelling.items():
            if len(key := _key(phrase.split())) >= SHORTEST_KEY:
                self._add(self._by_sound, key, code, phrase)
        self._longest = max((phrase.count(" ") + 1 for phrase in self._by_spelling), default=0)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._by_spelling.items())

    def match(self, tokens: Sequence[str], start: int) -> Match | None:
        """The longest phrase that begins at `tokens[start]`, by spelling, else by sound; None when there is none."""
        lengths = range(min(self._longest, len(tokens) - start), 0, -1)
        for length in lengths:
            code = self._by_spelling.get(" ".join(tokens[start : start + length]))
            if code is not None:
                return Match(code, length, by_sound=False)
        for length in lengths:
            code = self._by_sound.get(_key(tokens[start : start + length]))
            if code is not None:
                return Match(code, length, by_sound=True)
        return None

    @staticmethod
    def _add(book: dict[str, str], entry: str, code: str, phrase: str) -> None:
        known = book.setdefault(entry, code)
        if known != code:
            raise Contradiction(f"«{phrase}» stands for {known} and for {code}: keep it under one of them")


def expand(phrase: str, endings: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """All phrases that `phrase` stands for, normalised, words joined by one blank, without repeats.

    Raises UnknownEnding for a slot that is not in `endings`.
    """
    parts = _SLOT.split(phrase)
    for slot in parts[1::2]:
        if slot not in endings:
            raise UnknownEnding(f"«{phrase}»: no endings called «{slot}»; list them under [endings]")
    choices = [[part] if place % 2 == 0 else list(endings[part]) for place, part in enumerate(parts)]
    return tuple(dict.fromkeys(" ".join(words("".join(choice))) for choice in product(*choices)))


def _key(tokens: Sequence[str]) -> str:
    return " ".join(map(sound_key, tokens))
