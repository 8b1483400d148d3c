"""What documents were made by: code and settings that shape the content of an index beside its schema."""

import hashlib
from pathlib import Path

import msgspec

from indexer.config import IndexerConfig

# The modules that turn rows into documents. A change in one of them is a reason to build anew.
_MODULES = ("documents", "display", "hours", "joined", "locate", "persons", "places_of_work", "quality", "snapshot")


def made_by(config: IndexerConfig) -> str:
    """Sixteen hex digits over the code that makes documents and the settings that shape them; kept at each index."""
    folder = Path(__file__).parent
    code = b"\0".join((folder / f"{module}.py").read_bytes() for module in _MODULES)
    rule = config.capacity
    settings = [sorted(rule.limits.items()), rule.nearly_full_margin, rule.max_age.days, config.shards, config.replicas]
    return hashlib.sha256(code + msgspec.json.encode(settings)).hexdigest()[:16]
