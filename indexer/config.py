"""What the indexer has to be told: one frozen value, made by the command line from the settings."""

from dataclasses import dataclass, field
from pathlib import Path

from directory.capacity import CapacityRule
from esoz.client import Retries, TimeLimits


@dataclass(frozen=True, slots=True)
class EngineAddress:
    """Where the engine is and who we are to it. `user` without `password`, or the other way, means no sign-in."""

    url: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class IndexerConfig:
    """Settings of builds. Shares are 0..1.

    `quarantine_limit` is the share of bad rows of one feed, `shrink_limit` the share of known rows that may vanish from
    a full feed (or of documents from an index) before the build is refused; `quarantine_floor` is a number of bad rows
    that is always let pass, so that a handful stops no small registry. `rejected_limit` is the share of documents
    the engine may reject: by default none, for a rejected document is a fault of ours. `feed_attempts` says how
    often in all a feed is begun that breaks off in the middle.
    """

    home: Path
    engine: EngineAddress
    esoz_url: str
    esoz_api_key: str = field(repr=False)
    index_prefix: str = ""
    shards: int = 1
    replicas: int = 0
    capacity: CapacityRule = field(default_factory=CapacityRule)
    quarantine_limit: float = 0.02
    quarantine_floor: int = 0
    shrink_limit: float = 0.5
    rejected_limit: float = 0.0
    senders: int = 2
    upstream_limits: TimeLimits = field(default_factory=TimeLimits)
    upstream_retries: Retries = field(default_factory=Retries)
    feed_attempts: int = 3
    health_timeout_s: float = 120.0

    @property
    def registry_file(self) -> Path:
        return self.home / "registry.duckdb"

    @property
    def gazetteer_file(self) -> Path:
        return self.home / "places" / "gazetteer.json.gz"

    @property
    def lock_file(self) -> Path:
        return self.home / "run" / "index-build.lock"
