"""One client that asks, waits, asks again: what one query costs when nothing else goes on."""

import http.client
import time
from random import Random
from urllib.parse import urlsplit

from loadtests.answers import judge
from loadtests.calls import Call
from loadtests.errors import CannotRun
from loadtests.samples import Samples
from loadtests.ten_kinds import TenKinds

FLOOR = "floor"
"""`/livez`: what this client and HTTP cost without a search."""

_HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}


class Client:
    """A keep-alive connection for one request at a time."""

    def __init__(self, url: str, timeout_s: float) -> None:
        parts = urlsplit(url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname or "", parts.port, timeout=timeout_s)

    def send(self, call: Call) -> tuple[float, int, bytes]:
        """Milliseconds, status, body; raises OSError and http.client.HTTPException."""
        if self._connection.sock is None:
            self._connection.connect()
        payload = call.payload()
        begun = time.perf_counter()
        self._connection.request(call.method, call.path, payload.encode() if payload else None, _HEADERS)
        response = self._connection.getresponse()
        content = response.read()
        return (time.perf_counter() - begun) * 1000, response.status, content

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        self._connection.close()


def measure_kinds(url: str, kinds: TenKinds, *, seed: int, requests: int, warmup: int, timeout_s: float) -> Samples:
    """`requests` samples of every kind after `warmup` uncounted ones, kind after kind; failures are counted by reason.

    Every query is another one: cold points, other names. The same seed asks the same. Raises CannotRun when the API is
    gone altogether.
    """
    samples, client = Samples(), Client(url, timeout_s)
    try:
        floor = Call(FLOOR, "GET", "/livez", "status")
        for number in range(warmup + requests):
            _measure(client, floor, samples if number >= warmup else Samples())
        for name, draw in kinds.draws.items():
            rng = Random(f"{seed}/{name}")
            for number in range(warmup + requests):
                _measure(client, draw(rng), samples if number >= warmup else Samples())
    except ConnectionRefusedError as error:
        raise CannotRun(f"The API at {url} went away during the measurement: see its log.") from error
    finally:
        client.close()
    return samples


def _measure(client: Client, call: Call, samples: Samples) -> None:
    try:
        took_ms, status, content = client.send(call)
    except ConnectionRefusedError:
        raise
    except (OSError, http.client.HTTPException) as error:
        client.close()
        samples.add(call.kind, 0.0, 0.0, reason=type(error).__name__, empty=False)
        return
    answer = judge(call, status, content)
    samples.add(call.kind, took_ms, took_ms, reason=answer.reason, empty=answer.empty)
