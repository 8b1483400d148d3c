"""What the API learns from an index when it comes into service: the names in it, and where its doctors sit."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from directory.places import Gazetteer
from ranking import (
    WORD_FIELDS,
    Bearer,
    Density,
    Lexicons,
    NameLexicon,
    TileCount,
    WordLexicon,
    build_bearers_body,
    build_density_body,
    build_settlement_counts_body,
    build_terms_body,
)
from ranking.query.terms import AGGREGATION
from search_api.engine import SearchEngine
from search_api.large_things import large_things_made

_PAGE_TIMEOUT_S = 30.0

BodyAfter = Callable[[Mapping[str, Any] | None], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class DirectoryKnowledge:
    """The words texts are read against, and the density radii are planned from; both of one concrete index."""

    lexicons: Lexicons
    density: Density


@dataclass(frozen=True, slots=True)
class IndexCounts:
    """What a doctors' index holds, counted by the engine: who bears which names together, the words of each field of
    `WORD_FIELDS`, doctors by tile and speciality, and by settlement and speciality."""

    bearers: list[Bearer]
    terms: Mapping[str, Mapping[str, int]]
    tiles: list[TileCount]
    settlements: Mapping[tuple[str, str], int]


async def load_knowledge(
    engine: SearchEngine, index: str, gazetteer: Gazetteer, known_surnames: frozenset[str] = frozenset()
) -> DirectoryKnowledge:
    """Reads names, facility words and counts from a doctors' index, page by page; raises EngineFault.

    `known_surnames` exist though nobody in the index need bear them.
    """
    counts = await read_counts(engine, index)
    return await asyncio.to_thread(digest, counts, gazetteer, known_surnames)


async def read_counts(engine: SearchEngine, index: str) -> IndexCounts:
    """The counts of one concrete index, page by page; raises EngineFault."""
    bearers = [bearer_of(bucket) async for bucket in _buckets(engine, index, build_bearers_body)]
    terms = {
        part: {bucket["key"]["term"]: bucket["doc_count"] async for bucket in _buckets(engine, index, _terms(field))}
        for field, part in WORD_FIELDS.items()
    }
    tiles = [
        TileCount.parse(bucket["key"]["tile"], bucket["key"]["speciality"], bucket["doc_count"])
        async for bucket in _buckets(engine, index, build_density_body)
    ]
    settlements = {
        (bucket["key"]["settlement"], bucket["key"]["speciality"]): bucket["doc_count"]
        async for bucket in _buckets(engine, index, build_settlement_counts_body)
    }
    return IndexCounts(bearers, terms, tiles, settlements)


def bearer_of(bucket: Mapping[str, Any]) -> Bearer:
    """A combination of names from its bucket."""
    key = bucket["key"]
    return Bearer(key["surname"], key["given"], key["patronymic"], key["gender"], bucket["doc_count"])


def digest(counts: IndexCounts, gazetteer: Gazetteer, known_surnames: frozenset[str]) -> DirectoryKnowledge:
    """The lexicons and the density made of the counts: seconds of work, for a thread of its own."""
    with large_things_made():
        return _digest(counts, gazetteer, known_surnames)


def _digest(counts: IndexCounts, gazetteer: Gazetteer, known_surnames: frozenset[str]) -> DirectoryKnowledge:
    doctors_in: Counter[str] = Counter()
    for (code, _), doctors in counts.settlements.items():
        doctors_in[code] += doctors
    lexicons = Lexicons(
        names=NameLexicon.of(counts.bearers),
        facility_words=WordLexicon(counts.terms["facility_words"]),
        places=gazetteer,
        streets=WordLexicon(counts.terms["streets"]),
        doctors_in=doctors_in,
        known_surnames=known_surnames,
        renamed_streets=gazetteer.renamed_streets,
    )
    lexicons.warm()
    return DirectoryKnowledge(lexicons, Density(counts.tiles, counts.settlements))


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
