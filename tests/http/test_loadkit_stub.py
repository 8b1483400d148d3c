"""A stub of the API for tests of the load kit: it answers at once, or stalls, refuses, dies.

A test module itself, so that what the tests rely on is held by a test.
"""

import hashlib
import json
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class StubApi:
    """Answers like the API, at once unless told otherwise; remembers what it was asked, in order."""

    url: str = ""
    ready: bool = True
    stall: tuple[float, float] | None = None  # seconds after the first search: from, to
    refuse: str | None = None  # a path that answers 422
    hits: int = 20
    dies_after: int | None = None  # requests; then connections are dropped and new ones refused
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    begun: float | None = None
    close: Callable[[], None] = lambda: None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any] | None:
        if path == "/readyz":
            aliases = [{"alias": "doctors", "index": "doctors-1", "data_date": "2026-03-02", "age_hours": 1.0}]
            if not self.ready:
                return 503, {"status": "not_ready", "reason": "There is no index.", "cure": "Build one."}
            return 200, {"status": "ready", "aliases": aliases}
        if path == "/livez":
            return 200, {"status": "alive"}
        with self.lock:
            self.begun = self.begun or time.monotonic()
            self.asked.append((method, path, body))
            if self.dies_after is not None and len(self.asked) > self.dies_after:
                self.close()
                return None
        if self.stall:
            into_run = time.monotonic() - self.begun
            if self.stall[0] <= into_run < self.stall[1]:
                time.sleep(self.stall[1] - into_run)
        if path == self.refuse:
            errors = [{"field": "settlement", "code": "place_unknown"}]
            return 422, {"code": "request_faulty", "status": 422, "errors": errors}
        if path in ("/v1/search", "/v1/facilities"):
            mark = digest(body)
            hits = [{"employee_id": f"{mark}-{rank}"} for rank in range(self.hits)]
            return 200, {"hits": hits, "next_cursor": f"after-{mark}"}
        if path.startswith("/v1/doctors/"):
            return 200, {"employee_id": path.rsplit("/", 1)[1]}
        if path.startswith("/v1/suggest"):
            return 200, {"doctors": [1], "facilities": [], "places": [], "specialities": []}
        return (200, {"features": [1]}) if path.startswith("/v1/map") else (404, {"code": "not_found"})


def digest(body: Any) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:16]


@contextmanager
def serve_stub(stub: StubApi) -> Iterator[StubApi]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            answer = stub.answer(self.command, self.path, body)
            if answer is None:
                self.close_connection = True
                return
            status, document = answer
            payload = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        do_POST = do_GET

        def log_message(self, *_: Any) -> None: ...

    class Server(ThreadingHTTPServer):
        request_queue_size = 256
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    stub.close = server.socket.close
    stub.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def test_the_stub_holds_back_its_answers_while_it_stalls() -> None:
    with serve_stub(StubApi(stall=(0.0, 0.3))) as stub:
        begun = time.monotonic()
        with urllib.request.urlopen(f"{stub.url}/v1/suggest?q=a") as answer:
            assert answer.status == 200
        assert time.monotonic() - begun >= 0.29
    assert stub.asked == [("GET", "/v1/suggest?q=a", None)]
