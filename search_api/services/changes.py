"""The smallest change that brings a doctor into the first three, each proved on the engine before it is told."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ranking import Sort, load_weights, score_document
from ranking.documents import Document, distance_from, field_of, point_of
from ranking.intent import Point
from ranking.query import tie_field
from ranking.whynot import (
    FIRST,
    STEP_KM,
    Change,
    altered,
    by_effort,
    least_step,
    pairs_of,
    place_among,
    point_between,
    steps_between,
)
from search_api.call import Call
from search_api.requests import Near
from search_api.services.edits import Edits, let_go
from search_api.services.first_people import FirstPeople, OutOfTrips, Trips, find_first, together
from search_api.services.paging import Began

MOST_TOLD = 3
TIME_LIMIT_S = 3.0
# Being nearer is found on the doctors known so far; each proof that fails makes more of them known.
_NEARER_ROUNDS = 4
_PAIRS_AT_ONCE = 3
# Scores are 32-bit sums; closer ones are equal and the tie of the day decides.
_SAME_SCORE = 1e-6


@dataclass(frozen=True, slots=True)
class Worked:
    """Changes that bring the doctor to `place` (1…3). `query` is what to send otherwise, None where only the doctor's
    data would change; `verified_by`: «query» (the changed search was run) or «score» (scores were compared)."""

    changes: tuple[Change, ...]
    query: dict[str, Any] | None
    place: int
    verified_by: str


@dataclass(slots=True)
class Tried:
    """What came of it: the changes that work, the smallest first, and whether everything was tried that could be."""

    worked: list[Worked] = field(default_factory=list)
    complete: bool = True


class Trials:
    """Tries changes for one doctor and one search.

    It remembers the documents it has seen: a change that fails among them fails among all, and is not worth a trip.
    """

    def __init__(
        self, call: Call, began: Began, edits: Edits, document: Document, base: FirstPeople, trips: Trips
    ) -> None:
        self._call, self._began, self._edits, self._trips = call, began, edits, trips
        self._document, self._base = document, base
        self._employee_id = field_of(document, "employee.id")
        self._party_id = field_of(document, "party.id")
        self._known: dict[str, Document] = {}
        self.learn(base.hits)

    def learn(self, hits: Sequence[Mapping[str, Any]]) -> None:
        """Keeps the documents of hits as rivals."""
        self._known |= {field_of(hit["_source"], "employee.id"): hit["_source"] for hit in hits}

    async def run(self, singles: Sequence[Change]) -> Tried:
        """Tries single changes; pairs of them only where no single one works, the last resort where nothing does."""
        tried = Tried()
        usual = [change for change in singles if not change.kind.last_resort]
        last = [(change,) for change in singles if change.kind.last_resort]
        try:
            async with asyncio.timeout(TIME_LIMIT_S):
                for candidates, at_once in (
                    (by_effort((change,) for change in usual), len(usual)),
                    (pairs_of(usual), _PAIRS_AT_ONCE),
                    (by_effort(last), len(last)),
                ):
                    if not tried.worked:
                        await self._try_all(candidates, at_once, tried)
        except TimeoutError:
            tried.complete = False
        order = by_effort(found.changes for found in tried.worked)
        tried.worked.sort(key=lambda found: order.index(found.changes))
        del tried.worked[MOST_TOLD:]
        return tried

    async def _try_all(self, candidates: Sequence[tuple[Change, ...]], at_once: int, tried: Tried) -> None:
        for start in range(0, len(candidates), max(1, at_once)):
            await together(*(self._note(changes, tried) for changes in candidates[start : start + at_once]))
            if tried.worked:
                return

    async def _note(self, changes: tuple[Change, ...], tried: Tried) -> None:
        try:
            found = await self._try(changes)
        except OutOfTrips:
            tried.complete = False
            return
        if found is not None:
            tried.worked.append(found)

    async def _try(self, changes: tuple[Change, ...]) -> Worked | None:
        query = await asyncio.to_thread(self._joined, changes)
        if query is None:
            return None
        nearer = next((change for change in changes if change.kind.name == "nearer"), None)
        document = altered(self._document, {path: value for change in changes for path, value in change.doctor.items()})
        if nearer is not None:
            return await self._try_nearer(changes, nearer, query, document)
        # Readings and sums of some hundred documents: not in the way of other requests.
        if not await asyncio.to_thread(self._worth_a_trip, query, document, tuple(self._known.values())):
            return None
        asked = await self._ask(query) if query else self._base
        return self._proved(changes, query, document, asked)

    def _joined(self, changes: tuple[Change, ...]) -> dict[str, Any] | None:
        """The fields of all changes; None when two of them want the same field otherwise."""
        joined: dict[str, Any] = {}
        for change in changes:
            query = change.query
            if set(joined) & set(query) == {"q"}:
                # Both leave words of the text out: those of the second are looked for in what the first has left.
                again = let_go(self._edits, self._document, change.kind.name, joined)
                joined |= again[0] if again else {}
                if again is None:
                    return None
            elif set(joined) & set(query):
                return None
            else:
                joined |= query
        return joined

    def _worth_a_trip(self, query: Mapping[str, Any], document: Document, rivals: Sequence[Document]) -> bool:
        read = self._edits.read(query)
        if read is None or (read.intent.open_only and not self._call.knows_capacity(self._began.index)):
            return False
        place = place_among(document, rivals, read.intent, load_weights(), self._began.day)
        return place is not None and place <= FIRST

    async def _ask(self, query: Mapping[str, Any]) -> FirstPeople:
        read = self._edits.read(query)
        assert read is not None, "only searches that can be read are asked"
        asked = await find_first(self._call, self._began, read, self._trips)
        self.learn(asked.hits)
        return asked

    def _proved(
        self, changes: tuple[Change, ...], query: dict[str, Any], document: Document, asked: FirstPeople
    ) -> Worked | None:
        by_score = any(change.doctor for change in changes)
        place = self._place_by_score(document, asked, query) if by_score else asked.place_of(self._employee_id)
        if place is None or place > FIRST:
            return None
        return Worked(changes, query or None, place, "score" if by_score else "query")

    def _place_by_score(self, document: Document, asked: FirstPeople, query: Mapping[str, Any]) -> int | None:
        """The place a doctor with other data would take: their own score against those the engine gave the first."""
        read = self._edits.read(query)
        assert read is not None
        if asked.rung.loosened and score_document(document, read.intent, load_weights()) is not None:
            # With this doctor the search would have found somebody and would not have been loosened.
            return 1
        mine = _key(document, asked, self._began)
        if mine is None:
            return None
        rivals = [person for person in asked.people if field_of(person.best["_source"], "party.id") != self._party_id]
        best_first = asked.intent.sort is Sort.BEST or asked.intent.where.origin is None
        return 1 + sum(_stands_before(person.best["sort"], mine, best_first) for person in rivals)

    async def _try_nearer(
        self, changes: tuple[Change, ...], nearer: Change, query: dict[str, Any], document: Document
    ) -> Worked | None:
        near, door = self._edits.request.near, point_of(document)
        if near is None or door is None or "near" in query:
            return None
        start = Point(near.lat, near.lon)
        steps = steps_between(start, door)

        def moved(step: int) -> dict[str, Any]:
            at = point_between(start, door, step)
            return query | {"near": Near(lat=at.lat, lon=at.lon).model_dump()}

        for _ in range(_NEARER_ROUNDS):
            rivals = tuple(self._known.values())

            def reaches(step: int, rivals: tuple[Document, ...] = rivals) -> bool:
                return self._worth_a_trip(moved(step), document, rivals)

            step = await asyncio.to_thread(least_step, steps, reaches)
            if step is None:
                return None
            asked = await self._ask(moved(step))
            told = Change(nearer.kind, values={"km": step * STEP_KM})
            whole = tuple(told if change is nearer else change for change in changes)
            if (found := self._proved(whole, moved(step), document, asked)) is not None:
                return found
        return None


def _key(document: Document, asked: FirstPeople, began: Began) -> tuple[float, int, str] | None:
    """What the document is ordered by, lower first: the negative score, or kilometres; then the tie and the id."""
    scored = score_document(document, asked.intent, load_weights())
    if scored is None:
        return None
    ties = int(field_of(document, tie_field(began.day)) or 0), str(field_of(document, "employee.id"))
    origin = asked.intent.where.origin
    if asked.intent.sort is Sort.BEST or origin is None:
        return (-scored.score, *ties)
    km = distance_from(document, origin)
    return (float("inf") if km is None else km, *ties)


def _stands_before(sort: Sequence[Any], mine: tuple[float, int, str], best_first: bool) -> bool:
    first = -float(sort[0]) if best_first else float(sort[0])
    if abs(first - mine[0]) > _SAME_SCORE * max(1.0, abs(first)):
        return first < mine[0]
    return (int(sort[1]), str(sort[2])) < mine[1:]
