"""What happens to every request: an id, a limit on the body, a log line, a measurement, a problem for each fault."""

import re
import uuid
from collections.abc import Callable
from time import perf_counter
from typing import Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.errors import ApiError, BodyTooLarge, EngineFault
from search_api.language import choose_language
from search_api.logs import where
from search_api.metrics import Metrics
from search_api.problems import CODES, INTERNAL, problem_of

# Hexadecimal only: a phone number or a point would stand in logs otherwise.
_REQUEST_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32,64}")
_UNMATCHED = "unmatched"
_GONE = 499  # the caller left before the answer began
_SECURITY_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


class RequestFrame:
    """The outermost layer. `timer` is a clock in seconds."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        metrics: Metrics,
        logger: structlog.typing.FilteringBoundLogger,
        max_body_bytes: int,
        timer: Callable[[], float] = perf_counter,
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._logger = logger
        self._max_body_bytes = max_body_bytes
        self._timer = timer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = self._timer()
        headers = Headers(scope=scope)
        request_id = _request_id(headers.get("x-request-id"))
        state: dict[str, Any] = scope.setdefault("state", {})
        state["request_id"] = request_id
        state["started"] = started
        status = 0

        async def send_framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                out = MutableHeaders(scope=message)
                out["X-Request-ID"] = request_id
                for name, value in _SECURITY_HEADERS.items():
                    out.setdefault(name, value)
            await send(message)

        async def answer(error: Exception) -> None:
            state["problem"] = error
            response = problem_of(error, choose_language(headers.get("accept-language")), request_id)
            await response(scope, receive, send_framed)

        try:
            body = await self._read_body(scope, receive)
            await self._app(scope, body, send_framed)
        except ApiError as error:
            await answer(error)
        except Exception as error:
            # The last line of defence: our own bug is a 500 with a request id.
            if status:
                raise
            await answer(error)
        finally:
            self._note(scope, state, status or _GONE, self._timer() - started)

    async def _read_body(self, scope: Scope, receive: Receive) -> Receive:
        """Reads the whole body within the limit, so that nothing behind meets a longer one."""
        if scope["method"] != "POST":
            return receive
        chunks, length, more = [], 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                break
            chunks.append(message.get("body", b""))
            length += len(chunks[-1])
            if length > self._max_body_bytes:
                raise BodyTooLarge
            more = message.get("more_body", False)
        whole: Message = {"type": "http.request", "body": b"".join(chunks), "more_body": False}
        pending = [whole]

        async def replay() -> Message:
            return pending.pop() if pending else await receive()

        return replay

    def _note(self, scope: Scope, state: dict[str, Any], status: int, took_s: float) -> None:
        route = getattr(scope.get("route"), "path", _UNMATCHED)
        kind = state.get("kind", "")
        error = state.get("problem")
        self._metrics.requests.labels(route, kind, str(status)).observe(took_s)
        line: dict[str, Any] = {
            "method": scope["method"],
            "route": route,
            "kind": kind,
            "status": status,
            "took_ms": round(took_s * 1_000, 2),
            "engine_ms": round(state.get("engine_s", 0.0) * 1_000, 2),
            "request_id": state["request_id"],
        }
        if error is None:
            self._logger.info("request", **line)
            return
        code = CODES.get(type(error), INTERNAL if status >= 500 else f"http_{status}")
        self._metrics.problems.labels(code).inc()
        if isinstance(error, EngineFault):
            self._metrics.engine_faults.labels(error.reason).inc()
            line["reason"] = error.reason
        if status == 500:
            self._logger.error("failed", **line, error=type(error).__name__, where=where(error))
        else:
            self._logger.info("request", **line, problem=code)


def _request_id(sent: str | None) -> str:
    return sent if sent and _REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex
