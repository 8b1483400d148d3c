"""Cyrillic in Latin letters: by the official tables, and by the habits of people who know none of them."""

from random import Random

import translitua

_UKRAINIAN_TABLES: dict[type[translitua.TransliterationTable], int] = {
    translitua.UkrainianKMU: 60,
    translitua.UkrainianPassport2007: 12,
    translitua.UkrainianSimple: 8,
    translitua.UkrainianBGN: 8,
    translitua.UkrainianNational1996: 8,
    translitua.UkrainianGOST1986: 4,
}
_RUSSIAN_LETTERS = str.maketrans("ыэёЫЭЁ", "иееИЕЕ", "ъЪ")
_RUSSIAN_TABLES = (
    translitua.RussianInternationalPassport,
    translitua.RussianICAO,
    translitua.RussianSimple,
    translitua.RussianDriverLicense,
)
# What people type for a letter, the commonest first; one choice holds for the whole text.
_HABITS = {
    "г": ("h", "g", "g"), "ґ": ("g",), "е": ("e",), "є": ("ye", "je", "ie", "e"), "ж": ("zh", "zh", "j"), "з": ("z",),
    "и": ("y", "i", "i"), "і": ("i",), "ї": ("i", "yi", "ji"), "й": ("y", "i", "j"), "х": ("kh", "h", "h", "x"),
    "ц": ("ts", "c", "tz"), "ч": ("ch", "ch", "ch", "ch", "4"), "ш": ("sh",), "щ": ("shch", "sch", "sh"),
    "ь": ("", "", "'"), "ю": ("yu", "iu", "ju"), "я": ("ya", "ia", "ja"), "в": ("v", "v", "w"), "к": ("k",),
    "'": ("", "", "'"), "ы": ("y",), "э": ("e",), "ё": ("yo", "e"), "ъ": ("",),
    **{letter: (latin,) for letter, latin in zip("абдлмнопрстуф", "abdlmnoprstuf", strict=True)},
}  # fmt: skip


def by_table(text: str, rng: Random) -> str:
    """By one of the tables for Ukrainian in use, mostly that of the Cabinet of Ministers of 2010."""
    table = rng.choices(list(_UKRAINIAN_TABLES), list(_UKRAINIAN_TABLES.values()))[0]
    # These tables leave Russian letters alone, which nobody types among Latin ones.
    return str(translitua.translit(text.translate(_RUSSIAN_LETTERS), table))


def by_russian_table(text: str, rng: Random) -> str:
    """Russian text by one of the tables for Russian."""
    return str(translitua.translit(text, rng.choice(_RUSSIAN_TABLES)))


def by_habit(text: str, rng: Random) -> str:
    """As people improvise: each letter in one way throughout the text, drawn at random."""
    choice = {letter: rng.choice(forms) for letter, forms in _HABITS.items()}
    latin = []
    for letter in text:
        found = choice.get(letter.lower(), letter)
        latin.append(found.capitalize() if letter.isupper() else found)
    return "".join(latin)
