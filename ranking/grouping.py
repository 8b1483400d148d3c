"""One person, one hit: documents of a person's several posts brought together while paging."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from ranking.documents import field_of

_MARK_BYTES = 6


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the page: the hit of the best place, and further hits of theirs met on this page, in order."""

    best: Mapping[str, Any]
    others: list[Mapping[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class GroupedPage:
    """The persons of one page.

    `after`: sort values of the last document used, to go on from (None when there was no document). `shown`: marks of
    persons not to be shown again, for the cursor. `is_full`: the page holds as many persons as asked for; otherwise all
    documents given were used up, and if there were as many as were fetched, more may follow.
    """

    people: tuple[Person, ...]
    after: tuple[Any, ...] | None
    shown: frozenset[str]
    is_full: bool


def party_mark(party_id: str) -> str:
    """A short mark of a person for cursors: twelve hex digits, no way back to the id."""
    return blake2b(party_id.encode(), digest_size=_MARK_BYTES).hexdigest()


def group_people(hits: Sequence[Mapping[str, Any]], already_shown: Collection[str], page_size: int) -> GroupedPage:
    """The first `page_size` persons among the engine's `hits`, each once, the best place first.

    `hits` are in the order of the answer, with `_source` and `sort`. Persons whose mark is in `already_shown` stood on
    an earlier page and are passed over. Only persons with further posts need a mark: others have no second document.
    """
    people: dict[str, Person] = {}
    shown = set(already_shown)
    after: tuple[Any, ...] | None = None
    for hit in hits:
        source = hit["_source"]
        party = str(field_of(source, "party.id"))
        if party in people:
            people[party].others.append(hit)
        elif party_mark(party) not in already_shown:
            if len(people) == page_size:
                break
            people[party] = Person(hit)
            if source.get("other_places"):
                shown.add(party_mark(party))
        after = tuple(hit["sort"])
    return GroupedPage(tuple(people.values()), after, frozenset(shown), len(people) == page_size)
