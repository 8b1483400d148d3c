"""The embedded engine as its users see it: jars, start, wait, stop; one node or several on one machine."""

import time
from collections.abc import Callable
from pathlib import Path

from indexer.embedded.errors import EngineNotReady
from indexer.embedded.jars import Progress, ensure_jars
from indexer.embedded.memory import available_mb, require_memory
from indexer.embedded.node import Node, NodePlan
from stack.ports import require_free_port
from stack.readiness import get_json

CLUSTER = "likar"
TRANSPORT_OFFSET = 100
LAST_PORT = 65_535
POLL_S = 0.1
HEALTHY = ("yellow", "green")


class EmbeddedEngine:
    """OpenSearch on this machine, in one process a node, on loopback, with its data below `home`.

    `port` is the HTTP port of the first node, the next nodes take the ports after it; `transport_port` (default:
    `port` + 100) is where the nodes speak to each other. `heap_mb` is each node's heap. `jars` is the folder of the
    jars (default: `home`/jars). Nothing happens before `start`.

    A node that an earlier start of this folder left running is taken over rather than started again; `release`
    leaves such a node running, `stop` stops it too.
    """

    name = "search engine"

    def __init__(
        self,
        home: Path,
        port: int,
        nodes: int = 1,
        heap_mb: int = 1024,
        *,
        transport_port: int | None = None,
        jars: Path | None = None,
        repository: str | None = None,
        read_available_mb: Callable[[], int] = available_mb,
    ) -> None:
        self.home = home.absolute()
        self.jars = jars.absolute() if jars is not None else self.home / "jars"
        self.log = self.home / "logs" / "engine.log"
        self.heap_mb = heap_mb
        self._repository = repository
        self._read_available_mb = read_available_mb
        self._class_path: list[Path] = []
        first_transport = transport_port or _transport_port(port, nodes)
        names = [f"node-{number}" for number in range(1, nodes + 1)]
        seeds = tuple((name, first_transport + i) for i, name in enumerate(names)) if nodes > 1 else ()
        self.nodes = tuple(
            Node(
                NodePlan(
                    cluster=CLUSTER,
                    name=name,
                    folder=self.home / "engine" / name,
                    log=self.log if nodes == 1 else self.home / "logs" / f"engine-{i + 1}.log",
                    pid_file=self.home / "run" / f"engine-{name}.json",
                    http_port=port + i,
                    transport_port=first_transport + i,
                    heap_mb=heap_mb,
                    seeds=seeds,
                )
            )
            for i, name in enumerate(names)
        )
        self._started: list[Node] = []

    @property
    def url(self) -> str:
        """The HTTP address of the first node."""
        return self.nodes[0].url

    @property
    def urls(self) -> list[str]:
        """The HTTP addresses of all nodes."""
        return [node.url for node in self.nodes]

    @property
    def pid(self) -> int | None:
        """The process id of the first node; None when it does not run."""
        return self.nodes[0].pid

    @property
    def pids(self) -> list[int]:
        """The process ids of the nodes that run."""
        return [node.pid for node in self.nodes if node.pid is not None]

    @property
    def started_pids(self) -> list[int]:
        """The process ids of the nodes that this object started and that still run."""
        return [node.pid for node in self._started if node.pid is not None]

    def ensure_jars(self, progress: Progress | None = None, *, verify: bool = False) -> None:
        """Have every jar on disk and verified; see `indexer.embedded.jars.ensure_jars`."""
        self._class_path = ensure_jars(self.jars, progress=progress, repository=self._repository, verify=verify)

    def attach(self) -> bool:
        """Take over the nodes of this folder that already run; False unless all of them do. Starts nothing."""
        running = [node for node in self.nodes if node.attach()]
        return len(running) == len(self.nodes)

    def start(self) -> None:
        """Start every node that does not run yet and return without waiting; see `wait`.

        Raises, before any process is started, `PortTaken`, `NotEnoughMemory`, `EngineFolderLocked` or what
        `ensure_jars` raises.
        """
        missing = [node for node in self.nodes if not node.attach()]
        if not missing:
            return
        for node in missing:
            node.require_folder_free()
        for node in missing:
            require_free_port(node.plan.http_port, "the search engine", "LIKAR_ENGINE_PORT")
            require_free_port(
                node.plan.transport_port,
                f"the search engine (beside its port {node.plan.http_port})",
                "LIKAR_ENGINE_PORT",
            )
        require_memory(len(missing), self.heap_mb, self._read_available_mb())
        if not self._class_path:
            self.ensure_jars()
        for node in missing:
            node.start(self.jars, self._class_path)
            self._started.append(node)

    def wait(self, timeout_s: float = 60.0) -> None:
        """Wait until all nodes have joined and every index is at least yellow.

        Raises `EngineDied` or `NotEnoughMemory` as soon as a node has ended, `EngineNotReady` after `timeout_s`.
        """
        deadline = time.monotonic() + timeout_s
        while not self.is_ready():
            for node in self.nodes:
                node.require_alive()
            if time.monotonic() > deadline:
                raise EngineNotReady(
                    f"The search engine is not ready after {timeout_s:.0f} s (log: {self.nodes[0].plan.log}).",
                    "The machine may be busy: run again, and if it stays so read the end of that log.",
                )
            time.sleep(POLL_S)

    def is_ready(self) -> bool:
        """Tell whether every node answers, sees all the others and has every index at least yellow."""
        healths = [get_json(f"{node.url}/_cluster/health") for node in self.nodes]
        return all(
            isinstance(health, dict)
            and health.get("status") in HEALTHY
            and health.get("number_of_nodes") == len(self.nodes)
            for health in healths
        )

    def require_alive(self) -> None:
        """Raise `EngineDied` or `NotEnoughMemory` when a node has ended by itself."""
        for node in self.nodes:
            node.require_alive()

    def release(self) -> None:
        """Stop the nodes that this object started, last first; leave those it found running."""
        while self._started:
            self._started.pop().stop()

    def stop(self) -> None:
        """Stop every node, also those found running by `attach` or `start`."""
        for node in reversed(self.nodes):
            node.stop()
        self._started.clear()


def _transport_port(port: int, nodes: int) -> int:
    above = port + TRANSPORT_OFFSET
    return above if above + nodes <= LAST_PORT else port - TRANSPORT_OFFSET
