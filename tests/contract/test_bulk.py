"""The typed client against the sandbox over loopback: every feed, every fault, every limit."""

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from esoz import errors
from esoz.client import EsozClient, Retries, TimeLimits
from esoz.feeds import FEEDS
from esoz.rows import DivisionRow, EmployeeRow
from esoz.stream import BadRow
from fixtures.sandbox.gate import FULL_KEY, NARROW_KEY
from fixtures.tiny import ABSENT, TinyRegistry
from tests.contract.conftest import QUICK
from tests.support.sandbox import serve_sandbox


def read(client: EsozClient, feed: str, depth: int | None = None) -> list[object]:
    with client.open_bulk(feed, depth) as stream:
        return list(stream.rows())


def spoil(sandbox: httpx.Client, feed: str, kind: str, **settings: object) -> None:
    sandbox.put(f"/control/faults/{feed}", json={"kind": kind, **settings}).raise_for_status()


@pytest.mark.parametrize("feed", list(FEEDS))
def test_every_feed_arrives_whole_and_typed(esoz: EsozClient, registry: TinyRegistry, feed: str) -> None:
    with esoz.open_bulk(feed) as stream:
        rows = list(stream.rows())
    assert len(rows) == len(registry.rows[feed])
    assert all(isinstance(row, FEEDS[feed].row_type) for row in rows)
    assert stream.meta_date == registry.date


def test_codes_come_in_upper_case_and_dates_as_dates(esoz: EsozClient) -> None:
    row = read(esoz, "employees")[0]
    assert isinstance(row, EmployeeRow)
    assert (row.status, row.employee_type) == ("APPROVED", "DOCTOR")
    assert row.inserted_at.utcoffset() is not None


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("401", errors.NotAuthenticated),
        ("403", errors.Forbidden),
        ("404", errors.NotFound),
        ("429", errors.TooManyRequests),
        ("500", errors.ServerFault),
        ("cut_off", errors.Truncated),
        ("malformed_json", errors.Malformed),
    ],
)
def test_every_fault_has_an_error_of_its_own(
    esoz: EsozClient, sandbox: httpx.Client, kind: str, error: type[errors.EsozError]
) -> None:
    spoil(sandbox, "divisions", kind, retry_after_s=0)
    with pytest.raises(error):
        read(esoz, "divisions")
    assert all(isinstance(row, EmployeeRow) for row in read(esoz, "employees"))


@pytest.mark.parametrize("kind", ["429", "500"])
def test_a_fault_that_passes_is_outlived(esoz: EsozClient, sandbox: httpx.Client, kind: str) -> None:
    spoil(sandbox, "divisions", kind, times=2, retry_after_s=0)
    assert len(read(esoz, "divisions")) == 2


@pytest.mark.parametrize("kind", ["401", "403", "404"])
def test_what_will_not_get_better_is_asked_once(esoz: EsozClient, sandbox: httpx.Client, kind: str) -> None:
    spoil(sandbox, "divisions", kind, times=2)
    with pytest.raises(errors.EsozError):
        read(esoz, "divisions")
    assert sandbox.get("/control/faults").json()["divisions"]["times"] == 1


def test_a_wait_longer_than_ours_is_not_waited(esoz: EsozClient, sandbox: httpx.Client) -> None:
    spoil(sandbox, "divisions", "429", times=2, retry_after_s=3600)
    with pytest.raises(errors.TooManyRequests) as raised:
        read(esoz, "divisions")
    assert raised.value.retry_after_s == 3600
    assert sandbox.get("/control/faults").json()["divisions"]["times"] == 1


def test_a_stalled_body_runs_into_the_limit_for_a_piece(sandbox_url: str, sandbox: httpx.Client) -> None:
    spoil(sandbox, "divisions", "slow", delay_s=1.0)
    limits = TimeLimits(connect_s=1.0, piece_s=0.15, feed_s=30.0)
    with EsozClient(sandbox_url, FULL_KEY, retries=QUICK, limits=limits) as client, pytest.raises(errors.TimedOut):
        read(client, "divisions")


def test_a_body_that_stalls_in_the_middle_runs_into_the_limit_for_a_piece(
    sandbox_url: str, sandbox: httpx.Client
) -> None:
    spoil(sandbox, "divisions", "stalled", after_bytes=300)
    limits = TimeLimits(connect_s=1.0, piece_s=0.15, feed_s=30.0)
    with EsozClient(sandbox_url, FULL_KEY, retries=QUICK, limits=limits) as client, pytest.raises(errors.TimedOut):
        read(client, "divisions")


def test_a_body_that_drips_runs_into_the_limit_for_a_feed(sandbox_url: str, sandbox: httpx.Client) -> None:
    spoil(sandbox, "divisions", "slow", delay_s=0.2)
    limits = TimeLimits(connect_s=1.0, piece_s=5.0, feed_s=0.1)
    with EsozClient(sandbox_url, FULL_KEY, retries=QUICK, limits=limits) as client, pytest.raises(errors.TimedOut):
        read(client, "divisions")


def test_a_malformed_row_is_handed_out_as_such_among_the_sound_ones(esoz: EsozClient, sandbox: httpx.Client) -> None:
    spoil(sandbox, "divisions", "malformed_row")
    bad, *sound = read(esoz, "divisions")
    assert isinstance(bad, BadRow)
    assert bad.reason == "missing_field"
    assert [type(row) for row in sound] == [DivisionRow, DivisionRow]


def test_an_empty_feed_is_empty_not_an_error(esoz: EsozClient, sandbox: httpx.Client) -> None:
    spoil(sandbox, "divisions", "empty")
    assert read(esoz, "divisions") == []


def test_nobody_there_is_said_without_the_key() -> None:
    with EsozClient("http://127.0.0.1:9", "key-nobody-may-see", retries=Retries(2, 0.01, 0.02)) as client:
        with pytest.raises(errors.Unreachable) as raised:
            read(client, "divisions")
        assert "key-nobody-may-see" not in f"{raised.value}{client!r}"


@pytest.mark.parametrize(("key", "error"), [("wrong", errors.NotAuthenticated), (NARROW_KEY, errors.Forbidden)])
def test_keys_are_checked(sandbox_url: str, key: str, error: type[errors.EsozError]) -> None:
    with EsozClient(sandbox_url, key, retries=QUICK) as client, pytest.raises(error):
        read(client, "parties")


def test_depth_beyond_the_ready_files_is_refused_by_name(esoz: EsozClient) -> None:
    with pytest.raises(errors.ValidationFailed) as raised:
        read(esoz, "divisions", depth=8)
    assert raised.value.entries == ("$.depth",)
    with pytest.raises(ValueError, match="depth"):
        read(esoz, "declarations_limit", depth=1)


def test_depth_gives_only_what_changed(tmp_path: Path) -> None:
    registry = TinyRegistry()
    for name, inserted, updated in (
        ("old", "2020-01-15T10:00:00.000Z", ABSENT),
        ("touched", "2020-01-15T10:00:00.000Z", "2026-02-27T00:00:00.000Z"),
        ("new", "2026-03-01 12:00:00", ABSENT),
        ("on the border", "2026-02-28T00:00:00.000Z", "NULL"),
    ):
        registry.division(name, inserted_at=inserted, updated_at=updated)
    registry.raw("divisions", "no row at all")
    registry.write(tmp_path / "registry")
    with serve_sandbox(tmp_path / "registry") as url, EsozClient(url, FULL_KEY, retries=QUICK) as client:
        by_depth = {
            depth: {row.name for row in read(client, "divisions", depth) if isinstance(row, DivisionRow)}
            for depth in (1, 2, 3, 7)
        }
        unreadable = [row for row in read(client, "divisions", 1) if isinstance(row, BadRow)]
    recent = {"new", "on the border"}
    assert by_depth == {1: recent, 2: recent, 3: {*recent, "touched"}, 7: {*recent, "touched"}}
    assert len(unreadable) == 1


def test_a_registry_replaced_while_it_is_read_is_read_in_one_state(tmp_path: Path) -> None:
    before, after = TinyRegistry(), TinyRegistry(datetime(2026, 3, 3, tzinfo=UTC))
    for number in range(3_000):
        before.division(f"Амбулаторія №{number}")
    after.division("Інша")
    before.write(tmp_path / "registry")
    with serve_sandbox(tmp_path / "registry") as url, EsozClient(url, FULL_KEY, retries=QUICK) as client:
        with client.open_bulk("divisions") as stream:
            rows = stream.rows()
            first = next(rows)
            after.write(tmp_path / "registry")
            assert len([first, *rows]) == 3_000
            assert stream.meta_date == before.date
        with client.open_bulk("divisions") as stream:
            assert [row.name for row in stream.rows()] == ["Інша"]
            assert stream.meta_date == after.date
