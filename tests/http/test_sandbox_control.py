"""The sandbox moved on by days while it serves, and as a process of its own."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from esoz.client import EsozClient
from esoz.messages import Event
from esoz.rows import EmployeeRow
from fixtures.sandbox.gate import FULL_KEY
from fixtures.tiny import BERDYCHIV, ZHYTOMYR, TinyRegistry
from tests.support.sandbox import serve_sandbox

ROOT = Path(__file__).parents[2]
DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    registry = TinyRegistry()
    clinics = [registry.division("Амбулаторія", place) for place in (ZHYTOMYR, BERDYCHIV)]
    for number in range(40):
        registry.doctor("Коваленко", at=clinics[number % 2], count=900 + number)
    registry.write(tmp_path / "registry")
    return tmp_path / "registry"


def test_days_pass_under_a_running_server(folder: Path) -> None:
    with serve_sandbox(folder) as url, EsozClient(url, FULL_KEY) as esoz:
        before = httpx.get(f"{url}/livez").json()
        moved = httpx.post(f"{url}/control/advance", json={"days": 3}, timeout=60)
        assert moved.json() == httpx.get(f"{url}/livez").json()
        assert (before["day"], moved.json()["day"]) == (0, 3)
        assert moved.json()["date"] == "2026-03-05T00:00:00.000Z"
        with esoz.open_bulk("employees", depth=3) as stream:
            changed = {row.id for row in stream.rows() if isinstance(row, EmployeeRow)}
        assert stream.meta_date is not None
        assert stream.meta_date.isoformat() == "2026-03-05T00:00:00+00:00"
        events = list(esoz.events(stream.meta_date - 3 * DAY, stream.meta_date, entity_type="Employee"))
    stopped = {event.entity_id for event in events if isinstance(event, Event)}
    assert stopped <= changed
    assert changed


@pytest.mark.parametrize("body", [b"", b"{}", b'{"days": 0}', b'{"days": 367}', b'{"days": "two"}', b'{"hours": 1}'])
def test_days_that_cannot_pass_are_refused(folder: Path, body: bytes) -> None:
    with serve_sandbox(folder) as url:
        assert httpx.post(f"{url}/control/advance", content=body).status_code == 422
        assert httpx.get(f"{url}/livez").json()["day"] == 0


def test_the_nation_ends_some_day(folder: Path) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"day": 0', '"day": 1000'))
    with serve_sandbox(folder) as url:
        answer = httpx.post(f"{url}/control/advance", json={"days": 1})
    assert (answer.status_code, "1000" in answer.json()["error"]) == (422, True)


def test_the_process_says_where_it_listens_and_ends_when_told(folder: Path) -> None:
    command = [sys.executable, "-m", "fixtures.sandbox", "--folder", str(folder), "--port", "0"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            url = line.split()[-1]
            assert line == f"The sandbox of ЕСОЗ is ready at {url}\n"
            assert httpx.get(f"{url}/livez").json()["ready"] is True
            process.send_signal(signal.SIGTERM)
            process.wait(10)
        finally:
            process.kill()


def test_the_process_says_what_is_wrong_with_a_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fixtures.sandbox", "--folder", str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert (ended.returncode, ended.stderr) == (1, f"{tmp_path} holds no registry: generate it first\n")
