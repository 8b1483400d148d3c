"""Text typed with the wrong layout on, Latin letters that look Cyrillic, and apostrophes in every form."""

import re
from random import Random

# The same keys under three layouts, row by row; in capitals what Shift gives.
_EN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./" + '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?'
_UK = "'йцукенгшщзхїфівапролджєячсмитьбю." + "₴ЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮ,"
_RU = "ёйцукенгшщзхъфывапролджэячсмитьбю." + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
LAYOUTS = {"en": _EN, "uk": _UK, "ru": _RU}

_LOOKALIKES = str.maketrans("асеіорхуАВСЕНІКМОРТХУ", "aceiopxyABCEHIKMOPTXY")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
APOSTROPHES = ("'", "’", "ʼ", "`", "´", "‘", "′", '"', "*", "", "", " ")


def retyped(text: str, meant: str, active: str) -> str:
    """The keys that give `text` under the layout `meant`, pressed while `active` was on; layouts are en, uk and ru.

    Letters that the meant layout lacks stay as they are.
    """
    table = dict(zip(LAYOUTS[meant], LAYOUTS[active], strict=True))
    # «ґ» takes AltGr on the Ukrainian layout: the key of «г» under others.
    table.setdefault("ґ", table.get("г", "ґ"))
    return "".join(table.get(letter, letter) for letter in text)


def with_lookalikes(text: str, rng: Random, share: float = 0.5) -> str:
    """Some Cyrillic letters replaced by Latin ones of the same look, as texts copied from scans have them."""
    return "".join(letter.translate(_LOOKALIKES) if rng.random() < share else letter for letter in text)


def with_other_apostrophes(text: str, rng: Random) -> str:
    """Every apostrophe inside a word in one other form: a typographic one, a star, none, a blank."""
    form = rng.choice(APOSTROPHES[1:])
    return _APOSTROPHE.sub(form, text)


def has_apostrophe(text: str) -> bool:
    """A word of the text has an apostrophe inside."""
    return _APOSTROPHE.search(text) is not None
