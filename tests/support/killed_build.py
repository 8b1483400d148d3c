"""A build that kills itself without warning when it reaches a step, or waits there: run as a process of its own.

python -m tests.support.killed_build <home> <engine url> <upstream url> <prefix> <step> [wait]
"""

import os
import signal
import sys
from pathlib import Path

from indexer.build import build
from indexer.config import EngineAddress, IndexerConfig
from indexer.steps import NoProgress


class StopAt(NoProgress):
    """Kills this process at the start of a step; with `wait` says so and waits for its standard input to close."""

    def __init__(self, step: str, wait: bool) -> None:
        self._step, self._wait = step, wait

    def start(self, step: str, total: int | None) -> None:
        if step != self._step:
            return
        if self._wait:
            print("waiting", flush=True)
            sys.stdin.read()
        else:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    home, engine_url, upstream_url, prefix, step = sys.argv[1:6]
    config = IndexerConfig(
        home=Path(home),
        engine=EngineAddress(engine_url),
        esoz_url=upstream_url,
        esoz_api_key="sandbox-all-scopes",
        index_prefix=prefix,
    )
    build(config, progress=StopAt(step, wait="wait" in sys.argv[6:]))
