"""Bulk loading against an engine of our own making: busy, slow, gone, picky."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from opensearchpy.exceptions import AuthorizationException, ConnectionError, ConnectionTimeout, TransportError

from indexer.config import EngineAddress
from indexer.errors import EngineFault, EngineUnreachable
from indexer.load import LONGEST_WAIT_S, MAX_ATTEMPTS, MAX_BYTES_A_REQUEST, BulkLoader, connect_engine, engine_faults

Answer = Callable[[list[str]], dict[str, Any]]


class FakeEngine:
    """Gives the prepared answers in turn, the last one for ever; remembers the ids of each request."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = list(answers)
        self.requests: list[list[str]] = []
        self.sizes: list[int] = []

    def bulk(self, *, body: bytes, index: str, params: Any) -> dict[str, Any]:
        lines = body.splitlines()
        ids = [msgspec.json.decode(line)["index"]["_id"] for line in lines[::2]]
        self.requests.append(ids)
        self.sizes.append(len(body))
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return answer(ids)


def fine(ids: list[str]) -> dict[str, Any]:
    return {"errors": False}


def failing(error: Exception) -> Answer:
    def answer(ids: list[str]) -> dict[str, Any]:
        raise error

    return answer


def items(**status_by_id: int) -> Answer:
    def answer(ids: list[str]) -> dict[str, Any]:
        def item(document_id: str) -> dict[str, Any]:
            status = status_by_id.get(document_id, 201)
            error = {"error": {"type": f"reason_{status}"}} if status >= 300 else {}
            return {"index": {"_id": document_id, "status": status, **error}}

        return {"errors": True, "items": [item(document_id) for document_id in ids]}

    return answer


def load(engine: FakeEngine, *ids: str, waits: list[float] | None = None) -> Any:
    slept = [] if waits is None else waits
    with BulkLoader(engine, "doctors-1", senders=1, sleep=slept.append) as loader:  # type: ignore[arg-type]
        for document_id in ids:
            loader.add(document_id, {"id": document_id})
    return loader.report


def test_all_documents_are_written_once() -> None:
    engine = FakeEngine(fine)
    report = load(engine, "a", "b", "c")
    assert engine.requests == [["a", "b", "c"]]
    assert (report.sent, report.written, report.retries) == (3, 3, 0)


def test_nothing_to_write_sends_nothing() -> None:
    engine = FakeEngine(fine)
    assert load(engine).sent == 0
    assert engine.requests == []


def test_requests_are_bounded_by_count_and_by_bytes() -> None:
    engine = FakeEngine(fine)
    with BulkLoader(engine, "doctors-1", senders=2) as loader:  # type: ignore[arg-type]
        for number in range(2_500):
            loader.add(str(number), {})
        for number in range(3):
            loader.add(f"big-{number}", {"text": "x" * (MAX_BYTES_A_REQUEST // 2)})
    assert sorted(map(len, engine.requests)) == [1, 1, 501, 1000, 1000]
    assert max(engine.sizes) <= MAX_BYTES_A_REQUEST
    assert loader.report.written == 2_503


def test_only_the_documents_the_engine_was_too_busy_for_are_sent_again() -> None:
    engine = FakeEngine(items(b=429), fine)
    waits: list[float] = []
    report = load(engine, "a", "b", "c", waits=waits)
    assert engine.requests == [["a", "b", "c"], ["b"]]
    assert (report.written, report.retries, dict(report.rejected)) == (3, 1, {})
    assert len(waits) == 1


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_engine_is_waited_for(status: int) -> None:
    engine = FakeEngine(failing(TransportError(status, "busy", {})), fine)
    report = load(engine, "a")
    assert (report.written, report.retries) == (1, 1)


def test_a_timeout_is_tried_again() -> None:
    engine = FakeEngine(failing(ConnectionTimeout("TIMEOUT", "slow", Exception())), fine)
    assert load(engine, "a").written == 1


def test_patience_ends_and_pauses_grow_up_to_a_bound() -> None:
    engine = FakeEngine(items(a=429))
    waits: list[float] = []
    with pytest.raises(EngineFault, match="too busy to take 1 documents of doctors-1"):
        load(engine, "a", waits=waits)
    assert len(engine.requests) == MAX_ATTEMPTS
    assert waits == sorted(waits)
    assert max(waits) <= LONGEST_WAIT_S


def test_an_engine_busy_for_good_is_an_error() -> None:
    engine = FakeEngine(failing(TransportError(503, "unavailable", {})))
    with pytest.raises(EngineFault, match="answered 503"):
        load(engine, "a")
    assert len(engine.requests) == MAX_ATTEMPTS


def test_rejected_documents_are_counted_by_reason_and_never_sent_again() -> None:
    engine = FakeEngine(items(a=400, c=400))
    report = load(engine, "a", "b", "c")
    assert engine.requests == [["a", "b", "c"]]
    assert (report.written, dict(report.rejected)) == (1, {"reason_400": 2})
    assert report.samples == [("a", "reason_400"), ("c", "reason_400")]


def test_a_refused_connection_is_final() -> None:
    engine = FakeEngine(failing(ConnectionError("N/A", "refused", Exception())))
    with pytest.raises(EngineUnreachable, match="writing documents into doctors-1"):
        load(engine, "a")
    assert len(engine.requests) == 1


def test_another_error_is_final() -> None:
    engine = FakeEngine(failing(TransportError(400, "parse_exception", {})))
    with pytest.raises(EngineFault, match="answered 400"):
        load(engine, "a")
    assert len(engine.requests) == 1


def test_an_exception_inside_the_block_is_not_hidden() -> None:
    engine = FakeEngine(fine)

    def break_off() -> None:
        with BulkLoader(engine, "doctors-1") as loader:  # type: ignore[arg-type]
            loader.add("a", {})
            raise KeyError("ours")

    with pytest.raises(KeyError, match="ours"):
        break_off()
    assert engine.requests == []


def test_a_refused_user_is_one_sentence_without_the_password() -> None:
    with pytest.raises(EngineFault, match="check user, password and rights") as caught, engine_faults("listing"):
        raise AuthorizationException(403, "security_exception", {})
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(EngineAddress("http://x", user="u", password="secret"))


def test_a_client_can_be_made_without_an_engine() -> None:
    connect_engine(EngineAddress("http://127.0.0.1:9", user="u", password="p")).close()
