"""What a text still being typed may become: places and specialities at once, readings to ask the engine for the rest.

Spelling goes before sound, the text as it stands before other keyboard layouts; only where nothing at all begins so,
one slip is looked for.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from directory.places import Place
from directory.text import sound_key
from ranking import BegunReading, Lexicons
from ranking.understanding.beginnings import Beginning, Sought, begin_at, read_beginning
from ranking.understanding.begun_specialities import begun_specialities
from ranking.understanding.hearing import is_latin
from ranking.understanding.reading import TakenAs
from ranking.understanding.vocabulary import Meaning, Vocabulary
from search_api.place_prefixes import PlacePrefixes

_SPECIALITY = TakenAs.SPECIALITY
# A single letter behind a name is an initial.
_SHORTEST_BEHIND = 2


@dataclass(frozen=True, slots=True)
class Begun:
    """`places` and `specialities` (codes) are found already, the likeliest first; `names` and `facilities` are readings
    for the engine. `read_as`: the text as it was read when it had to be changed, else None. `before`: words understood
    already, when only those behind them are gone on from; `of_specialities` are the codes they name."""

    places: tuple[Place, ...] = ()
    specialities: tuple[str, ...] = ()
    names: tuple[BegunReading, ...] = ()
    facilities: tuple[BegunReading, ...] = ()
    read_as: str | None = None
    before: str | None = None
    of_specialities: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.places or self.specialities or self.names or self.facilities)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where to look, for whom, and how much of each kind to bring."""

    prefixes: PlacePrefixes
    lexicons: Lexicons
    near: tuple[float, float] | None
    count: int

    def places(self, sought: Sequence[Sought]) -> tuple[Place, ...]:
        """Places whose names begin so."""
        return tuple(self.prefixes.find(sought, self.near, self.count))

    def specialities(self, sought: Sequence[Sought]) -> tuple[str, ...]:
        """Codes of specialities whose names begin so."""
        return begun_specialities().find(sought)[: self.count]


def begun(text: str, shelf: Shelf) -> Begun:
    """What there is for a text being typed, and what to ask the engine; all empty for a text without a letter."""
    readings = read_beginning(text)
    if not readings:
        return Begun()
    near = [one for one in readings if not one.far]
    found = _as_typed(near, shelf)
    if not (found.places or found.specialities):
        found = _behind(near, shelf, found) or found
    if not found or not (found.places or found.specialities or found.names or _spelt_in_facilities(near, shelf)):
        found = _with_slip(near, shelf) or found
    far = [one for one in readings if one.far]
    return found or _as_typed(far, shelf) or Begun(facilities=_plainly(near, shelf))


def _as_typed(readings: Sequence[Beginning], shelf: Shelf) -> Begun:
    of_places = _sources(readings, shelf.prefixes.has)
    of_specialities = _sources(readings, begun_specialities().has)
    words = shelf.lexicons.begun_facilities
    names = [(one, read) for one in readings if (read := shelf.lexicons.begun_names.read(one)) is not None]
    known = [one for one in readings if words.knows(one)]
    used = [*of_places[:1], *of_specialities[:1], *known[:1], *(one for one, _ in names[:1])]
    if not used:
        return Begun()
    return Begun(
        shelf.places(_sought(of_places, shelf.prefixes.has)),
        shelf.specialities(_sought(of_specialities, begun_specialities().has)),
        tuple(BegunReading(read, one.undecided) for one, read in names),
        # Facilities without doctors are not known here: the text as it stands is asked for in any case.
        tuple(BegunReading(words.read(one), one.undecided) for one in known) or _plainly(readings, shelf),
        _read_as(readings, used),
    )


def _spelt_in_facilities(readings: Sequence[Beginning], shelf: Shelf) -> bool:
    return any(shelf.lexicons.begun_facilities.knows(one, by_sound=False) for one in readings)


def _plainly(readings: Sequence[Beginning], shelf: Shelf) -> tuple[BegunReading, ...]:
    return tuple(BegunReading(shelf.lexicons.begun_facilities.read(one)) for one in readings[:1])


def _behind(readings: Sequence[Beginning], shelf: Shelf, whole: Begun) -> Begun:
    """What goes on from the words behind those that are understood already: «педіатр пол», «лікар ковал»."""
    for reading in readings:
        for at in range(1, len(reading.words)):
            understood, codes = _understood(reading.words[:at], shelf.lexicons.vocabulary)
            if not understood:
                break
            rest = begin_at(reading, at)
            if len(rest.text) < _SHORTEST_BEHIND:
                break
            found = _as_typed([rest], shelf)
            if found.places or found.specialities or (found.names and not whole.names):
                return replace(
                    found,
                    # Whoever bears all the words as names is likelier meant than those who bear the last ones.
                    names=whole.names or found.names,
                    of_specialities=() if whole.names else codes,
                    facilities=whole.facilities or found.facilities,
                    read_as=reading.text if reading.repair else None,
                    before=" ".join(reading.words[:at]),
                )
    return Begun()


def _understood(words: Sequence[str], vocabulary: Vocabulary) -> tuple[bool, tuple[str, ...]]:
    """Whether the words are phrases that mean something one after the other, and the specialities among them."""
    parts, at = " ".join(words).split(), 0
    codes: dict[str, None] = {}
    while at < len(parts):
        end = next((end for end in range(len(parts), at, -1) if _meanings(parts[at:end], vocabulary)), None)
        if end is None:
            return False, ()
        codes.update((one.value, None) for one in _meanings(parts[at:end], vocabulary) if one.taken_as is _SPECIALITY)
        at = end
    return True, tuple(codes)


def _meanings(parts: Sequence[str], vocabulary: Vocabulary) -> tuple[Meaning, ...]:
    found = vocabulary.meanings(" ".join(parts))
    if not found and len(parts) == 1 and is_latin(parts[0]):
        alike = vocabulary.by_sound(sound_key(parts[0]))
        found = tuple(meaning for word in alike for meaning in vocabulary.meanings(word))
    return found


def _sources(readings: Sequence[Beginning], has: Callable[[Sequence[Sought]], bool]) -> list[Beginning]:
    """The readings that something begins with, up to the first that leaves no doubt."""
    found: list[Beginning] = []
    for reading in readings:
        # Beside another reading one on another layout counts by its spelling only.
        ways = iter([reading.sought(by_sound=False)]) if found else _ways(reading)
        if any(map(has, ways)):
            found.append(reading)
            if not reading.undecided:
                break
    return found


def _sought(sources: Sequence[Beginning], has: Callable[[Sequence[Sought]], bool]) -> list[Sought]:
    """What to look for together: of each reading the first way that finds anything."""
    return [one for reading in sources for one in next(filter(has, _ways(reading)))]


def _ways(reading: Beginning) -> Iterator[tuple[Sought, ...]]:
    # Latin names of places are of many languages: what they sound like is the better guide.
    if not reading.text.isascii():
        yield reading.sought(by_sound=False)
    yield reading.sought(by_sound=True)


def _read_as(readings: Sequence[Beginning], used: Sequence[Beginning]) -> str | None:
    first = readings[min(readings.index(one) for one in used)]
    return first.text if first.repair else None


def _with_slip(readings: Sequence[Beginning], shelf: Shelf) -> Begun:
    for reading in readings:
        latin = reading.text.isascii()
        if latin:
            places = [found for key in reading.sounds[:1] for found in shelf.prefixes.repaired_key(key)]
        else:
            places = shelf.prefixes.repaired(reading)
        specialities = [] if latin else begun_specialities().repaired(reading)
        names = shelf.lexicons.begun_names.repaired(reading)
        facilities = None if latin else shelf.lexicons.begun_facilities.repaired(reading)
        if places or specialities or names or facilities:
            lightest = min([] if latin else [*places, *specialities], key=lambda pair: pair[1], default=None)
            return Begun(
                shelf.places([Sought(text, latin) for text, _ in places]),
                shelf.specialities([Sought(text, False) for text, _ in specialities]),
                (BegunReading(names),) if names else (),
                (*_plainly(readings, shelf), *((BegunReading(facilities),) if facilities else ())),
                lightest[0] if lightest else None,
            )
    return Begun()
