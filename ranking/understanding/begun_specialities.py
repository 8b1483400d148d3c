"""Specialities whose official or everyday name goes on from what is typed: «лор», «окул», «сімейний лі»."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from directory.specialities import specialities
from ranking.understanding.beginnings import Beginning, Sought, plain_phrase
from ranking.understanding.begun_phrases import BegunPhrases
from ranking.understanding.typed import words_of
from ranking.understanding.word_files import speciality_phrases

# A phrase is the official name, one that people say, or the official one from a later word on.
_OFFICIAL, _SAID, _TAIL = 0, 1, 2

# Most people look for a doctor of primary care: «дит» is a paediatrician before a child's surgeon.
_SHARE_OF_PRIMARY_CARE = 0.02
_KEPT_ANSWERS = 4096

_Named = tuple[str, int]


class BegunSpecialities:
    """The names of all specialities, in both languages and in everyday speech."""

    def __init__(self) -> None:
        self._phrases: BegunPhrases[_Named] = BegunPhrases(_entries())
        self._said = Counter(code for codes in speciality_phrases().values() for code in codes)
        self._ranked = lru_cache(_KEPT_ANSWERS)(self._rank)
        self._primary = {code for code, info in specialities().items() if info.declaration_limit is not None}
        self._order = {code: at for at, code in enumerate(specialities())}

    def has(self, sought: Sequence[Sought]) -> bool:
        """Some name begins so."""
        return self._phrases.has(sought)

    def find(self, sought: Iterable[Sought]) -> tuple[str, ...]:
        """Codes whose names begin so, the likeliest first: a whole name, primary care, the official name, then by how
        much of what people call them begins so."""
        return self._ranked(tuple(sought))

    def _rank(self, sought: tuple[Sought, ...]) -> tuple[str, ...]:
        best: dict[str, tuple[bool, int]] = {}
        said: Counter[str] = Counter()
        for one in sought:
            for phrase, (code, kind) in self._phrases.find(one):
                rank = (phrase != one.text, kind)
                best[code] = min(best.get(code, rank), rank)
                said[code] += kind == _SAID
        shares = {code: said[code] / max(self._said[code], 1) for code in best}

        def likeliest(code: str) -> tuple[bool, bool, int, float, int]:
            longer, kind = best[code]
            first = code in self._primary and shares[code] >= _SHARE_OF_PRIMARY_CARE
            return longer, not first, kind, -shares[code], self._order[code]

        return tuple(sorted(best, key=likeliest))

    def repaired(self, beginning: Beginning) -> list[tuple[str, float]]:
        """Beginnings of names one slip away, with the weight of the slip."""
        return self._phrases.repaired(beginning.text)

    def warm(self) -> None:
        """Builds what is otherwise built at the first slip."""
        self._phrases.warm()


@lru_cache(maxsize=1)
def begun_specialities() -> BegunSpecialities:
    """The one list, made at the first use."""
    return BegunSpecialities()


def _entries() -> Iterator[tuple[str, _Named]]:
    known = specialities()
    for info in known.values():
        for name in (info.uk, info.en):
            split = words_of(name)
            yield plain_phrase(" ".join(split)), (info.code, _OFFICIAL)
            for at in range(1, len(split)):
                yield plain_phrase(" ".join(split[at:])), (info.code, _TAIL)
    for phrase, codes in speciality_phrases().items():
        for code in codes:
            if code in known:
                yield plain_phrase(phrase), (code, _SAID)
