"""Log files of the processes: one a run, the one before kept."""

import contextlib
from pathlib import Path
from typing import BinaryIO


def open_fresh_log(log: Path) -> BinaryIO:
    """Open `log` empty for a new start; the log of the start before is kept beside it as `<log>.1`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        log.replace(log.with_name(log.name + ".1"))
    return log.open("ab")
