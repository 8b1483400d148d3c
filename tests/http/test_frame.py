"""What every request gets: an id, a limit, a log line without personal data, a problem for each fault."""

import io
import json

import httpx
import pytest

from search_api.errors import EnginePartial, EngineTimedOut, EngineUnavailable
from tests.support.api import StubEngine, api_over, client_of, stub_config

JSON = {"Content-Type": "application/json"}
PRIVATE = {
    "q": "Нечуй-Левицька терапевт",
    "near": {"lat": 50.123456, "lon": 28.654321},
    "birth_date": "1987-05-17",
}


async def test_a_request_id_is_taken_over_and_comes_back() -> None:
    async with client_of(api_over(StubEngine())) as client:
        answer = await client.get("/livez", headers={"X-Request-ID": "0cb1e29c-658c-4a14-95e6-0af593bd04cf"})
    assert answer.headers["x-request-id"] == "0cb1e29c-658c-4a14-95e6-0af593bd04cf"


@pytest.mark.parametrize(
    "sent", ["", "a" * 65, "a b", "a\tb", "<script>", "+380501234567", "50.2547-28.6587", "380501234567"]
)
async def test_an_odd_request_id_is_replaced(sent: str) -> None:
    async with client_of(api_over(StubEngine())) as client:
        answer = await client.get("/livez", headers={"X-Request-ID": sent})
    assert len(answer.headers["x-request-id"]) == 32


async def test_logs_metrics_and_problems_hold_nothing_personal() -> None:
    log = io.StringIO()
    engine = StubEngine()
    async with client_of(api_over(engine, log=log)) as client:
        good = await client.post("/v1/search", json=PRIVATE, headers={"X-Forwarded-For": "203.0.113.7"})
        bad = await client.post("/v1/search", json={**PRIVATE, "age": 39, "colour": "fuchsia"})
        query = {"q": PRIVATE["q"], "near": "50.123456,28.654321", "birth_date": "1987-05-17"}
        by_link = await client.get("/v1/search", params={**query, "page_size": "x"})
        engine.fault = EngineUnavailable("no_connection")
        down = await client.post("/v1/search", json=PRIVATE)
        metrics = await client.get("/metrics")
    assert [good.status_code, bad.status_code, by_link.status_code, down.status_code] == [200, 422, 422, 503]
    told = log.getvalue() + bad.text + by_link.text + down.text + metrics.text
    for secret in ("Левицька", "левицька", "терапевт", "50.1234", "28.6543", "1987-05", "203.0.113", "fuchsia"):
        # Longer than the digits that ids and timings may hold by chance.
        assert secret not in told
    assert '"route":"/v1/search"' in log.getvalue()


async def test_each_log_line_is_json_with_route_status_and_time() -> None:
    log = io.StringIO()
    async with client_of(api_over(StubEngine(), log=log)) as client:
        await client.get("/v1/doctors/unknown-one")
    line = [entry for entry in map(json.loads, log.getvalue().splitlines()) if entry["event"] == "request"][-1]
    assert line["route"] == "/v1/doctors/{employee_id}"
    assert (line["status"], line["problem"]) == (404, "not_found")
    assert line["took_ms"] >= line["engine_ms"] >= 0


async def test_a_body_over_the_limit_is_refused_whatever_its_header_says() -> None:
    async def endless() -> object:
        for _ in range(100):
            yield b'{"q": "' + b"x" * 1_000

    async with client_of(api_over(StubEngine(), config=stub_config(max_body_bytes=5_000))) as client:
        declared = await client.post("/v1/search", content=b"x" * 5_001, headers=JSON)
        chunked = await client.post("/v1/search", content=endless(), headers=JSON)
    assert (declared.status_code, chunked.status_code) == (413, 413)
    assert declared.json()["code"] == "body_too_large"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe", b'{"q": NaN'])
async def test_a_body_that_is_no_json_object_is_said_to_be_so(content: bytes) -> None:
    async with client_of(api_over(StubEngine())) as client:
        answer = await client.post("/v1/search", content=content, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "body_unreadable")


async def test_a_body_of_another_type_is_refused() -> None:
    async with client_of(api_over(StubEngine())) as client:
        answer = await client.post("/v1/search", content=b"q=x", headers={"Content-Type": "text/plain"})
    assert (answer.status_code, answer.json()["code"]) == (415, "wrong_media_type")


async def test_unknown_paths_and_methods_are_problems_too() -> None:
    async with client_of(api_over(StubEngine())) as client:
        unknown = await client.get("/v1/nothing")
        method = await client.delete("/v1/search")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
    assert (method.status_code, method.json()["code"]) == (405, "method_not_allowed")
    assert "GET" in method.headers["allow"] or "POST" in method.headers["allow"]
    assert unknown.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (EngineUnavailable("no_connection", 5), 503, "engine_unavailable"),
        (EngineTimedOut("timed_out", 2), 504, "engine_timed_out"),
        (EnginePartial("failed_shards", 5), 503, "engine_partial"),
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        "/v1/search?near=50.25,28.66",
        "/v1/facilities?near=50.25,28.66",
        "/v1/suggest?q=пет",
        "/v1/doctors/a",
        "/v1/facilities/a",
        "/v1/map?bbox=28,50,29,51&zoom=10",
    ],
)
async def test_an_engine_at_fault_is_never_an_empty_answer(path: str, fault: Exception, status: int, code: str) -> None:
    engine = StubEngine()
    async with client_of(api_over(engine)) as client:
        await client.get(path)
        engine.fault = fault
        answer = await client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert int(answer.headers["retry-after"]) > 0


async def test_our_own_bug_is_a_500_with_its_place_in_the_log_and_nothing_in_the_answer() -> None:
    log = io.StringIO()
    engine = StubEngine()
    async with client_of(api_over(engine, log=log)) as client:
        engine.fault = ZeroDivisionError("a secret of the caller")
        answer = await client.get("/v1/doctors/a", headers={"X-Request-ID": "0CB1E29C658C4A1495E60AF593BD04CF"})
    assert (answer.status_code, answer.json()["code"], answer.json()["request_id"]) == (
        500,
        "internal",
        "0CB1E29C658C4A1495E60AF593BD04CF",
    )
    assert "a secret of the caller" not in answer.text + log.getvalue()
    line = json.loads(log.getvalue().splitlines()[-1])
    assert line["error"] == "ZeroDivisionError"
    assert any("api.py" in frame for frame in line["where"])


async def test_problems_speak_the_callers_language() -> None:
    async with client_of(api_over(StubEngine())) as client:
        uk = (await client.get("/v1/search")).json()
        en = (await client.get("/v1/search", headers={"Accept-Language": "en-GB"})).json()
    assert (uk["code"], en["code"]) == ("place_needed", "place_needed")
    assert uk["title"].startswith("Вкажіть місце")
    assert en["title"].startswith("Say where")


async def test_front_ends_on_the_list_may_call_from_a_browser_and_others_not() -> None:
    app = api_over(StubEngine(), config=stub_config(cors_origins=("https://cabinet.example",)))
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    async with client_of(app) as client:
        listed = await client.options("/v1/search", headers={**asked, "Origin": "https://cabinet.example"})
        other = await client.options("/v1/search", headers={**asked, "Origin": "https://elsewhere.example"})
        plain = await client.get("/livez", headers={"Origin": "https://cabinet.example"})
        too_long = await client.post(
            "/v1/search", content=b"x" * 100_000, headers={"Origin": "https://cabinet.example"}
        )
    assert listed.headers["access-control-allow-origin"] == "https://cabinet.example"
    assert "access-control-allow-origin" not in other.headers
    assert too_long.status_code == 413
    assert too_long.headers["access-control-allow-origin"] == "https://cabinet.example"
    assert "X-Request-ID" in plain.headers["access-control-expose-headers"]


async def test_without_the_setting_no_browser_may_call() -> None:
    async with client_of(api_over(StubEngine())) as client:
        answer = await client.get("/livez", headers={"Origin": "https://cabinet.example"})
    assert "access-control-allow-origin" not in answer.headers


async def test_the_engine_is_closed_at_the_end() -> None:
    engine = StubEngine()
    async with client_of(api_over(engine)):
        assert not engine.closed
    assert engine.closed


async def test_metrics_count_routes_kinds_and_problems_with_bounded_labels() -> None:
    async with client_of(api_over(StubEngine())) as client:
        for path in ("/v1/search?near=50.25,28.66", "/v1/search", "/v1/x1", "/v1/x2", "/v1/doctors/unknown"):
            await client.get(path)
        text = (await client.get("/metrics")).text
    assert "likar_requests_seconds_count{" not in text
    assert 'likar_request_seconds_count{kind="planned",route="/v1/search",status="200"} 1.0' in text
    assert 'likar_problems_total{code="place_needed"} 1.0' in text
    assert 'likar_engine_seconds_count{what="search"} ' in text
    assert "x1" not in text
    assert httpx.QueryParams("near=50.25,28.66")["near"] not in text
