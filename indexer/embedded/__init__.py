"""The embedded OpenSearch: fetch its jars, start it, wait for it, stop it; nothing but Python packages is needed."""

from indexer.embedded.engine import EmbeddedEngine
from indexer.embedded.errors import (
    EngineDied,
    EngineError,
    EngineFolderLocked,
    EngineNotReady,
    JarDamaged,
    JarsNotWritable,
    JarsUnreachable,
    NotEnoughMemory,
    NotEnoughSpace,
)
from indexer.embedded.progress import jar_progress

__all__ = [
    "EmbeddedEngine",
    "EngineDied",
    "EngineError",
    "EngineFolderLocked",
    "EngineNotReady",
    "JarDamaged",
    "JarsNotWritable",
    "JarsUnreachable",
    "NotEnoughMemory",
    "NotEnoughSpace",
    "jar_progress",
]
