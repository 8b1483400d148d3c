"""The cheapest way to read all words together: each word's own penalty, plus what neighbours say against each other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ranking.understanding.options import NAME_PARTS, Option
from ranking.understanding.reading import TakenAs

# Enough for every honest query; a text made to have many readings loses the worst of them, never time.
_BEAM = 48

_SECOND_PLACE = 5.0
_SECOND_SURNAME = _SECOND_GIVEN = 1.0
_SECOND_PATRONYMIC = 2.0
_NAME_AFTER_PREPOSITION = 2.0
_SURNAME_BESIDE_SPECIALITY = 0.4
_PLACE_BESIDE_GIVEN_NAME = 2.0
_PLACE_FOR_GIVEN_NAME = 0.5
_UNDECIDED_BESIDE_DECIDED = 0.5
_FACILITY_WORD_BESIDE_KIND = -0.6
_NUMBER_OF_NOTHING = 5.0


@dataclass(frozen=True, slots=True)
class Slot:
    """A position still to be read: its readings, and whether a word like «у» or «біля» stands before it."""

    index: int
    options: tuple[Option, ...]
    after_preposition: bool = False


@dataclass(frozen=True, slots=True)
class Combination:
    """One reading of all slots: (index of the first word, option) in order, and the whole penalty."""

    choices: tuple[tuple[int, Option], ...]
    penalty: float


def combine(slots: Sequence[Slot], *, beside_speciality: bool, beside_facility_kind: bool) -> list[Combination]:
    """Readings of the slots, the cheapest first, at most a few dozen; one empty reading when there are no slots.

    Rules of search notes §5: beside a given name or patronymic a word is a surname rather than a place; beside a
    speciality and nothing else it is a place; after «у» or «біля» it is a place.
    """
    # Readings so far by the position of the next slot to read.
    reached: list[list[Combination]] = [[] for _ in range(len(slots) + 1)]
    reached[0] = [Combination((), 0.0)]
    for position, slot in enumerate(slots):
        for state in sorted(reached[position], key=_penalty)[:_BEAM]:
            for option in slot.options:
                penalty = state.penalty + option.penalty + _beside(slot, option, beside_facility_kind)
                grown = Combination((*state.choices, (slot.index, option)), penalty)
                reached[_position_after(slots, position, option)].append(grown)
    whole = [
        Combination(state.choices, state.penalty + _together(state.choices, beside_speciality))
        for state in sorted(reached[-1], key=_penalty)[:_BEAM]
    ]
    return sorted(whole, key=_penalty)


def _penalty(state: Combination) -> float:
    return state.penalty


def _position_after(slots: Sequence[Slot], position: int, option: Option) -> int:
    end = slots[position].index + option.length
    while position < len(slots) and slots[position].index < end:
        position += 1
    return position


def _beside(slot: Slot, option: Option, beside_facility_kind: bool) -> float:
    if slot.after_preposition and option.taken_as in NAME_PARTS:
        return _NAME_AFTER_PREPOSITION
    if beside_facility_kind and option.taken_as is TakenAs.FACILITY_WORD:
        return _FACILITY_WORD_BESIDE_KIND
    return 0.0


def _together(choices: Sequence[tuple[int, Option]], beside_speciality: bool) -> float:
    count = Counter(option.taken_as for _, option in choices)
    surnames, given, patronymics = count[TakenAs.SURNAME], count[TakenAs.GIVEN_NAME], count[TakenAs.PATRONYMIC]
    penalty = _SECOND_PLACE * max(count[TakenAs.PLACE] - 1, 0)
    penalty += _SECOND_SURNAME * max(surnames - 1, 0) + _SECOND_GIVEN * max(given - 1, 0)
    penalty += _SECOND_PATRONYMIC * max(patronymics - 1, 0)
    if surnames + given + patronymics:
        penalty += _UNDECIDED_BESIDE_DECIDED * count[TakenAs.NAME]
    if not count[TakenAs.FACILITY_WORD]:
        penalty += _NUMBER_OF_NOTHING * count[TakenAs.FACILITY_NUMBER]
    contested = Counter(option.taken_as for _, option in choices if option.rivals)
    if beside_speciality and not given and not patronymics and not count[TakenAs.PLACE]:
        penalty += _SURNAME_BESIDE_SPECIALITY * (contested[TakenAs.SURNAME] + contested[TakenAs.NAME])
    if (given or patronymics or count[TakenAs.NAME]) and not surnames:
        penalty += _PLACE_BESIDE_GIVEN_NAME * contested[TakenAs.PLACE]
    if surnames and not given:
        # «Коваленко Володимир»: Володимир is a city too.
        could_be_given = [option for _, option in choices if TakenAs.GIVEN_NAME in option.rivals]
        penalty += _PLACE_FOR_GIVEN_NAME * len(could_be_given)
    return penalty
