"""Streets in a text: a word for a kind of street, and the name before or behind it."""

from collections.abc import Iterator, Sequence

from directory.declension import nominative_candidates
from directory.places.streets import street_types
from ranking.understanding.lexicons import Lexicons
from ranking.understanding.typed import Typed, words_of

_LONGEST_NAME = 3
_KNOWN, _UNKNOWN, _A_WORD_MORE = 0.0, 0.7, 0.9
_KINDS = frozenset(words_of(kind) for kind in street_types())
_SHORTEST_BARE = 3


def read_streets(typed: Sequence[Typed], start: int, lexicons: Lexicons) -> Iterator[tuple[int, str, float]]:
    """(words taken, street as one term, cost) for every street that begins at `start`; a known street costs least."""
    kind = _kind_at(typed, start)
    if kind:
        first = start + kind
        for length in range(1, min(_LONGEST_NAME, len(typed) - first) + 1):
            name = [word.text for word in typed[first : first + length]]
            if not _may_be_name(name):
                return
            known = known_street(name, lexicons)
            if known is not None:
                yield kind + length, known, _KNOWN
            else:
                yield kind + length, " ".join(name), _UNKNOWN + _A_WORD_MORE * (length - 1)
        return
    for length in range(1, _LONGEST_NAME + 1):
        if kind := _kind_at(typed, start + length):
            name = [word.text for word in typed[start : start + length]]
            known = known_street(name, lexicons) if _may_be_name(name) else None
            if known is not None:
                yield length + kind, known, _KNOWN


def _kind_at(typed: Sequence[Typed], start: int) -> int:
    """How many words from `start` are a word for a kind of street: «вул», or «пр-т» in two; 0 when they are none."""
    for length in (2, 1):
        kind = tuple(word.text for word in typed[start : start + length])
        if len(kind) == length and kind in _KINDS:
            return length
    return 0


def known_street(name: Sequence[str], lexicons: Lexicons) -> str | None:
    """The term of a street of the index or of one that was renamed, whose name this is in any case; None for others."""
    *before, last = name
    for ending in (last, *nominative_candidates(last, "surname")):
        term = " ".join((*before, ending))
        if term in lexicons.streets or term in lexicons.former_streets:
            return term
    return None


def _may_be_name(name: Sequence[str]) -> bool:
    return all(word[0].isalpha() and len(word) >= _SHORTEST_BARE for word in name)
