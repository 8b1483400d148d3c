"""Initials: which Ukrainian letter a typed one stands for, and which names of the index begin with it."""

from collections.abc import Sequence

from ranking.understanding.lexicons import WordLexicon

# What people write for a letter: Russian letters, Latin ones. The likeliest first.
_STANDS_FOR = {
    "ы": "иі", "э": "е", "ё": "є", "ъ": "ї", "ґ": "гґ", "г": "гґ", "е": "еє", "є": "єе", "и": "иі", "і": "іий",
    "ї": "їі", "a": "а", "b": "б", "c": "цс", "d": "д", "e": "еє", "f": "ф", "g": "гґ", "h": "гх", "i": "ії",
    "j": "йюяє", "k": "кх", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "сш",
    "t": "тц", "u": "ую", "v": "в", "w": "в", "x": "х", "y": "юяєі", "z": "зж",
}  # fmt: skip

# No Ukrainian name begins with them: typed, they are the key of another letter.
_NEVER_FIRST = frozenset("иьы")


def names_with_initial(letter: str, lexicon: WordLexicon) -> tuple[str, ...]:
    """Names of the lexicon that a typed initial may stand for, sorted; empty when there are none."""
    return tuple(sorted(name for first in _STANDS_FOR.get(letter, letter) for name in lexicon.beginning_with(first)))


def ukrainian_initial(letter: str, names: Sequence[str], lexicon: WordLexicon) -> str:
    """The letter as it stands in Ukrainian, upper case: as typed, else that of the commonest name it may stand for."""
    letters = _STANDS_FOR.get(letter, letter)
    if letter in _NEVER_FIRST and names:
        return max(names, key=lexicon.count)[0].upper()
    if letter in letters or not names:
        return letters[0].upper() if letter not in letters else letter.upper()
    return max(names, key=lexicon.count)[0].upper()
