"""The gate of names: a grade in steps of two, so that no sum of signals (at most 1) lifts a worse match above a better.

Every word of the name must be met; the worst word sets the grade (search notes §7). Constant scores, no statistics of
words: a rare surname is worth no more than a common one. Which names a word may mean, and how well, was settled when
the text was read against the names of the index, so the engine compares exact terms only.
"""

from ranking.documents import Document, field_of
from ranking.intent import Grade, NameWord, NameWords
from ranking.query.hard_facts import Clause, all_of, any_of

GATE = "name"
_PARTS = ("surname", "given", "patronymic")


def gate_clause(names: NameWords) -> Clause | None:
    """The best grade the name reaches, as named constant scores; None when no name is wanted."""
    if not names:
        return None
    wanted = _wanted(names)
    grades = [grade for grade in Grade if _says_something(wanted, grade)]
    if not grades:
        # An initial that no name of the index begins with.
        return {"match_none": {}}
    return {
        "dis_max": {
            "queries": [
                {
                    "constant_score": {
                        "filter": all_of([_word_clause(word, parts, grade) for word, parts in wanted]),
                        "boost": float(grade),
                        "_name": f"{GATE}.{grade.name.lower()}",
                    }
                }
                for grade in grades
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


def _says_something(wanted: list[tuple[NameWord, tuple[str, ...]]], grade: Grade) -> bool:
    """At this grade every word may be met, and some word by a name that better grades leave out."""
    if not all(word.terms(grade) or (grade <= Grade.SOUND and word.key) for word, _ in wanted):
        return False
    return any(option.grade is grade for word, _ in wanted for option in word.options) or (
        grade is Grade.SOUND and any(word.key for word, _ in wanted)
    )


def _word_clause(word: NameWord, parts: tuple[str, ...], grade: Grade) -> Clause:
    terms = list(word.terms(grade))
    clauses: list[Clause] = []
    for part in parts:
        if terms:
            clauses.append({"terms": {f"name.{part}": terms}})
        if grade <= Grade.SOUND and word.key:
            clauses.append({"term": {f"name.{part}_key": word.key}})
    return any_of(clauses)


def _word_met(document: Document, word: NameWord, parts: tuple[str, ...], grade: Grade) -> bool:
    terms = word.terms(grade)
    return any(
        not set(terms).isdisjoint(field_of(document, f"name.{part}") or ())
        or (grade <= Grade.SOUND and word.key and word.key in (field_of(document, f"name.{part}_key") or ()))
        for part in parts
    )
