"""The first people of a search for explanations, within a bounded number of trips to the engine."""

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from ranking import Page, Person, Rung, SearchIntent, build_search_body, group_people, load_weights, rungs_of
from ranking.documents import field_of
from search_api.call import Call
from search_api.services.paging import Began, ask, leave_out_all, steps_kept
from search_api.services.wanted import ReadRequest

# Enough documents that the first three persons are among them, each with several posts.
_DOCUMENTS = 20


class OutOfTrips(Exception):
    """The explanation has made all the trips it may."""


class Trips:
    """Counts trips to the engine down; concurrent ones too, because they are taken before they are made."""

    def __init__(self, most: int) -> None:
        self.left = most

    def take(self) -> None:
        """One trip; raises OutOfTrips when none is left."""
        if self.left <= 0:
            raise OutOfTrips
        self.left -= 1


@dataclass(frozen=True, slots=True)
class FirstPeople:
    """What a search gave first. `rung` is the intent it was found with and what was loosened for want of any."""

    rung: Rung[SearchIntent]
    hits: tuple[Mapping[str, Any], ...]
    people: tuple[Person, ...]

    @property
    def intent(self) -> SearchIntent:
        """The intent the engine was asked with."""
        return self.rung.intent

    def place_of(self, employee_id: str) -> int | None:
        """The 1-based place among people of this very post; None when it is not one of the posts shown."""
        for number, person in enumerate(self.people, start=1):
            if field_of(person.best["_source"], "employee.id") == employee_id:
                return number
        return None


async def find_first(call: Call, began: Began, read: ReadRequest, trips: Trips) -> FirstPeople:
    """The first people of a search as the search itself would show them; raises OutOfTrips, EngineFault."""
    kept = steps_kept(call, began.index)
    found = await _first(call, began, Rung(read.intent, ()), trips)
    for rung in () if found.people else rungs_of(read.intent, kept=kept):
        found = await _first(call, began, rung, trips)
        if found.people:
            break
    return found


def body_of(call: Call, began: Began, intent: SearchIntent, size: int) -> dict[str, Any]:
    """The body the search itself would send, without counts beside it."""
    body = build_search_body(intent, load_weights(), Page(size, total=False), began.day)
    if intent.open_only and not call.knows_capacity(began.index):
        leave_out_all(body)
    return body


async def together(*jobs: Coroutine[Any, Any, Any]) -> list[Any]:
    """The results of all jobs, run at the same time; when some fail, all end first and then the first failure rises."""
    results = await asyncio.gather(*jobs, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results


async def _first(call: Call, began: Began, rung: Rung[SearchIntent], trips: Trips) -> FirstPeople:
    trips.take()
    answer = await ask(call, "explain", began, body_of(call, began, rung.intent, _DOCUMENTS), scores=True)
    hits = answer["hits"]["hits"]
    grouped = group_people(hits, (), len(hits))
    return FirstPeople(rung, tuple(hits), grouped.people)
