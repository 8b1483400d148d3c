"""The whole way as a newcomer walks it: one command, three searches, Ctrl-C; then the same command again."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from stack.ports import find_free_ports

PROJECT = Path(__file__).parents[2]
READY_WITHIN_S = 420
pytestmark = [pytest.mark.journey, pytest.mark.engine]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("up") / "home"
    home.mkdir()
    (home / "jars").symlink_to(PROJECT / ".likar" / "jars")
    engine, sandbox, api = find_free_ports(3)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("LIKAR_")},
        "LIKAR_HOME": str(home),
        "LIKAR_ENGINE_PORT": str(engine),
        "LIKAR_ENGINE_HEAP_MB": "512",
        "LIKAR_SANDBOX_PORT": str(sandbox),
        "LIKAR_API_PORT": str(api),
        "LIKAR_DOCTORS": "600",
    }


def likar(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROJECT / "likar.py"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


class Up:
    """`likar up` as it runs: what it printed, and its processes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self.ready = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if "Three searches to copy" in line:
                self.ready.set()
        self.ready.set()

    def wait(self) -> None:
        assert self.ready.wait(READY_WITHIN_S), self.text
        assert "Three searches to copy" in self.text, self.text

    @property
    def text(self) -> str:
        return "".join(self.lines)

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(60)
        self._reader.join(10)
        return code


@contextmanager
def running(environment: dict[str, str]) -> Iterator[Up]:
    command = [sys.executable, str(PROJECT / "likar.py"), "up"]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    up = Up(process)
    try:
        up.wait()
        yield up
    finally:
        if process.poll() is None:
            up.stop()


def indexes(environment: dict[str, str]) -> set[str]:
    answer = httpx.get(f"http://127.0.0.1:{environment['LIKAR_ENGINE_PORT']}/_alias")
    return {name for name, index in answer.json().items() if index["aliases"]}


def test_one_command_gives_a_search_engine_and_ctrl_c_takes_it_all_away(environment: dict[str, str]) -> None:
    with running(environment) as up:
        searches = re.findall(r"curl -s (\S+) -H '[^']+' -d '([^']+)'", up.text)
        assert len(searches) == 3
        for url, body in searches:
            answer = httpx.post(url, json=json.loads(body), timeout=10)
            assert answer.status_code == 200, answer.text
        table = likar("search", "терапевт Житомир", "--age", "40", environment=environment)
        assert table.returncode == 0, table.stderr
        assert "Знайдено" in table.stdout
        whole = likar("search", "терапевт", "--near", "50.45,30.52", "--json", environment=environment)
        hits = json.loads(whole.stdout)["hits"]
        assert hits
        assert hits[0]["doctor"]["speciality"]["code"] == "THERAPIST"
        card = likar("doctor", hits[0]["employee_id"], environment=environment)
        assert hits[0]["doctor"]["last_name"] in card.stdout
        first = indexes(environment)
        family = up.family()
        assert len(family) >= 3
        assert up.stop() == 0
    assert not psutil.wait_procs(family, timeout=10)[1]

    with running(environment) as again:
        assert indexes(environment) == first
        second = likar("up", environment=environment)
        assert second.returncode == 1
        assert "is taken" in second.stderr
        assert "LIKAR_API_PORT" in second.stderr
        assert again.stop() == 0


def test_a_search_without_the_api_says_how_to_start_it(environment: dict[str, str]) -> None:
    answer = likar("search", "терапевт Житомир", environment={**environment, "LIKAR_API_PORT": "9999"})
    assert answer.returncode == 1
    assert "make run" in answer.stderr


def test_a_wrong_setting_is_named(environment: dict[str, str]) -> None:
    answer = likar("engine", "status", environment={**environment, "LIKAR_API_PORT": "80"})
    assert answer.returncode == 2
    assert "LIKAR_API_PORT" in answer.stderr
