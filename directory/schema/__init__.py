"""The two indexes as described data: every field, its mapping, its meaning; one hash over all that shapes them."""

import hashlib
import json
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

Alias = Literal["doctors", "facilities"]
ALIASES: tuple[Alias, ...] = ("doctors", "facilities")

# Raised by hand when documents change their content without a change of the field lists.
DOCUMENT_VERSION = 1

_FOLDER = Path(__file__).parent
_SHOWN = {"type": "object", "enabled": False}


@lru_cache(maxsize=len(ALIASES))
def described_fields(alias: Alias) -> dict[str, dict[str, Any]]:
    """Every field of the index by dotted path: `about` (its meaning) and either `shown` or its OpenSearch mapping."""
    with (_FOLDER / f"{alias}.toml").open("rb") as file:
        return tomllib.load(file)


def index_mapping(alias: Alias) -> dict[str, Any]:
    """The strict OpenSearch mapping of one index; an undeclared field in a document is refused by the engine."""
    root: dict[str, Any] = {"dynamic": "strict", "properties": {}}
    for path, field in described_fields(alias).items():
        *parents, leaf = path.split(".")
        node = root
        for parent in parents:
            node = node["properties"].setdefault(parent, {"dynamic": "strict", "properties": {}})
        mapping = {key: value for key, value in field.items() if key != "about"}
        node["properties"][leaf] = dict(_SHOWN) if mapping.pop("shown", False) else mapping
    return root


def index_settings(*, shards: int, replicas: int, refresh_interval: str = "1s") -> dict[str, Any]:
    """Settings of a serving index. One query never spreads over threads: throughput before one latency."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": refresh_interval,
        "search.concurrent_segment_search.mode": "none",
    }


@lru_cache(maxsize=len(ALIASES))
def schema_hash(alias: Alias) -> str:
    """Eight hex digits over mapping, analysis, text keys, streets and document version: all that shapes the content."""
    text_keys = (_FOLDER.parent / "text.py").read_bytes()
    specialities = (_FOLDER.parent / "specialities.toml").read_bytes()
    streets = (_FOLDER.parent / "places" / "data" / "streets.toml").read_bytes()
    shape = json.dumps([index_mapping(alias), DOCUMENT_VERSION], sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(b"\0".join([shape, text_keys, specialities, streets])).hexdigest()[:8]
