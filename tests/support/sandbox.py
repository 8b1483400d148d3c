"""A sandbox over loopback, in a thread of the test's process."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from fixtures.sandbox import SandboxSettings, create_sandbox


@contextmanager
def serve_sandbox(folder: Path, settings: SandboxSettings | None = None) -> Iterator[str]:
    """Serve the folder on a free port and give its URL; stopped at the end of the block."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_sandbox(folder, settings), log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
