"""The words that understanding compares with: names and facility words of the index, places, specialities."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from directory.places import SETTLEMENT_CATEGORIES, Gazetteer, Place
from directory.text import sound_key
from ranking.understanding.word_files import facility_phrases, small_words, speciality_phrases


class Places(Protocol):
    """What understanding asks of a gazetteer; `directory.places.Gazetteer` is one."""

    def by_code(self, code: str) -> Place | None:
        """The place with this KATOTTG code."""

    def by_name(self, name: str, categories: Collection[str] = SETTLEMENT_CATEGORIES) -> list[Place]:
        """Places of this name, official names first, then the likeliest."""

    def by_key(self, word: str, categories: Collection[str] = SETTLEMENT_CATEGORIES) -> list[Place]:
        """Places whose name sounds alike, the likeliest first."""


@dataclass(frozen=True)
class WordLexicon:
    """Words of one field of the index with how many doctors bear each; found by spelling or by sound."""

    counts: Mapping[str, int] = field(default_factory=dict)

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def count(self, word: str) -> int:
        """Doctors with this very spelling; 0 when none."""
        return self.counts.get(word, 0)

    def count_by_sound(self, key: str) -> int:
        """Doctors with a spelling of this sound key; 0 when none."""
        return self._by_key.get(key, 0)

    @cached_property
    def _by_key(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for word, count in self.counts.items():
            found[sound_key(word)] += count
        found.pop("", None)
        return dict(found)


@dataclass(frozen=True)
class NameLexicon:
    """The names in the index by part. Build it from the terms of `name.surname`, `name.given`, `name.patronymic`."""

    surnames: WordLexicon = field(default_factory=WordLexicon)
    given: WordLexicon = field(default_factory=WordLexicon)
    patronymics: WordLexicon = field(default_factory=WordLexicon)


@dataclass(frozen=True)
class Lexicons:
    """All that `understand` compares a text with; `facility_words` are the terms of `facility.words`."""

    names: NameLexicon = field(default_factory=NameLexicon)
    facility_words: WordLexicon = field(default_factory=WordLexicon)
    places: Places = field(default_factory=lambda: Gazetteer(()))

    def warm(self) -> None:
        """Builds what is otherwise built at the first text, so that no patient waits for it."""
        for lexicon in (self.names.surnames, self.names.given, self.names.patronymics, self.facility_words):
            lexicon.count_by_sound("")
        self.places.by_name("")
        self.places.by_key("")
        for load in (small_words, speciality_phrases, facility_phrases):
            load()
