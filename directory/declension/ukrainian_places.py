"""Ukrainian case forms of place names, of one word or several."""

import re

from directory.declension.composing import agreeing_forms, clean, split_parts
from directory.declension.tables import Pattern, tables

# Kinds of place whose names are adjectives beside «область», «район» and «громада».
_ADMINISTRATIVE = frozenset("OPHB")
_ADJECTIVE_AT_END = re.compile(r"[сцз]ьк(?:ий|а|е|і)$|перш(?:ий|а|е|і)$|друг(?:ий|а|е|і)$")
_PLURALS_IN_A = frozenset(["мостиська"])
_FEMININE = re.compile(r"(?:[ая]|[нтдз]ь|[сш]іль|січ|піч|річ)$")
_PLURAL = re.compile(r"[иії]$")
# «рахни-лісові», «бринці-церковні»: the adjective stands after its noun.
_PLURAL_ADJECTIVE = re.compile(r"[нв]і$")
_PLURAL_NOUN = re.compile(r"(?:и|ці|ї)$")
_MASCULINE_ADJECTIVE = re.compile(r"[иії]й$")
_NEUTER = re.compile(r"(?:[еєо]|я)$")


def place_forms(name: str, category: str) -> tuple[str, ...]:
    """All cases of a place name, the nominative first, normalised and each once; every word of it agrees.

    `category` is the codifier's letter (`O K P H M X C B`): names of oblasts, raions and hromadas are adjectives, names
    of settlements mostly nouns, whatever their ending.
    """
    name = clean(name)
    if not name:
        return ()
    parts, joints = split_parts(name)
    if not joints:
        return _pattern(parts, joints, 0, category).forms(name)
    return agreeing_forms([(part, _pattern(parts, joints, at, category)) for at, part in enumerate(parts)], joints)


def is_adjective_inside(parts: list[str], joints: list[str], at: int, category: str) -> bool:
    """Whether one word of a name is an adjective: by its ending, its neighbours and the kind of the place."""
    word = parts[at]
    if word in _PLURALS_IN_A:
        return False
    if _ADJECTIVE_AT_END.search(word):
        return category in _ADMINISTRATIVE or at > 0 or not word.endswith("і")
    if at and at == len(parts) - 1 and _PLURAL_ADJECTIVE.search(word) and _PLURAL_NOUN.search(parts[0]):
        return True
    if at == len(parts) - 1:
        return word in tables("ukrainian")["place_adjectives"].whole
    return joints[at] == " " and _is_adjective_before(word, parts[-1])


def _pattern(parts: list[str], joints: list[str], at: int, category: str) -> Pattern:
    """How one word of a name declines."""
    kinds = tables("ukrainian")
    word = parts[at]
    if at and parts[at - 1].isdigit():
        # «8 березня», «1 травня»: the date stands in the genitive already.
        return kinds["unchanged"].pattern(word)
    if at < len(parts) - 1 and joints[at] == "-" and word.endswith(("о", "е")):
        # «івано-франківськ», «михайло-коцюбинське»: only the second part declines.
        return kinds["unchanged"].pattern(word)
    return kinds["adjective" if is_adjective_inside(parts, joints, at, category) else "place"].pattern(word)


def _is_adjective_before(word: str, noun: str) -> bool:
    """Whether a word of this ending can be an adjective that agrees with the noun at the end («біла церква»)."""
    if _MASCULINE_ADJECTIVE.search(word):
        return True
    if _ADJECTIVE_AT_END.search(noun) and not _ADJECTIVE_AT_END.search(word):
        # «станиця луганська»: the noun stands first.
        return word.endswith(("а", "е", "і")) and word in _ADJECTIVES_BEFORE_ADJECTIVES
    if word.endswith(("а", "я")):
        return bool(_FEMININE.search(noun))
    if word.endswith(("е", "є")):
        return bool(_NEUTER.search(noun))
    return word.endswith(("і", "ї")) and bool(_PLURAL.search(noun))


_ADJECTIVES_BEFORE_ADJECTIVES = frozenset(
    f"{stem}{ending}"
    for stems, endings in ((("велик", "мал", "нов", "стар"), "аеі"), (("верхн", "нижн"), "яєі"))
    for stem in stems
    for ending in endings
)
