"""GETs to ЕСОЗ: time limits, retries of what is worth retrying, and every failure as an error of its own."""

import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import chain
from typing import Any, TypeVar

import httpx
import msgspec
import stamina

from esoz import errors

_PIECE_BYTES = 256 * 1024

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Seconds: to connect, to wait for the next piece of an answer, for one whole feed, for any other whole answer."""

    connect_s: float = 5.0
    piece_s: float = 60.0
    feed_s: float = 900.0
    answer_s: float = 120.0


@dataclass(frozen=True, slots=True)
class Retries:
    """How often in all, and the first and longest pause in seconds; pauses double, with jitter."""

    attempts: int = 4
    first_pause_s: float = 0.5
    longest_pause_s: float = 30.0


_WORTH_RETRYING = (errors.Unreachable, errors.TimedOut, errors.Truncated, errors.TooManyRequests, errors.ServerFault)


class Answer:
    """A good answer whose body is being read. `close` it, read to the end or not."""

    def __init__(self, response: httpx.Response, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces
        self._response = response

    def close(self) -> None:
        self._response.close()


class Sender:
    """One upstream and the headers that every call to it carries; not for several threads at once.

    Reads no proxy or other setting from the environment. Raises ValueError for an address or a header value that no
    call could be made with, without saying the value.
    """

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        *,
        limits: TimeLimits,
        retries: Retries,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        address = _address(base_url)
        for name, value in headers.items():
            if not value or not value.isascii() or not value.isprintable() or value != value.strip():
                raise ValueError(f"The value of the header {name} is empty or holds characters that no header may.")
        self.limits = limits
        self._retries = retries
        self._http = httpx.Client(
            base_url=address,
            headers={"accept": "application/json", **headers},
            timeout=httpx.Timeout(limits.piece_s, connect=limits.connect_s),
            transport=transport,
            trust_env=False,
        )
        self.shown_url = f"{address.scheme}://{address.netloc.decode()}{address.path.rstrip('/')}"

    def close(self) -> None:
        self._http.close()

    def open(self, path: str, params: Mapping[str, str], *, limit_s: float) -> Answer:
        """Ask and wait for the first piece of the answer; retried until that came. Raises an EsozError, as does
        reading the rest of the pieces, which is never retried. `limit_s` is the time for the whole answer."""
        return self._retrying(lambda: self._open(path, params, limit_s))

    def read_json(self, path: str, params: Mapping[str, str]) -> dict[str, Any]:
        """A whole answer, which must be a JSON object."""

        def read() -> bytes:
            answer = self._open(path, params, self.limits.answer_s)
            try:
                return b"".join(answer.pieces)
            finally:
                answer.close()

        try:
            body = msgspec.json.decode(self._retrying(read))
        except msgspec.DecodeError as error:
            raise errors.Malformed(f"The answer of {path} is not JSON.") from error
        if not isinstance(body, dict):
            raise errors.Malformed(f"The answer of {path} is no object.")
        return body

    def _retrying(self, call: Callable[[], T]) -> T:
        retries = self._retries
        for attempt in stamina.retry_context(
            on=_worth_retrying(retries.longest_pause_s),
            attempts=retries.attempts,
            timeout=None,
            wait_initial=retries.first_pause_s,
            wait_max=retries.longest_pause_s,
            wait_jitter=min(1.0, retries.first_pause_s),
        ):
            with attempt:
                return call()
        raise AssertionError("the last attempt returns or raises")

    def _open(self, path: str, params: Mapping[str, str], limit_s: float) -> Answer:
        deadline = time.monotonic() + limit_s
        response = self._send(path, params)
        try:
            pieces = self._pieces(path, response, deadline, limit_s)
            first = next(pieces, b"")
        except BaseException:
            response.close()
            raise
        return Answer(response, chain((first,), pieces))

    def _send(self, path: str, params: Mapping[str, str]) -> httpx.Response:
        """Send one GET and give its answer with the body unread; a status other than 2xx is raised."""
        sent_id = str(uuid.uuid4())
        request = self._http.build_request("GET", path, params=params, headers={"x-request-id": sent_id})
        try:
            response = self._http.send(request, stream=True)
        except httpx.TimeoutException as error:
            raise errors.TimedOut(f"{path} did not answer within the time limit", request_id=sent_id) from error
        except httpx.TransportError as error:
            raise errors.Unreachable(f"No connection to {self.shown_url}", request_id=sent_id) from error
        if response.is_success:
            return response
        try:
            raise _error_of(path, response, sent_id)
        finally:
            response.close()

    def _pieces(self, path: str, response: httpx.Response, deadline: float, limit_s: float) -> Iterator[bytes]:
        """The body in pieces of some size, however small those are in which it comes."""
        gathered, size = [], 0
        try:
            for piece in response.iter_bytes():
                if time.monotonic() > deadline:
                    raise errors.TimedOut(f"The whole answer of {path} took longer than {limit_s:g} s.")
                gathered.append(piece)
                size += len(piece)
                if size >= _PIECE_BYTES:
                    yield b"".join(gathered)
                    gathered, size = [], 0
        except httpx.TimeoutException as error:
            raise errors.TimedOut(f"{path} sent no more data within {self.limits.piece_s:g} s.") from error
        except httpx.DecodingError as error:
            raise errors.Malformed(f"The compressed answer of {path} is damaged.") from error
        except httpx.TransportError as error:
            raise errors.Truncated(f"The answer of {path} ended in the middle.") from error
        if gathered:
            yield b"".join(gathered)


def _address(base_url: str) -> httpx.URL:
    try:
        address = httpx.URL(base_url.rstrip("/"))
    except httpx.InvalidURL as error:
        raise ValueError("The address of ЕСОЗ is no URL.") from error
    if address.scheme not in ("http", "https") or not address.host or address.userinfo:
        raise ValueError("The address of ЕСОЗ must be http:// or https:// and a host, without user and password.")
    return address


def _worth_retrying(longest_pause_s: float) -> Callable[[Exception], bool | float]:
    """stamina's hook: whether, and after how long where upstream named it; a wait longer than ours is not waited."""

    def decide(error: Exception) -> bool | float:
        retry_after_s = getattr(error, "retry_after_s", None)
        if retry_after_s is not None:
            return retry_after_s if retry_after_s <= longest_pause_s else False
        return isinstance(error, _WORTH_RETRYING)

    return decide


_BY_STATUS: dict[int, type[errors.EsozError]] = {
    401: errors.NotAuthenticated,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
}


def _error_of(path: str, response: httpx.Response, sent_id: str) -> errors.EsozError:
    """The error that an answer other than 2xx stands for; its body may be anything."""
    try:
        body = msgspec.json.decode(response.read())
    except (httpx.HTTPError, msgspec.DecodeError):
        body = None
    request_id = _member(body, "meta", "request_id")
    error_type = _member(body, "error", "type")
    status = response.status_code
    what = f"{path} answered {status}"
    about = {
        "request_id": request_id if isinstance(request_id, str) else sent_id,
        "error_type": error_type if isinstance(error_type, str) else None,
    }
    if status == 422:
        return errors.ValidationFailed(what, invalid=_invalid(_member(body, "error", "invalid")), **about)
    if status == 429:
        return errors.TooManyRequests(what, retry_after_s=_retry_after_s(response), **about)
    if status >= 500:
        return errors.ServerFault(what, retry_after_s=_retry_after_s(response), **about)
    return _BY_STATUS.get(status, errors.UnexpectedStatus)(what, **about)


def _invalid(items: Any) -> tuple[errors.InvalidEntry, ...]:
    found = []
    for item in items if isinstance(items, list) else ():
        rules = _member(item, "rules")
        names = (_member(rule, "rule") for rule in rules) if isinstance(rules, list) else ()
        found.append(errors.InvalidEntry(str(_member(item, "entry")), tuple(map(str, names))))
    return tuple(found)


def _member(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _retry_after_s(response: httpx.Response) -> float | None:
    """Seconds to wait, from either form of the header; None when absent or neither."""
    text = response.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    now = datetime.now(UTC)
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds())
