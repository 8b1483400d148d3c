"""Text keys: one normal spelling and one coarse sound key, the same for index and query.

Both sides of every comparison pass through these functions, so index and query cannot disagree. `normalise` keeps the
letters a person wrote and removes only what never carries meaning; `sound_key` joins spellings that sound alike across
Ukrainian, Russian and their romanisations, so that a plain term look-up replaces transliteration.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

APOSTROPHE = "'"

_APOSTROPHE_FORMS = "'’ʼ`´‘′ʹ\"*＇"
_CYRILLIC = "а-яёіїєґ"
_BETWEEN_CYRILLIC = re.compile(rf"(?<=[{_CYRILLIC}])[{re.escape(_APOSTROPHE_FORMS)}]+(?=[{_CYRILLIC}])")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u0301\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0f\ufeff\x00-\x08\x0b-\x1f\x7f]"
)
_HAS_CYRILLIC = re.compile(f"[{_CYRILLIC}]", re.IGNORECASE)
# Words of letters of one script, as nearly all names are: nothing to mend in them but the case.
_PLAIN = re.compile(
    "|".join(
        f"{letters}+(?:['-]{letters}+)*(?: {letters}+(?:['-]{letters}+)*)*"
        for letters in ("[А-Яа-яІЇЄҐіїєґЁё]", "[A-Za-z]")
    )
)
_PLAIN_CYRILLIC = re.compile(f"[{_CYRILLIC}']+")
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
# The same for many words at once, a byte a letter: щ stands for its two sounds until the end, whatever else for none.
_ONE_BYTE = "cp1251"
_SHCH = b"\x01"
_OTHER = "\x02"
_SOUNDS_IN_BYTES = bytearray(_OTHER.encode() * 256)
for _letter, _sound in _SOUNDS_CYRILLIC.items():
    _SOUNDS_IN_BYTES[chr(_letter).encode(_ONE_BYTE)[0]] = (_sound.encode() if len(_sound) == 1 else _SHCH)[0]
_SOUNDS_IN_BYTES[ord("\n")] = ord("\n")
_SILENT_IN_BYTES = "".join(chr(code) for code, sound in _SOUNDS_CYRILLIC.items() if not sound).encode(_ONE_BYTE)
_LATIN_SOUND = re.compile("|".join(sorted(map(re.escape, _SOUNDS_LATIN), key=len, reverse=True)))
_GLIDES = re.compile("i(?=[eauo])")
_VOWELS = np.frombuffer(b"eauo", dtype=np.uint8)
_Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]
_DOUBLED = re.compile(r"(.)\1+")


def strip_invisible(text: str) -> str:
    """The text composed (NFC) and without characters that nobody sees: soft hyphens, joiners, stress marks."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def lookalikes_to_cyrillic(text: str) -> str:
    """Every Latin letter that looks like a Cyrillic one as that one; others stay."""
    return text.translate(_LOOKALIKES)


def normalise(text: str) -> str:
    """One spelling for matching: case, invisible characters, dashes, apostrophes and lookalike letters made equal.

    Words that mix Cyrillic with Latin lookalikes become Cyrillic; apostrophes between Cyrillic letters become U+0027;
    runs of white space become one blank. Letters themselves are kept: «ґ» stays «ґ» (domain rules §8).
    """
    if _PLAIN.fullmatch(text):
        return text.lower()
    text = _DASHES.sub("-", strip_invisible(text))
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
    if not _PLAIN_CYRILLIC.fullmatch(word):
        word = normalise(word).replace(" ", "")
    if _HAS_CYRILLIC.search(word):
        sounds = word.translate(_SOUNDS_CYRILLIC)
    else:
        sounds = _LATIN_SOUND.sub(lambda found: _SOUNDS_LATIN[found.group()], word)
        sounds = "".join(c for c in unicodedata.normalize("NFD", sounds) if not unicodedata.combining(c))
    if not sounds.isalnum():
        sounds = "".join(c for c in sounds if c.isalnum())
    sounds = _DOUBLED.sub(r"\1", sounds)
    # «ou» is one sound in French habits and two in «Білоус»: one key for both, whatever the script.
    joined = _GLIDES.sub("", sounds).replace("ou", "u") if "i" in sounds or "ou" in sounds else sounds
    return joined if joined == sounds else _DOUBLED.sub(r"\1", joined)


def sound_keys(words: Sequence[str]) -> list[str]:
    """The `sound_key` of each word, in order: many at once for a fifth of the time, and none of them remembered."""
    keys = _keys_of_plain("\n".join(words))
    if len(keys) != len(words):
        return [sound_key.__wrapped__(word) for word in words]
    return [sound_key.__wrapped__(word) if _OTHER in key else key for word, key in zip(words, keys, strict=True)]


def _keys_of_plain(lines: str) -> list[str]:
    """The keys of lines of Cyrillic letters and apostrophes; anything else is a mark in the key."""
    letters = lines.encode(_ONE_BYTE, "replace")
    sounding = letters.translate(_SOUNDS_IN_BYTES, _SILENT_IN_BYTES).replace(_SHCH, b"SC")
    sounds = _undoubled(np.frombuffer(sounding, dtype=np.uint8))
    before_vowel = np.isin(np.append(sounds[1:], np.uint8(0)), _VOWELS)
    sounds = sounds[~((sounds == ord("i")) & before_vowel)]
    before_u = np.append(sounds[1:], np.uint8(0)) == ord("u")
    sounds = sounds[~((sounds == ord("o")) & before_u)]
    return _undoubled(sounds).tobytes().decode("ascii").split("\n")


def _undoubled(sounds: _Bytes) -> _Bytes:
    kept = np.ones(len(sounds), dtype=bool)
    kept[1:] = (sounds[1:] != sounds[:-1]) | (sounds[1:] == ord("\n"))
    return sounds[kept]
