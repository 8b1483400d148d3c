"""From the name options of a reading to one name: parts that somebody in the index bears together come first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

from directory.text import sound_key
from ranking.intent import Grade, NameOption, NameWord, NameWords
from ranking.understanding.candidates import Candidate, Option
from ranking.understanding.hearing import Match
from ranking.understanding.initials import names_with_initial, ukrainian_initial
from ranking.understanding.lexicons import Lexicons, NameLexicon
from ranking.understanding.reading import SaidName, TakenAs
from ranking.understanding.vocabulary import How

_BORNE, _BORNE_BY_NOBODY = -0.3, 0.3
_GENDERS_DIFFER = 0.6
# Beside the likeliest name, those that are misspelt almost as little count as much.
_AS_LIKELY = 0.12
_MOST_TOGETHER = 8
_SHORTEST_BY_SOUND = 3

_PARTS = (TakenAs.SURNAME, TakenAs.GIVEN_NAME, TakenAs.PATRONYMIC)


@dataclass(frozen=True, slots=True)
class SettledName:
    """A name settled: what to search by, what was said, and the change of the reading's penalty."""

    words: NameWords = field(default_factory=NameWords)
    said: SaidName = field(default_factory=SaidName)
    penalty: float = 0.0


def settle_names(options: Sequence[Option], texts: Sequence[str], lexicons: Lexicons) -> SettledName:
    """The name that the options of one reading make together; `texts` are the words as they were read, by position."""
    parts = {part: [option for option in options if option.taken_as is part] for part in _PARTS}
    undecided = [option for option in options if option.taken_as is TakenAs.NAME]
    letters = [letter for option in options if option.taken_as is TakenAs.INITIAL for letter in option.value]
    if not any(parts.values()) and not undecided:
        return SettledName()
    names = lexicons.names
    given_letter, patronymic_letter = _letters(letters, bool(parts[TakenAs.GIVEN_NAME]))
    chosen, penalty = _together(parts, given_letter, patronymic_letter, names)
    words = {
        part: tuple(_word(option, texts, chosen.get(part) if at == 0 else None) for at, option in enumerate(found))
        for part, found in parts.items()
    }
    given, patronymic = list(words[TakenAs.GIVEN_NAME]), list(words[TakenAs.PATRONYMIC])
    given_initial = patronymic_initial = None
    if given_letter:
        found = names_with_initial(given_letter, names.given)
        given.append(_initial_word(given_letter, found))
        given_initial = ukrainian_initial(given_letter, found, names.given)
    if patronymic_letter:
        found = names_with_initial(patronymic_letter, names.patronymics)
        patronymic.append(_initial_word(patronymic_letter, found))
        patronymic_initial = ukrainian_initial(patronymic_letter, found, names.patronymics)
    said_undecided = _undecided(undecided, names)
    surname = _surname(parts[TakenAs.SURNAME], chosen.get(TakenAs.SURNAME))
    return SettledName(
        NameWords(
            surname=words[TakenAs.SURNAME],
            given=tuple(given),
            patronymic=tuple(patronymic),
            unassigned=tuple(_word(option, texts, None) for option in undecided),
        ),
        SaidName(
            surname=surname or said_undecided.get(TakenAs.SURNAME),
            given_name=_value(chosen.get(TakenAs.GIVEN_NAME)) or said_undecided.get(TakenAs.GIVEN_NAME),
            patronymic=_value(chosen.get(TakenAs.PATRONYMIC)),
            given_initial=given_initial,
            patronymic_initial=patronymic_initial,
        ),
        penalty,
    )


def _letters(letters: Sequence[str], has_given: bool) -> tuple[str | None, str | None]:
    if has_given:
        return None, letters[0] if letters else None
    return (letters[0] if letters else None), (letters[1] if len(letters) > 1 else None)


def _together(
    parts: dict[TakenAs, list[Option]], given_letter: str | None, patronymic_letter: str | None, names: NameLexicon
) -> tuple[dict[TakenAs, Candidate], float]:
    """The candidate of each part: the cheapest combination, where being borne by somebody counts.

    The penalty is what the combination costs beside the cheapest candidate of each part alone.
    """
    lists: list[tuple[Candidate | None, ...]] = [
        parts[part][0].candidates[:_MOST_TOGETHER] if parts[part] else (None,) for part in _PARTS
    ]
    cheapest = sum(found[0].cost for found in lists if found[0] is not None)
    known_parts = sum(found[0] is not None for found in lists) + bool(given_letter) + bool(patronymic_letter)
    given_names = frozenset(names_with_initial(given_letter, names.given)) if given_letter else None
    patronymics = frozenset(names_with_initial(patronymic_letter, names.patronymics)) if patronymic_letter else None
    best: tuple[float, tuple[Candidate | None, ...]] | None = None
    for combination in product(*lists):
        cost = sum(candidate.cost for candidate in combination if candidate is not None)
        if _genders_differ(combination, names):
            cost += _GENDERS_DIFFER
        if known_parts > 1 and combination[0] is not None and names.people:
            cost += _BORNE if _is_borne(combination, given_names, patronymics, names) else _BORNE_BY_NOBODY
        if best is None or cost < best[0]:
            best = (cost, combination)
    assert best is not None
    found = {part: candidate for part, candidate in zip(_PARTS, best[1], strict=True) if candidate is not None}
    return found, best[0] - cheapest


def _genders_differ(combination: Sequence[Candidate | None], names: NameLexicon) -> bool:
    """A woman's surname beside a man's given name, as far as the index knows."""
    shared: frozenset[str] | None = None
    for candidate in combination:
        genders = names.genders.get(candidate.value) if candidate is not None else None
        if genders:
            shared = genders if shared is None else shared & genders
    return shared is not None and not shared


def _is_borne(
    combination: Sequence[Candidate | None],
    given_names: frozenset[str] | None,
    patronymics: frozenset[str] | None,
    names: NameLexicon,
) -> bool:
    surname, given, patronymic = combination
    assert surname is not None
    return any(
        (given is None or borne_given == given.value)
        and (patronymic is None or borne_patronymic == patronymic.value)
        and (given_names is None or borne_given in given_names)
        and (patronymics is None or borne_patronymic in patronymics)
        for borne_given, borne_patronymic in names.people.get(surname.value, ())
    )


def _word(option: Option, texts: Sequence[str], chosen: Candidate | None) -> NameWord:
    """The word to search by: the chosen name and those as likely; the others are kept for a looser search."""
    best = chosen or option.candidates[0]
    near: list[NameOption] = []
    far: list[NameOption] = []
    for candidate in sorted(option.candidates, key=lambda one: (one is not best, one.cost)):
        as_likely = candidate.match < Match.SLIP or candidate.cost <= best.cost + _AS_LIKELY
        (near if candidate is best or as_likely else far).append(_name_option(candidate))
    # «нечуй левицька» is one word of two, «мар яна» one that was torn.
    between = "-" if " " in best.phrase else ""
    text = between.join(texts[option.start : option.start + option.length])
    key = sound_key(text)
    return NameWord(text, key if len(key) >= _SHORTEST_BY_SOUND else "", _distinct(near), _distinct(far))


def _name_option(candidate: Candidate) -> NameOption:
    if candidate.match is Match.SLIP:
        grade = Grade.SLIP
    elif candidate.match is Match.TWO_SLIPS:
        grade = Grade.TWO_SLIPS
    elif candidate.match is Match.SOUND:
        grade = Grade.SOUND
    else:
        grade = Grade.EXACT if candidate.how is How.LEMMA else Grade.FORM
    return NameOption(candidate.value, grade)


def _distinct(options: Iterable[NameOption]) -> tuple[NameOption, ...]:
    best: dict[str, NameOption] = {}
    for option in options:
        if option.term not in best or option.grade > best[option.term].grade:
            best[option.term] = option
    return tuple(best.values())


def _initial_word(letter: str, names: Sequence[str]) -> NameWord:
    return NameWord(letter, "", tuple(NameOption(name, Grade.EXACT) for name in names))


def _undecided(options: Sequence[Option], names: NameLexicon) -> dict[TakenAs, str]:
    """For a word that may be surname or given name: the part that more doctors bear it as."""
    found: dict[TakenAs, str] = {}
    for option in options:
        name = option.value
        is_given = names.given.count(name) >= names.surnames.count(name)
        found.setdefault(TakenAs.GIVEN_NAME if is_given else TakenAs.SURNAME, name)
    return found


def _surname(found: Sequence[Option], chosen: Candidate | None) -> str | None:
    """The surname said; two surnames side by side are one double name."""
    if chosen is None:
        return None
    if len(found) == 2 and found[1].start == found[0].start + found[0].length:
        return f"{chosen.value}-{found[1].value}"
    return str(chosen.value)


def _value(candidate: Candidate | None) -> str | None:
    return None if candidate is None else str(candidate.value)
