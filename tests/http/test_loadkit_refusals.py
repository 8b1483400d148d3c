"""What the load kit refuses to do and what it measures without a schedule, in this process."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from fixtures.tiny import LVIV, ZHYTOMYR, TinyRegistry
from loadtests.arguments import parse
from loadtests.command import execute
from tests.http.test_loadkit_stub import StubApi, serve_stub
from tests.support.sandbox import serve_sandbox


@pytest.fixture
def stub() -> Iterator[StubApi]:
    with serve_stub(StubApi()) as running:
        yield running


@pytest.fixture(scope="module")
def sandbox_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    registry = TinyRegistry()
    for place in (LVIV, ZHYTOMYR):
        clinic = registry.division("Амбулаторія №1", place)
        registry.doctor("Коваленко", "Олена", "Іванівна", at=clinic)
        registry.doctor("Дерев’янко", "Ганна", at=clinic, speciality="CARDIOLOGIST")
    folder = tmp_path_factory.mktemp("loadkit") / "registry"
    registry.write(folder)
    with serve_sandbox(folder) as url:
        yield url


@pytest.fixture(scope="module")
def queries(sandbox_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("queries") / "queries.json")
    assert execute(parse(["sample", "--sandbox-url", sandbox_url, "--out", path])) == 0
    return path


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--url", "http://198.51.100.7:8900"], "198.51.100.7 is not this machine"),
        (["--url", "http://127.0.0.1.example:8900"], "127.0.0.1.example is not this machine"),
        (["--url", "127.0.0.1:8900"], "«127.0.0.1:8900» is no address of a server"),
        (["--sandbox-url", "http://eh.example"], "eh.example is not this machine"),
        (["--sandbox-url", "http://127.0.0.1:9"], "No sandbox registry answers at http://127.0.0.1:9"),
        (["--api-key", "unknown"], "refused the api key for «divisions»"),
        (["--queries", "nowhere.json"], "The queries file nowhere.json cannot be read"),
        (["--thresholds", "nowhere.toml"], "The thresholds file nowhere.toml cannot be read"),
    ],
)
def test_what_cannot_run_ends_with_1_and_one_plain_sentence(
    stub: StubApi, sandbox_url: str, capsys: pytest.CaptureFixture[str], flags: list[str], said: str
) -> None:
    command = ["run", "--url", stub.url, "--sandbox-url", sandbox_url, "--seconds", "1", *flags]
    assert execute(parse(command)) == 1
    assert said in capsys.readouterr().err
    assert not stub.asked


def test_an_api_that_is_not_ready_is_not_measured(
    stub: StubApi, queries: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stub.ready = False
    assert execute(parse(["run", "--url", stub.url, "--queries", queries])) == 1
    said = f"The API at {stub.url} is not ready: There is no index. Build one."
    assert capsys.readouterr().err.strip() == said


def test_a_server_that_is_not_the_api_is_not_measured(
    sandbox_url: str, queries: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert execute(parse(["run", "--url", sandbox_url, "--queries", queries])) == 1
    assert sandbox_url in capsys.readouterr().err


def test_a_registry_without_doctors_yields_no_queries(
    tmp_path: Path, stub: StubApi, capsys: pytest.CaptureFixture[str]
) -> None:
    registry = TinyRegistry()
    registry.division("Амбулаторія №1", ZHYTOMYR)
    registry.write(tmp_path / "registry")
    with serve_sandbox(tmp_path / "registry") as url:
        assert execute(parse(["run", "--url", stub.url, "--sandbox-url", url])) == 1
    assert "The registry holds no doctor with a name" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["cut_off", "malformed_json", "500"])
def test_a_feed_that_cannot_be_read_yields_no_queries(
    sandbox_url: str, stub: StubApi, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    control = httpx.Client(base_url=sandbox_url, trust_env=False)
    control.put("/control/faults/employees", json={"kind": kind}).raise_for_status()
    try:
        assert execute(parse(["run", "--url", stub.url, "--sandbox-url", sandbox_url])) == 1
    finally:
        control.delete("/control/faults")
    assert "«employees»" in capsys.readouterr().err


def test_ten_kinds_are_measured_alone(
    stub: StubApi, queries: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    flags = ["--url", stub.url, "--queries", queries, "--requests", "6", "--warmup-requests", "2", "--json", str(out)]
    assert execute(parse(["kinds", *flags])) == 0
    kinds: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))["kinds"]
    assert {kind: found["count"] for kind, found in kinds.items() if kind not in ("all", "floor")} == dict.fromkeys(
        (
            "specialist_by_city", "therapist_near", "child_near", "open_only", "name_exact",
            "name_and_city", "nearest", "facilities", "map", "suggest",
        ),
        6,
    )  # fmt: skip
    assert len(stub.asked) == 10 * (6 + 2)
    bodies = [body for _, path, body in stub.asked if path == "/v1/search"]
    assert any(body.get("speciality") == ["CARDIOLOGIST"] and "settlement" in body for body in bodies)
    assert any(body.get("sort") == "nearest" and "near" in body for body in bodies)
    assert any(body.get("open_only") is True for body in bodies)
    assert "passed: " in capsys.readouterr().out


def test_a_kind_that_fails_spoils_the_measurement_of_kinds(
    stub: StubApi, queries: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stub.refuse = "/v1/facilities"
    flags = ["--url", stub.url, "--queries", queries, "--requests", "2", "--warmup-requests", "1"]
    assert execute(parse(["kinds", *flags])) == 2
    assert "failed: facilities: 422 request_faulty settlement:place_unknown ×2" in capsys.readouterr().out


def test_kinds_cannot_be_asked_of_a_registry_without_specialists(
    tmp_path: Path, stub: StubApi, capsys: pytest.CaptureFixture[str]
) -> None:
    registry = TinyRegistry()
    registry.doctor("Коваленко", at=registry.division("Амбулаторія №1", ZHYTOMYR))
    registry.write(tmp_path / "registry")
    with serve_sandbox(tmp_path / "registry") as url:
        assert execute(parse(["kinds", "--url", stub.url, "--sandbox-url", url])) == 1
    assert "The registry holds no specialist" in capsys.readouterr().err


def test_a_result_that_cannot_be_written_is_said(
    stub: StubApi, queries: str, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = ["--url", stub.url, "--queries", queries, "--requests", "1", "--json", "/nowhere/out.json"]
    assert execute(parse(["kinds", *flags])) == 1
    assert "/nowhere/out.json cannot be written" in capsys.readouterr().err
