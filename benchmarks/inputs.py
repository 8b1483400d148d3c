"""What understanding is measured over: the counts of the national index as the API reads them, and patients' texts."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import httpx

from benchmarks.measuring import Inputs, Query
from directory.places import Gazetteer
from ranking.evaluation.doctors import Doctors
from ranking.evaluation.hand_written import load_queries
from ranking.evaluation.known_items import make_known_items
from ranking.evaluation.rendering import Renderer
from search_api.engine import OpenSearchEngine
from search_api.knowledge import read_counts
from tests.relevance.setting import GAZETTEER, PREFIX, load_gazetteer, national_index, read_documents
from tests.support.api import stub_config
from tests.support.engine import run_engine

# The other half is for judging alone.
_HALF = "development"
_ANSWERS_WITHIN_S = 3.0


@asynccontextmanager
async def inputs_from(engine_url: str) -> AsyncIterator[Inputs]:
    """The inputs read from an engine; where none answers, from one started with the national synthetic registry."""
    known = load_gazetteer(GAZETTEER)
    if _answers(engine_url):
        yield await _read(engine_url, "", known)
        return
    with run_engine(heap_mb=1_024) as engine, national_index(engine.url) as gazetteer:
        yield await _read(engine.url, PREFIX, gazetteer)


def _answers(engine_url: str) -> bool:
    try:
        with httpx.Client(base_url=engine_url, timeout=_ANSWERS_WITHIN_S, trust_env=False) as client:
            return client.head("/doctors").is_success
    except httpx.HTTPError:
        return False


async def _read(engine_url: str, prefix: str, gazetteer: Gazetteer) -> Inputs:
    engine = OpenSearchEngine(stub_config(opensearch_url=engine_url, index_prefix=prefix, search_timeout_s=30.0))
    try:
        index = await engine.serving_index(f"{prefix}doctors")
        counts = await read_counts(engine, index)
    finally:
        await engine.close()
    doctors = Doctors(read_documents(engine_url, index))
    return Inputs(index, len(doctors.all), counts, tuple(development_queries(doctors, gazetteer)))


def development_queries(doctors: Doctors, gazetteer: Gazetteer) -> Iterable[Query]:
    """The queries of the development half: generated from the doctors, then written by hand."""
    for item in make_known_items(doctors, Renderer(gazetteer), halves=(_HALF,)).items:
        yield Query(item.name, item.text, item.truth.near)
    for written in load_queries():
        if written.half == _HALF:
            yield Query(written.name, written.text, written.near)
