"""The sandbox as the contract describes it, by plain HTTP."""

import httpx
import pytest

from fixtures.tiny import TinyRegistry


def test_a_request_without_a_key_hears_what_is_missing(sandbox_url: str) -> None:
    bulk = httpx.get(f"{sandbox_url}/api/pis/bulk/parties")
    assert (bulk.status_code, bulk.json()["error"]) == (401, {"type": "access_denied", "message": "Api key is not set"})
    other = httpx.get(f"{sandbox_url}/api/v2/dictionaries")
    assert other.json()["error"]["message"] == "API-KEY header required"


def test_a_key_without_the_scope_hears_which(sandbox_url: str) -> None:
    answer = httpx.get(f"{sandbox_url}/api/pis/bulk/parties", headers={"api-key": "sandbox-no-bulk"})
    assert answer.status_code == 403
    assert answer.json()["error"]["message"].endswith("Missing allowances: party_bulk:read_pis")


def test_bulk_answers_carry_the_dated_envelope(sandbox: httpx.Client, registry: TinyRegistry) -> None:
    answer = sandbox.get("/api/pis/bulk/declarations_limit", headers={"x-request-id": "r-1"})
    assert answer.headers["content-type"] == "application/octet-stream"
    meta = answer.json()["meta"]
    assert (meta["code"], meta["type"], meta["request_id"]) == (200, "list", "r-1")
    assert meta["date"] == "2026-03-02T00:00:00.000Z"
    assert answer.json()["data"] == registry.rows["declarations_limit"]


def test_errors_name_the_entry_and_the_rule(sandbox: httpx.Client) -> None:
    answer = sandbox.get("/api/pis/bulk/divisions", params={"depth": "many"})
    assert answer.status_code == 422
    invalid = answer.json()["error"]["invalid"][0]
    assert (invalid["entry"], invalid["entry_type"]) == ("$.depth", "query_parameter")


@pytest.mark.parametrize("path", ["/api/events", "/api/events/"])
def test_events_answer_with_and_without_the_slash(sandbox: httpx.Client, path: str) -> None:
    assert sandbox.get(path).json()["paging"]["page_number"] == 1


def test_a_window_wider_than_allowed_is_refused(sandbox: httpx.Client) -> None:
    window = {"date": "2026-03-01T00:00:00Z", "date_to": "2026-03-01T01:00:01Z"}
    assert sandbox.get("/api/events", params=window).status_code == 422
    assert sandbox.get("/api/events", params={**window, "date_to": "2026-03-01T01:00:00Z"}).status_code == 200


@pytest.mark.parametrize("paging", [{"page": "0"}, {"page_size": "301"}, {"page_size": "x"}])
def test_paging_out_of_range_is_refused(sandbox: httpx.Client, paging: dict[str, str]) -> None:
    assert sandbox.get("/api/events", params=paging).status_code == 422


def test_dictionaries_are_found_by_name_and_by_value(sandbox: httpx.Client) -> None:
    genders = sandbox.get("/api/v2/dictionaries", params={"name": "GENDER"}).json()["data"]
    assert [value["code"] for value in genders[0]["values"]] == ["MALE", "FEMALE"]
    found = sandbox.get("/api/v2/dictionaries", params={"value_code": "PEDIATRICIAN"}).json()["data"]
    assert [(row["name"], len(row["values"])) for row in found] == [("SPECIALITY_TYPE", 1)]


def test_settlements_want_their_region(sandbox: httpx.Client) -> None:
    refused = sandbox.get("/api/uaddresses/settlements")
    assert refused.json()["error"]["invalid"][0]["entry"] == "$.region"
    found = sandbox.get("/api/uaddresses/settlements", params={"region": "житомирська", "name": "Бердичів"}).json()
    assert [row["name"] for row in found["data"]] == ["БЕРДИЧІВ"]


def test_an_unknown_event_is_not_found(sandbox: httpx.Client) -> None:
    assert sandbox.get("/api/events/923a7369-94e3-4f91-9a61-dbe22e44158b").status_code == 404


def test_faults_of_feeds_that_do_not_exist_are_refused(sandbox: httpx.Client) -> None:
    assert sandbox.put("/control/faults/nothing", json={"kind": "500"}).status_code == 404
    assert sandbox.put("/control/faults/parties", json={"kind": "gremlins"}).status_code == 422
    assert sandbox.put("/control/faults/parties", json={"kind": "500", "tims": 3}).status_code == 422
