"""A real engine for the tests: started once a run, in a folder of its own, on ports that are free."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.embedded import EmbeddedEngine
from stack.ports import find_free_block
from stack.watchdog import Watchdog

PROJECT = Path(__file__).resolve().parents[2]
JARS = PROJECT / ".likar" / "jars"


@contextmanager
def run_engine(nodes: int = 1, heap_mb: int = 768) -> Iterator[EmbeddedEngine]:
    """Run an engine with empty data for the block; it is stopped even when the test run is killed."""
    with tempfile.TemporaryDirectory(prefix="likar-engine-") as folder, Watchdog() as watchdog:
        http_port, transport_port = find_free_block(nodes), find_free_block(nodes)
        engine = EmbeddedEngine(
            Path(folder), http_port, nodes=nodes, heap_mb=heap_mb, transport_port=transport_port, jars=JARS
        )
        try:
            engine.start()
            for pid in engine.pids:
                watchdog.guard(pid)
            engine.wait(timeout_s=120)
            yield engine
        finally:
            engine.stop()
