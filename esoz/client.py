"""The typed client of ЕСОЗ's registry side: bulk feeds as streams, events, dictionaries, addresses.

The patient's side will be a client of its own beside this one: it carries tokens and never shares a connection with it.
"""

import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

import httpx
import msgspec
import stamina

from esoz import errors
from esoz.feeds import FEEDS, Feed
from esoz.messages import Dictionary, Event, Settlement
from esoz.stream import BulkStream
from esoz.values import read_value

PAGE_SIZE = 300
_CHUNK_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Seconds: to connect, to wait for the next piece of an answer, and for one whole feed."""

    connect_s: float = 5.0
    piece_s: float = 60.0
    feed_s: float = 900.0


@dataclass(frozen=True, slots=True)
class Retries:
    """How often in all, and the first and longest pause in seconds; pauses double, with jitter."""

    attempts: int = 4
    first_pause_s: float = 0.5
    longest_pause_s: float = 30.0


_WORTH_RETRYING = (errors.Unreachable, errors.TimedOut, errors.TooManyRequests, errors.ServerFault)


class EsozClient:
    """One upstream, one api-key. A context manager; not for several threads at once.

    Retries only what may go better the next time (no connection, a time limit, 429, 5xx) and only before a row was
    handed out; a feed that breaks later raises, and its caller starts it again. The key is in no error and no repr.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        *,
        limits: TimeLimits | None = None,
        retries: Retries | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._limits = limits or TimeLimits()
        self._retries = retries or Retries()
        self._http = httpx.Client(
            base_url=self.base_url,
            headers={"api-key": api_key, "accept": "application/json"},
            timeout=httpx.Timeout(self._limits.piece_s, connect=self._limits.connect_s),
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def __repr__(self) -> str:
        return f"EsozClient({self.base_url!r})"

    @contextmanager
    def open_bulk(self, feed_name: str, depth: int | None = None) -> Iterator[BulkStream]:
        """Open one bulk feed; `depth` in whole days of changes, None = everything.

        Raises an EsozError when it cannot be opened or, while its rows are read, when it breaks; ValueError for a depth
        on a feed that has none.
        """
        feed = FEEDS[feed_name]
        if depth is not None and not feed.has_depth:
            raise ValueError(f"Feed {feed_name} knows no depth: ask for all of it.")
        params = {} if depth is None else {"depth": str(depth)}
        response = self._retrying(self._open, f"/api/pis/bulk/{feed_name}", params)
        try:
            yield BulkStream(feed, self._pieces(feed, response))
        finally:
            response.close()

    def events(
        self, since: datetime, until: datetime, *, window: timedelta = timedelta(hours=1), **filters: str
    ) -> Iterator[Event]:
        """Events of `since` ≤ time ≤ `until` (aware), oldest window first, each id once.

        Steps in windows no wider than upstream allows, each overlapping the one before by a minute.
        """
        seen: set[str] = set()
        start = since
        while start < until:
            end = min(start + window, until)
            params = {"date": _zulu(start), "date_to": _zulu(end), **filters}
            for row in self._pages("/api/events", params):
                event: Event = self._read(row, Event, "/api/events")
                if event.id not in seen:
                    seen.add(event.id)
                    yield event
            if end >= until:
                return
            start = end - min(timedelta(minutes=1), window / 2)

    def dictionaries(self, **filters: str) -> list[Dictionary]:
        """The dictionaries in force, or those that match (`name`, `value_code`, `is_active` …)."""
        path = "/api/v2/dictionaries"
        data = self._json(path, filters).get("data")
        return [self._read(row, Dictionary, path) for row in _list(data, path)]

    def settlements(self, region: str, **filters: str) -> Iterator[Settlement]:
        """Settlements of one region (oblast), page by page; `name`, `district`, `type`, `koatuu`, `mountain_group`."""
        path = "/api/uaddresses/settlements"
        for row in self._pages(path, {"region": region, **filters}):
            yield self._read(row, Settlement, path)

    def _pages(self, path: str, params: Mapping[str, str]) -> Iterator[Any]:
        page, pages = 1, 1
        while page <= pages:
            body = self._json(path, {**params, "page": str(page), "page_size": str(PAGE_SIZE)})
            yield from _list(body.get("data"), path)
            paging = body.get("paging")
            pages = paging.get("total_pages", 1) if isinstance(paging, dict) else 1
            page += 1

    def _json(self, path: str, params: Mapping[str, str]) -> dict[str, Any]:
        def fetch(path: str, params: Mapping[str, str]) -> dict[str, Any]:
            response = self._open(path, params)
            try:
                body = msgspec.json.decode(b"".join(self._reading(path, response)))
            except msgspec.DecodeError as error:
                raise errors.Malformed(f"The answer of {path} is not JSON.") from error
            finally:
                response.close()
            if not isinstance(body, dict):
                raise errors.Malformed(f"The answer of {path} is no object.")
            return body

        return self._retrying(fetch, path, params)  # type: ignore[no-any-return]

    def _retrying(self, call: Any, path: str, params: Mapping[str, str]) -> Any:
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
                return call(path, params)
        raise AssertionError("the last attempt returns or raises")

    def _open(self, path: str, params: Mapping[str, str]) -> httpx.Response:
        """Send one GET and give its answer with the body unread; an error status is raised."""
        request = self._http.build_request("GET", path, params=params, headers={"x-request-id": str(uuid.uuid4())})
        try:
            response = self._http.send(request, stream=True)
        except httpx.TimeoutException as error:
            raise errors.TimedOut(f"{path} did not answer within the time limit.") from error
        except httpx.TransportError as error:
            raise errors.Unreachable(f"No connection to {self.base_url}.") from error
        if response.status_code == httpx.codes.OK:
            return response
        try:
            raise self._fault(path, response)
        finally:
            response.close()

    def _fault(self, path: str, response: httpx.Response) -> errors.EsozError:
        try:
            body = msgspec.json.decode(response.read())
        except (httpx.HTTPError, msgspec.DecodeError):
            body = {}
        meta = body.get("meta") if isinstance(body, dict) else None
        error = body.get("error") if isinstance(body, dict) else None
        request_id = meta.get("request_id") if isinstance(meta, dict) else None
        status = response.status_code
        what = f"{path} answered {status}"
        if status == 429:
            return errors.TooManyRequests(what, request_id=request_id, retry_after_s=_retry_after_s(response))
        if status == 422:
            invalid = error.get("invalid") if isinstance(error, dict) else None
            entries = tuple(str(item.get("entry")) for item in invalid or () if isinstance(item, dict))
            return errors.ValidationFailed(f"{what}: {', '.join(entries)}", request_id=request_id, entries=entries)
        if status >= 500:
            return errors.ServerFault(what, request_id=request_id)
        return _BY_STATUS.get(status, errors.UnexpectedStatus)(what, request_id=request_id)

    def _pieces(self, feed: Feed, response: httpx.Response) -> Iterator[bytes]:
        deadline = time.monotonic() + self._limits.feed_s
        for piece in self._reading(f"feed {feed.name}", response):
            if time.monotonic() > deadline:
                raise errors.TimedOut(f"Feed {feed.name} took longer than {self._limits.feed_s:.0f} s.")
            yield piece

    def _reading(self, what: str, response: httpx.Response) -> Iterator[bytes]:
        try:
            yield from response.iter_bytes(_CHUNK_BYTES)
        except httpx.TimeoutException as error:
            raise errors.TimedOut(f"{what}: no more data within {self._limits.piece_s:.0f} s.") from error
        except httpx.DecodingError as error:
            raise errors.Malformed(f"{what}: the compressed answer is damaged.") from error
        except httpx.TransportError as error:
            raise errors.Truncated(f"{what}: the answer ended in the middle.") from error

    def _read(self, row: Any, kind: type[Any], path: str) -> Any:
        try:
            return msgspec.convert(row, kind, strict=False, dec_hook=read_value)
        except msgspec.ValidationError as error:
            raise errors.Malformed(f"A row of {path} is not what the contract says: {error}") from error


_BY_STATUS: dict[int, type[errors.EsozError]] = {
    401: errors.NotAuthenticated,
    403: errors.Forbidden,
    404: errors.NotFound,
    409: errors.Conflict,
}


def _worth_retrying(longest_pause_s: float) -> Any:
    """stamina's hook: whether, and after how long where upstream named it; a wait longer than ours is not waited."""

    def decide(error: Exception) -> bool | float:
        if isinstance(error, errors.TooManyRequests) and error.retry_after_s is not None:
            return error.retry_after_s if error.retry_after_s <= longest_pause_s else False
        return isinstance(error, _WORTH_RETRYING)

    return decide


def _retry_after_s(response: httpx.Response) -> float | None:
    value = response.headers.get("retry-after", "")
    return float(value) if value.isdigit() else None


def _list(data: Any, path: str) -> list[Any]:
    if not isinstance(data, list):
        raise errors.Malformed(f"The answer of {path} has no list `data`.")
    return data


def _zulu(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
