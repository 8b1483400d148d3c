"""What a single word or a few words in a row may be, each reading with its penalty: 0 is sure, unknown costs most."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from directory.places import SETTLEMENT_CATEGORIES, Place
from directory.text import normalise, sound_key
from ranking.intent import Point
from ranking.understanding.lexicons import Lexicons, WordLexicon
from ranking.understanding.namesakes import chosen_first, fits_regions, is_next_door
from ranking.understanding.reading import TakenAs

MAX_PLACE_WORDS = 4

_PLACE = {"K": 0.0, "M": 0.0, "X": 0.6, "C": 0.8}
_NEXT_DOOR = 0.3
_OTHER_NAME = 0.5
_BY_SOUND = 1.2
_GIVEN, _PATRONYMIC, _FACILITY, _UNKNOWN = 0.2, 0.0, 1.0, 4.0
_RAREST_SURNAME, _COMMON_SURNAME = 0.7, 0.1
_A_DOUBLING = 0.15
_EITHER_PART = 0.05
# Under this many sounds a sound key is shared by too many words to be evidence.
_SHORTEST_KEY = 4
_SHORTEST_LATIN_KEY = 3


@dataclass(frozen=True, slots=True)
class Option:
    """`length` words read as `taken_as`. `places` are the namesakes, the chosen first, for a place.

    `rivals` are the other things the same word may be, so that its neighbours decide: names for a place, and the place
    for a name.
    """

    length: int
    taken_as: TakenAs
    penalty: float
    places: tuple[Place, ...] = ()
    rivals: frozenset[TakenAs] = frozenset()


NAME_PARTS = frozenset({TakenAs.SURNAME, TakenAs.GIVEN_NAME, TakenAs.PATRONYMIC, TakenAs.NAME})


def read_options(
    tokens: Sequence[str], start: int, end: int, lexicons: Lexicons, near: Point | None, regions: Sequence[Place]
) -> list[Option]:
    """All readings of the words from `start`, which must not reach beyond `end`; the last resort is «not understood».

    `regions` (what an oblast, raion, hromada or district named in the text may be) keep only the places that fit.
    """
    word = tokens[start]
    names = _name_options(word, lexicons)
    places = []
    for length in range(1, min(MAX_PLACE_WORDS, end - start) + 1):
        place = _place_option(tokens[start : start + length], lexicons, near, regions)
        if place is not None:
            places.append(place)
    if names and any(place.length == 1 for place in places):
        parts = frozenset(option.taken_as for option in names)
        names = [replace(option, rivals=frozenset({TakenAs.PLACE})) for option in names]
        places = [replace(option, rivals=parts) if option.length == 1 else option for option in places]
    return [*places, *names, *_facility_options(word, lexicons), Option(1, TakenAs.NOT_UNDERSTOOD, _UNKNOWN)]


def _place_option(
    span: Sequence[str], lexicons: Lexicons, near: Point | None, regions: Sequence[Place]
) -> Option | None:
    written = [" ".join(span)] + (["-".join(span)] if len(span) > 1 else [])
    found, extra = [place for name in written for place in lexicons.places.by_name(name)], 0.0
    if found:
        official = [place for place in found if normalise(place.name) in written]
        found, extra = (official, 0.0) if official else (found, _OTHER_NAME)
    elif len(sound_key(written[0])) >= _SHORTEST_KEY:
        found, extra = lexicons.places.by_key(written[0]), _BY_SOUND
    found = [place for place in found if place.category in SETTLEMENT_CATEGORIES and fits_regions(place, regions)]
    if not found:
        return None
    places = chosen_first(found, near)
    penalty = _PLACE[places[0].category] * (_NEXT_DOOR if is_next_door(places[0], near) else 1.0)
    return Option(len(span), TakenAs.PLACE, penalty + extra, places)


def _name_options(word: str, lexicons: Lexicons) -> list[Option]:
    if not any(letter.isalpha() for letter in word):
        return []
    names, key = lexicons.names, sound_key(word)
    parts = (
        (TakenAs.SURNAME, names.surnames),
        (TakenAs.GIVEN_NAME, names.given),
        (TakenAs.PATRONYMIC, names.patronymics),
    )
    bearers = {part: lexicon.count(word) for part, lexicon in parts if word in lexicon}
    by_sound = 0.0
    # Latin letters can only be compared by sound, so there a short name counts too.
    if not bearers and len(key) >= (_SHORTEST_LATIN_KEY if word.isascii() else _SHORTEST_KEY):
        bearers = {part: count for part, lexicon in parts if (count := lexicon.count_by_sound(key))}
        by_sound = _BY_SOUND
    most = max(bearers.values(), default=0)
    options = [
        Option(1, part, _part_penalty(part, count) + _rarer_part(count, most) + by_sound)
        for part, count in bearers.items()
    ]
    if len(options) > 1:
        least = min(option.penalty for option in options)
        options.append(Option(1, TakenAs.NAME, max(least - _EITHER_PART, 0.0)))
    return options


def _part_penalty(part: TakenAs, count: int) -> float:
    if part is TakenAs.GIVEN_NAME:
        return _GIVEN
    if part is TakenAs.PATRONYMIC:
        return _PATRONYMIC
    # A name many doctors bear is the likelier reading of a word that is a village too.
    return max(_RAREST_SURNAME - _A_DOUBLING * math.log2(count + 1), _COMMON_SURNAME)


def _rarer_part(count: int, most: int) -> float:
    """«Іван» is the surname of a few and the given name of hundreds: the rarer part costs more."""
    return min(_A_DOUBLING * math.log2((most + 1) / (count + 1)), 1.0)


def _facility_options(word: str, lexicons: Lexicons) -> list[Option]:
    if word.isdigit():
        # A number says something only beside other words of a facility: `combine` sees to that.
        return [Option(1, TakenAs.FACILITY_NUMBER, _FACILITY)] if word in lexicons.facility_words else []
    if word in lexicons.facility_words:
        return [Option(1, TakenAs.FACILITY_WORD, _FACILITY)]
    key = sound_key(word)
    if len(key) >= _SHORTEST_KEY and _knows_sound(lexicons.facility_words, key):
        return [Option(1, TakenAs.FACILITY_WORD, _FACILITY + _BY_SOUND)]
    return []


def _knows_sound(lexicon: WordLexicon, key: str) -> bool:
    return lexicon.count_by_sound(key) > 0
