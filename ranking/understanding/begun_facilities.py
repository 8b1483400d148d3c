"""Words being typed as words of facilities: a kind said otherwise than in its names, «больни» for «лікарня»."""

from collections.abc import Iterable, Iterator

from ranking.facility_kinds import facility_kinds
from ranking.understanding.beginnings import Beginning, BegunWord, says_something
from ranking.understanding.begun_phrases import BegunPhrases

_SHORTEST_KIND = 3


class BegunFacilities:
    """The words of facilities of one index, and the kinds people say."""

    def __init__(self, facility_words: Iterable[str]) -> None:
        kinds = list(_kinds())
        said = {phrase for phrase, _ in kinds}
        self._kinds: BegunPhrases[str] = BegunPhrases(kinds)
        self._words: BegunPhrases[None] = BegunPhrases((word, None) for word in sorted(said.union(facility_words)))

    def knows(self, beginning: Beginning, *, by_sound: bool = True) -> bool:
        """Each word begins a word of some facility, by spelling or by sound; not if all are single letters."""
        return says_something(beginning) and all(
            self._known(word, keys if by_sound else ())
            for word, keys in zip(beginning.words, beginning.keys, strict=True)
        )

    def read(self, beginning: Beginning) -> tuple[BegunWord, ...]:
        """Each word as the names of facilities may begin it; never empty, since not every facility has doctors."""
        return self._read(beginning, [(word,) for word in beginning.words])

    def repaired(self, beginning: Beginning) -> tuple[BegunWord, ...] | None:
        """The same with one slip in each word that no facility has; None when that does not help either."""
        spelt = []
        for word, keys in zip(beginning.words, beginning.keys, strict=True):
            known = self._known(word, keys)
            begins = (word,) if known else tuple(other for other, _ in self._words.repaired(word))
            if not begins:
                return None
            spelt.append(begins)
        return self._read(beginning, spelt)

    def warm(self) -> None:
        """Builds what is otherwise built at the first slip."""
        self._words.warm()

    def _known(self, word: str, keys: tuple[str, ...]) -> bool:
        # Any number may be that of a facility.
        return word.isdigit() or self._words.knows(word) or any(map(self._words.knows_sound, keys))

    def _read(self, beginning: Beginning, spelt: list[tuple[str, ...]]) -> tuple[BegunWord, ...]:
        last = len(spelt) - 1
        return tuple(
            BegunWord(begins, () if begins[0].isdigit() else keys, self._of_the_kind(begins, keys, at == last))
            for at, (begins, keys) in enumerate(zip(spelt, beginning.keys, strict=True))
        )

    def _of_the_kind(self, begins: tuple[str, ...], keys: tuple[str, ...], last: bool) -> tuple[str, ...]:
        """Words that show in names the kind which is meant; none for a word that begins more than one kind."""
        codes: set[str] = set()
        for word in begins:
            if len(word) >= _SHORTEST_KIND:
                codes |= {code for phrase, code in self._kinds.spelt(word) if last or phrase == word}
        if not codes:
            for key in keys:
                if len(key) >= _SHORTEST_KIND:
                    codes |= {code for phrase, code in self._kinds.sounding(key) if last or phrase == key}
        return facility_kinds()[codes.pop()].in_names if len(codes) == 1 else ()


def _kinds() -> Iterator[tuple[str, str]]:
    """Kinds that are one word; of longer phrases the first word says less than the whole."""
    for kind in facility_kinds().values():
        yield from ((phrase, kind.code) for phrase in kind.phrases if " " not in phrase)
