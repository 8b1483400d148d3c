"""Where an answer begins and how it goes on: the index, the day and the ground of a search that runs over pages."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import msgspec
from pydantic import BaseModel

from directory.schema import Alias
from ranking import RadiusSource, Rung, Where, load_weights, rungs_of
from ranking.relaxation import AnyIntent, ladder
from search_api.call import Call
from search_api.cursor import Cursor, open_cursor, request_fingerprint, seal_cursor
from search_api.errors import CursorExpired, IndexGone, IndexMissing, TooDeep
from search_api.kyiv import kyiv_today
from search_api.serving import ServedIndex

# Neither changes which hits there are or their order.
_NOT_BOUND = {"cursor", "page_size", "facets"}


@dataclass(frozen=True, slots=True)
class Began:
    """The beginning of a page: on which index and day the search runs, the cursor it goes on from (None at first)."""

    index: ServedIndex
    day: date
    fingerprint: bytes
    cursor: Cursor | None

    def rung(self, intent: AnyIntent, kept: Collection[str]) -> Rung[AnyIntent]:
        """The intent as the first page found its people: perhaps loosened, on the ground it was planned on then."""
        if self.cursor is None:
            return Rung(intent, ())
        climbed = self.cursor.rungs
        rung = rungs_of(intent, kept=kept)[climbed - 1] if climbed else Rung(intent, ())
        where = rung.intent.where
        if self.cursor.used_km is None or where.source is not RadiusSource.PLANNED:
            return rung
        return Rung(replace(rung.intent, where=replace(where, radius_km=self.cursor.used_km)), rung.loosened)


def steps_kept(call: Call, index: ServedIndex) -> tuple[str, ...]:
    """Steps of the ladder that make no sense now: by counts that are too old nobody is known to be full either."""
    return () if call.knows_capacity(index) else ("open_only",)


async def begin(call: Call, alias: Alias, request: BaseModel) -> Began:
    """Opens the cursor if there is one, and finds the index.

    Raises CursorInvalid, CursorExpired, TooDeep, EngineFault.
    """
    config = call.api.config
    fields = request.model_dump(mode="json", exclude=_NOT_BOUND)
    fingerprint = request_fingerprint(config.cursor_secret, alias, fields)
    sent = getattr(request, "cursor", None)
    if sent is None:
        return Began(await call.api.serving.index(alias), kyiv_today(call.now), fingerprint, None)
    cursor = open_cursor(sent, config.cursor_secret, fingerprint)
    if cursor.shown >= config.max_hits:
        raise TooDeep
    if cursor.weights != weights_version():
        raise CursorExpired
    index = await call.api.serving.index_named(alias, cursor.index)
    return Began(index, date.fromordinal(cursor.day), fingerprint, cursor)


async def ask(call: Call, what: str, began: Began, body: Mapping[str, Any], *, scores: bool = False) -> dict[str, Any]:
    """One trip to the index of this search; a cursor ends where its index is gone: raises IndexGone."""
    try:
        return await call.search(what, began.index, body, scores=scores)
    except IndexMissing:
        if began.cursor is not None:
            raise IndexGone("index_gone") from None
        raise


def leave_out_all(body: dict[str, Any]) -> None:
    """Lets a body find nothing: by counts that are too old nobody is known to have free places, so nobody is shown."""
    body["query"]["bool"]["filter"].append({"match_none": {}})


def next_cursor(
    call: Call,
    began: Began,
    *,
    shown: int,
    after: tuple[Any, ...],
    total: Mapping[str, Any],
    where: Where,
    rungs: int,
    parties: tuple[bytes, ...] = (),
) -> str:
    """The cursor of the page after this one."""
    cursor = Cursor(
        fingerprint=began.fingerprint,
        index=began.index.name,
        day=began.day.toordinal(),
        weights=weights_version(),
        shown=shown,
        after=after,
        total=total["value"],
        more_than_total=total["relation"] == "more_than",
        used_km=where.radius_km if where.source is RadiusSource.PLANNED else None,
        rungs=rungs,
        parties=parties,
    )
    return seal_cursor(cursor, call.api.config.cursor_secret)


@lru_cache(maxsize=1)
def weights_version() -> str:
    """A short name of the weights and the ladder in use: pages made with others do not fit together."""
    used = [sorted(load_weights().items()), ladder().rungs, sorted(ladder().suitable.items())]
    return blake2b(msgspec.json.encode(used), digest_size=6).hexdigest()
