"""What a word or several words in a row may be, each reading with its penalty: 0 is sure, not understood costs most."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ranking.intent import Point
from ranking.understanding.candidates import HOW_DOUBT, NAME_PARTS, PLACES, Candidate, Gathered, Option
from ranking.understanding.hearing import UNKNOWN, Heard, Match, of_its_sound
from ranking.understanding.lexicons import Lexicons
from ranking.understanding.namesakes import chosen_first, place_doubt
from ranking.understanding.numbers import add_numbers
from ranking.understanding.reading import Repaired, TakenAs
from ranking.understanding.streets import read_streets
from ranking.understanding.typed import Typed
from ranking.understanding.unlisted_names import add_initials, add_unknown_names
from ranking.understanding.vocabulary import How, Meaning
from ranking.understanding.word_files import small_words, time_words

_LONGEST_PHRASE = 6
_EVERY_OPTION = 0.1
_MOST_OPTIONS = 10
_MOST_CANDIDATES = 14
_FAR_BEHIND = 2.6
_EITHER_PART = 0.05
_FILLER = 0.02
_LONG_NAME, _LONG_NAME_ALIKE = 0.05, 0.5
_MISSPELT_PLACE = 0.5
_NOT_TODAY = {How.FORM: 0.2, How.FORMER: 0.7, How.OTHER: 0.7}
# «сімейний лікар Зуївці»: without a preposition before it a case form yields further.
_FORM_OF_NO_PREPOSITION = 0.25
# A word two slips from «будуть» is rather not understood than of no meaning: it must be said that it was left over.
_MISSPELT_FILLER = {Match.SOUND: 0.2, Match.SLIP: 1.0, Match.TWO_SLIPS: 3.0}
_JOINED, _JOINED_UNKNOWN, _JOINED_BY_SOUND = 0.5, 0.25, 0.3
_SHORTEST_JOINED = 5
_FACILITY_ASKED = 0.9


def read_options(
    typed: Sequence[Typed],
    heard: Sequence[Sequence[Heard]],
    start: int,
    lexicons: Lexicons,
    near: Point | None,
    *,
    people: bool = True,
) -> list[Option]:
    """All readings of the words from `start`, the cheapest first; the last resort is «not understood».

    Without `people` nothing is a name, and words of facilities weigh as much as names otherwise do.
    """
    gathered: Gathered = defaultdict(list)
    vocabulary = lexicons.vocabulary
    for length, phrase, cost, match, repairs in (
        *_spans(typed, heard, start, lexicons),
        *_joined(typed, heard, start, lexicons),
    ):
        source = "".join(word.text for word in typed[start : start + length])
        for meaning in vocabulary.meanings(phrase):
            if _is_idle_hour(meaning, typed, start, length):
                continue
            candidate = _candidate(meaning, phrase, cost, match, repairs, lexicons, near, source)
            gathered[length, meaning.taken_as].append(candidate)
    if typed[start].dotted and len(typed[start].text) == 1:
        # «О.В.»: with a dot behind it a letter is no preposition.
        gathered.pop((1, TakenAs.FILLER), None)
    add_numbers(gathered, typed, start)
    for length, street, cost in read_streets(typed, start, lexicons):
        gathered[length, TakenAs.STREET].append(Candidate(street, cost, How.LEMMA, Match.EXACT, street))
    add_initials(gathered, typed, start)
    add_unknown_names(gathered, typed[start], lexicons)
    if not people:
        gathered = _without_people(gathered)
    governed = _is_governed(typed, start)
    options = [_option(start, length, taken_as, found, governed) for (length, taken_as), found in gathered.items()]
    options = _with_rivals(options, start)
    unknown = Option(start, 1, TakenAs.NOT_UNDERSTOOD, UNKNOWN)
    best = min((option.penalty / option.length for option in options), default=UNKNOWN)
    kept = [option for option in options if option.penalty / option.length <= best + _FAR_BEHIND]
    return [*sorted(kept, key=_penalty)[:_MOST_OPTIONS], unknown]


def _is_governed(typed: Sequence[Typed], start: int) -> bool:
    """A preposition stands before the word, or before the one in between: «у Зуївці», «в селі Зуївці»."""
    words = small_words()
    return any(
        word.text in words.prepositions or word.text in words.before_place for word in typed[max(start - 2, 0) : start]
    )


def _is_idle_hour(meaning: Meaning, typed: Sequence[Typed], start: int, length: int) -> bool:
    """«третя», «шоста» are hours only after «о», «на», «після» or before «ранку», «вечора»."""
    if meaning.taken_as is not TakenAs.TIME or meaning.value[0] != "hour":
        return False
    times, end = time_words(), start + length
    after_clock_word = start > 0 and typed[start - 1].text in times.before_clock
    return not after_clock_word and not (end < len(typed) and typed[end].text in times.halves)


def _without_people(
    gathered: Gathered,
) -> Gathered:
    kept = {key: found for key, found in gathered.items() if key[1] not in NAME_PARTS}
    for (_, taken_as), found in kept.items():
        if taken_as is TakenAs.FACILITY_WORD:
            found[:] = [replace(one, cost=max(one.cost - _FACILITY_ASKED, 0.0)) for one in found]
    return kept


def _penalty(option: Option) -> float:
    return option.penalty / option.length


def _spans(
    typed: Sequence[Typed], heard: Sequence[Sequence[Heard]], start: int, lexicons: Lexicons
) -> Iterator[tuple[int, str, float, Match, tuple[Repaired, ...]]]:
    """Phrases of the vocabulary that begin here: (words typed, phrase, cost, worst match, repairs)."""
    vocabulary = lexicons.vocabulary
    reached = [("", start, 0.0, Match.EXACT, ())]
    for _ in range(_LONGEST_PHRASE):
        further: list[Any] = []
        for phrase, end, cost, match, repairs in reached:
            if end >= len(typed):
                continue
            for one in heard[end]:
                longer = f"{phrase} {one.word}" if phrase else one.word
                means = not (one.in_phrase_only and not phrase) and bool(vocabulary.meanings(longer))
                goes_on = vocabulary.goes_on(longer)
                if not means and not goes_on:
                    continue
                span = (
                    longer, end + 1, cost + one.cost + typed[end].cost, max(match, one.match),
                    (*repairs, *typed[end].repairs, *one.repairs),
                )  # fmt: skip
                if means:
                    yield span[1] - start, longer, span[2], span[3], tuple(dict.fromkeys(span[4]))
                if goes_on:
                    further.append(span)
        if not further:
            return
        reached = further


def _joined(
    typed: Sequence[Typed], heard: Sequence[Sequence[Heard]], start: int, lexicons: Lexicons
) -> Iterator[tuple[int, str, float, Match, tuple[Repaired, ...]]]:
    """Two words that are one with a blank in it: «мар яна», «педі атр»."""
    if start + 1 >= len(typed):
        return
    pair = typed[start : start + 2]
    if not _may_be_one(pair):
        return
    together = pair[0].text + pair[1].text
    if len(together) < _SHORTEST_JOINED or not together.replace("'", "").isalpha():
        return
    cost = _JOINED if all(_is_known(one, lexicons) for one in heard[start : start + 2]) else _JOINED_UNKNOWN
    repairs = (*pair[0].repairs, *pair[1].repairs, Repaired.SPACING)
    if lexicons.vocabulary.meanings(together):
        yield 2, together, cost, Match.EXACT, repairs
        return
    for word in of_its_sound(together, together, lexicons.vocabulary):
        # An apostrophe typed as a blank is a slip of its own kind, not one of sound.
        match = Match.EXACT if word.replace("'", "") == together.replace("'", "") else Match.SOUND
        if lexicons.vocabulary.meanings(word):
            yield 2, word, cost + (0.0 if match is Match.EXACT else _JOINED_BY_SOUND), match, repairs


def _may_be_one(pair: Sequence[Typed]) -> bool:
    """Single letters are initials and prepositions; one begins a word only before a lost apostrophe: «в язун»."""
    first, second = (word.text for word in pair)
    if any(word.dotted for word in pair) or len(second) == 1:
        return False
    return len(first) > 1 or (first in "бпвмфргкдтнзс" and second[0] in "яюєї")


def _is_known(heard: Sequence[Heard], lexicons: Lexicons) -> bool:
    return any(one.match is Match.EXACT and lexicons.vocabulary.meanings(one.word) for one in heard)


def _candidate(
    meaning: Meaning,
    phrase: str,
    cost: float,
    match: Match,
    repairs: tuple[Repaired, ...],
    lexicons: Lexicons,
    near: Point | None,
    source: str,
) -> Candidate:
    value, doubt = meaning.value, meaning.doubt + HOW_DOUBT[meaning.how]
    if meaning.taken_as in PLACES:
        value = chosen_first(value, near, lexicons.doctors_in)
        doubt += place_doubt(value[0], near, lexicons.doctors_in)
        if " " in phrase and meaning.taken_as is TakenAs.PLACE:
            # Two words of one name beside each other are hardly chance, however small the place.
            doubt = min(doubt, _LONG_NAME if match is Match.EXACT else _LONG_NAME_ALIKE)
        if match >= Match.SLIP and doubt > 0.5 and " " not in phrase:
            # So many villages exist that nearly every word is a slip away from one.
            doubt += _MISSPELT_PLACE
    elif meaning.taken_as is TakenAs.FILLER:
        doubt = _FILLER + _MISSPELT_FILLER.get(match, 0.0)
    if meaning.how is How.FORMER:
        repairs = (*repairs, Repaired.OLD_NAME)
    return Candidate(value, cost + doubt, meaning.how, match, phrase, repairs, source)


def _cheapest_and_closest(candidate: Candidate) -> tuple[float, int]:
    """The cost; among equals the phrase as long as what was typed: «anna» is Анна rather than Яна."""
    return candidate.cost, abs(len(candidate.phrase) - len(candidate.source))


def _option(start: int, length: int, taken_as: TakenAs, found: list[Candidate], governed: bool) -> Option:
    best: dict[Any, Candidate] = {}
    for candidate in sorted(found, key=_cheapest_and_closest):
        key = id(candidate.value) if taken_as in PLACES else candidate.value
        best.setdefault(key, candidate)
    ordered = list(best.values())
    if taken_as in PLACES and any(one.how is How.LEMMA and one.match is Match.EXACT for one in ordered):
        # Where a place bears the name today, the others are not meant by a name of the past or another case.
        bare = 0.0 if governed else _FORM_OF_NO_PREPOSITION
        ordered = sorted(
            (
                replace(one, cost=one.cost + _NOT_TODAY.get(one.how, 0.0) + (bare if one.how is How.FORM else 0.0))
                for one in ordered
            ),
            key=lambda one: one.cost,
        )
    candidates = tuple(ordered[:_MOST_CANDIDATES])
    return Option(start, length, taken_as, candidates[0].cost + _EVERY_OPTION, candidates)


def _with_rivals(options: list[Option], start: int) -> list[Option]:
    """Marks what a single word may be otherwise, and lets a word that is two parts of a name stay undecided."""
    single = {option.taken_as: option for option in options if option.length == 1}
    parts = [single[part] for part in (TakenAs.SURNAME, TakenAs.GIVEN_NAME) if part in single]
    names = frozenset(single) & NAME_PARTS
    if len(parts) == 2 and abs(parts[0].penalty - parts[1].penalty) < 1.0:
        merged = sorted((one for part in parts for one in part.candidates), key=lambda one: one.cost)
        either = Option(start, 1, TakenAs.NAME, max(min(p.penalty for p in parts) - _EITHER_PART, 0.0), tuple(merged))
        options = [*options, either]
    marked = []
    for option in options:
        rivals: frozenset[TakenAs] = frozenset()
        if option.length == 1:
            if option.taken_as in NAME_PARTS:
                rivals = frozenset(single) & {TakenAs.PLACE}
                if option.taken_as is TakenAs.SURNAME:
                    rivals |= frozenset(single) & {TakenAs.GIVEN_NAME, TakenAs.PATRONYMIC}
                elif option.taken_as is TakenAs.INITIAL:
                    rivals |= frozenset(single) & {TakenAs.FILLER}
            elif option.taken_as is TakenAs.PLACE:
                rivals = names
            elif option.taken_as is TakenAs.FILLER:
                rivals = frozenset(single) & {TakenAs.SURNAME, TakenAs.INITIAL}
            elif option.taken_as is TakenAs.FACILITY_WORD:
                rivals = names
            elif option.taken_as is TakenAs.WISH:
                rivals = frozenset(single) & {TakenAs.SURNAME}
            elif option.taken_as is TakenAs.DISTRICT:
                rivals = names | (frozenset(single) & {TakenAs.PLACE, TakenAs.REGION})
        marked.append(replace(option, rivals=rivals) if rivals else option)
    return marked
