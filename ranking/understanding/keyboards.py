"""What was typed with the wrong keyboard layout on, and what it would be on the right one.

Three layouts share the keys: English, Ukrainian, Russian. A letter of one is a letter or a punctuation mark of another:
«,hjdfhb» is «бровари», «{fhrsd» is «Харків», «Черныгыв» is «Чернігів».
"""

from dataclasses import dataclass

_EN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`\\"
_EN_SHIFTED = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~|'
_UK = "йцукенгшщзхїфівапролджєячсмитьбю'ґ"
_RU = "йцукенгшщзхъфывапролджэячсмитьбюё\\"

# On both Cyrillic layouts the full stop sits on the slash key, the comma above it.
_EN_TO_UK = str.maketrans(_EN + _EN_SHIFTED + "/?", _UK * 2 + ".,")
_EN_TO_RU = str.maketrans(_EN + _EN_SHIFTED + "/?", _RU * 2 + ".,")
_UK_TO_EN = str.maketrans(_UK[:-2], _EN[:-2])
_RU_TO_EN = str.maketrans(_RU[:-2], _EN[:-2])
# The Ukrainian layout typed with the Russian one on, and the reverse: only these keys differ.
_RU_TO_UK = str.maketrans("ыъэё", "іїє'")
_UK_TO_RU = str.maketrans("іїє", "ыъэ")

_RUSSIAN_ONLY = frozenset("ыъэё")
_UKRAINIAN_ONLY = frozenset("іїє")
_STRAY_ENDS = ",.;:!?\"'"


@dataclass(frozen=True, slots=True)
class Retyped:
    """A chunk as another layout would have given it; `layouts` names the switch, as «en-uk»."""

    text: str
    layouts: str


def retype_latin(chunk: str) -> tuple[Retyped, ...]:
    """What a chunk of Latin letters and punctuation would be on the Ukrainian and the Russian layout.

    A mark at the end may be punctuation or a letter, so both are given: «gtlsfnh,» is «педіатр», or «педіатрб».
    """
    spellings = dict.fromkeys((chunk.rstrip(_STRAY_ENDS), chunk))
    found = [Retyped(spelling.translate(_EN_TO_UK), "en-uk") for spelling in spellings if spelling]
    found += [Retyped(spelling.translate(_EN_TO_RU), "en-ru") for spelling in spellings if spelling]
    return tuple({one.text: one for one in reversed(found)}.values())[::-1]


def retype_mixed(chunk: str) -> str:
    """A chunk with Cyrillic letters in it, its Latin letters and marks as the Ukrainian layout gives them."""
    return chunk.translate(_EN_TO_UK)


def retype_cyrillic(word: str) -> tuple[Retyped, ...]:
    """What a Cyrillic word would be with the other Cyrillic layout on; empty when no key of it differs."""
    letters = set(word)
    found = []
    if letters & _RUSSIAN_ONLY:
        found.append(Retyped(word.translate(_RU_TO_UK), "ru-uk"))
    if letters & _UKRAINIAN_ONLY:
        found.append(Retyped(word.translate(_UK_TO_RU), "uk-ru"))
    return tuple(found)


def retype_to_latin(word: str) -> tuple[Retyped, ...]:
    """What a Cyrillic word would be on the English layout: «Лншм» is «Kyiv»."""
    found = dict.fromkeys((word.translate(_UK_TO_EN), word.translate(_RU_TO_EN)))
    return tuple(Retyped(text, layouts) for text, layouts in zip(found, ("uk-en", "ru-en"), strict=False))
