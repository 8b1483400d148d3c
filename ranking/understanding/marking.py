"""What is said plainly: specialities, kinds of facilities with their numbers, places with a marker, fillers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from directory.places import Place
from ranking.intent import Point
from ranking.phrases import Match, PhraseBook
from ranking.understanding.lexicons import Lexicons
from ranking.understanding.namesakes import chosen_first, fits_regions
from ranking.understanding.options import MAX_PLACE_WORDS
from ranking.understanding.reading import TakenAs, Token
from ranking.understanding.word_files import facility_phrases, small_words, speciality_phrases

_NUMBER = re.compile(r"(\d{1,4})(?:-\w{1,3})?")
# «поліклініка міська номер 3»: so many words may stand between the kind and its number.
_NUMBER_WITHIN = 3


@dataclass(slots=True)
class Marked:
    """Words taken so far by index, and what they came to; the understanding in the making."""

    words: Sequence[str]
    taken: dict[int, Token] = field(default_factory=dict)
    specialities: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    settlements: tuple[Place, ...] = ()
    regions: tuple[Place, ...] = ()

    def take(self, start: int, length: int, taken_as: TakenAs, value: str | None = None) -> None:
        """Marks `length` words from `start`."""
        for index in range(start, start + length):
            self.taken[index] = Token(self.words[index], taken_as, value)

    def is_free(self, start: int, length: int = 1) -> bool:
        """None of the words is taken, and all of them exist."""
        return (
            start >= 0
            and start + length <= len(self.words)
            and not any(index in self.taken for index in range(start, start + length))
        )


def mark(words: Sequence[str], lexicons: Lexicons, near: Point | None) -> Marked:
    """Takes every word whose meaning does not depend on a choice."""
    marked = Marked(words)
    _mark_phrases(marked, speciality_phrases(), TakenAs.SPECIALITY, marked.specialities, lexicons)
    _mark_phrases(marked, facility_phrases(), TakenAs.FACILITY_KIND, marked.kinds, lexicons)
    _mark_numbers(marked)
    _mark_places(marked, lexicons, near)
    for index, word in enumerate(words):
        if marked.is_free(index) and (word in small_words().fillers or word in small_words().before_place):
            marked.take(index, 1, TakenAs.FILLER)
    return marked


def _mark_phrases(marked: Marked, book: PhraseBook, taken_as: TakenAs, codes: list[str], lexicons: Lexicons) -> None:
    index = 0
    while index < len(marked.words):
        match = book.match(marked.words, index)
        if (
            match
            and marked.is_free(index, match.length)
            and not _is_rather_a_name(marked.words, index, match, lexicons)
        ):
            marked.take(index, match.length, taken_as, match.code)
            if match.code not in codes:
                codes.append(match.code)
            index += match.length
        else:
            index += 1


def _is_rather_a_name(words: Sequence[str], index: int, match: Match, lexicons: Lexicons) -> bool:
    """A word that only sounds like a phrase but is written like a name or a place is that name or place."""
    if not match.by_sound or match.length > 1:
        return False
    word, names = words[index], lexicons.names
    known = word in names.surnames or word in names.given or word in names.patronymics
    return known or bool(lexicons.places.by_name(word))


def _mark_numbers(marked: Marked) -> None:
    kinds = [index for index, token in marked.taken.items() if token.taken_as is TakenAs.FACILITY_KIND]
    for index, word in enumerate(marked.words):
        found = _NUMBER.fullmatch(word)
        near_kind = any(0 < index - kind <= _NUMBER_WITHIN or kind - index == 1 for kind in kinds)
        if found and near_kind and marked.is_free(index):
            number = str(int(found[1]))
            marked.take(index, 1, TakenAs.FACILITY_NUMBER, number)
            if number not in marked.numbers:
                marked.numbers.append(number)


def _mark_places(marked: Marked, lexicons: Lexicons, near: Point | None) -> None:
    small = small_words()
    for index, word in enumerate(marked.words):
        if word in small.marker_after:
            _mark_region(marked, index, small.marker_after[word], lexicons, near)
    for index, word in enumerate(marked.words):
        if word in small.marker_before and not marked.settlements:
            _mark_settlement(marked, index, small.marker_before[word], lexicons, near)


def _mark_region(marked: Marked, marker: int, categories: str, lexicons: Lexicons, near: Point | None) -> None:
    """«Житомирська область»: the words before the marker name an object of these categories."""
    for length in range(min(MAX_PLACE_WORDS, marker), 0, -1):
        start = marker - length
        if marked.regions or not marked.is_free(start, length + 1):
            continue
        found = _named(marked.words[start:marker], categories, lexicons)
        if found:
            marked.regions = chosen_first(found, near)
            marked.take(start, length, TakenAs.PLACE, marked.regions[0].code)
            marked.take(marker, 1, TakenAs.PLACE_MARKER)
            return


def _mark_settlement(marked: Marked, marker: int, categories: str, lexicons: Lexicons, near: Point | None) -> None:
    """«с. Іванівка»: the words after the marker name a settlement of these categories."""
    for length in range(MAX_PLACE_WORDS, 0, -1):
        if not marked.is_free(marker, length + 1):
            continue
        found = _named(marked.words[marker + 1 : marker + 1 + length], categories, lexicons)
        inside = [place for place in found if fits_regions(place, marked.regions)]
        if inside:
            marked.settlements = chosen_first(inside, near)
            marked.take(marker, 1, TakenAs.PLACE_MARKER)
            marked.take(marker + 1, length, TakenAs.PLACE, marked.settlements[0].code)
            return


def _named(span: Sequence[str], categories: str, lexicons: Lexicons) -> list[Place]:
    name = " ".join(span)
    places = lexicons.places
    found = places.by_name(name, categories) or places.by_name("-".join(span), categories)
    return list(dict.fromkeys(found or places.by_key(name, categories)))
