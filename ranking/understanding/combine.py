"""The cheapest ways to read all words together: each word's own penalty, plus what neighbours say to it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ranking.understanding.candidates import HOUSE, NAME_PARTS, PLACES, Option
from ranking.understanding.hearing import Match
from ranking.understanding.reading import TakenAs
from ranking.understanding.strays import small_letters, stray_hours, stray_initials, stray_numbers
from ranking.understanding.vocabulary import How

# Enough for every honest query; a text made to have many readings loses the worst of them, never time.
_BEAM = 16

_SECOND_SURNAME = _SECOND_GIVEN = 1.0
_SECOND_PATRONYMIC = 2.0
_SECOND_SPECIALITY = 0.3
_NAME_AFTER_PREPOSITION, _PLACE_NAME_AFTER_PREPOSITION = 0.15, 2.0
_PLACE_AFTER_PREPOSITION = -0.15
_SURNAME_BESIDE_SPECIALITY = 0.2
_PLACE_BESIDE_GIVEN_NAME = 2.0
_PLACE_FOR_GIVEN_NAME = 0.5
_UNDECIDED_BESIDE_DECIDED = 0.5
_FACILITY_WORD_BESIDE_KIND = -0.7
_NUMBER_OF_NOTHING = 5.0
_INITIAL_OF_NOBODY = 3.0
_HOUR_OF_NOTHING = 2.5
_HOUSE_OF_STREET = -2.0
_BRAND, _BRAND_GOES_ON = -0.4, -0.8
_BRANDED = frozenset({"CLINIC", "MEDICAL_CENTRE"})
_PREPOSITION_FOR_INITIAL = 1.5
_FILLER_FOR_SURNAME, _TWO_INITIALS_OF_GIVEN, _SURNAME_FOR_GIVEN = 1.4, 1.0, 0.7
_SURNAME_FOR_PATRONYMIC = 1.2
_GUESSED, _GUESSED_BESIDE_GIVEN = 1.0, -0.9
_NAME_FOR_FACILITY = 0.8
_CITY_FOR_SURNAME, _RARE = 1.2, 0.7
_LETTERS_BEFORE_PLACES = (("в",), ("у",))
_MARKED = -0.4
_MARKED_VILLAGE = -0.85
_MARKED_ADJECTIVE = -1.0
_MARKER_OF_NOTHING = 1.2
_MARKER_CONTRADICTS = 1.5
_QUARTER_WITHOUT_CITY = 0.3
# «піца з доставкою»: beside another matter a word is not a misspelt name.
_GUESS_BESIDE_OTHER_MATTER = 3.0
# «болить нога»: everyday words come together, and then «нога» is no surname.
_FURTHER_EVERYDAY_WORD = -0.5
# «Добрий» alone is a surname rather than praise of nobody.
_SAYS_NOTHING = 0.6


@dataclass(frozen=True, slots=True)
class Combination:
    """One reading of all words: its options in order, and the whole penalty before names and places are settled."""

    options: tuple[Option, ...]
    penalty: float


def combine(choices: Sequence[Sequence[Option]]) -> list[Combination]:
    """Readings of the words, the cheapest first, at most a few; `choices` are the options from each word.

    Rules of search notes §5: beside a given name, a patronymic or initials a word is a surname rather than a place;
    beside a speciality and nothing else it is a place; after «у» or «біля» it is a place; a marker fixes the kind.
    """
    reached: list[list[Combination]] = [[] for _ in range(len(choices) + 1)]
    reached[0] = [Combination((), 0.0)]
    for position, options in enumerate(choices):
        for state in sorted(reached[position], key=_penalty)[:_BEAM]:
            for option in options:
                penalty = state.penalty + option.penalty + _beside(state.options, option)
                reached[position + option.length].append(Combination((*state.options, option), penalty))
    whole = [
        Combination(state.options, state.penalty + _together(state.options))
        for state in sorted(reached[-1], key=_penalty)[:_BEAM]
    ]
    return sorted(whole, key=_penalty)


def _penalty(state: Combination) -> float:
    return state.penalty


def _beside(before: tuple[Option, ...], option: Option) -> float:
    """What the word before says of this one."""
    previous = before[-1] if before else None
    if option.taken_as is TakenAs.PLACE_MARKER:
        return _after_marker(previous, option)
    if previous is None:
        return 0.0
    if previous.taken_as is TakenAs.STREET and option.taken_as is TakenAs.FILLER and option.value == HOUSE:
        return _HOUSE_OF_STREET
    if option.taken_as is TakenAs.FACILITY_WORD:
        return _brand(previous)
    if previous.taken_as is TakenAs.PLACE_MARKER:
        return 0.0 if marks_before(before) else _before_marker(option, previous)
    if previous.taken_as is TakenAs.FILLER and previous.value == "before_place":
        if option.taken_as in NAME_PARTS:
            # «у Коваленка» is at a doctor's; what may be a place is the place.
            return _PLACE_NAME_AFTER_PREPOSITION if TakenAs.PLACE in option.rivals else _NAME_AFTER_PREPOSITION
        if option.taken_as in PLACES:
            return _PLACE_AFTER_PREPOSITION
    return 0.0


def _brand(previous: Option) -> float:
    """«клініка Волошковий Ранок»: behind these words stands a name of its own, and behind its first word the next."""
    if previous.taken_as is TakenAs.FACILITY_WORD:
        return _BRAND_GOES_ON
    return _BRAND if previous.taken_as is TakenAs.FACILITY_KIND and previous.value in _BRANDED else 0.0


def marker_categories(option: Option, side: str) -> str:
    """The categories a marker allows on a side («before» the place or «after» it); empty when it never stands so."""
    return next((str(candidate.value[1]) for candidate in option.candidates if candidate.value[0] == side), "")


def marks_before(options: Sequence[Option]) -> bool:
    """The last option is a marker that belongs to the place before it."""
    if len(options) < 2 or options[-2].taken_as not in PLACES:
        return False
    return _has_category(options[-2], marker_categories(options[-1], "after"))


def _before_marker(option: Option, marker: Option) -> float:
    """«с. Іванівка»: the marker before a place says its kind."""
    categories = marker_categories(marker, "before")
    if not categories or option.taken_as not in PLACES:
        return _MARKER_OF_NOTHING
    if not _has_category(option, categories):
        return _MARKER_CONTRADICTS
    if option.taken_as is TakenAs.REGION:
        return _MARKED_ADJECTIVE
    return _MARKED_VILLAGE if set(categories) & set("XC") else _MARKED


def _after_marker(previous: Option | None, marker: Option) -> float:
    """«Житомирська область»: the marker behind a place says its kind; else it must stand before one."""
    categories = marker_categories(marker, "after")
    if previous is not None and previous.taken_as in PLACES and categories and _has_category(previous, categories):
        return _MARKED_ADJECTIVE if previous.taken_as is TakenAs.REGION else _MARKED
    return 0.0 if marker_categories(marker, "before") else _MARKER_OF_NOTHING


def _has_category(option: Option, categories: str) -> bool:
    return any(
        place.category in categories for candidate in option.candidates for place in candidate.value if categories
    )


def _together(options: Sequence[Option]) -> float:
    count = Counter(option.taken_as for option in options)
    surnames, given, patronymics = count[TakenAs.SURNAME], count[TakenAs.GIVEN_NAME], count[TakenAs.PATRONYMIC]
    initials = count[TakenAs.INITIAL]
    penalty = _SECOND_SURNAME * max(surnames - 1, 0) + _SECOND_GIVEN * max(given - 1, 0)
    penalty += _SECOND_PATRONYMIC * max(patronymics - 1, 0) + _SECOND_SPECIALITY * max(count[TakenAs.SPECIALITY] - 1, 0)
    if surnames + given + patronymics:
        penalty += _UNDECIDED_BESIDE_DECIDED * count[TakenAs.NAME]
    penalty += _INITIAL_OF_NOBODY * stray_initials(options)
    if count[TakenAs.FACILITY_KIND]:
        penalty += _FACILITY_WORD_BESIDE_KIND * count[TakenAs.FACILITY_WORD]
    penalty += _NUMBER_OF_NOTHING * stray_numbers(options) + _HOUR_OF_NOTHING * stray_hours(options)
    if options[-1].taken_as is TakenAs.PLACE_MARKER and not marks_before(options):
        penalty += _MARKER_OF_NOTHING
    everyday = sum(option.taken_as is TakenAs.NOT_UNDERSTOOD and bool(option.candidates) for option in options)
    penalty += _FURTHER_EVERYDAY_WORD * max(everyday - 1, 0)
    if len(options) == 1 and options[0].taken_as is TakenAs.FILLER:
        penalty += _SAYS_NOTHING
    if count[TakenAs.OUT_OF_DOMAIN]:
        penalty += _GUESS_BESIDE_OTHER_MATTER * sum(map(_is_guess, options))
    contested = Counter(
        option.taken_as
        for option in options
        if (option.rivals if option.taken_as not in NAME_PARTS else TakenAs.PLACE in option.rivals)
    )
    if not count[TakenAs.PLACE] and not count[TakenAs.PLACE_MARKER]:
        # So many quarters are called like something else that without their city they need a word more.
        penalty += _QUARTER_WITHOUT_CITY * contested[TakenAs.DISTRICT]
    if not count[TakenAs.FACILITY_KIND]:
        # Facilities are called after people; without a word for a facility a name is a name.
        penalty += _NAME_FOR_FACILITY * contested[TakenAs.FACILITY_WORD]
    beside_speciality = count[TakenAs.SPECIALITY] > 0
    if beside_speciality and not given and not patronymics and not initials and not count[TakenAs.PLACE]:
        penalty += _SURNAME_BESIDE_SPECIALITY * (contested[TakenAs.SURNAME] + contested[TakenAs.NAME])
    if (given or patronymics or initials or count[TakenAs.NAME]) and not surnames:
        penalty += _PLACE_BESIDE_GIVEN_NAME * contested[TakenAs.PLACE]
    if (given or count[TakenAs.NAME]) and not surnames:
        # «Добрий Сергій»: beside a given name a word of politeness is a surname.
        penalty += _FILLER_FOR_SURNAME * sum(
            TakenAs.SURNAME in option.rivals
            for option in options
            if option.taken_as is TakenAs.FILLER or (option.taken_as is TakenAs.WISH and not beside_speciality)
        )
    if not surnames and initials and sum(len(o.value) for o in options if o.taken_as is TakenAs.INITIAL) > 1:
        penalty += _TWO_INITIALS_OF_GIVEN * (given + count[TakenAs.NAME])
    penalty += small_letters(options)
    if count[TakenAs.PLACE] and not (given or patronymics or initials):
        # «лор Бровари Київ»: beside one place a city is another place rather than a surname.
        penalty += _CITY_FOR_SURNAME * sum(
            option.taken_as is TakenAs.SURNAME and TakenAs.PLACE in option.rivals and option.penalty > _RARE
            for option in options
        )
    if given and any(option.taken_as is TakenAs.PATRONYMIC and option.penalty > _GUESSED for option in options):
        penalty += _GUESSED_BESIDE_GIVEN
    for before, option in pairwise(options):
        if option.taken_as in PLACES and option.candidates[0].how is not How.LEMMA and _may_govern(before):
            # «Шульги в Києві»: before a case form of a place it is a preposition.
            penalty += _PREPOSITION_FOR_INITIAL
        if option.taken_as is TakenAs.PATRONYMIC and before.taken_as is TakenAs.SURNAME and not given:
            # «Харків Іван Петрович»: before a patronymic stands the given name.
            penalty += _SURNAME_FOR_GIVEN * (TakenAs.GIVEN_NAME in before.rivals)
        if option.taken_as is TakenAs.SURNAME and before.taken_as is TakenAs.GIVEN_NAME:
            # … and behind the given name the patronymic.
            penalty += _SURNAME_FOR_PATRONYMIC * (TakenAs.PATRONYMIC in option.rivals)
    if surnames and not given and not patronymics:
        # «Полтава Іван»: beside a surname that is a given name too, a place is rather the surname.
        other_way = min(
            sum(TakenAs.GIVEN_NAME in option.rivals for option in options if option.taken_as is TakenAs.SURNAME),
            sum(TakenAs.SURNAME in option.rivals for option in options if option.taken_as is TakenAs.PLACE),
        )
        penalty += _SURNAME_FOR_GIVEN * other_way
    if surnames and not given:
        # «Коваленко Володимир»: Володимир is a city too.
        could_be_given = [
            option for option in options if option.taken_as is TakenAs.PLACE and TakenAs.GIVEN_NAME in option.rivals
        ]
        penalty += _PLACE_FOR_GIVEN_NAME * len(could_be_given)
    return penalty


def _may_govern(option: Option) -> bool:
    """A letter taken for an initial that may be «в» or «у»."""
    return (
        option.taken_as is TakenAs.INITIAL
        and TakenAs.FILLER in option.rivals
        and option.value in _LETTERS_BEFORE_PLACES
    )


def _is_guess(option: Option) -> bool:
    """A name or a place that is a slip or more away from what was typed."""
    if option.taken_as not in NAME_PARTS | PLACES | {TakenAs.FACILITY_WORD}:
        return False
    return bool(option.candidates) and option.candidates[0].match >= Match.SLIP
