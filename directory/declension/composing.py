"""Case forms of names of several parts: each part declines, and the parts agree in case."""

import re
from collections.abc import Callable, Iterable
from itertools import product

from directory.declension.tables import Pattern
from directory.text import normalise

# Text that `normalise` would only make lower case: the common case, ten times quicker than asking it.
_PLAIN = re.compile(r"[а-яёіїєґ]+(?:['-][а-яёіїєґ]+)*")

PartPatterns = list[tuple[str, Pattern]]


def clean(name: str) -> str:
    """The normalised spelling of a name, as `directory.text.normalise` gives it."""
    lowered = name.lower()
    return lowered if _PLAIN.fullmatch(lowered) else normalise(name)


def agreeing_forms(parts: PartPatterns, joints: list[str]) -> tuple[str, ...]:
    """Every case of a name of several parts, all parts in the same case, the nominative first, without repeats.

    `joints` are the signs between the parts (a hyphen or a blank), one fewer than there are parts.
    """
    by_case = [pattern.by_case(word) for word, pattern in parts]
    forms: dict[str, None] = {}
    for case in zip(*by_case, strict=True):
        for chosen in product(*case):
            text = chosen[0]
            for joint, word in zip(joints, chosen[1:], strict=True):
                text += joint + word
            forms[text] = None
    return tuple(forms)


def split_parts(name: str) -> tuple[list[str], list[str]]:
    """The parts of a name and the hyphens or blanks between them."""
    if " " not in name and "-" not in name:
        return [name], []
    pieces = re.split("([ -])", name)
    return pieces[::2], pieces[1::2]


def each_once(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for group in groups for form in group))


def forms_of_name(name: str, pattern_of: Callable[[str], Pattern]) -> tuple[str, ...]:
    """Case forms of a person's name; double names decline by part. Empty for an empty name."""
    word = clean(name)
    if not word:
        return ()
    if "-" not in word and " " not in word:
        return pattern_of(word).forms(word)
    parts, joints = split_parts(word)
    return agreeing_forms([(part, pattern_of(part)) for part in parts], joints)
