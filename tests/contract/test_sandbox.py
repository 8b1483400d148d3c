"""The sandbox as the contract describes it, by plain HTTP."""

from pathlib import Path

import httpx
import pytest

from fixtures.nation.manifest import SandboxUnreadable
from fixtures.sandbox import create_sandbox
from fixtures.sandbox.server import run
from fixtures.tiny import TinyRegistry
from tests.support.sandbox import serve_sandbox


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


@pytest.mark.parametrize(
    "paging",
    [{"page": "0"}, {"page": "-1"}, {"page_size": "0"}, {"page_size": "301"}, {"page_size": "x"}, {"page": "9" * 5000}],
)
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


def test_faults_of_feeds_that_do_not_exist_are_refused(sandbox: httpx.Client) -> None:
    assert sandbox.put("/control/faults/nothing", json={"kind": "500"}).status_code == 404
    assert sandbox.put("/control/faults/parties", json={"kind": "gremlins"}).status_code == 422
    assert sandbox.put("/control/faults/parties", json={"kind": "500", "tims": 3}).status_code == 422
    assert sandbox.put("/control/faults/events", json={"kind": "slow"}).status_code == 422
    assert sandbox.put("/control/faults/parties", json={"kind": "slow", "delay_s": 3600}).status_code == 422
    assert sandbox.get("/control/faults").json() == {}


def test_faults_can_be_seen_and_switched_off_one_by_one(sandbox: httpx.Client) -> None:
    for feed in ("parties", "employees"):
        sandbox.put(f"/control/faults/{feed}", json={"kind": "500"}).raise_for_status()
    assert set(sandbox.get("/control/faults").json()) == {"parties", "employees"}
    sandbox.delete("/control/faults/parties").raise_for_status()
    assert set(sandbox.get("/control/faults").json()) == {"employees"}
    assert sandbox.get("/api/pis/bulk/parties").status_code == 200
    assert sandbox.get("/api/pis/bulk/employees").status_code == 500


@pytest.mark.parametrize("key", ["", "wrong", "sandbox-no-bulk"])
def test_who_is_refused_uses_up_no_fault(sandbox: httpx.Client, key: str) -> None:
    sandbox.put("/control/faults/parties", json={"kind": "500", "times": 1}).raise_for_status()
    assert sandbox.get("/api/pis/bulk/parties", headers={"api-key": key}).status_code in (401, 403)
    assert sandbox.get("/control/faults").json()["parties"]["times"] == 1


def test_whoever_asks_for_it_gets_bodies_compressed(sandbox: httpx.Client) -> None:
    packed = sandbox.get("/api/pis/bulk/divisions", headers={"accept-encoding": "gzip"})
    plain = sandbox.get("/api/pis/bulk/divisions", headers={"accept-encoding": "identity"})
    assert (packed.headers["content-encoding"], "content-encoding" in plain.headers) == ("gzip", False)
    assert packed.json()["data"] == plain.json()["data"]


@pytest.mark.parametrize("feed", ["contract_divisions", "declarations_limit", "parties", "divisions"])
def test_two_feeds_say_octet_stream(sandbox: httpx.Client, feed: str) -> None:
    octets = feed in ("contract_divisions", "declarations_limit")
    expected = "application/octet-stream" if octets else "application/json"
    assert sandbox.get(f"/api/pis/bulk/{feed}").headers["content-type"] == expected


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/api/none", 404), ("POST", "/api/pis/bulk/parties", 405)]
)
def test_what_does_not_exist_is_refused_in_the_envelope(
    sandbox: httpx.Client, method: str, path: str, status: int
) -> None:
    answer = sandbox.request(method, path)
    assert (answer.status_code, answer.json()["meta"]["code"]) == (status, status)
    assert answer.json()["meta"]["url"].endswith(path)


def test_depth_is_refused_where_it_is_unknown(sandbox: httpx.Client) -> None:
    for feed, depth in (("declarations_limit", "1"), ("parties", "0"), ("parties", "8"), ("parties", "1.5")):
        answer = sandbox.get(f"/api/pis/bulk/{feed}", params={"depth": depth})
        assert answer.json()["error"]["invalid"][0]["entry"] == "$.depth"


def test_the_sandbox_says_that_it_lives_and_of_which_day(sandbox_url: str, registry: TinyRegistry) -> None:
    live = httpx.get(f"{sandbox_url}/livez").json()
    assert (live["ready"], live["date"], live["day"]) == (True, "2026-03-02T00:00:00.000Z", 0)
    assert live["counts"]["parties"] == len(registry.rows["parties"])


def test_a_registry_that_vanished_is_an_error_not_an_empty_answer(tmp_path: Path) -> None:
    TinyRegistry().write(tmp_path / "registry")
    with serve_sandbox(tmp_path / "registry") as url:
        (tmp_path / "registry").rename(tmp_path / "elsewhere")
        answer = httpx.get(f"{url}/api/pis/bulk/parties", headers={"api-key": "sandbox-all-scopes"})
    assert (answer.status_code, answer.json()["error"]["type"]) == (500, "internal_error")


def test_a_folder_without_a_registry_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(SandboxUnreadable, match="generate it"):
        create_sandbox(tmp_path)
    with pytest.raises(SandboxUnreadable, match="generate it"):
        run(tmp_path, port=0)
