"""Queries sent through the API, a few at a time, and what came back as replies to judge."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import httpx

from ranking.evaluation.hand_written import WrittenQuery
from ranking.evaluation.judging import Reply
from ranking.evaluation.measures import DEPTH
from ranking.evaluation.truth import KnownItem

CONCURRENCY = 4
Progress = Callable[[int, int], None]


async def ask_known_items(
    client: httpx.AsyncClient, items: Sequence[KnownItem], progress: Progress | None = None
) -> list[Reply]:
    """The replies to searches for the items, in their order."""
    return await _all([_search(client, item) for item in items], progress)


async def ask_written(
    client: httpx.AsyncClient, queries: Sequence[WrittenQuery], progress: Progress | None = None
) -> list[Reply]:
    """How the API understands queries written by hand, in their order; no doctors are searched."""
    return await _all([understand(client, query.text, query.near, None) for query in queries], progress)


async def _search(client: httpx.AsyncClient, item: KnownItem) -> Reply:
    body = _body(item.text, item.truth.near, item.truth.age) | {"page_size": DEPTH, "facets": False}
    answer = await client.post("/v1/search", json=body)
    if answer.status_code != httpx.codes.OK:
        read = await understand(client, item.text, item.truth.near, item.truth.age)
        return Reply(answer.status_code, read.understood)
    found = answer.json()
    hits = tuple(hit["employee_id"] for hit in found["hits"])
    return Reply(answer.status_code, found["understood"], hits, found["took_ms"])


async def understand(client: httpx.AsyncClient, text: str, near: tuple[float, float] | None, age: int | None) -> Reply:
    answer = await client.post("/v1/understand", json=_body(text, near, age))
    if answer.status_code != httpx.codes.OK:
        return Reply(answer.status_code, None)
    found = answer.json()
    return Reply(answer.status_code, found["understood"], (), found["took_ms"])


def _body(text: str, near: tuple[float, float] | None, age: int | None) -> dict[str, Any]:
    body: dict[str, Any] = {"q": text}
    if near is not None:
        body["near"] = {"lat": near[0], "lon": near[1]}
    if age is not None:
        body["age"] = age
    return body


async def _all(calls: Sequence[Awaitable[Reply]], progress: Progress | None) -> list[Reply]:
    gate, done = asyncio.Semaphore(CONCURRENCY), 0

    async def one(call: Awaitable[Reply]) -> Reply:
        nonlocal done
        async with gate:
            reply = await call
        done += 1
        if progress is not None:
            progress(done, len(calls))
        return reply

    return list(await asyncio.gather(*(one(call) for call in calls)))
