"""The real engine: what the design needs from it, how it survives, how it says that it died."""

import json
import os
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.embedded import EmbeddedEngine, NotEnoughMemory
from indexer.embedded.engine import TRANSPORT_OFFSET
from stack.ports import find_free_block
from stack.readiness import get_json
from tests.support.engine import JARS

pytestmark = pytest.mark.engine


def call(method: str, url: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """Send JSON, give the decoded answer; the body of an error answer too."""
    content = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=content, method=method, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
            return dict(json.load(answer))
    except urllib.error.HTTPError as refusal:
        return dict(json.load(refusal))


def status_of_node(engine: EmbeddedEngine, node: int) -> tuple[str, int]:
    health = get_json(f"{engine.nodes[node].url}/_cluster/health", timeout_s=10)
    return (health["status"], health["number_of_nodes"]) if isinstance(health, dict) else ("none", 0)


def test_engine_answers_on_loopback_with_the_version_of_the_list(engine: EmbeddedEngine) -> None:
    about = get_json(engine.url)
    assert about["version"]["number"] == "3.8.0"
    assert engine.url.startswith("http://127.0.0.1:")


def test_fields_and_analysis_of_the_design_are_there(engine_url: str, index_prefix: str) -> None:
    fields = {
        "name": {"type": "search_as_you_type", "analyzer": "folded"},
        "experience": {"type": "rank_feature"},
        "at": {"type": "geo_point"},
        "hours": {"type": "integer_range"},
        "posts": {"type": "nested"},
    }
    analysis = {
        "char_filter": {"apostrophes": {"type": "mapping", "mappings": ["’=>'"]}},
        "filter": {"edges": {"type": "edge_ngram", "min_gram": 1, "max_gram": 5}},
        "analyzer": {
            "folded": {"tokenizer": "standard", "char_filter": ["apostrophes"], "filter": ["lowercase", "edges"]}
        },
    }
    index = f"{engine_url}/{index_prefix}design"
    made = call("PUT", index, {"settings": {"analysis": analysis}, "mappings": {"properties": fields}})
    assert made.get("acknowledged") is True, made
    doc = {"name": "Олена Лур’є", "experience": 3.0, "at": [30.5, 50.4], "hours": {"gte": 480, "lte": 960}}
    call("PUT", f"{index}/_doc/1?refresh=true", doc)
    query = {
        "bool": {
            "must": [{"constant_score": {"filter": {"match": {"name": "лур'є"}}, "boost": 2, "_name": "name"}}],
            "filter": [{"geo_distance": {"distance": "10km", "at": [30.5, 50.4]}}],
            "should": [
                {"rank_feature": {"field": "experience", "_name": "experience"}},
                {"distance_feature": {"field": "at", "origin": [30.5, 50.4], "pivot": "1km", "_name": "near"}},
            ],
        }
    }
    aggs = {"grid": {"geotile_grid": {"field": "at", "precision": 8}}}
    answer = call("POST", f"{index}/_search?include_named_queries_score=true", {"query": query, "aggs": aggs})
    (hit,) = answer["hits"]["hits"]
    assert set(hit["matched_queries"]) == {"name", "experience", "near"}
    assert sum(hit["matched_queries"].values()) == pytest.approx(hit["_score"])
    assert [bucket["doc_count"] for bucket in answer["aggregations"]["grid"]["buckets"]] == [1]


def test_misspelt_index_is_an_error_and_makes_nothing(engine_url: str, index_prefix: str) -> None:
    answer = call("PUT", f"{engine_url}/{index_prefix}misspelt/_doc/1", {"name": "x"})
    assert answer["status"] == 404
    assert get_json(f"{engine_url}/{index_prefix}misspelt") is None


@pytest.fixture
def own_engine(tmp_path: Path) -> Iterator[EmbeddedEngine]:
    """An engine that a test may break."""
    port = find_free_block(TRANSPORT_OFFSET + 1)
    engine = EmbeddedEngine(tmp_path, port, heap_mb=384, jars=JARS)
    yield engine
    engine.stop()


def again(engine: EmbeddedEngine) -> EmbeddedEngine:
    """The same engine as a later run of the command line sees it."""
    return EmbeddedEngine(engine.home, engine.nodes[0].plan.http_port, heap_mb=384, jars=JARS)


def test_second_run_attaches_and_data_survive_a_kill(own_engine: EmbeddedEngine) -> None:
    own_engine.start()
    own_engine.wait()
    call("PUT", f"{own_engine.url}/kept", {"settings": {"number_of_replicas": 0}})
    call("PUT", f"{own_engine.url}/kept/_doc/1?refresh=true", {"word": "лікар"})

    second = again(own_engine)
    second.start()
    second.wait()
    assert second.pid == own_engine.pid
    assert second.started_pids == []
    second.release()
    assert own_engine.is_ready()

    assert own_engine.pid is not None
    os.kill(own_engine.pid, signal.SIGKILL)
    with pytest.raises(NotEnoughMemory, match="The system killed the search engine"):
        own_engine.wait(10)

    third = again(own_engine)
    assert third.attach() is False
    third.start()
    third.wait()
    assert call("GET", f"{third.url}/kept/_doc/1")["_source"] == {"word": "лікар"}
    third.release()
    assert third.pid is None


def test_engine_that_runs_out_of_memory_says_so_and_names_the_setting(tmp_path: Path) -> None:
    port = find_free_block(TRANSPORT_OFFSET + 1)
    engine = EmbeddedEngine(tmp_path, port, heap_mb=24, jars=JARS)
    try:
        engine.start()
        with pytest.raises(NotEnoughMemory, match="ran out of its 24 MB") as failure:
            engine.wait(120)
    finally:
        engine.stop()
    assert "LIKAR_ENGINE_HEAP_MB" in failure.value.cure


def test_cluster_of_three_loses_a_node_and_still_answers_whole(engine_cluster: EmbeddedEngine) -> None:
    index = f"{engine_cluster.url}/lost-node"
    settings = {"number_of_shards": 3, "number_of_replicas": 1}
    call("PUT", f"{index}?wait_for_active_shards=all", {"settings": settings})
    for number in range(20):
        call("PUT", f"{index}/_doc/{number}", {"number": number})
    call("POST", f"{index}/_refresh")

    engine_cluster.nodes[2].kill()

    assert engine_cluster.nodes[2].pid is None
    answer = call("GET", f"{index}/_search?size=0&timeout=10s")
    assert answer["hits"]["total"]["value"] == 20
    assert answer["_shards"]["failed"] == 0
    status = call("GET", f"{engine_cluster.url}/_cluster/health?wait_for_nodes=2&timeout=30s")
    assert (status["number_of_nodes"], status["status"]) in [(2, "yellow"), (2, "green")]

    engine_cluster.start()
    engine_cluster.wait(120)
    assert status_of_node(engine_cluster, 2)[1] == 3
    call("DELETE", index)
