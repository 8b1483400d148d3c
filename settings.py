"""The settings of the whole product: one typed object, read once from the environment (`LIKAR_…`) by the command line.

Packages never read the environment; `likar.py` hands each of them what it needs.
"""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting with its default; the variable is `LIKAR_` and the upper-case name."""

    model_config = SettingsConfigDict(env_prefix="LIKAR_", extra="ignore")

    home: Path = Field(Path(".likar"), description="folder for everything made at run time")

    opensearch_url: str | None = Field(
        None, description="an existing cluster, its nodes with commas between; unset: the embedded engine"
    )
    opensearch_user: str | None = None
    opensearch_password: SecretStr | None = None
    opensearch_ca_file: Path | None = None
    index_prefix: str = Field("", description="put before the alias names, to share a cluster")
    shards: int = Field(1, ge=1, le=64)
    replicas: int = Field(0, ge=0, le=5)

    engine_port: int = Field(9201, ge=1024, le=65535, description="HTTP port of the embedded engine")
    engine_heap_mb: int = Field(1024, ge=256)

    esoz_url: str | None = Field(None, description="the upstream; unset: the sandbox of this machine")
    esoz_api_key: SecretStr = SecretStr("sandbox-all-scopes")
    sandbox_port: int = Field(8901, ge=1024, le=65535)
    doctors: int = Field(24_500, ge=1, le=1_000_000, description="primary care doctors of the sandbox nation")
    seed: int = Field(1, ge=0)

    api_host: str = "127.0.0.1"
    api_port: int = Field(8900, ge=1024, le=65535)
    cors_origins: list[str] = Field(default_factory=list, description="front ends allowed to call from a browser")
    cursor_secret: SecretStr | None = Field(None, description="signs page cursors; unset: made once and kept in `home`")
    search_timeout_s: float = Field(2.0, gt=0, le=60)
    capacity_max_age_days: int = Field(7, ge=1, description="older counts say nothing: the state is unknown")
    nearly_full_margin: int = Field(50, ge=0)
    quarantine_limit: float = Field(0.02, ge=0, le=1, description="share of bad rows of a feed that stops the swap")
    quarantine_floor: int = Field(10, ge=0, description="so many bad rows of a feed never stop the swap")
    log_level: str = "INFO"

    @field_validator("opensearch_url", "esoz_url")
    @classmethod
    def _addresses(cls, text: str | None) -> str | None:
        for url in (text or "").split(",") if text else ():
            parts = urlsplit(url.strip())
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ValueError("an address starts with http:// or https:// and names a host")
            if parts.username or parts.password:
                raise ValueError("user and password have settings of their own and do not belong in an address")
        return text

    @field_validator("cursor_secret")
    @classmethod
    def _long_enough(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and len(secret.get_secret_value().encode()) < 16:
            raise ValueError("a secret has 16 bytes at least")
        return secret
