"""The word files in `data/`, read once: what people say of specialities, facilities, wishes, times and all around.

Every function gives plain mappings from a normalised phrase (words joined by one blank) to what it means. Meanings are
per file; which phrase of a text wins is for the reader of texts to say, the longest first.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from ranking.facility_kinds import facility_kinds
from ranking.phrases import Contradiction, expand_all, read_word_file

_Meaning = TypeVar("_Meaning")


class WishKind(StrEnum):
    """What a wish is about; the names are the fields of `understood`, contract_only that of a search."""

    NEAR_ME = "near_me"
    GENDER = "gender"
    ACCEPTS_NEW = "accepts_new"
    AGE_GROUP = "age_group"
    LANGUAGE = "language"
    CONTRACT_ONLY = "contract_only"


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish: `value` is True, or FEMALE|MALE, child|adult, an ISO 639 code."""

    kind: WishKind
    value: bool | str


_SAID = {
    "said": None,
    "said_of_a_woman": Wish(WishKind.GENDER, "FEMALE"),
    "said_for_a_child": Wish(WishKind.AGE_GROUP, "child"),
}


@dataclass(frozen=True, slots=True)
class SmallWords:
    """Words without a meaning of their own, and words about the place beside them; `dropped` joins the first five.

    `marker_before` and `marker_after` give the categories a marker allows: those of the codifier, Q for a quarter.
    `ordinals` give the number of the facility they stand beside.
    """

    fillers: frozenset[str]
    conjunctions: frozenset[str]
    negations: frozenset[str]
    prepositions: frozenset[str]
    before_place: frozenset[str]
    marker_before: Mapping[str, str]
    marker_after: Mapping[str, str]
    ordinals: Mapping[str, int]

    dropped: frozenset[str]


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words of time; `times.toml` says how they make a moment.

    `days`: phrase to now, today, tomorrow, day_after_tomorrow, monday … sunday, weekend, workdays. `parts`: to «HH:MM».
    `open`: to now, today, nothing. `in_minutes`: to minutes from now. `months`, `hours`: to 1…12. `before_clock`: to
    at, after, before. `halves`: to am, pm. `patterns` match a whole chunk of the text as typed, lower case, with groups
    hour and perhaps minute. `doubtful` are phrases of `days` or `parts` that mean something else as often. Hours under
    `afternoon_below` are of the afternoon.
    """

    days: Mapping[str, str]
    parts: Mapping[str, str]
    open: Mapping[str, str]
    in_minutes: Mapping[str, int]
    months: Mapping[str, int]
    before_clock: Mapping[str, str]
    halves: Mapping[str, str]
    hours: Mapping[str, int]
    patterns: tuple[re.Pattern[str], ...]
    doubtful: frozenset[str]
    afternoon_below: int


@lru_cache(maxsize=1)
def speciality_phrases() -> dict[str, tuple[str, ...]]:
    """Phrases to speciality codes, any of which will do; raises Contradiction for a phrase under two headings."""
    return _mapping((phrase, codes) for phrase, codes, _ in _specialities())


@lru_cache(maxsize=1)
def speciality_wishes() -> dict[str, Wish]:
    """The wish that a phrase of a speciality states besides: «кардіологиня» a woman, «дитячий лор» a child's doctor.

    A phrase that is listed without a wish too states none.
    """
    plain = {phrase for phrase, _, wish in _specialities() if wish is None}
    return _mapping((phrase, wish) for phrase, _, wish in _specialities() if wish and phrase not in plain)


@lru_cache(maxsize=1)
def facility_phrases() -> dict[str, str]:
    """Phrases to codes of facility kinds."""
    return _mapping((phrase, kind.code) for kind in facility_kinds().values() for phrase in kind.phrases)


@lru_cache(maxsize=1)
def wish_phrases() -> dict[str, Wish]:
    """Phrases to wishes; words of near_me may be prepositions of a place too, as `wishes.toml` says."""
    data, endings = read_word_file("wishes.toml")
    data.pop("age_units")
    return _mapping(
        (phrase, wish) for wish, said in _wishes(data) for phrase in dict.fromkeys(expand_all(said, endings))
    )


@lru_cache(maxsize=1)
def age_units() -> dict[str, str]:
    """Words after a number to years, months, weeks; not_an_age marks the words that make a number no age."""
    data, endings = read_word_file("wishes.toml")
    return _mapping((phrase, unit) for unit, said in data["age_units"].items() for phrase in expand_all(said, endings))


@lru_cache(maxsize=1)
def time_words() -> TimeWords:
    """The words of `times.toml`."""
    data, endings = read_word_file("times.toml")

    def table(listed: Mapping[str, list[str]]) -> dict[str, str]:
        return _mapping((phrase, code) for code, said in listed.items() for phrase in expand_all(said, endings))

    def numbers(name: str) -> dict[str, int]:
        return {phrase: int(number) for phrase, number in table(data[name]).items()}

    return TimeWords(
        days=table(data["days"]),
        parts=table(data["parts"]),
        open=table(data["open"]),
        before_clock=table(data["clock"]["before"]),
        halves=table(data["halves"]),
        in_minutes=numbers("in_minutes"),
        months=numbers("months"),
        hours=numbers("hours"),
        patterns=tuple(re.compile(pattern) for pattern in data["clock"]["patterns"]),
        doubtful=frozenset(expand_all(data["doubtful"], endings)),
        afternoon_below=data["clock"]["afternoon_below"],
    )


@lru_cache(maxsize=1)
def small_words() -> SmallWords:
    """The words of `small_words.toml`."""
    data, endings = read_word_file("small_words.toml")

    def listed(name: str) -> frozenset[str]:
        return frozenset(expand_all(data[name], endings))

    def markers(name: str) -> dict[str, str]:
        return _mapping((phrase, kinds) for kinds, said in data[name].items() for phrase in expand_all(said, endings))

    lists = {name: listed(name) for name in ("conjunctions", "negations", "prepositions", "before_place")}
    lists["fillers"] = frozenset(phrase for said in data["fillers"].values() for phrase in expand_all(said, endings))
    return SmallWords(
        **lists,
        dropped=frozenset().union(*lists.values()),
        marker_before=markers("marker_before"),
        marker_after=markers("marker_after"),
        ordinals={phrase: int(number) for phrase, number in markers("ordinals").items()},
    )


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Words of everyday talk that the search cannot use: left over, yet never a misspelt name or place."""
    data, endings = read_word_file("ordinary.toml")
    return frozenset(phrase for said in data.values() for phrase in expand_all(said, endings))


@lru_cache(maxsize=1)
def out_of_domain_phrases() -> dict[str, str]:
    """Phrases to codes of what is asked instead of a doctor; EMERGENCY among them."""
    data, endings = read_word_file("out_of_domain.toml")
    return _mapping((phrase, code) for code, entry in data.items() for phrase in expand_all(entry["said"], endings))


@lru_cache(maxsize=1)
def _specialities() -> list[tuple[str, tuple[str, ...], Wish | None]]:
    """Each phrase with its codes and the wish it states."""
    data, endings = read_word_file("specialities.toml")
    several = data.pop("several")
    headings = [((code,), lists) for code, lists in data.items()]
    headings += [(tuple(lists["codes"]), lists) for lists in several.values()]
    return [
        (phrase, codes, wish)
        for codes, lists in headings
        for name, wish in _SAID.items()
        for phrase in expand_all(lists.get(name, ()), endings)
    ]


def _wishes(data: Mapping[str, Any]) -> Iterator[tuple[Wish, list[str]]]:
    for kind, table in data.items():
        if "said" in table:
            yield Wish(WishKind(kind), True), table["said"]
        else:
            yield from ((Wish(WishKind(kind), value), entry["said"]) for value, entry in table.items())


def _mapping(entries: Iterable[tuple[str, _Meaning]]) -> dict[str, _Meaning]:
    found: dict[str, _Meaning] = {}
    for phrase, meaning in entries:
        known = found.setdefault(phrase, meaning)
        if known != meaning:
            raise Contradiction(f"«{phrase}» stands for {known} and for {meaning}: keep it under one of them")
    return found
