"""The life of an index on three nodes: replicas are waited for, and a lost node stops neither readers nor builders."""

from contextlib import closing

import pytest

from indexer.config import EngineAddress
from indexer.embedded import EmbeddedEngine
from indexer.load import connect_engine
from tests.support.indexing import build_tiny_index, drop_tiny_index, tiny_doctor, tiny_facility

pytestmark = pytest.mark.engine


def test_replicas_are_in_place_before_the_swap_and_survive_a_node(engine_cluster: EmbeddedEngine) -> None:
    url = engine_cluster.url
    index = build_tiny_index(url, [tiny_doctor("a")], [tiny_facility("a")], shards=2, replicas=1)
    with closing(connect_engine(EngineAddress(url))) as client:
        shards = client.cat.shards(index=f"{index.prefix}*-2*", params={"format": "json"})
        assert {shard["state"] for shard in shards} == {"STARTED"}
        assert sorted(shard["prirep"] for shard in shards) == ["p"] * 4 + ["r"] * 4
        engine_cluster.nodes[2].kill()
        assert client.count(index=index.doctors)["count"] == 1
        build_tiny_index(url, [tiny_doctor("a"), tiny_doctor("b")], [tiny_facility("a")], prefix=index.prefix)
        assert client.count(index=index.doctors)["count"] == 2
    drop_tiny_index(url, index)
