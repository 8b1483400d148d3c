"""How much memory the machine, or the container around us, can still give."""

from pathlib import Path

import psutil

from indexer.embedded.errors import NotEnoughMemory

OVERHEAD_MB = 350  # what a node takes beside its heap: classes, threads, buffers
CGROUP = Path("/sys/fs/cgroup")


def available_mb() -> int:
    """Say how many MB can be had without swapping, within the limit of the container if there is one."""
    machine = int(psutil.virtual_memory().available) >> 20
    container = read_container_available_mb(CGROUP)
    return machine if container is None else min(machine, container)


def read_container_available_mb(cgroup: Path) -> int | None:
    """Say how many MB are left below the limit of the control group, file cache counted as free; None: no limit."""
    try:
        limit = (cgroup / "memory.max").read_text(encoding="ascii").strip()
        used = int((cgroup / "memory.current").read_text(encoding="ascii"))
        rows = (line.split() for line in (cgroup / "memory.stat").read_text(encoding="ascii").splitlines())
        cache = next((int(value) for key, value in rows if key == "inactive_file"), 0)
        return None if limit == "max" else (int(limit) - used + cache) >> 20
    except (OSError, ValueError):
        return None


def require_memory(nodes: int, heap_mb: int, available: int) -> None:
    """Raise `NotEnoughMemory` unless `available` MB hold `nodes` nodes of `heap_mb` and their overhead."""
    needed = nodes * (heap_mb + OVERHEAD_MB)
    if available < needed:
        raise NotEnoughMemory(
            f"The search engine needs {needed} MB of memory and {available} MB are free.",
            "Close other programs, or give it less with LIKAR_ENGINE_HEAP_MB (256 at least), and run again.",
        )
