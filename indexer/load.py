"""Sends documents to the engine: bulk by count and bytes, bounded back-off, every rejected document counted.

One of the three modules of the indexer that know the engine's client.
"""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import msgspec
from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    ConnectionError,
    ConnectionTimeout,
    NotFoundError,
    TransportError,
)

from indexer.config import EngineAddress
from indexer.errors import EngineFault, EngineUnreachable

Engine = OpenSearch

BUSY = frozenset({429, 502, 503, 504})
MAX_DOCUMENTS_A_REQUEST = 1_000
MAX_BYTES_A_REQUEST = 4 * 1024 * 1024
MAX_ATTEMPTS = 8
FIRST_WAIT_S = 0.25
LONGEST_WAIT_S = 10.0
SAMPLES_KEPT = 20

_ANSWER_PARTS = "errors,items.index._id,items.index.status,items.index.error.type"


def connect_engine(address: EngineAddress, *, timeout_s: float = 60.0, connections: int = 4) -> Engine:
    """A client of the engine at `address`, one node or several with commas between; nothing is sent yet.

    It never retries by itself: callers decide.
    """
    signed_in = address.user is not None and address.password is not None
    return OpenSearch(
        hosts=[url.strip() for url in address.url.split(",")],
        http_auth=(address.user, address.password) if signed_in else None,
        ca_certs=str(address.ca_file) if address.ca_file else None,
        timeout=timeout_s,
        max_retries=0,
        retry_on_timeout=False,
        pool_maxsize=connections,
    )


@contextmanager
def engine_faults(doing: str) -> Iterator[None]:
    """Turns the client's exceptions into ours, saying what was being done; decided by type and HTTP status only."""
    try:
        yield
    except ConnectionTimeout as error:
        raise EngineUnreachable(
            f"OpenSearch did not answer in time while {doing}; look at its log and load."
        ) from error
    except ConnectionError as error:
        raise EngineUnreachable(
            f"OpenSearch is not reachable while {doing}; start it or correct its address."
        ) from error
    except (AuthenticationException, AuthorizationException) as error:
        raise EngineFault(f"OpenSearch refused our user while {doing}; check user, password and rights.") from error
    except NotFoundError as error:
        raise EngineFault(f"OpenSearch lost an index while {doing}; somebody else removed it.") from error
    except TransportError as error:
        raise EngineFault(f"OpenSearch answered {error.status_code} ({error.error}) while {doing}.") from error


@dataclass
class LoadReport:
    """What became of the documents of one index. `rejected` counts by the engine's reason; `samples` are (id, reason)
    of the first few; `sent_bytes` counts request bodies; `retries` counts requests sent again."""

    sent: int = 0
    written: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    samples: list[tuple[str, str]] = field(default_factory=list)
    sent_bytes: int = 0
    retries: int = 0


class BulkLoader:
    """Writes documents into one index over a few threads; leave the `with` block and all of them are answered for.

    A rejected document is counted by reason, never retried. A busy engine (429, 502–504, timeouts) is waited for with
    growing pauses, at most `MAX_ATTEMPTS` times a request: then EngineFault or EngineUnreachable.
    """

    def __init__(
        self, engine: Engine, index: str, *, senders: int = 2, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.report = LoadReport()
        self.index = index
        self._engine, self._sleep = engine, sleep
        self._threads = ThreadPoolExecutor(max_workers=senders, thread_name_prefix=f"load-{index}")
        self._max_pending = senders + 1
        self._pending: deque[Future[LoadReport]] = deque()
        self._chunk: list[tuple[str, bytes]] = []
        self._chunk_bytes = 0
        self._encoder = msgspec.json.Encoder()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._send_chunk()
                while self._pending:
                    self._settle_oldest()
        finally:
            for future in self._pending:
                future.cancel()
            self._threads.shutdown(wait=True, cancel_futures=True)

    def add(self, document_id: str, document: Any) -> None:
        """Queues one document, a struct or a plain value; sends when enough has gathered. Raises what a sender met."""
        body = self._encoder.encode(document)
        line = b'{"index":{"_id":' + self._encoder.encode(document_id) + b"}}\n" + body + b"\n"
        if self._chunk and self._chunk_bytes + len(line) > MAX_BYTES_A_REQUEST:
            self._send_chunk()
        self._chunk.append((document_id, line))
        self._chunk_bytes += len(line)
        if len(self._chunk) >= MAX_DOCUMENTS_A_REQUEST:
            self._send_chunk()

    def _send_chunk(self) -> None:
        if not self._chunk:
            return
        while len(self._pending) >= self._max_pending:
            self._settle_oldest()
        self._pending.append(self._threads.submit(self._deliver, self._chunk))
        self._chunk, self._chunk_bytes = [], 0

    def _settle_oldest(self) -> None:
        part = self._pending.popleft().result()
        self.report.sent += part.sent
        self.report.written += part.written
        self.report.rejected.update(part.rejected)
        self.report.samples = (self.report.samples + part.samples)[:SAMPLES_KEPT]
        self.report.sent_bytes += part.sent_bytes
        self.report.retries += part.retries

    def _deliver(self, chunk: list[tuple[str, bytes]]) -> LoadReport:
        report = LoadReport(sent=len(chunk))
        waiting, wait_s = chunk, FIRST_WAIT_S
        for attempt in range(1, MAX_ATTEMPTS + 1):
            body = b"".join(line for _, line in waiting)
            report.sent_bytes += len(body)
            with engine_faults(f"writing documents into {self.index}"):
                try:
                    answer = self._engine.bulk(body=body, index=self.index, params={"filter_path": _ANSWER_PARTS})
                except (ConnectionTimeout, TransportError) as error:
                    # A refused connection is final: the engine is gone, and waiting here only hides it.
                    worth_it = isinstance(error, ConnectionTimeout) or error.status_code in BUSY
                    if not worth_it or attempt == MAX_ATTEMPTS:
                        raise
                else:
                    waiting = _count_items(answer, waiting, report)
            if not waiting:
                return report
            report.retries += 1
            self._sleep(wait_s)
            wait_s = min(wait_s * 2, LONGEST_WAIT_S)
        raise EngineFault(
            f"OpenSearch stayed too busy to take {len(waiting)} documents of {self.index}; "
            "give it more memory or processors, or build when less is going on."
        )


def _count_items(answer: dict[str, Any], sent: list[tuple[str, bytes]], report: LoadReport) -> list[tuple[str, bytes]]:
    """Counts what was written and rejected; gives back what the engine was too busy for, to be sent again."""
    if not answer["errors"]:
        report.written += len(sent)
        return []
    again = []
    for document, item in zip(sent, answer["items"], strict=True):
        outcome = item["index"]
        if outcome["status"] < 300:
            report.written += 1
        elif outcome["status"] in BUSY:
            again.append(document)
        else:
            reason = outcome["error"]["type"]
            report.rejected[reason] += 1
            if len(report.samples) < SAMPLES_KEPT:
                report.samples.append((document[0], reason))
    return again
