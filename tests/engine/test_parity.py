"""The Python face of the score and the engine agree: same hits, same scores, same order, over a generated corpus."""

import asyncio
import json
import math
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import pytest

from directory.places import Gazetteer
from ranking import (
    Page,
    Scored,
    SearchIntent,
    Sort,
    build_search_body,
    load_weights,
    rank,
    rungs_of,
    tie_field,
)
from ranking.documents import distance_from, field_of
from search_api.engine import OpenSearchEngine
from search_api.errors import PlaceNeeded
from search_api.knowledge import DirectoryKnowledge, load_knowledge
from search_api.requests import SearchRequest
from search_api.services.reasons import take_score_apart
from search_api.services.wanted import read_search
from tests.support.api import small_gazetteer, stub_config
from tests.support.generated import Asked, generated_doctors, generated_queries
from tests.support.indexing import AS_OF, TinyIndex, tiny_index
from tests.support.ranking import DAY, stored

pytestmark = pytest.mark.engine

DOCTORS = 2_000
QUERIES = 500
WEIGHTS = load_weights()
# Scores are 32-bit floats in the engine: hits nearer to each other than this may stand either way round.
NEAR_TIE = 2e-6
# The engine keeps points on a grid of a centimetre.
NEAR_KM = 1e-4


@dataclass
class Corpus:
    """The generated doctors, in Python and in the engine."""

    url: str
    index: TinyIndex
    documents: list[dict[str, Any]]
    knowledge: DirectoryKnowledge
    gazetteer: Gazetteer

    @cached_property
    def by_id(self) -> dict[str, dict[str, Any]]:
        return {document["employee"]["id"]: document for document in self.documents}

    def intent(self, asked: Asked) -> SearchIntent | None:
        """The intent of a query; a text goes the whole way of the API, None where it only asks back for the place."""
        if asked.intent is not None:
            return asked.intent
        try:
            return read_search(
                SearchRequest.model_validate(asked.request), day=DAY, gazetteer=self.gazetteer,
                knowledge=self.knowledge, language="uk", as_of=AS_OF,
            ).intent  # fmt: skip
        except PlaceNeeded:
            return None

    def hits(self, intent: SearchIntent) -> list[dict[str, Any]]:
        body = build_search_body(intent, WEIGHTS, Page(DOCTORS), DAY)
        request = urllib.request.Request(
            f"{self.url}/{self.index.doctors}/_search?include_named_queries_score=true",
            data=json.dumps({**body, "_source": False}).encode(),
            headers={"content-type": "application/json"},
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30) as answer:
            return list(json.load(answer)["hits"]["hits"])


async def _knowledge(url: str, index: str, gazetteer: Gazetteer) -> DirectoryKnowledge:
    engine = OpenSearchEngine(stub_config(opensearch_url=url, search_timeout_s=30.0))
    try:
        return await load_knowledge(engine, index, gazetteer)
    finally:
        await engine.close()


@pytest.fixture(scope="module")
def corpus(engine_url: str) -> Iterator[Corpus]:
    documents, gazetteer = generated_doctors(DOCTORS), small_gazetteer()
    with tiny_index(engine_url, documents) as index:
        knowledge = asyncio.run(_knowledge(engine_url, index.doctors, gazetteer))
        yield Corpus(engine_url, index, [stored(document) for document in documents], knowledge, gazetteer)


BATCH = 50
BATCHES = range(QUERIES // BATCH)


def queries(batch: int) -> list[tuple[int, Asked]]:
    return list(enumerate(generated_queries(QUERIES)))[batch * BATCH : (batch + 1) * BATCH]


@pytest.mark.parametrize("batch", BATCHES)
def test_python_face_gives_the_hits_the_scores_and_the_order_of_the_engine(corpus: Corpus, batch: int) -> None:
    found = 0
    for number, asked in queries(batch):
        if (intent := corpus.intent(asked)) is None:
            continue
        if number % 10 == 9 and (rungs := rungs_of(intent)):
            intent = rungs[-1].intent
        expected = {hit.document["employee"]["id"]: hit for hit in rank(corpus.documents, intent, WEIGHTS, DAY)}
        hits = corpus.hits(intent)
        assert {hit["_id"] for hit in hits} == set(expected), f"query {number}: {asked}"
        for hit in hits:
            assert hit["_score"] == pytest.approx(expected[hit["_id"]].score, abs=2e-6), f"query {number}: {asked}"
        ordered = [expected[hit["_id"]] for hit in hits]
        wrong = [pair for pair in pairwise(ordered) if not may_follow(*pair, intent)]
        assert not wrong, f"query {number}: {asked}"
        found += len(hits)
    assert found > 1_000


@pytest.mark.parametrize("batch", BATCHES)
def test_parts_add_up_to_the_score_of_the_engine_to_a_millionth(corpus: Corpus, batch: int) -> None:
    for number, asked in queries(batch)[::5]:
        if (intent := corpus.intent(asked)) is None:
            continue
        for hit in corpus.hits(intent):
            told = take_score_apart({**hit, "_source": corpus.by_id[hit["_id"]]}, intent, "uk")
            points = math.fsum(part["points"] for part in told["parts"])
            assert abs(points - told["score"]) <= 1e-6, f"query {number}: {asked}"


def test_texts_of_the_queries_are_understood_and_find_doctors(corpus: Corpus) -> None:
    texts = [asked for asked in generated_queries(QUERIES) if asked.request]
    intents = [intent for asked in texts if (intent := corpus.intent(asked)) is not None]
    assert len(texts) == 150
    assert sum(bool(intent.names) for intent in intents) > 60
    assert sum(bool(intent.specialities) for intent in intents) > 20


def may_follow(first: Scored, second: Scored, intent: SearchIntent) -> bool:
    """Whether the Python face lets `second` stand right behind `first`: near ties either way, true ties by the day."""
    ties = [(field_of(hit.document, tie_field(DAY)), hit.document["employee"]["id"]) for hit in (first, second)]
    if intent.sort is Sort.NEAREST and intent.where.origin is not None:
        far = [distance_from(hit.document, intent.where.origin) for hit in (first, second)]
        if far[0] == far[1]:
            return ties[0] <= ties[1]
        return far[1] is None or (far[0] is not None and far[0] <= far[1] + NEAR_KM)
    if [part.value for part in first.parts] == [part.value for part in second.parts]:
        return ties[0] <= ties[1]
    return first.score >= second.score - NEAR_TIE
