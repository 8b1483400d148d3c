"""A text still being typed, read in every spelling it may be: as it stands, by sound, on another keyboard layout.

The last word is only begun, the words before it are whole. Nothing is looked up here: which reading is a name, a place
or a speciality, the lists of those say.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from directory.text import lookalikes_to_cyrillic, sound_key, strip_invisible, words
from ranking.understanding.keyboards import Retyped, retype_cyrillic, retype_latin, retype_mixed, retype_to_latin
from ranking.understanding.reading import Repaired
from ranking.understanding.typed import MAX_TEXT

MAX_BEGUN_WORDS = 8

_SHORTEST_BY_SOUND = 2
_SHORTEST_FOR_LATIN = 4
_SHORTEST_LOOKALIKE = 3
# A short text on another layout is what it spells: what it sounds like is too much.
_SHORTEST_SOUND_OF_LAYOUT = 4
_VOWELS = frozenset("aeiouy")
_CYRILLIC = re.compile("[а-яёіїєґ]", re.IGNORECASE)
_LETTER_MARKS = frozenset("[]{};<>`~")
# Letters that are half of what they will be once the next one is typed: «s» of «sh», «t» of «ts».
_HALF_TYPED = {"s": "S", "t": "c", "z": "Z", "c": "C", "k": "h"}
# A glide is not heard before these, and «ou» is one sound: the key of a longer beginning drops what this one still has.
_AFTER_GLIDE = "aeuo"
_SHORTEST_GLIDE = 4


class Sought(NamedTuple):
    """A beginning to look for in a list of phrases: as they are spelt, or `by_sound` among their sound keys."""

    text: str
    by_sound: bool


@dataclass(frozen=True, slots=True)
class Beginning:
    """One reading: `words` normalised, at least one; `keys` for each word the sound keys it may begin, empty when none.

    `text` is the words joined by blanks as `plain_phrase` has them; `sounds` the sound keys that it may
    begin as a whole, empty when a word has none. `repair`: what was changed to read it so, None for the text as it
    stands. `undecided`: one on another layout is as likely as this one by its sound.
    `far`: less likely than one slip in another reading.
    """

    words: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    text: str
    sounds: tuple[str, ...]
    repair: Repaired | None = None
    undecided: bool = False
    far: bool = False

    def sought(self, *, by_sound: bool) -> tuple[Sought, ...]:
        """What to look for among phrases; by sound several keys, as the last word may go on."""
        return tuple(Sought(key, True) for key in self.sounds) if by_sound else (Sought(self.text, False),)


@dataclass(frozen=True, slots=True)
class BegunWord:
    """One typed word as the index is asked for it.

    `begins` are beginnings of words as spelt, `keys` beginnings of sound keys, `meant` whole words that it is another
    form of. A word without any of them finds nothing.
    """

    begins: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.begins or self.keys or self.meant)


@lru_cache(maxsize=4096)
def read_beginning(text: str) -> tuple[Beginning, ...]:
    """The readings of what is typed so far, the likeliest first; empty for a text without a letter or digit.

    200 characters and eight words are read. Another layout is tried from the second letter on.
    """
    text = strip_invisible(text[:MAX_TEXT]).strip()
    found: dict[tuple[str, ...], Beginning] = {}
    for spelling, repair, undecided in _spellings(text):
        typed = tuple(words(spelling)[:MAX_BEGUN_WORDS])
        if typed and typed not in found:
            found[typed] = _beginning(typed, repair, undecided)
    for retyped in _latin_meant(text):
        typed = tuple(words(retyped.text)[:MAX_BEGUN_WORDS])
        if typed and typed not in found:
            found[typed] = replace(_beginning(typed, Repaired.LAYOUT, undecided=False), far=True)
    return tuple(found.values())


def _beginning(typed: tuple[str, ...], repair: Repaired | None, undecided: bool) -> Beginning:
    phrase = plain_phrase(" ".join(typed))
    parts = phrase.split()
    if repair is not None and len(phrase) < _SHORTEST_SOUND_OF_LAYOUT:
        return Beginning(typed, ((),) * len(typed), phrase, (), repair, undecided)
    *before, last = _keys(parts)
    sounds = tuple(" ".join([*(keys[0] for keys in before), key]) for key in last) if all(before) else ()
    return Beginning(typed, _keys(typed), phrase, sounds, repair, undecided)


def plain_phrase(phrase: str) -> str:
    """A phrase as beginnings are compared: hyphens divide words, apostrophes are nothing, for most people type none."""
    return phrase.replace("-", " ").replace("'", "")


def begin_at(beginning: Beginning, at: int) -> Beginning:
    """The same reading from its word number `at` on."""
    return _beginning(beginning.words[at:], beginning.repair, beginning.undecided)


def says_something(beginning: Beginning) -> bool:
    """It is more than a row of single letters, each of which begins some word of anything."""
    return len(beginning.words) == 1 or any(len(word) > 1 for word in beginning.words)


def _spellings(text: str) -> Iterator[tuple[str, Repaired | None, bool]]:
    letters = [letter for letter in text if letter.isalpha()]
    cyrillic = bool(_CYRILLIC.search(text))
    latin = [letter for letter in letters if letter.isascii()]
    if not latin or len(letters) + sum(mark in _LETTER_MARKS for mark in text) < _SHORTEST_BY_SOUND:
        yield text, None, False
        if cyrillic and _LETTER_MARKS.intersection(text):
            yield retype_mixed(text), Repaired.LAYOUT, False
        for other in retype_cyrillic(text.lower()):
            yield other.text, Repaired.LAYOUT, False
        return
    if cyrillic:
        yield text, None, False
        yield retype_mixed(text), Repaired.LAYOUT, False
        return
    retyped = [(one.text, Repaired.LAYOUT, False) for one in retype_latin(text)]
    # No word of any language is typed without vowels, and «yy» stands in none at the beginning.
    if not _VOWELS.intersection(text.lower()) or text[0] in _LETTER_MARKS:
        yield from retyped
        yield text, None, False
    else:
        # «lysg» begins «Лисгівка» and, on another layout, «Дніпро»: what there is of both decides.
        yield text, None, True
        yield from retyped
    if len(letters) >= _SHORTEST_LOOKALIKE:
        mended = lookalikes_to_cyrillic(text)
        if all(not letter.isascii() for letter in mended if letter.isalpha()):
            yield mended, Repaired.SCRIPT, False


def _latin_meant(text: str) -> tuple[Retyped, ...]:
    """What a Cyrillic text would be in Latin letters: «Лншм» for «Kyiv»."""
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) < _SHORTEST_FOR_LATIN or any(letter.isascii() for letter in letters):
        return ()
    return retype_to_latin(text.lower())


def _keys(typed: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    whole = tuple((key,) if (key := sound_key(word)) else () for word in typed[:-1])
    return (*whole, _begun_keys(typed[-1], 1 if whole else _SHORTEST_BY_SOUND))


def _begun_keys(word: str, shortest: int) -> tuple[str, ...]:
    """Beginnings of the sound keys of all words that begin as this one; empty where that is too little to go by."""
    key = sound_key(word)
    if len(key) < shortest:
        return ()
    found = [key]
    half = _HALF_TYPED.get(word[-1])
    if half and word.isascii():
        found.append(key[:-1] + half)
    if key[-1] == "i" and len(key) >= _SHORTEST_GLIDE:
        found += [key[:-1] + vowel for vowel in _AFTER_GLIDE]
    elif key[-1] == "o":
        found.append(key[:-1] + "u")
    return tuple(found)
