"""The smaller use cases beside «build»: roll back, clean, tell the status, read the quarantine."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any

from indexer import quarantine
from indexer.config import IndexerConfig
from indexer.lifecycle import AliasStatus, Cleaning, Lifecycle
from indexer.load import connect_engine, engine_faults
from indexer.lock import ClusterLock, file_lock
from indexer.quarantine import QuarantineCount, QuarantinedRow
from indexer.registry import Registry


@dataclass(frozen=True, slots=True)
class Quarantine:
    """What stands in the quarantine: all of it counted, some of it row by row."""

    counts: list[QuarantineCount]
    rows: list[QuarantinedRow]


def roll_back(config: IndexerConfig) -> dict[str, str]:
    """Puts the previous pair of indexes back into service; gives index by alias. Raises IndexingRefused without one."""
    with _locked(config) as life:
        return {life.alias(alias): str(name) for alias, name in life.rollback().items()}


def clean(config: IndexerConfig) -> Cleaning:
    """Removes every index except those in service and the pair kept for rollback."""
    with _locked(config) as life:
        return life.clean()


def read_status(config: IndexerConfig) -> list[AliasStatus]:
    """What each alias serves and what stands beside it; takes no lock."""
    with closing(connect_engine(config.engine)) as engine:
        return Lifecycle(engine, prefix=config.index_prefix).status()


def read_health(config: IndexerConfig) -> dict[str, Any]:
    """The cluster's own word on its health (`status`, `number_of_nodes` …); raises an IndexingError."""
    with closing(connect_engine(config.engine, timeout_s=5.0)) as engine, engine_faults("asking for its health"):
        health: dict[str, Any] = engine.cluster.health()
    return health


def read_quarantine(
    config: IndexerConfig, *, feed: str | None = None, reason: str | None = None, limit: int = 100
) -> Quarantine:
    """The quarantine, newest rows first, at most `limit`; empty before the first build."""
    if not config.registry_file.exists():
        return Quarantine([], [])
    with Registry.open(config.registry_file) as registry:
        counts = [
            count
            for count in quarantine.count_rows(registry.connection)
            if feed in (None, count.feed) and reason in (None, count.reason)
        ]
        return Quarantine(counts, quarantine.read_rows(registry.connection, feed=feed, reason=reason, limit=limit))


@contextmanager
def _locked(config: IndexerConfig) -> Iterator[Lifecycle]:
    with ExitStack() as held:
        engine = held.enter_context(closing(connect_engine(config.engine)))
        held.enter_context(file_lock(config.lock_file))
        held.enter_context(ClusterLock(engine, config.index_prefix))
        yield Lifecycle(engine, prefix=config.index_prefix, shards=config.shards, replicas=config.replicas)
