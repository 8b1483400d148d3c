"""What the engine refuses before it starts, and what it says when it ends; no engine runs here."""

import os
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.embedded import (
    EmbeddedEngine,
    EngineDied,
    EngineFolderLocked,
    EngineNotReady,
    JarsUnreachable,
    NotEnoughMemory,
)
from indexer.embedded.memory import available_mb, read_container_available_mb, require_memory
from indexer.embedded.node import Node, NodePlan
from stack.errors import PortTaken
from stack.identity import ProcessIdentity
from stack.locks import take_lock
from stack.ports import find_free_block, find_free_ports


def engine_at(home: Path, port: int | None = None, *, free_mb: int = 100_000, nodes: int = 1) -> EmbeddedEngine:
    nowhere = f"http://127.0.0.1:{find_free_ports(1)[0]}"
    http_port = port or find_free_block(nodes)
    return EmbeddedEngine(home, http_port, nodes=nodes, read_available_mb=lambda: free_mb, repository=nowhere)


def plan_at(home: Path, **also: object) -> NodePlan:
    http_port, transport_port = find_free_ports(2)
    fields = {
        "cluster": "likar",
        "name": "node-1",
        "folder": home / "engine",
        "log": home / "logs" / "engine.log",
        "pid_file": home / "run" / "engine.json",
        "http_port": http_port,
        "transport_port": transport_port,
        "heap_mb": 256,
    }
    return NodePlan(**(fields | also))  # type: ignore[arg-type]


@pytest.fixture
def taken_port() -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


def test_taken_port_is_named_with_the_setting_to_change(tmp_path: Path, taken_port: int) -> None:
    with pytest.raises(PortTaken, match=f"Port {taken_port}") as failure:
        engine_at(tmp_path, taken_port).start()
    assert "LIKAR_ENGINE_PORT" in failure.value.cure


def test_taken_transport_port_is_named_too(tmp_path: Path, taken_port: int) -> None:
    engine = EmbeddedEngine(tmp_path, find_free_ports(1)[0], transport_port=taken_port)
    with pytest.raises(PortTaken, match=f"Port {taken_port}") as failure:
        engine.start()
    assert "LIKAR_ENGINE_PORT" in failure.value.cure


def test_too_little_memory_is_said_in_megabytes_before_anything_starts(tmp_path: Path) -> None:
    engine = engine_at(tmp_path, free_mb=900)
    with pytest.raises(NotEnoughMemory, match="needs 1374 MB of memory and 900 MB are free") as failure:
        engine.start()
    assert "LIKAR_ENGINE_HEAP_MB" in failure.value.cure
    assert engine.pids == []


def test_three_nodes_need_three_times_the_memory() -> None:
    require_memory(3, 512, available=2586)
    with pytest.raises(NotEnoughMemory, match="2586"):
        require_memory(3, 512, available=2585)


def test_container_limit_counts_and_its_file_cache_does_not(tmp_path: Path) -> None:
    (tmp_path / "memory.max").write_text(f"{1000 << 20}\n")
    (tmp_path / "memory.current").write_text(f"{700 << 20}\n")
    (tmp_path / "memory.stat").write_text(f"anon {500 << 20}\ninactive_file {200 << 20}\n")
    assert read_container_available_mb(tmp_path) == 500


@pytest.mark.parametrize("limit", ["max\n", None])
def test_no_container_limit_leaves_the_machines_memory(tmp_path: Path, limit: str | None) -> None:
    if limit is not None:
        (tmp_path / "memory.max").write_text(limit)
        (tmp_path / "memory.current").write_text("1\n")
        (tmp_path / "memory.stat").write_text("")
    assert read_container_available_mb(tmp_path) is None
    assert available_mb() > 0


def test_folder_held_by_another_engine_is_named(tmp_path: Path) -> None:
    engine = engine_at(tmp_path)
    held = take_lock(tmp_path / "engine" / "node-1" / "engine.lock")
    assert held is not None
    try:
        with pytest.raises(EngineFolderLocked, match=str(tmp_path / "engine" / "node-1")) as failure:
            engine.start()
    finally:
        os.close(held)
    assert "LIKAR_HOME" in failure.value.cure


def test_no_network_for_the_jars_stops_the_start_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.embedded.jars.ATTEMPTS", 1)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pytest.raises(JarsUnreachable):
        engine_at(tmp_path).start()


def test_pid_file_of_a_process_that_ended_is_not_attached_to(tmp_path: Path) -> None:
    engine = engine_at(tmp_path)
    plan = engine.nodes[0].plan
    ProcessIdentity(os.getpid(), 1.0).save(plan.pid_file, http_port=plan.http_port)
    assert engine.attach() is False


def test_pid_file_of_a_living_process_that_is_no_engine_is_not_attached_to(tmp_path: Path) -> None:
    engine = engine_at(tmp_path)
    plan = engine.nodes[0].plan
    ourselves = ProcessIdentity.of(os.getpid())
    assert ourselves is not None
    ourselves.save(plan.pid_file, http_port=plan.http_port)
    assert engine.attach() is False


def test_engine_that_dies_at_start_is_reported_with_its_log_and_frees_the_folder(tmp_path: Path) -> None:
    node = Node(plan_at(tmp_path))
    node.start(tmp_path / "jars", [tmp_path / "no-such.jar"])
    assert node.identity is not None
    assert node._child is not None
    node._child.wait(20)
    with pytest.raises(EngineDied, match="ended with code 1 by itself") as failure:
        node.require_alive()
    assert str(node.plan.log) in failure.value.cure
    assert "org.opensearch.bootstrap.OpenSearch" in failure.value.message
    node.stop()
    node.require_folder_free()


def test_log_of_the_start_before_is_kept(tmp_path: Path) -> None:
    node = Node(plan_at(tmp_path))
    for _ in range(2):
        node.start(tmp_path / "jars", [tmp_path / "no-such.jar"])
        node.stop()
    assert node.plan.log.with_name("engine.log.1").exists()


def test_engine_that_never_answers_is_given_up_after_its_time(tmp_path: Path) -> None:
    engine = engine_at(tmp_path)
    engine.nodes[0].identity = ProcessIdentity.of(os.getpid())
    with pytest.raises(EngineNotReady, match="not ready after 0 s"):
        engine.wait(timeout_s=0.01)


def test_nodes_of_a_cluster_know_each_other_and_a_lone_one_seeks_nobody(tmp_path: Path) -> None:
    three = [node.plan.settings() for node in engine_at(tmp_path, nodes=3).nodes]
    assert {str(settings["discovery.seed_hosts"]) for settings in three} == {str(three[0]["discovery.seed_hosts"])}
    assert three[0]["cluster.initial_cluster_manager_nodes"] == ["node-1", "node-2", "node-3"]
    assert engine_at(tmp_path).nodes[0].plan.settings()["discovery.type"] == "single-node"


def test_engine_listens_on_loopback_only(tmp_path: Path) -> None:
    assert engine_at(tmp_path).nodes[0].plan.settings()["network.host"] == "127.0.0.1"


def test_highest_port_still_leaves_room_for_the_transport_port(tmp_path: Path) -> None:
    assert EmbeddedEngine(tmp_path, 65_535).nodes[0].plan.transport_port == 65_435
