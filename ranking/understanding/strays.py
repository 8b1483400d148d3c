"""Words of a reading that belong to nothing beside them: initials, numbers, hours, prepositions."""

from collections.abc import Sequence

from ranking.understanding.candidates import NAME_PARTS, PLACES, Option
from ranking.understanding.hearing import Match
from ranking.understanding.reading import TakenAs
from ranking.understanding.vocabulary import How

_HARDLY_PREPOSITIONS = frozenset("аоіиея")
_PREPOSITION_OF_NOTHING = 0.8
_NUMBER_WITHIN = 3


def stray_initials(options: Sequence[Option]) -> int:
    """Single letters with no surname or other initial beside them, and those beyond two."""
    letters = [at for at, option in enumerate(options) if option.taken_as is TakenAs.INITIAL]
    named = {at for at, option in enumerate(options) if option.taken_as in NAME_PARTS}
    stray = [at for at in letters if not named & {at - 1, at + 1}]
    has_name = any(options[at].taken_as is not TakenAs.INITIAL for at in named)
    if not has_name:
        return len(letters)
    length = sum(len(options[at].value) for at in letters)
    return len(stray) + max(length - 2, 0)


def stray_numbers(options: Sequence[Option]) -> int:
    """Numbers of a facility without a word of the facility close by."""
    kinds = [
        at for at, option in enumerate(options) if option.taken_as in (TakenAs.FACILITY_KIND, TakenAs.FACILITY_WORD)
    ]
    numbers = [at for at, option in enumerate(options) if option.taken_as is TakenAs.FACILITY_NUMBER]
    return sum(not any(-1 <= at - kind <= _NUMBER_WITHIN for kind in kinds) for at in numbers)


def stray_hours(options: Sequence[Option]) -> int:
    """Hours without a word that makes them a time, and such words without an hour: «сім», «о», «вечора»."""
    stray = 0
    for at, option in enumerate(options):
        if option.taken_as is not TakenAs.TIME:
            continue
        beside = {
            options[near].value[0]
            for near in (at - 1, at + 1)
            if 0 <= near < len(options) and options[near].taken_as is TakenAs.TIME
        }
        kind = option.value[0]
        if (kind == "hour" and not beside & {"before_clock", "half"}) or (
            kind in ("before_clock", "half") and not beside & {"hour", "clock"}
        ):
            stray += 1
    return stray


def small_letters(options: Sequence[Option]) -> float:
    """Letters taken for prepositions where none can stand: at the end, in a row, before a name in the nominative."""
    penalty, at = 0.0, 0
    while at < len(options):
        end = at
        while end < len(options) and _is_small_letter(options[end]):
            end += 1
        if end > at:
            before = options[at - 1] if at else None
            after = options[end] if end < len(options) else None
            penalty += _PREPOSITION_OF_NOTHING * _stray_letters(options[at:end], before, after)
        at = max(end, at + 1)
    return penalty


def _is_small_letter(option: Option) -> bool:
    return option.taken_as is TakenAs.FILLER and TakenAs.INITIAL in option.rivals


def _stray_letters(letters: Sequence[Option], before: Option | None, after: Option | None) -> int:
    """How many letters of a run are no prepositions, by what stands before and after it."""
    named_before = before is not None and _may_be_surname(before)
    named_after = after is not None and _may_be_surname(after)
    if (after is None and named_before) or (len(letters) > 1 and (named_before or named_after)):
        return len(letters)
    if after is not None and after.taken_as is TakenAs.INITIAL:
        return len(letters)
    if named_after and after is not None and _is_nominative(letters[-1], after):
        return 1
    return 0


def _may_be_surname(option: Option) -> bool:
    if option.taken_as in PLACES:
        return TakenAs.SURNAME in option.rivals
    return option.taken_as in (TakenAs.SURNAME, TakenAs.INITIAL)


def _is_nominative(preposition: Option, surname: Option) -> bool:
    """The surname cannot stand behind this preposition as it is: «о Швець», «а Коваль», «у Сорока»."""
    candidate = surname.candidates[0]
    if candidate.how is not How.LEMMA or candidate.match is not Match.EXACT:
        return False
    return preposition.candidates[0].phrase in _HARDLY_PREPOSITIONS or str(candidate.value).endswith(
        ("а", "я", "ий", "ій")
    )
