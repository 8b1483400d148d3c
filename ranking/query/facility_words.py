"""A facility as named: words, numbers and kinds, each of them a filter. Two faces side by side."""

from ranking.documents import Document, field_of
from ranking.facility_kinds import WordsOfName, facility_kinds
from ranking.intent import FacilityWords, NameWord
from ranking.query.hard_facts import Clause, any_of


def facility_clauses(facility: FacilityWords) -> list[Clause]:
    """One filter a word (by spelling or sound), a number, and one for the kinds (any of them)."""
    clauses = [_word_clause(word) for word in facility.words]
    clauses += [{"term": {"facility.numbers": number}} for number in facility.numbers]
    if facility.kinds:
        types, words, together = _types_and_words(facility.kinds)
        shown: list[Clause] = [{"terms": {"division.type": types}}] if types else []
        shown.append({"terms": {"facility.words": words}})
        shown += [_together_clause(group) for group in together]
        clauses.append(any_of(shown))
    return clauses


def facility_fits(document: Document, facility: FacilityWords) -> bool:
    """Every word and number stands in the facility's names, and its kind is one of those wanted."""
    words = field_of(document, "facility.words") or ()
    keys = field_of(document, "facility.keys") or ()
    numbers = field_of(document, "facility.numbers") or ()
    if not all(word.text in words or (word.key and word.key in keys) for word in facility.words):
        return False
    if not all(number in numbers for number in facility.numbers):
        return False
    if not facility.kinds:
        return True
    types, named, together = _types_and_words(facility.kinds)
    if field_of(document, "division.type") in types or not set(named).isdisjoint(words):
        return True
    return any(_stand_together(group, set(words)) for group in together)


def _word_clause(word: NameWord) -> Clause:
    spelling: Clause = {"term": {"facility.words": word.text}}
    return any_of([spelling, {"term": {"facility.keys": word.key}}]) if word.key else spelling


def _together_clause(group: WordsOfName) -> Clause:
    present: list[Clause] = [{"term": {"facility.words": word}} for word in group.present]
    absent: list[Clause] = [{"term": {"facility.words": word}} for word in group.absent]
    return {"bool": {"filter": present, "must_not": absent} if absent else {"filter": present}}


def _stand_together(group: WordsOfName, words: set[str]) -> bool:
    return words.issuperset(group.present) and words.isdisjoint(group.absent)


def _types_and_words(kinds: tuple[str, ...]) -> tuple[list[str], list[str], list[WordsOfName]]:
    """Division types, single words and groups of words, any of which shows that a facility is of one of the kinds."""
    known = facility_kinds()
    wanted = [known[code] for code in kinds]
    return (
        sorted({division_type for kind in wanted for division_type in kind.division_types}),
        sorted({word for kind in wanted for word in kind.in_names}),
        [group for kind in wanted for group in kind.in_names_together],
    )
