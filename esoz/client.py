"""The typed client of ЕСОЗ's registry side: bulk feeds as streams, events, dictionaries, addresses.

The patient's side will be a client of its own beside this one: it carries tokens and never shares a connection with it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import httpx
import msgspec

from esoz import errors
from esoz.bad_rows import BadRow
from esoz.feeds import DICTIONARIES, DISTRICTS, EVENTS, FEEDS, REGIONS, SETTLEMENTS, STREETS, Feed
from esoz.messages import Dictionary, District, Event, Region, Settlement, Street
from esoz.reading import read_row
from esoz.sending import Retries, Sender, TimeLimits
from esoz.stream import BulkStream

__all__ = ["EsozClient", "Retries", "TimeLimits"]

PAGE_SIZE = 300
_OVERLAP = timedelta(minutes=1)


class EsozClient:
    """One upstream, one api-key. A context manager; not for several threads at once.

    Retries only what may go better the next time (no connection, a time limit, a broken connection, 429, 5xx) and only
    before a row was handed out; a feed that breaks later raises, and its caller starts it again. The key is in no
    error, no log and no repr. Raises ValueError for an address or a key that no call could be made with.
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
        self._sender = Sender(
            base_url,
            {"api-key": api_key},
            limits=limits or TimeLimits(),
            retries=retries or Retries(),
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._sender.close()

    def __repr__(self) -> str:
        return f"EsozClient({self._sender.shown_url!r})"

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
        answer = self._sender.open(f"/api/pis/bulk/{feed_name}", params, limit_s=self._sender.limits.feed_s)
        try:
            yield BulkStream(feed, answer.pieces)
        finally:
            answer.close()

    def events(
        self, since: datetime, until: datetime, *, window: timedelta = timedelta(hours=1), **filters: str
    ) -> Iterator[Event | BadRow]:
        """Events of `since` ≤ time ≤ `until` (aware), each id once, oldest first; unreadable ones as BadRow.

        Steps in windows of `window`, which upstream bounds (1 or 3 hours), each overlapping the one before by a minute:
        an event that was written late in that minute comes late, not never. `filters`: event_type, entity_type,
        attribute_name, new_value. Raises ValueError for times without a zone.
        """
        if since.tzinfo is None or until.tzinfo is None:
            raise ValueError("since and until need a time zone")
        if window <= timedelta(0):
            raise ValueError("window must be longer than nothing")
        known: set[str] = set()
        start = since
        while start < until:
            end = min(start + window, until)
            found: dict[str, Event] = {}
            for row in self._pages(EVENTS, "/api/events", {"date": _zulu(start), "date_to": _zulu(end), **filters}):
                if isinstance(row, BadRow):
                    yield row
                else:
                    found[row.id] = row
            fresh = (event for event in found.values() if event.id not in known)
            yield from sorted(fresh, key=lambda event: (event.event_time, event.id))
            if end >= until:
                return
            known = set(found)
            start = end - min(_OVERLAP, window / 2)

    def event(self, event_id: str) -> list[Event]:
        """The events of one id: the contract answers with a list. Raises NotFound."""
        path = f"/api/events/{event_id}"
        return [_sound(row, path) for row in _rows(EVENTS, self._sender.read_json(path, {}), path)]

    def dictionaries(self, **filters: str) -> list[Dictionary]:
        """All dictionaries, or those that match (`name`, `is_active`, `value_code` …)."""
        path = "/api/v2/dictionaries"
        return [_sound(row, path) for row in _rows(DICTIONARIES, self._sender.read_json(path, filters), path)]

    def regions(self, **filters: str) -> Iterator[Region]:
        """Regions (oblasts, Kyiv, Sevastopol); `name`, `koatuu`."""
        return self._sound_pages(REGIONS, "/api/uaddresses/regions", filters)

    def districts(self, region_id: str | None = None, **filters: str) -> Iterator[District]:
        """Districts, all or of one region; `name`, `koatuu`, and `region` where no region_id is given."""
        path = "/api/uaddresses/districts" if region_id is None else f"/api/uaddresses/regions/{region_id}/districts"
        return self._sound_pages(DISTRICTS, path, filters)

    def settlements(self, region: str, **filters: str) -> Iterator[Settlement]:
        """Settlements of one region by its name; `name`, `district`, `type`, `koatuu`, `mountain_group`."""
        return self._sound_pages(SETTLEMENTS, "/api/uaddresses/settlements", {"region": region, **filters})

    def streets(self, settlement_id: str, **filters: str) -> Iterator[Street]:
        """Streets of one settlement; `name`, `type`."""
        return self._sound_pages(STREETS, "/api/uaddresses/streets", {"settlement_id": settlement_id, **filters})

    def _sound_pages(self, feed: Feed, path: str, params: Mapping[str, str]) -> Iterator[Any]:
        for row in self._pages(feed, path, params):
            yield _sound(row, path)

    def _pages(self, feed: Feed, path: str, params: Mapping[str, str]) -> Iterator[Any | BadRow]:
        """The rows of all pages; a page without rows is the last, whatever the paging says."""
        page, pages = 1, 1
        while page <= pages:
            body = self._sender.read_json(path, {**params, "page": str(page), "page_size": str(PAGE_SIZE)})
            rows = list(_rows(feed, body, path))
            if not rows:
                return
            yield from rows
            paging = body.get("paging")
            total = paging.get("total_pages") if isinstance(paging, dict) else None
            pages = total if isinstance(total, int) else 1
            page += 1


def _rows(feed: Feed, body: dict[str, Any], path: str) -> Iterator[Any | BadRow]:
    data = body.get("data")
    if not isinstance(data, list):
        raise errors.Malformed(f"The answer of {path} has no list `data`.")
    for row in data:
        yield read_row(feed, row, msgspec.json.encode(row).decode())


def _sound(row: Any | BadRow, path: str) -> Any:
    if isinstance(row, BadRow):
        raise errors.Malformed(f"A row of {path} is not what the contract says: {row.detail}.")
    return row


def _zulu(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
