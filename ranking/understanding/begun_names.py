"""Words being typed as names of people in the index: as spelt, as they sound, in Russian or pet form, with one slip."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from directory.declension import given_name_entries, russian_given_forms
from directory.text import sound_key
from ranking.understanding.beginnings import Beginning, BegunWord, says_something
from ranking.understanding.begun_phrases import BegunPhrases
from ranking.understanding.lexicons import NameLexicon
from ranking.understanding.reading import TakenAs
from ranking.understanding.vocabulary import How, Vocabulary

# Other forms of a name than its own are heard from the third letter on: «ле» begins too much.
_SHORTEST_OTHER_FORM = 3
_MOST_MEANT = 6
_NAMES = frozenset({TakenAs.SURNAME, TakenAs.GIVEN_NAME, TakenAs.PATRONYMIC})


class BegunNames:
    """The names of one index. `vocabulary` tells what whole words are other forms of."""

    def __init__(self, names: NameLexicon, vocabulary: Vocabulary) -> None:
        known = {word for part in (names.surnames, names.given, names.patronymics) for word in part}
        divided = {part for word in known if "-" in word for part in word.split("-")}
        self._whole = frozenset(known | divided)
        self._whole_keys = frozenset(map(sound_key.__wrapped__, self._whole))
        self._names: BegunPhrases[None] = BegunPhrases((word, None) for word in sorted(known | divided))
        self._other_forms: BegunPhrases[str] = BegunPhrases(_other_forms(names))
        self._vocabulary = vocabulary
        self._counts = names.given

    def read(self, beginning: Beginning) -> tuple[BegunWord, ...] | None:
        """Each word as the index knows it, all but the last as whole names; None when one of them is no name there."""
        return self._all(beginning, self._word)

    def repaired(self, beginning: Beginning) -> tuple[BegunWord, ...] | None:
        """The same with one slip in each word that is no name otherwise; None when that does not help either."""
        return self._all(beginning, self._with_slip)

    def warm(self) -> None:
        """Builds what is otherwise built at the first slip."""
        self._names.warm()

    def _all(
        self, beginning: Beginning, read: Callable[[str, tuple[str, ...], bool], BegunWord]
    ) -> tuple[BegunWord, ...] | None:
        last = len(beginning.words) - 1
        if not says_something(beginning):
            return None
        found = []
        for at, (word, keys) in enumerate(zip(beginning.words, beginning.keys, strict=True)):
            begun = read(word, keys, at == last)
            if not begun:
                return None
            found.append(begun)
        return tuple(found)

    def _word(self, word: str, keys: tuple[str, ...], last: bool) -> BegunWord:
        spelt = self._names.knows(word) if last else word in self._whole
        alike = self._names.knows_sound if last else self._whole_keys.__contains__
        return BegunWord((word,) if spelt else (), tuple(filter(alike, keys)), self._meant(word, last))

    def _with_slip(self, word: str, keys: tuple[str, ...], last: bool) -> BegunWord:
        plain = self._word(word, keys, last)
        if plain or not word.replace("'", "").replace("-", "").isalpha():
            return plain
        if not word.isascii():
            return BegunWord(tuple(other for other, _ in self._names.repaired(word)))
        return BegunWord(keys=tuple(other for key in keys[:1] for other, _ in self._names.repaired_key(key)))

    def _meant(self, word: str, last: bool) -> tuple[str, ...]:
        found: dict[str, None] = {}
        if last and len(word) >= _SHORTEST_OTHER_FORM:
            found.update((name, None) for _, name in self._other_forms.spelt(word) if not name.startswith(word))
        elif not last:
            for meaning in self._vocabulary.meanings(word):
                if meaning.taken_as in _NAMES and meaning.how is not How.LEMMA:
                    found[meaning.value] = None
        return tuple(sorted(found, key=lambda name: (-self._counts.count(name), name))[:_MOST_MEANT])


def _other_forms(names: NameLexicon) -> Iterator[tuple[str, str]]:
    """Russian, everyday and pet forms of the given names in the index, in the nominative."""
    entries = given_name_entries()
    forms: dict[str, dict[str, None]] = defaultdict(dict)
    for given in names.given:
        for gender in names.genders_of(given):
            for form in list(russian_given_forms(given, gender))[:1]:
                forms[form][given] = None
        entry = entries.get(given)
        for form in (*entry.russian, *entry.variants, *entry.short) if entry else ():
            forms[form][given] = None
    yield from ((form, given) for form, of in forms.items() for given in of)
