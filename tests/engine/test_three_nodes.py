"""Three nodes, one replica: the search suite holds there as on one node, and a lost node costs no answer."""

from functools import partial

import pytest

from indexer.embedded import EmbeddedEngine
from tests.engine import test_api_search as suite
from tests.engine.test_api_search import *  # noqa: F403  the same tests, against the cluster
from tests.support import indexing
from tests.support.api import engine_client
from tests.support.indexing import build_tiny_index, drop_tiny_index, tiny_doctor

pytestmark = pytest.mark.engine


@pytest.fixture(autouse=True)
def one_replica(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "build_tiny_index", partial(build_tiny_index, replicas=1))


@pytest.fixture
def engine_url(three_nodes: EmbeddedEngine) -> str:
    return three_nodes.url


@pytest.mark.parametrize("lost", [0, 2])
async def test_a_lost_node_costs_no_answer(engine_cluster: EmbeddedEngine, lost: int) -> None:
    doctors = [tiny_doctor(f"doctor {number}", at=suite.north_of_here(number / 10)) for number in range(30)]
    index = build_tiny_index(engine_cluster.url, doctors, shards=2, replicas=1)
    try:
        async with engine_client(",".join(engine_cluster.urls), index.prefix) as client:
            before = await suite.search(client, near=suite.HERE, page_size=30)
            engine_cluster.nodes[lost].kill()
            for _ in range(5):
                after = await suite.search(client, near=suite.HERE, page_size=30)
                assert suite.ids(after) == suite.ids(before)
                assert after["total"] == {"value": 30, "relation": "exact"}
    finally:
        engine_cluster.start()
        engine_cluster.wait(timeout_s=120)
        drop_tiny_index(engine_cluster.url, index)
