"""Text to its readings, the cheapest first: words are heard, options combined, names and places settled."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from directory.places import Place
from directory.text import sound_key
from ranking.intent import FacilityWords, NameWord, Point
from ranking.understanding.candidates import HOUSE, NAME_PARTS, PLACES, Candidate, Option
from ranking.understanding.combine import Combination, combine
from ranking.understanding.guessing import without_denied, without_guesses
from ranking.understanding.hearing import Heard, Match, hear, hear_with_slips
from ranking.understanding.lexicons import Lexicons
from ranking.understanding.options import read_options
from ranking.understanding.reading import (
    Alternative,
    Reading,
    Repair,
    SaidFacility,
    SaidWishes,
    TakenAs,
    Token,
    Understanding,
)
from ranking.understanding.settle_names import SettledName, settle_names
from ranking.understanding.settle_places import SettledPlace, settle_places
from ranking.understanding.typed import Typed, split
from ranking.understanding.vocabulary import Vocabulary
from ranking.understanding.wishing import read_wishes

MAX_ALTERNATIVES = 5
MAX_READINGS = 5

# A reading dearer than the best by more than this is not worth offering.
_CLOSE = 1.0
# The words before a misspelt one are half of the proof.
_SHORTEST_IN_PHRASE, _IN_PHRASE = 4, 0.6
_OF_PLACE = PLACES | {TakenAs.PLACE_MARKER}
_OF_FACILITY = frozenset({TakenAs.FACILITY_KIND, TakenAs.FACILITY_WORD})
# «в аптеці» is the matter itself, «біля аптеки» is not.
_INSIDE = frozenset({"в", "у", "на", "во", "ув", "уві", "in", "at"})
_NAMES = NAME_PARTS - {TakenAs.INITIAL}
_WITHOUT_VALUE = frozenset({TakenAs.FILLER, TakenAs.PLACE_MARKER, TakenAs.OUT_OF_DOMAIN})


def understand(
    text: str, lexicons: Lexicons, near: Point | None = None, now: datetime | None = None, *, people: bool = True
) -> Understanding:
    """What a patient's text says, read against the lexicons.

    `near` decides between namesakes of places, `now` (Kyiv time) what «сьогодні» means; without it such words give no
    moment. Without `people` no word is taken for a person's name: many facilities bear one. Never raises: what is not
    understood is listed, nothing is invented.
    """
    typed, cut = split(text, lexicons.vocabulary)
    if not typed:
        return Understanding(cut=cut)
    vocabulary = lexicons.vocabulary
    heard = [hear(word.text, vocabulary, cut_short=_is_cut_short(typed, at)) for at, word in enumerate(typed)]
    _hear_phrases(typed, heard, vocabulary)
    choices = [read_options(typed, heard, start, lexicons, near, people=people) for start in range(len(typed))]
    settled = sorted(_settle(combine(choices), typed, lexicons), key=lambda one: one.penalty)
    readings: dict[object, tuple[Reading, SettledPlace, Combination]] = {}
    for one in settled:
        if one.penalty - settled[0].penalty > _CLOSE:
            break
        reading = _reading(one, typed, lexicons, now)
        readings.setdefault(_signature(reading), (reading, one.place, one.state))
    (best, place, _), *close = ranked = list(readings.values())
    return Understanding(
        readings=(best, *(one[0] for one in close[: MAX_READINGS - 1])),
        alternatives=_alternatives(best, place, ranked[0][2], close, typed),
        cut=cut,
    )


def _hear_phrases(typed: Sequence[Typed], heard: list[list[Heard]], vocabulary: Vocabulary) -> None:
    """A word that means something may still be misspelt behind the beginning of a phrase: «мала білозерке»."""
    for at in range(1, len(typed)):
        if len(typed[at].text) < _SHORTEST_IN_PHRASE or any(one.match >= Match.SLIP for one in heard[at]):
            continue
        begins = [one.word for one in heard[at - 1] if vocabulary.goes_on(one.word)]
        if begins and not any(vocabulary.meanings(f"{word} {one.word}") for word in begins for one in heard[at]):
            heard[at] += [
                replace(one, cost=one.cost * _IN_PHRASE, in_phrase_only=True)
                for one in hear_with_slips(typed[at].text, vocabulary)
                if any(vocabulary.meanings(f"{word} {one.word}") for word in begins)
            ]


def _is_cut_short(typed: Sequence[Typed], at: int) -> bool:
    """A dot behind a word cuts it short; behind a single letter only where a longer word follows: «К. Ріг»."""
    word = typed[at]
    follows = at + 1 < len(typed) and len(typed[at + 1].text) > 1 and not (at and len(typed[at - 1].text) == 1)
    return word.dotted and (len(word.text) > 1 or follows)


@dataclass(frozen=True, slots=True)
class _Settled:
    """A combination with its place and its name settled, and what the whole costs."""

    state: Combination
    place: SettledPlace
    names: SettledName
    penalty: float


def _settle(states: Sequence[Combination], typed: Sequence[Typed], lexicons: Lexicons) -> list[_Settled]:
    """The combinations settled, in their order; those that share the options of a name or a place settle it once."""
    texts = [word.text for word in typed]
    places: dict[tuple[int | None, ...], SettledPlace] = {}
    names: dict[tuple[int, ...], SettledName] = {}
    settled = []
    for state in map(without_denied, map(without_guesses, states)):
        # Options are the same objects in all combinations, and live as long as these do.
        of_place = tuple(id(option) if option.taken_as in _OF_PLACE else None for option in state.options)
        of_name = tuple(id(option) for option in state.options if option.taken_as in NAME_PARTS)
        if of_place not in places:
            places[of_place] = settle_places(state.options, lexicons)
        if of_name not in names:
            names[of_name] = settle_names(state.options, texts, lexicons)
        place, name = places[of_place], names[of_name]
        penalty = round(max(state.penalty + place.penalty + name.penalty, 0.0), 6)
        settled.append(_Settled(state, place, name, penalty))
    return settled


def _reading(settled: _Settled, typed: Sequence[Typed], lexicons: Lexicons, now: datetime | None) -> Reading:
    options, place, names = settled.state.options, settled.place, settled.names
    wishes = read_wishes(options, now)
    specialities = tuple(
        dict.fromkeys(code for option in options if option.taken_as is TakenAs.SPECIALITY for code in _codes(option))
    )
    kinds = tuple(dict.fromkeys(option.value for option in options if option.taken_as is TakenAs.FACILITY_KIND))
    numbers = tuple(dict.fromkeys(option.value for option in options if option.taken_as is TakenAs.FACILITY_NUMBER))
    numbers = numbers if any(option.taken_as in _OF_FACILITY for option in options) else ()
    words = [option for option in options if option.taken_as is TakenAs.FACILITY_WORD]
    facility = FacilityWords(tuple(_facility_word(option) for option in words), numbers, kinds)
    # Wishes and times alone look for nothing: «аптека поруч», «погода завтра».
    searchable = bool(specialities or names.words or facility)
    other_matter = not searchable and _names_other_matter(options)
    tokens = _tokens(options, typed, place)
    return Reading(
        penalty=settled.penalty,
        tokens=tokens,
        specialities=specialities,
        settlement=place.settlement,
        region=place.region,
        district=place.district,
        street=_street(options, place, lexicons),
        names=names.words,
        said_name=names.said,
        facility=facility,
        said_facility=SaidFacility(
            kinds[0] if kinds else None,
            numbers[0] if numbers else None,
            " ".join(str(option.value) for option in words) or None,
        ),
        wishes=SaidWishes() if other_matter else wishes,
        out_of_domain=other_matter,
        repairs=_repairs(options, typed, place),
        not_understood=tuple(token.text for token in tokens if token.taken_as is TakenAs.NOT_UNDERSTOOD),
    )


def _street(options: Sequence[Option], place: SettledPlace, lexicons: Lexicons) -> str | None:
    """The street named, by its name of today in the settlement named."""
    said = next((str(option.value) for option in options if option.taken_as is TakenAs.STREET), None)
    if said is None or place.settlement is None:
        return said
    return lexicons.renamed_streets.get(place.settlement.code, {}).get(said, said)


def _names_other_matter(options: Sequence[Option]) -> bool:
    """Something else than a doctor is asked for: «аптека», but not «біля аптеки», which is a landmark."""
    return any(
        option.taken_as is TakenAs.OUT_OF_DOMAIN and not (at and _stands_before_a_landmark(options[at - 1]))
        for at, option in enumerate(options)
    )


def _stands_before_a_landmark(option: Option) -> bool:
    is_before_place = option.taken_as is TakenAs.FILLER and option.value == "before_place"
    return is_before_place and option.candidates[0].phrase not in _INSIDE


def _codes(option: Option) -> tuple[str, ...]:
    """The codes of a speciality option: several when its cheapest phrase means several."""
    first = option.candidates[0]
    return tuple(
        candidate.value
        for candidate in option.candidates
        if candidate.phrase == first.phrase and candidate.cost <= first.cost
    )


def _facility_word(option: Option) -> NameWord:
    word = str(option.value)
    return NameWord(word, sound_key(word))


def _signature(reading: Reading) -> object:
    place = reading.place
    return (
        reading.specialities, reading.street, place.code if place else None, reading.said_name,
        reading.said_facility, reading.wishes, reading.not_understood,
    )  # fmt: skip


def _tokens(options: Sequence[Option], typed: Sequence[Typed], place: SettledPlace) -> tuple[Token, ...]:
    found = []
    for at, option in enumerate(options):
        text = " ".join(dict.fromkeys(word.source for word in typed[option.start : option.start + option.length]))
        if _is_stray(option, options, at):
            found.append(Token(text, TakenAs.NOT_UNDERSTOOD))
            continue
        found.append(Token(text, option.taken_as, _token_value(option, place)))
    return tuple(found)


def _is_stray(option: Option, options: Sequence[Option], at: int) -> bool:
    """The number of a house says nothing without its street, an initial nothing without a name."""
    if option.taken_as is TakenAs.FILLER:
        return option.value == HOUSE and not (at > 0 and options[at - 1].taken_as is TakenAs.STREET)
    return option.taken_as is TakenAs.INITIAL and not any(other.taken_as in _NAMES for other in options)


def _token_value(option: Option, settled: SettledPlace) -> str | None:
    if option.taken_as in PLACES:
        every = [place for candidate in option.candidates for place in candidate.value]
        for place in (settled.district, settled.settlement, settled.region):
            if place is not None and place in every:
                return place.code
        return every[0].code if every else None
    value = option.value
    return value if isinstance(value, str) and option.taken_as not in _WITHOUT_VALUE else None


def _repairs(options: Sequence[Option], typed: Sequence[Typed], settled: SettledPlace) -> tuple[Repair, ...]:
    found = []
    for option in options:
        if not option.candidates or option.taken_as is TakenAs.FILLER:
            continue
        words = typed[option.start : option.start + option.length]
        source = " ".join(dict.fromkeys(word.source for word in words))
        candidate = _chosen(option, settled)
        read = _read_as(option, candidate, settled)
        for kind in dict.fromkeys((*(r for word in words for r in word.repairs), *candidate.repairs)):
            found.append(Repair(kind, source, read))
    return tuple(dict.fromkeys(found))


def _chosen(option: Option, settled: SettledPlace) -> Candidate:
    if option.taken_as in PLACES:
        for candidate in option.candidates:
            for place in (settled.district, settled.settlement, settled.region):
                if place is not None and place in candidate.value:
                    return candidate
    return option.candidates[0]


def _read_as(option: Option, candidate: Candidate, settled: SettledPlace) -> str:
    if option.taken_as in PLACES:
        for place in (settled.district, settled.settlement, settled.region):
            if place is not None and place in candidate.value:
                return place.name
        first: Place = candidate.value[0]
        return first.name
    if option.taken_as in NAME_PARTS and isinstance(candidate.value, str):
        return candidate.value
    return candidate.phrase


def _alternatives(
    best: Reading,
    place: SettledPlace,
    state: Combination,
    close: Sequence[tuple[Reading, SettledPlace, Combination]],
    typed: Sequence[Typed],
) -> tuple[Alternative, ...]:
    """Other meanings worth offering: what close readings take a word for, and the namesakes of the place taken."""
    found: list[Alternative] = []
    taken = {option.start: option for option in state.options}
    for reading, settled, other in close:
        for option in other.options:
            mine = taken.get(option.start)
            if mine is None or not _is_other_meaning(mine, option):
                continue
            text = " ".join(word.source for word in typed[option.start : option.start + option.length])
            if option.taken_as in PLACES:
                found.append(Alternative(text, option.taken_as, place=reading.place or settled.settlement))
            elif isinstance(option.value, str):
                found.append(Alternative(text, option.taken_as, name=option.value))
    if place.option is not None:
        option = place.option
        text = " ".join(word.source for word in typed[option.start : option.start + option.length])
        found += [Alternative(text, option.taken_as, place=other) for other in place.namesakes]
    current = best.place
    other_places = [one for one in found if one.place is None or one.place is not current]
    return tuple({(one.taken_as, one.place.code if one.place else one.name): one for one in other_places}.values())[
        :MAX_ALTERNATIVES
    ]


def _is_other_meaning(mine: Option, other: Option) -> bool:
    if mine.taken_as is not other.taken_as:
        return other.taken_as in PLACES or other.taken_as in NAME_PARTS or other.taken_as is TakenAs.SPECIALITY
    return mine.length == other.length and mine.value != other.value and other.taken_as not in PLACES
