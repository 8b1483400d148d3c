"""Text to its cheapest reading: what is said plainly first, then every way to read the rest, each with its penalty."""

from collections.abc import Sequence

from directory.places import Place
from directory.text import words
from ranking.intent import FacilityWords, NameWord, NameWords, Point
from ranking.understanding.combine import Combination, Slot, combine
from ranking.understanding.lexicons import Lexicons
from ranking.understanding.marking import Marked, mark
from ranking.understanding.options import NAME_PARTS, Option, read_options
from ranking.understanding.reading import Alternative, TakenAs, Token, Understanding
from ranking.understanding.word_files import small_words

MAX_TEXT = 200
MAX_WORDS = 24
MAX_ALTERNATIVES = 5

# A reading dearer than the best by more than this is not worth offering.
_CLOSE = 1.0


def understand(text: str, lexicons: Lexicons, near: Point | None = None) -> Understanding:
    """What a patient's text says, read against the lexicons; `near` decides between namesakes of places.

    Never raises: what is not understood is listed, nothing is invented. Reads the first MAX_TEXT characters and
    MAX_WORDS words, and says so in `cut`.
    """
    every = words(text[:MAX_TEXT])
    typed = every[:MAX_WORDS]
    marked = mark(typed, lexicons, near)
    readings = combine(
        _slots(marked, lexicons, near),
        beside_speciality=bool(marked.specialities),
        beside_facility_kind=bool(marked.kinds),
    )
    best = readings[0]
    tokens = _tokens(marked, best)
    place, namesakes = _place(marked, best)
    return Understanding(
        specialities=tuple(marked.specialities),
        place=place,
        names=_names(marked, best),
        facility=FacilityWords(
            words=_words_as(marked, best, TakenAs.FACILITY_WORD),
            numbers=tuple(dict.fromkeys((*marked.numbers, *_texts_as(marked, best, TakenAs.FACILITY_NUMBER)))),
            kinds=tuple(marked.kinds),
        ),
        tokens=tokens,
        alternatives=_alternatives(
            place, _other_readings(typed, readings), _other_places(marked, best, place, namesakes)
        ),
        not_understood=tuple(token.text for token in tokens if token.taken_as is TakenAs.NOT_UNDERSTOOD),
        penalty=round(best.penalty, 6),
        cut=len(text) > MAX_TEXT or len(every) > MAX_WORDS,
    )


def _slots(marked: Marked, lexicons: Lexicons, near: Point | None) -> list[Slot]:
    slots = []
    for index in range(len(marked.words)):
        if not marked.is_free(index):
            continue
        end = next((later for later in range(index, len(marked.words)) if later in marked.taken), len(marked.words))
        options = read_options(marked.words, index, end, lexicons, near, marked.regions)
        after_preposition = index > 0 and marked.words[index - 1] in small_words().before_place
        slots.append(Slot(index, tuple(options), after_preposition))
    return slots


def _tokens(marked: Marked, reading: Combination) -> tuple[Token, ...]:
    taken = dict(marked.taken)
    for index, option in reading.choices:
        value = option.places[0].code if option.places else None
        for position in range(index, index + option.length):
            taken[position] = Token(marked.words[position], option.taken_as, value)
    return tuple(taken[index] for index in range(len(marked.words)))


def _place(marked: Marked, reading: Combination) -> tuple[Place | None, tuple[Place, ...]]:
    """The narrowest place named, with its namesakes: a district of the settlement, the settlement, else the region."""
    places = marked.settlements or next((option.places for _, option in reading.choices if option.places), ())
    if not places:
        return (marked.regions[0], marked.regions[1:]) if marked.regions else (None, ())
    districts = [region for region in marked.regions if region.parent == places[0].code]
    return (districts[0], ()) if districts else (places[0], places[1:])


def _names(marked: Marked, reading: Combination) -> NameWords:
    return NameWords(
        surname=_words_as(marked, reading, TakenAs.SURNAME),
        given=_words_as(marked, reading, TakenAs.GIVEN_NAME),
        patronymic=_words_as(marked, reading, TakenAs.PATRONYMIC),
        unassigned=_words_as(marked, reading, TakenAs.NAME),
    )


def _words_as(marked: Marked, reading: Combination, taken_as: TakenAs) -> tuple[NameWord, ...]:
    return tuple(NameWord.of(word) for word in _texts_as(marked, reading, taken_as))


def _texts_as(marked: Marked, reading: Combination, taken_as: TakenAs) -> tuple[str, ...]:
    found = (marked.words[index] for index, option in reading.choices if option.taken_as is taken_as)
    return tuple(dict.fromkeys(found))


def _alternatives(place: Place | None, *offered: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """The first few of those offered, without the place already taken."""
    other = [one for listed in offered for one in listed if one.place is None or one.place != place]
    return tuple(dict.fromkeys(other))[:MAX_ALTERNATIVES]


def _other_places(
    marked: Marked, reading: Combination, place: Place | None, namesakes: Sequence[Place]
) -> list[Alternative]:
    if place is None:
        return []
    text = " ".join(token.text for token in _tokens(marked, reading) if token.value == place.code)
    return [Alternative(text, TakenAs.PLACE, other) for other in namesakes[:MAX_ALTERNATIVES]]


def _other_readings(typed: Sequence[str], readings: Sequence[Combination]) -> list[Alternative]:
    """Where a close reading takes a word for a place and the best for a name, or the other way round."""
    best = dict(readings[0].choices)
    found: dict[tuple[int, TakenAs], Alternative] = {}
    for reading in readings[1:]:
        if reading.penalty - readings[0].penalty > _CLOSE:
            break
        for index, option in reading.choices:
            taken = best.get(index)
            if taken is not None and _is_other_meaning(taken, option):
                text = " ".join(typed[index : index + option.length])
                place = option.places[0] if option.places else None
                found.setdefault((index, option.taken_as), Alternative(text, option.taken_as, place))
    return list(found.values())


def _is_other_meaning(taken: Option, option: Option) -> bool:
    if option.taken_as is TakenAs.PLACE:
        return taken.taken_as in NAME_PARTS
    return option.taken_as in NAME_PARTS and taken.taken_as is TakenAs.PLACE
