"""Nothing is invented: where hardly a word is understood, words that only resemble something are not that thing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ranking.understanding.candidates import Option
from ranking.understanding.combine import Combination
from ranking.understanding.hearing import UNKNOWN, Match, is_latin
from ranking.understanding.reading import TakenAs

_EMPTY = frozenset({TakenAs.FILLER, TakenAs.PLACE_MARKER, TakenAs.INITIAL, TakenAs.FACILITY_NUMBER})
_NOTHING = frozenset({TakenAs.NOT_UNDERSTOOD, TakenAs.OUT_OF_DOMAIN})
_DENIABLE = frozenset({TakenAs.SPECIALITY, TakenAs.SURNAME, TakenAs.GIVEN_NAME, TakenAs.PLACE, TakenAs.TIME})
_NAMES = frozenset({TakenAs.SURNAME, TakenAs.GIVEN_NAME, TakenAs.PATRONYMIC, TakenAs.NAME})
_SHORT_LATIN = 4
# «Kyiv», «Vovk», «Nina»: what many mean by it is meant.
_WELL_KNOWN = 0.75
_SHORT_FOR_TWO = 7
_LONG = 8
_A_GUESS = 2.3


def without_guesses(state: Combination) -> Combination:
    """The reading with its guesses given up, when what is not understood outweighs what is.

    A guess is a word taken with slips, or a short Latin word taken by its sound. One guess alone stands, unless two
    slips made it out of a short word.
    """
    guesses = [option for option in state.options if _is_guess(option)]
    if not guesses:
        return state
    unknown = sum(option.taken_as is TakenAs.NOT_UNDERSTOOD for option in state.options)
    sure = sum(
        option.taken_as not in _EMPTY and option.taken_as not in _NOTHING and not _is_guess(option)
        for option in state.options
    )
    wild = [option for option in guesses if _is_wild(option)]
    elsewhere = any(option.taken_as is TakenAs.OUT_OF_DOMAIN for option in state.options)
    if sure == 0:
        wild += [option for option in guesses if option not in wild and _is_short_latin(option)]
    foreign = [option for option in wild if is_latin(option.candidates[0].source)]
    given_up = guesses if elsewhere or unknown >= max(sure, 1) else wild if sure == 0 else foreign
    given_up = [*given_up, *(option for option in _second_surnames(state.options) if option not in given_up)]
    if not given_up:
        return state
    if not any(option.taken_as in _NAMES and option not in given_up for option in state.options):
        given_up = [*given_up, *(option for option in state.options if option.taken_as is TakenAs.INITIAL)]
    options = tuple(
        Option(option.start, option.length, TakenAs.NOT_UNDERSTOOD, UNKNOWN) if option in given_up else option
        for option in state.options
    )
    dearer = sum(UNKNOWN - option.penalty for option in given_up)
    return replace(state, options=options, penalty=state.penalty + max(dearer, 0.0))


def _second_surnames(options: Sequence[Option]) -> Iterator[Option]:
    """«абракадабра терапевт Коваленко»: apart from a surname that is borne, another for its ending alone is none."""
    surnames = [option for option in options if option.taken_as is TakenAs.SURNAME]
    borne = {option.start for option in surnames if option.candidates[0].cost < _A_GUESS}
    for option in surnames:
        if option.start not in borne and borne and not borne & {option.start - 1, option.start + 1}:
            yield option


def without_denied(state: Combination) -> Combination:
    """«не хірург, а терапевт»: what stands behind a negation is not asked for, and is left over."""
    denied = [
        option
        for before, option in pairwise(state.options)
        if before.taken_as is TakenAs.FILLER and before.value == "negation" and option.taken_as in _DENIABLE
    ]
    if not denied:
        return state
    options = tuple(
        Option(option.start, option.length, TakenAs.NOT_UNDERSTOOD, option.penalty) if option in denied else option
        for option in state.options
    )
    return replace(state, options=options)


def _is_guess(option: Option) -> bool:
    if not option.candidates or option.taken_as in _EMPTY:
        return False
    best = option.candidates[0]
    if best.match is Match.SLIP and len(best.source) >= _LONG and not is_latin(best.source):
        # One wrong letter in so many is no chance.
        return False
    if best.match >= Match.SLIP or best.cost >= _A_GUESS:
        return True
    short = is_latin(best.source) and len(best.source) <= _SHORT_LATIN
    return best.match is Match.SOUND and short and best.cost > _WELL_KNOWN


def _is_short_latin(option: Option) -> bool:
    source = option.candidates[0].source
    return is_latin(source) and len(source) < _LONG


def _is_wild(option: Option) -> bool:
    best = option.candidates[0]
    short = _LONG if is_latin(best.source) else _SHORT_FOR_TWO
    return best.cost >= _A_GUESS or (best.match is Match.TWO_SLIPS and len(best.source) < short)
