"""The gate of names: a grade in steps of two, so that no sum of signals (at most 1) lifts a worse match above a better.

Every word of the name must be met; the worst word sets the grade (search notes §7). Constant scores, no statistics of
words: a rare surname is worth no more than a common one.
"""

from enum import IntEnum

from ranking.documents import Document, field_of
from ranking.intent import NameWord, NameWords
from ranking.query.hard_facts import Clause, all_of, any_of


class Grade(IntEnum):
    """How well a name matches; the value is the score of the gate. Grades 8, 4 and 2 belong to case forms and slips."""

    EXACT = 10
    SOUND = 6


GATE = "name"
_PARTS = ("surname", "given", "patronymic")


def gate_clause(names: NameWords) -> Clause | None:
    """The best grade the name reaches, as named constant scores; None when no name is wanted."""
    if not names:
        return None
    return {
        "dis_max": {
            "queries": [
                {
                    "constant_score": {
                        "filter": all_of([_word_clause(word, parts, grade) for word, parts in _wanted(names)]),
                        "boost": float(grade),
                        "_name": f"{GATE}.{grade.name.lower()}",
                    }
                }
                for grade in Grade
            ]
        }
    }


def name_grade(document: Document, names: NameWords) -> Grade | None:
    """The best grade at which every wanted word is met; None when there is none."""
    for grade in Grade:
        if all(_word_met(document, word, parts, grade) for word, parts in _wanted(names)):
            return grade
    return None


def _wanted(names: NameWords) -> list[tuple[NameWord, tuple[str, ...]]]:
    assigned = [(word, (part,)) for part in _PARTS for word in getattr(names, part)]
    return [*assigned, *((word, _PARTS) for word in names.unassigned)]


def _word_clause(word: NameWord, parts: tuple[str, ...], grade: Grade) -> Clause:
    return any_of([{"term": {_field(part, grade): _value(word, grade)}} for part in parts])


def _word_met(document: Document, word: NameWord, parts: tuple[str, ...], grade: Grade) -> bool:
    return any(_value(word, grade) in (field_of(document, _field(part, grade)) or ()) for part in parts)


def _field(part: str, grade: Grade) -> str:
    return f"name.{part}" if grade is Grade.EXACT else f"name.{part}_key"


def _value(word: NameWord, grade: Grade) -> str:
    return word.text if grade is Grade.EXACT else word.key
