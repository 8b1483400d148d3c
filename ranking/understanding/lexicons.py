"""What texts are read against: the names and facility words of the index, the places, the words of the data files."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from directory.declension import Gender
from directory.places import SETTLEMENT_CATEGORIES, Gazetteer, Place, PlaceName
from ranking.understanding.vocabulary import Vocabulary

if TYPE_CHECKING:
    from ranking.understanding.begun_facilities import BegunFacilities
    from ranking.understanding.begun_names import BegunNames


class Places(Protocol):
    """What understanding asks of a gazetteer; `directory.places.Gazetteer` is one."""

    def by_code(self, code: str) -> Place | None:
        """The place with this KATOTTG code."""

    def by_name(self, name: str, categories: Collection[str] = SETTLEMENT_CATEGORIES) -> list[Place]:
        """Places of this name, official names first, then the likeliest."""

    def names(self) -> Iterator[PlaceName]:
        """Every name of every place with its kind."""


@dataclass(frozen=True)
class WordLexicon:
    """Words of one field of the index with how many doctors bear each."""

    counts: Mapping[str, int] = field(default_factory=dict)

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def __iter__(self) -> Iterator[str]:
        return iter(self.counts)

    def count(self, word: str) -> int:
        """Doctors with this very spelling; 0 when none."""
        return self.counts.get(word, 0)

    def beginning_with(self, letter: str) -> tuple[str, ...]:
        """Words whose first letter is this one."""
        return self._by_initial.get(letter, ())

    @cached_property
    def _by_initial(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.counts):
            found[word[:1]].append(word)
        return {initial: tuple(words) for initial, words in found.items()}


@dataclass(frozen=True, slots=True)
class Bearer:
    """A combination of names in the index, normalised; `patronymic` and `gender` None where unknown."""

    surname: str
    given: str
    patronymic: str | None
    gender: str | None
    count: int = 1


@dataclass(frozen=True)
class NameLexicon:
    """The names in the index by part, and who bears which together.

    `of` makes one from combinations; made by hand, the parts alone suffice: then nobody is known to bear two together.
    """

    surnames: WordLexicon = field(default_factory=WordLexicon)
    given: WordLexicon = field(default_factory=WordLexicon)
    patronymics: WordLexicon = field(default_factory=WordLexicon)
    genders: Mapping[str, frozenset[str]] = field(default_factory=dict)
    people: Mapping[str, frozenset[tuple[str, str | None]]] = field(default_factory=dict)

    @classmethod
    def of(cls, bearers: Iterable[Bearer]) -> "NameLexicon":
        """All names of the bearers, counted."""
        surnames: dict[str, int] = defaultdict(int)
        given: dict[str, int] = defaultdict(int)
        patronymics: dict[str, int] = defaultdict(int)
        genders: dict[str, set[str]] = defaultdict(set)
        people: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
        for bearer in bearers:
            surnames[bearer.surname] += bearer.count
            given[bearer.given] += bearer.count
            people[bearer.surname].add((bearer.given, bearer.patronymic))
            if bearer.patronymic:
                patronymics[bearer.patronymic] += bearer.count
            if bearer.gender:
                for name in (bearer.surname, bearer.given, bearer.patronymic):
                    if name:
                        genders[name].add(bearer.gender)
        return cls(
            WordLexicon(dict(surnames)),
            WordLexicon(dict(given)),
            WordLexicon(dict(patronymics)),
            {
                name: _SHARED.setdefault(found, found)
                for name, genders_ in genders.items()
                if (found := frozenset(genders_))
            },
            {surname: frozenset(borne) for surname, borne in people.items()},
        )

    def genders_of(self, name: str) -> tuple[Gender, ...]:
        """Genders of those who bear the name; both when nobody noted any."""
        known = self.genders.get(name)
        return tuple(gender for gender in _BOTH if known is None or gender in known)


_BOTH: tuple[Gender, ...] = ("MALE", "FEMALE")
_SHARED: dict[frozenset[str], frozenset[str]] = {}


@dataclass(frozen=True)
class Lexicons:
    """All that `understand` compares a text with.

    `facility_words` are the terms of `facility.words`, `streets` those of `place.street`; `doctors_in` how many doctors
    work in a settlement, by code: of namesakes the one with doctors is likelier meant. `known_surnames`: surnames that
    exist though nobody in the index bears them. `renamed_streets`: city code → former term → today's.
    """

    names: NameLexicon = field(default_factory=NameLexicon)
    facility_words: WordLexicon = field(default_factory=WordLexicon)
    places: Places = field(default_factory=lambda: Gazetteer(()))
    streets: WordLexicon = field(default_factory=WordLexicon)
    doctors_in: Mapping[str, int] = field(default_factory=dict)
    known_surnames: frozenset[str] = frozenset()
    renamed_streets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def former_streets(self) -> frozenset[str]:
        """Terms of streets that some city has renamed."""
        return frozenset(former for streets in self.renamed_streets.values() for former in streets)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every word and phrase with its meanings, made at the first use; about two seconds for the nation."""
        from ranking.understanding.assembly import vocabulary_entries

        return Vocabulary(vocabulary_entries(self), self.known_surnames)

    @cached_property
    def begun_names(self) -> "BegunNames":
        """The names in the index as they are found by their beginnings, made at the first use."""
        from ranking.understanding.begun_names import BegunNames

        return BegunNames(self.names, self.vocabulary)

    @cached_property
    def begun_facilities(self) -> "BegunFacilities":
        """The words of facilities as they are found by their beginnings, made at the first use."""
        from ranking.understanding.begun_facilities import BegunFacilities

        return BegunFacilities(self.facility_words)

    def warm(self) -> None:
        """Builds what is otherwise built at the first text, so that no patient waits for it."""
        from ranking.understanding.begun_specialities import begun_specialities

        self.vocabulary.meanings("")
        self.begun_names.warm()
        self.begun_facilities.warm()
        begun_specialities().warm()
        for lexicon in (self.names.given, self.names.patronymics):
            lexicon.beginning_with("а")
