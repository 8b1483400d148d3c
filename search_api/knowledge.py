"""What the API learns from an index when it comes into service: the names in it, and where its doctors sit."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from directory.places import Gazetteer
from ranking import (
    NAME_FIELDS,
    Density,
    Lexicons,
    NameLexicon,
    TileCount,
    WordLexicon,
    build_density_body,
    build_settlement_counts_body,
    build_terms_body,
)
from ranking.query.terms import AGGREGATION
from search_api.engine import SearchEngine

_PAGE_TIMEOUT_S = 30.0

BodyAfter = Callable[[Mapping[str, Any] | None], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class DirectoryKnowledge:
    """The words texts are read against, and the density radii are planned from; both of one concrete index."""

    lexicons: Lexicons
    density: Density


async def load_knowledge(engine: SearchEngine, index: str, gazetteer: Gazetteer) -> DirectoryKnowledge:
    """Reads names, facility words and counts from a doctors' index, page by page; raises EngineFault."""
    terms = {
        part: {bucket["key"]["term"]: bucket["doc_count"] async for bucket in _buckets(engine, index, _terms(field))}
        for field, part in NAME_FIELDS.items()
    }
    tiles = [
        TileCount.parse(bucket["key"]["tile"], bucket["key"]["speciality"], bucket["doc_count"])
        async for bucket in _buckets(engine, index, build_density_body)
    ]
    settlements = {
        (bucket["key"]["settlement"], bucket["key"]["speciality"]): bucket["doc_count"]
        async for bucket in _buckets(engine, index, build_settlement_counts_body)
    }
    return await asyncio.to_thread(_digest, terms, tiles, settlements, gazetteer)


def _digest(
    terms: Mapping[str, Mapping[str, int]],
    tiles: list[TileCount],
    settlements: Mapping[tuple[str, str], int],
    gazetteer: Gazetteer,
) -> DirectoryKnowledge:
    words = {part: WordLexicon(counts) for part, counts in terms.items()}
    names = NameLexicon(words["surnames"], words["given"], words["patronymics"])
    lexicons = Lexicons(names, words["facility_words"], gazetteer)
    lexicons.warm()
    return DirectoryKnowledge(lexicons, Density(tiles, settlements))


def _terms(field: str) -> BodyAfter:
    return lambda after: build_terms_body(field, after)


async def _buckets(engine: SearchEngine, index: str, body_after: BodyAfter) -> AsyncIterator[Mapping[str, Any]]:
    after: Mapping[str, Any] | None = None
    while True:
        found = await engine.search(index, body_after(after), timeout_s=_PAGE_TIMEOUT_S)
        page = found.get("aggregations", {}).get(AGGREGATION, {})
        for bucket in page.get("buckets", ()):
            yield bucket
        after = page.get("after_key")
        if after is None:
            return
