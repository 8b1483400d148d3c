"""Fixtures of every layer: the real engine, started when the first test asks for it and shared by the whole run."""

import atexit
import contextlib
import json
import os
import urllib.request
import uuid
from collections.abc import Iterator

import pytest

from indexer.embedded import EmbeddedEngine
from stack.readiness import get_json
from tests.support.engine import run_engine


@atexit.register
def _end_with_the_summary() -> None:
    """DuckDB's binding lists objects that outlive the interpreter; the run is to end with the runner's own summary."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


@pytest.fixture(scope="session")
def engine() -> Iterator[EmbeddedEngine]:
    """One node with empty data, shared by the run: keep to indexes of your own (`index_prefix`)."""
    with run_engine() as running:
        yield running


@pytest.fixture(scope="session")
def engine_url(engine: EmbeddedEngine) -> str:
    """The address of the shared engine."""
    return engine.url


@pytest.fixture(scope="session")
def three_nodes() -> Iterator[EmbeddedEngine]:
    """Three nodes in three processes; use `engine_cluster`, which mends it after each test."""
    with run_engine(nodes=3, heap_mb=512) as running:
        yield running


@pytest.fixture
def engine_cluster(three_nodes: EmbeddedEngine) -> Iterator[EmbeddedEngine]:
    """Three nodes, all of them running; a test may `engine_cluster.nodes[i].kill()`: it is started again afterwards."""
    yield three_nodes
    three_nodes.start()
    three_nodes.wait(timeout_s=120)


@pytest.fixture
def index_prefix(engine_url: str) -> Iterator[str]:
    """A prefix of index and alias names for one test; what was made under it is removed afterwards."""
    prefix = f"test-{uuid.uuid4().hex[:10]}-"
    yield prefix
    for row in get_json(f"{engine_url}/_cat/indices/{prefix}*?format=json&expand_wildcards=all") or []:
        request = urllib.request.Request(f"{engine_url}/{row['index']}", method="DELETE")
        with contextlib.closing(urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request)) as answer:
            json.load(answer)
