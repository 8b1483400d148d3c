"""What words may mean: a candidate is one thing they may be, an option all they may be as one kind of thing."""

from dataclasses import dataclass
from typing import Any

from ranking.understanding.hearing import Match
from ranking.understanding.reading import Repaired, TakenAs
from ranking.understanding.vocabulary import How

NAME_PARTS = frozenset({TakenAs.SURNAME, TakenAs.GIVEN_NAME, TakenAs.PATRONYMIC, TakenAs.NAME, TakenAs.INITIAL})
PLACES = frozenset({TakenAs.PLACE, TakenAs.REGION, TakenAs.DISTRICT})
# The value of a filler that is the number of a house.
HOUSE = "house"

# How much less likely a phrase is meant by a case form, a Russian, an everyday, a former name than by the name itself.
HOW_DOUBT = {
    How.LEMMA: 0.0, How.FORM: 0.03, How.RUSSIAN: 0.05, How.SHORT: 0.1, How.FORMER: 0.3, How.OTHER: 0.3
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing the words may mean: its value, the cost of taking them for it, and how they fit its phrase;
    `source` is what was typed."""

    value: Any
    cost: float
    how: How
    match: Match
    phrase: str
    repairs: tuple[Repaired, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """`length` words from `start` read as `taken_as`; `candidates` are the cheapest first, `penalty` that of the first.

    `rivals` are the other things the same word alone may be, so that its neighbours decide.
    """

    start: int
    length: int
    taken_as: TakenAs
    penalty: float
    candidates: tuple[Candidate, ...] = ()
    rivals: frozenset[TakenAs] = frozenset()

    @property
    def value(self) -> Any:
        """The value of the cheapest candidate, None without any."""
        return self.candidates[0].value if self.candidates else None


# Candidates found so far: by how many words they take, and as what.
Gathered = dict[tuple[int, TakenAs], list[Candidate]]
