"""Text keys: one normal spelling and one coarse sound key, the same for index and query.

Both sides of every comparison pass through these functions, so index and query cannot disagree. `normalise` keeps the
letters a person wrote and removes only what never carries meaning; `sound_key` joins spellings that sound alike across
Ukrainian, Russian and their romanisations, so that a plain term look-up replaces transliteration.
"""

import re
import unicodedata
from functools import lru_cache

APOSTROPHE = "'"

_APOSTROPHE_FORMS = "'’ʼ`´‘′ʹ\"*＇"
_CYRILLIC = "а-яёіїєґ"
_BETWEEN_CYRILLIC = re.compile(rf"(?<=[{_CYRILLIC}])[{re.escape(_APOSTROPHE_FORMS)}]+(?=[{_CYRILLIC}])")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u0301\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0f\ufeff\x00-\x08\x0b-\x1f\x7f]"
)
_HAS_CYRILLIC = re.compile(f"[{_CYRILLIC}]", re.IGNORECASE)
_HAS_LATIN = re.compile("[a-z]", re.IGNORECASE)
_DASHES = re.compile("[‐‑‒–—―−]")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")

# Capitals fold before casefolding: Latin B, H, K, M, T look like Cyrillic letters only as capitals.
_LOOKALIKES = str.maketrans("ABCEHIKMOPTXYaceiopxy", "АВСЕНІКМОРТХУасеіорху")

_SOUNDS_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвзклмнопрстуф", "abvzklmnoprstuf", strict=True)),
        **dict.fromkeys("гґх", "h"),
        **dict.fromkeys("иіїйы", "i"),
        **dict.fromkeys("еєэё", "e"),
        "д": "d",
        "ж": "Z",
        "ц": "c",
        "ч": "C",
        "ш": "S",
        "щ": "SC",
        "ю": "u",
        "я": "a",
        "ь": "",
        "ъ": "",
        "'": "",
    }
)
_SOUNDS_LATIN = {
    "schtsch": "SC", "shch": "SC", "szcz": "SC", "chtch": "SC", "tsch": "C", "sch": "S", "tch": "C", "zgh": "zh",
    "zh": "Z", "kh": "h", "ch": "C", "cz": "C", "sh": "S", "sz": "S", "ts": "c", "tz": "c", "gh": "h", "ph": "f",
    "ya": "a", "ja": "a", "ia": "a", "yu": "u", "ju": "u", "iu": "u", "ye": "e", "je": "e", "ie": "e", "yi": "i",
    "ji": "i", "yo": "o", "jo": "o", "io": "o", "x": "ks", "w": "v", "y": "i", "j": "i", "g": "h",
    "q": "k", "4": "C", "š": "S", "č": "C", "ž": "Z", "'": "",
}  # fmt: skip
_LATIN_SOUND = re.compile("|".join(sorted(map(re.escape, _SOUNDS_LATIN), key=len, reverse=True)))
_GLIDES = re.compile("i(?=[eauo])")
_DOUBLED = re.compile(r"(.)\1+")


def normalise(text: str) -> str:
    """One spelling for matching: case, invisible characters, dashes, apostrophes and lookalike letters made equal.

    Words that mix Cyrillic with Latin lookalikes become Cyrillic; apostrophes between Cyrillic letters become U+0027;
    runs of white space become one blank. Letters themselves are kept: «ґ» stays «ґ» (domain rules §8).
    """
    text = _DASHES.sub("-", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    words = []
    for word in text.split():
        if _HAS_CYRILLIC.search(word) and _HAS_LATIN.search(word):
            word = word.translate(_LOOKALIKES)
        words.append(_BETWEEN_CYRILLIC.sub(APOSTROPHE, word.casefold()))
    # A combining accent may have split by casefolding; composing again keeps й and ї whole.
    return unicodedata.normalize("NFC", " ".join(words))


def words(text: str) -> list[str]:
    """The words of a text, normalised, in order; apostrophes and hyphens inside a word stay, other punctuation goes."""
    return _WORD.findall(normalise(text))


def name_parts(name: str) -> tuple[str, ...]:
    """A name as it is looked up: normalised whole first, then each part of a double name («нечуй-левицька», «нечуй»…).

    Empty for None-like or empty names.
    """
    whole = " ".join(words(name))
    parts = [part for part in re.split("[- ]", whole) if part]
    return tuple(dict.fromkeys([whole, *parts])) if whole else ()


@lru_cache(maxsize=65536)
def sound_key(word: str) -> str:
    """A coarse key that spellings of one sound share: Ukrainian, Russian and romanised, with or without apostrophes.

    Joins г/ґ/х, и/і/ї/й/ы, е/є/э/ё, я/а and ю/у, drops ь, ъ and apostrophes, undoubles letters. Rank equal spelling
    above equal key: the key is many to one. Empty for a word without letters or digits.
    """
    word = normalise(word).replace(" ", "")
    if _HAS_CYRILLIC.search(word):
        sounds = word.translate(_SOUNDS_CYRILLIC)
    else:
        sounds = _LATIN_SOUND.sub(lambda found: _SOUNDS_LATIN[found.group()], word)
        sounds = "".join(c for c in unicodedata.normalize("NFD", sounds) if not unicodedata.combining(c))
    sounds = "".join(c for c in sounds if c.isalnum())
    # «ou» is one sound in French habits and two in «Білоус»: one key for both, whatever the script.
    return _DOUBLED.sub(r"\1", _GLIDES.sub("", _DOUBLED.sub(r"\1", sounds)).replace("ou", "u"))
