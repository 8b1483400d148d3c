"""The client's manners: what it retries and what not, its time limits, what it says and what it never says."""

import gzip
import json
import logging
import socket
import time
import traceback
from email.utils import formatdate
from typing import Any

import pytest

from esoz import errors
from esoz.client import EsozClient, Retries, TimeLimits
from tests.contract.conftest import QUICK
from tests.contract.raw_server import Answer, sends, serve_raw

KEY = "a-key-that-nobody-may-see"
ROWS = [{"party_id": f"p{number}", "declarations_limit": 1800, "declarations_count": number} for number in range(50)]
BODY = json.dumps({"meta": {"date": "2026-03-02T00:00:00Z"}, "data": ROWS}).encode()
WHOLE = sends(BODY, f"content-length: {len(BODY)}", "content-type: text/plain")
SHORT_LIMITS = TimeLimits(connect_s=1.0, piece_s=0.3, feed_s=2.0, answer_s=2.0)


def read(url: str, *, limits: TimeLimits = SHORT_LIMITS, retries: Retries = QUICK) -> list[Any]:
    client = EsozClient(url, KEY, limits=limits, retries=retries)
    with client, client.open_bulk("declarations_limit") as stream:
        return list(stream.rows())


def test_the_body_is_parsed_whatever_the_header_says() -> None:
    with serve_raw(WHOLE) as (url, requests):
        assert len(read(url)) == 50
    head = requests[0].lower()
    assert head.startswith(b"get /api/pis/bulk/declarations_limit http/1.1")
    assert b"api-key: " + KEY.encode() in head
    assert b"x-request-id: " in head


def test_any_2xx_is_success() -> None:
    with serve_raw(sends(BODY, f"content-length: {len(BODY)}", status="203 Fine")) as (url, _):
        assert len(read(url)) == 50


def test_compressed_bodies_are_read() -> None:
    packed = gzip.compress(BODY)
    with serve_raw(sends(packed, f"content-length: {len(packed)}", "content-encoding: gzip")) as (url, _):
        assert len(read(url)) == 50


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (sends(BODY[:900], f"content-length: {len(BODY)}"), errors.Truncated),
        (sends(BODY[:900]), errors.Truncated),
        (sends(b"384\r\n" + BODY[:900], "transfer-encoding: chunked"), errors.Truncated),
        (sends(gzip.compress(BODY)[:150], "content-encoding: gzip"), errors.Truncated),
        (sends(b""), errors.Truncated),
        (sends(b"no gzip at all", "content-encoding: gzip"), errors.Malformed),
        (sends(b"<html>We are down</html>"), errors.Malformed),
        (sends(b"moved", "location: /elsewhere", status="302 Found"), errors.UnexpectedStatus),
        (sends(b"<html>", status="502 Bad Gateway"), errors.ServerFault),
        (sends(b"[1]", status="422 Unprocessable"), errors.ValidationFailed),
        (sends(b"{}", status="409 Conflict"), errors.Conflict),
        (lambda connection: None, errors.Unreachable),
    ],
)
def test_every_way_to_break_has_its_error(answer: Answer, error: type[errors.EsozError]) -> None:
    with serve_raw(answer) as (url, _), pytest.raises(error):
        read(url)


def test_a_connection_that_breaks_before_the_first_row_is_tried_again() -> None:
    broken = sends(b"", f"content-length: {len(BODY)}")
    with serve_raw(broken, broken, WHOLE) as (url, requests):
        assert len(read(url)) == 50
    assert len(requests) == 3


def test_a_server_that_is_silent_at_first_is_tried_again() -> None:
    def silent(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        connection.recv(1)

    with serve_raw(silent, WHOLE) as (url, requests):
        assert len(read(url)) == 50
    assert len(requests) == 2


def test_a_feed_that_breaks_after_rows_were_handed_out_is_not_tried_again() -> None:
    long_rows = json.dumps(ROWS[0]).encode() + b"," + b" " * 300_000 + json.dumps(ROWS[1]).encode()
    with serve_raw(sends(b'{"data":[' + long_rows, "content-length: 900000"), WHOLE) as (url, requests):
        client = EsozClient(url, KEY, limits=SHORT_LIMITS, retries=QUICK)
        with client, client.open_bulk("declarations_limit") as stream:
            rows = stream.rows()
            assert next(rows).party_id == "p0"
            with pytest.raises(errors.Truncated):
                list(rows)
    assert len(requests) == 1


def test_tries_are_bounded() -> None:
    with serve_raw(sends(b"", status="503 Away")) as (url, requests), pytest.raises(errors.ServerFault):
        read(url, retries=Retries(attempts=3, first_pause_s=0.01, longest_pause_s=0.02))
    assert len(requests) == 3


def test_pauses_grow() -> None:
    began = time.monotonic()
    with serve_raw(sends(b"", status="503 Away")) as (url, _), pytest.raises(errors.ServerFault):
        read(url, retries=Retries(attempts=3, first_pause_s=0.1, longest_pause_s=1.0))
    assert time.monotonic() - began > 0.1 + 0.2


def test_upstream_names_the_pause() -> None:
    away = sends(b"", "retry-after: 1", status="429 Slow down")
    with serve_raw(away, WHOLE) as (url, _):
        began = time.monotonic()
        assert len(read(url, retries=Retries(attempts=2, first_pause_s=0.01, longest_pause_s=2.0))) == 50
    assert 1.0 <= time.monotonic() - began < 2.0


def test_upstream_names_the_pause_as_a_date() -> None:
    away = sends(b"", f"retry-after: {formatdate(time.time() + 3600, usegmt=True)}", status="503 Away")
    with serve_raw(away) as (url, requests), pytest.raises(errors.ServerFault) as raised:
        read(url)
    assert raised.value.retry_after_s is not None
    assert 3500 < raised.value.retry_after_s <= 3600
    assert len(requests) == 1


def test_a_body_that_drips_forever_runs_into_the_limit_for_a_feed() -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(200):
            connection.sendall(b" ")
            time.sleep(0.05)

    limits = TimeLimits(connect_s=1.0, piece_s=1.0, feed_s=0.5)
    began = time.monotonic()
    with serve_raw(drip) as (url, _), pytest.raises(errors.TimedOut):
        read(url, limits=limits, retries=Retries(attempts=1))
    assert time.monotonic() - began < 3.0


def test_errors_carry_what_the_operators_of_upstream_want_to_hear() -> None:
    body = json.dumps(
        {
            "meta": {"code": 422, "request_id": "r-17"},
            "error": {
                "type": "request_malformed",
                "message": "see invalid",
                "invalid": [{"entry": "$.depth", "rules": [{"rule": "number"}, {"rule": "cast"}]}, 5],
            },
        }
    ).encode()
    with (
        serve_raw(sends(body, status="422 Unprocessable")) as (url, _),
        pytest.raises(errors.ValidationFailed) as raised,
    ):
        read(url)
    error = raised.value
    assert (error.request_id, error.error_type) == ("r-17", "request_malformed")
    assert [(each.entry, each.rules) for each in error.invalid] == [("$.depth", ("number", "cast")), ("None", ())]


def test_an_error_without_a_request_id_carries_the_one_we_sent() -> None:
    with serve_raw(sends(b"", status="404 Gone")) as (url, requests), pytest.raises(errors.NotFound) as raised:
        read(url)
    assert f"x-request-id: {raised.value.request_id}".encode() in requests[0].lower()


def test_the_key_is_in_no_error_no_log_and_no_repr(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answers = (sends(b"", status="401 No"), sends(b"", status="500 No"), sends(BODY[:900]), lambda connection: None)
    said = []
    for answer in answers:
        with serve_raw(answer) as (url, requests):
            client = EsozClient(url, KEY, limits=SHORT_LIMITS, retries=QUICK)
            with client, pytest.raises(errors.EsozError) as raised, client.open_bulk("declarations_limit") as stream:
                list(stream.rows())
            assert KEY.encode() in requests[0]
            said += ["".join(traceback.format_exception(raised.value)), repr(client), repr(raised.value)]
    assert caplog.text
    assert KEY not in caplog.text + "".join(said)


@pytest.mark.parametrize("key", ["", " blank ", "line\r\nfeed: x", "ключ", "\x00"])
def test_keys_that_no_header_may_hold_are_refused_without_saying_them(key: str) -> None:
    with pytest.raises(ValueError, match="api-key") as raised:
        EsozClient("http://127.0.0.1:9", key)
    assert not key or key not in "".join(traceback.format_exception(raised.value, limit=0))


@pytest.mark.parametrize("url", ["esoz.example", "ftp://esoz.example", "http://", "http://user:word@esoz.example"])
def test_addresses_that_cannot_be_called_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="address"):
        EsozClient(url, KEY)


def test_no_proxy_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with serve_raw(WHOLE) as (url, _):
        assert len(read(url)) == 50
