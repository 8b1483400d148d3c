"""What a run was measured on."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True, slots=True)
class Machine:
    """`load_before` is the machine's load average of one minute when the run began."""

    processor: str
    cores: int
    memory_gib: float
    system: str
    python: str
    load_before: float

    @property
    def was_busy(self) -> bool:
        """Whether other work kept more than half of the cores before the run."""
        return self.load_before > self.cores / 2


def describe_machine() -> Machine:
    """The machine this process runs on; a run over loopback shares it with what it measures."""
    return Machine(
        processor=_processor(Path("/proc/cpuinfo")),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory_gib=round(psutil.virtual_memory().total / 2**30, 1),
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        load_before=round(os.getloadavg()[0], 2),
    )


def _processor(cpuinfo: Path) -> str:
    try:
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
