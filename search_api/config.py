"""What the API is told at start: one frozen value, made by the command line from the settings."""

from dataclasses import dataclass, field
from pathlib import Path

from directory.schema import Alias


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiConfig:
    """Settings of one API process.

    `cursor_secret` signs page cursors: the same bytes in every process that serves the same front ends, at least 16.
    Times are seconds, `max_hits` is how deep one search can be paged, `max_body_bytes` the longest request body.
    """

    opensearch_url: str
    cursor_secret: bytes = field(repr=False)
    opensearch_user: str | None = None
    opensearch_password: str | None = field(default=None, repr=False)
    opensearch_ca_file: Path | None = None
    index_prefix: str = ""
    search_timeout_s: float = 2.0
    connections: int = 64
    index_check_s: float = 3.0
    capacity_max_age_days: int = 7
    max_hits: int = 1_000
    max_body_bytes: int = 16_384
    cors_origins: tuple[str, ...] = ()
    log_level: str = "INFO"
    freeze_after_start: bool = False
    version: str = "0.1.0"

    def __post_init__(self) -> None:
        if len(self.cursor_secret) < 16:
            raise ValueError("cursor_secret is shorter than 16 bytes: set a longer LIKAR_CURSOR_SECRET")

    def alias(self, name: Alias) -> str:
        """The alias of one index on this cluster."""
        return f"{self.index_prefix}{name}"
