"""One build at a time: a lock on the folder of this machine and one in the cluster.

The file lock guards the registry of this folder; the kernel lets go of it when the process dies. The cluster lock
guards the indexes against builders on other machines: a document made by «create only», renewed while the build lives,
free for the next builder once it expires, or at once when its holder was a process of this machine that is gone.
"""

import os
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

from indexer.errors import BuildRunning, IndexingError
from indexer.load import Engine, engine_faults
from stack.locks import take_lock

LEASE_S = 60.0
RENEW_EVERY_S = 15.0
_DOCUMENT = "build"


def utc_now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Holds an exclusive lock on `path` (made if missing) or raises BuildRunning naming the process that has it."""
    descriptor = take_lock(path)
    if descriptor is None:
        holder = path.read_text(encoding="ascii").strip() or "unknown"
        raise BuildRunning(
            f"Another build works in this folder (process {holder}); wait for it, or stop it and try again."
        )
    try:
        os.truncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        os.close(descriptor)


class ClusterLock:
    """A lease on `<prefix>likar-build-lock`. Inside the `with` block it renews itself; `assert_held` before a step that
    must not be done twice raises BuildRunning if somebody else took the lease over."""

    def __init__(
        self,
        engine: Engine,
        prefix: str,
        *,
        lease_s: float = LEASE_S,
        renew_every_s: float = RENEW_EVERY_S,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._engine, self._index, self._now = engine, f"{prefix}likar-build-lock", now
        self._lease, self._renew_every_s = timedelta(seconds=lease_s), renew_every_s
        self._token = uuid.uuid4().hex
        self._version: dict[str, int] = {}
        self._guard = threading.Lock()
        self.released = threading.Event()
        self._lost = False
        self._renewer = threading.Thread(target=self._renew_until_stopped, name="build-lock", daemon=True)

    def __enter__(self) -> Self:
        with engine_faults("taking the build lock"):
            self._make_index()
            if not self._take():
                raise BuildRunning(
                    f"Another build holds the lock of this cluster ({self._holder()}); wait for it to end, "
                    f"or at most {self._lease.total_seconds():.0f} s if it died."
                )
        self._renewer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.released.set()
        self._renewer.join()
        try:
            with engine_faults("giving the build lock back"):
                self._release()
        except IndexingError:
            # A lock that cannot be given back expires by itself: the outcome of the build must not depend on it.
            return

    def _release(self) -> None:
        if not self._lost:
            self._engine.delete(index=self._index, id=_DOCUMENT, params={**self._version, "ignore": (404, 409)})

    def assert_held(self) -> None:
        """Renews the lease now; raises BuildRunning when it is somebody else's."""
        with self._guard, engine_faults("renewing the build lock"):
            self._renew()
        if self._lost:
            raise BuildRunning("The build lock was taken over by another build; this one stops before the swap.")

    def _make_index(self) -> None:
        body = {
            "settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1", "hidden": True}},
            "mappings": {"dynamic": "false"},
        }
        self._engine.indices.create(index=self._index, body=body, params={"ignore": 400})

    def _document(self) -> dict[str, Any]:
        return {
            "token": self._token,
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "process_started": psutil.Process().create_time(),
            "expires_at": (self._now() + self._lease).isoformat(),
        }

    def _take(self) -> bool:
        made = self._engine.create(index=self._index, id=_DOCUMENT, body=self._document(), params={"ignore": 409})
        if not self._keep_version(made):
            held = self._engine.get(index=self._index, id=_DOCUMENT, params={"ignore": 404})
            if held.get("found") and not self._abandoned(held["_source"]):
                return False
            version = (
                {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]}
                if held.get("found")
                else {"op_type": "create"}
            )
            taken = self._engine.index(
                index=self._index, id=_DOCUMENT, body=self._document(), params={**version, "ignore": 409}
            )
            return self._keep_version(taken)
        return True

    def _keep_version(self, answer: dict[str, Any]) -> bool:
        if "_seq_no" not in answer:
            return False
        self._version = {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}
        return True

    def _abandoned(self, held: dict[str, Any]) -> bool:
        if datetime.fromisoformat(held["expires_at"]) < self._now():
            return True
        return held["host"] == socket.gethostname() and not _lives(held["pid"], held["process_started"])

    def _holder(self) -> str:
        held = self._engine.get(index=self._index, id=_DOCUMENT, params={"ignore": 404}).get("_source")
        return f"process {held['pid']} on {held['host']}" if held else "just ended"

    def _renew_until_stopped(self) -> None:
        while not self.released.wait(self._renew_every_s):
            try:
                with self._guard, engine_faults("renewing the build lock"):
                    self._renew()
            except IndexingError:
                # Missed once is no loss: the lease lasts several rounds, and assert_held decides before the swap.
                continue

    def _renew(self) -> None:
        if self._lost:
            return
        answer = self._engine.index(
            index=self._index, id=_DOCUMENT, body=self._document(), params={**self._version, "ignore": (404, 409)}
        )
        if not self._keep_version(answer):
            # Our own renewal may have arrived though its answer was lost: the lease is ours as long as it says so.
            held = self._engine.get(index=self._index, id=_DOCUMENT, params={"ignore": 404})
            self._lost = held.get("_source", {}).get("token") != self._token or not self._keep_version(held)


def _lives(pid: int, started: float) -> bool:
    """Whether the process that took the lock still runs; another process that got its number later does not count."""
    try:
        return bool(abs(psutil.Process(pid).create_time() - started) < 1.0)
    except psutil.NoSuchProcess:
        return False
