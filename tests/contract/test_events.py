"""Events: windows, overlap, pages; the client against the sandbox."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import httpx
import pytest

from esoz import errors
from esoz.bad_rows import BadRow
from esoz.client import EsozClient
from esoz.messages import Event
from fixtures.sandbox import SandboxSettings
from fixtures.sandbox.gate import FULL_KEY, NARROW_KEY
from fixtures.tiny import SNAPSHOT_DATE, TinyRegistry
from tests.contract.conftest import QUICK
from tests.contract.raw_server import sends, serve_raw
from tests.support.sandbox import serve_sandbox

HOUR = timedelta(hours=1)
NOW = SNAPSHOT_DATE


@pytest.fixture(scope="module")
def made() -> TinyRegistry:
    """701 events in ten hours; every border of an hour has one, and one minute before it another."""
    registry = TinyRegistry()
    for number in range(601):
        registry.event("Employee", f"e{number}", "STOPPED", hours_ago=number / 60)
    for number in range(100):
        registry.event("Division", f"d{number}", True, attribute="dls_verified", hours_ago=5 + number / 7200)
    return registry


@pytest.fixture(scope="module")
def url(made: TinyRegistry, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("events") / "registry"
    made.write(folder)
    with serve_sandbox(folder) as address:
        yield address


@pytest.fixture
def esoz(url: str) -> Iterator[EsozClient]:
    with EsozClient(url, FULL_KEY, retries=QUICK) as client:
        yield client


def ids(events: Iterator[Event | BadRow]) -> list[str]:
    found = list(events)
    assert all(isinstance(event, Event) for event in found)
    return [event.entity_id for event in found if isinstance(event, Event)]


@pytest.mark.parametrize("minutes", [60, 59.5, 7, 1, 0.5])
def test_windows_of_any_width_give_every_event_once(esoz: EsozClient, minutes: float) -> None:
    window = timedelta(minutes=minutes)
    since = NOW - (10 * HOUR if minutes >= 7 else HOUR)
    found = ids(esoz.events(since, NOW, window=window))
    assert len(found) == len(set(found)) == (701 if minutes >= 7 else 61)


def test_events_come_in_the_order_of_time(esoz: EsozClient) -> None:
    times = [event.event_time for event in esoz.events(NOW - 3 * HOUR, NOW) if isinstance(event, Event)]
    assert times == sorted(times)


def test_both_ends_belong_to_the_window(esoz: EsozClient) -> None:
    assert ids(esoz.events(NOW - HOUR, NOW - HOUR + timedelta(minutes=2))) == ["e60", "e59", "e58"]
    assert ids(esoz.events(NOW, NOW)) == []


def test_times_of_any_zone_are_understood(esoz: EsozClient) -> None:
    kyiv = timezone(2 * HOUR)
    assert ids(esoz.events((NOW - HOUR).astimezone(kyiv), NOW.astimezone(kyiv))) == ids(esoz.events(NOW - HOUR, NOW))


def test_more_events_than_a_page_holds_arrive_whole(url: str, made: TinyRegistry) -> None:
    with httpx.Client(base_url=url, headers={"api-key": FULL_KEY}) as plain:
        params = {"date": "2026-03-01T18:59:00Z", "date_to": "2026-03-01T19:00:00Z", "page_size": "7"}
        pages = [plain.get("/api/events", params={**params, "page": str(page)}).json() for page in range(1, 17)]
    rows = [row["id"] for page in pages for row in page["data"]]
    assert len(rows) == len(set(rows)) == pages[0]["paging"]["total_entries"] == 102
    assert [len(page["data"]) for page in pages] == [7] * 14 + [4, 0]
    assert pages[0]["paging"]["total_pages"] == 15


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"entity_type": "Division"}, 100),
        ({"entity_type": "Contract"}, 0),
        ({"event_type": "StatusChangeEvent"}, 701),
        ({"event_type": "Other"}, 0),
        ({"attribute_name": "dls_verified"}, 100),
        ({"new_value": "STOPPED"}, 601),
        ({"attribute_name": "dls_verified", "new_value": "true"}, 100),
        ({"attribute_name": "status", "new_value": "true"}, 0),
    ],
)
def test_filters_choose(esoz: EsozClient, filters: dict[str, str], count: int) -> None:
    assert len(ids(esoz.events(NOW - 10 * HOUR, NOW, **filters))) == count


def test_one_event_comes_as_a_list(esoz: EsozClient) -> None:
    (first, *_) = [event for event in esoz.events(NOW - HOUR, NOW) if isinstance(event, Event)]
    assert esoz.event(first.id) == [first]
    assert first.properties == {"status": {"new_value": "STOPPED"}}
    with pytest.raises(errors.NotFound):
        esoz.event("923a7369-94e3-4f91-9a61-dbe22e44158b")


def test_a_window_wider_than_upstream_allows_is_refused(esoz: EsozClient) -> None:
    with pytest.raises(errors.ValidationFailed) as raised:
        list(esoz.events(NOW - 3 * HOUR, NOW, window=2 * HOUR))
    assert raised.value.entries == ("$.date",)


def test_the_widest_window_is_a_setting(made: TinyRegistry, tmp_path: Path) -> None:
    made.write(tmp_path / "registry")
    settings = SandboxSettings(events_window_h=3)
    with serve_sandbox(tmp_path / "registry", settings) as url, EsozClient(url, FULL_KEY, retries=QUICK) as client:
        assert len(ids(client.events(NOW - 3 * HOUR, NOW, window=3 * HOUR))) == 181


@pytest.mark.parametrize(
    ("dates", "count"),
    [
        ({}, 61),
        ({"date": "2026-03-01T20:00:00Z"}, 61),
        ({"date_to": "2026-03-01T23:30:00.000Z"}, 61),
        ({"date": "2026-03-01 23:30:00"}, 31),
        ({"date": "2026-03-02T01:30:00+02:00"}, 31),
    ],
)
def test_a_date_left_out_means_the_widest_window_there(url: str, dates: dict[str, str], count: int) -> None:
    answer = httpx.get(f"{url}/api/events", params=dates, headers={"api-key": FULL_KEY})
    assert answer.json()["paging"]["total_entries"] == count


@pytest.mark.parametrize(
    "dates",
    [
        {"date": "soon"},
        {"date_to": "2026-13-01"},
        {"date": "2026-03-01T20:00:00Z", "date_to": "2026-03-01T19:59:00Z"},
        {"date": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_dates_that_are_none_are_refused(url: str, dates: dict[str, str]) -> None:
    answer = httpx.get(f"{url}/api/events", params=dates, headers={"api-key": FULL_KEY})
    assert answer.status_code == 422
    assert answer.json()["error"]["invalid"][0]["entry"] in ("$.date", "$.date_to")


def test_the_key_without_bulk_may_read_events(url: str) -> None:
    with EsozClient(url, NARROW_KEY, retries=QUICK) as client:
        assert len(ids(client.events(NOW - HOUR, NOW))) == 61


def test_an_event_that_cannot_be_read_does_not_end_the_others() -> None:
    sound = {"id": "1", "entity_type": "Employee", "entity_id": "2", "event_time": "2026-03-02T00:00:00Z"}
    body = json.dumps({"data": [{"id": "9", "tax_id": "1234509876"}, sound, None], "paging": {"total_pages": 1}})
    with serve_raw(sends(body.encode())) as (url, _), EsozClient(url, FULL_KEY, retries=QUICK) as client:
        found = list(client.events(NOW - HOUR, NOW))
    bad = [event for event in found if isinstance(event, BadRow)]
    assert [(row.feed, row.entity_id, row.reason) for row in bad] == [
        ("events", "9", "missing_field"),
        ("events", None, "not_an_object"),
    ]
    assert [event.properties for event in found if isinstance(event, Event)] == [{}]


def test_paging_that_promises_pages_without_end_ends() -> None:
    event = {"id": "1", "entity_type": "E", "entity_id": "2", "event_time": "2026-03-02T00:00:00Z"}
    first = json.dumps({"data": [event], "paging": {"total_pages": 10**9}}).encode()
    empty = b'{"data": [], "paging": {"total_pages": 9}}'
    with serve_raw(sends(first), sends(empty)) as (url, requests), EsozClient(url, FULL_KEY, retries=QUICK) as client:
        assert len(list(client.events(NOW - HOUR, NOW))) == 1
    assert len(requests) == 2


def test_times_without_a_zone_and_windows_of_nothing_are_refused(esoz: EsozClient) -> None:
    naive = datetime(2026, 3, 1, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        list(esoz.events(naive, NOW))
    with pytest.raises(ValueError, match="window"):
        list(esoz.events(NOW - HOUR, NOW, window=timedelta(0)))
