"""The API as a process: it listens, answers while the engine is down, and ends when told."""

import gzip
import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from directory.places.gazetteer_file import Entry, Sources, write_gazetteer
from search_api.config import ApiConfig
from search_api.server import listen
from tests.support.indexing import ZHYTOMYR, ZHYTOMYR_CODE

PROGRAM = """
import sys
from pathlib import Path
from search_api.config import ApiConfig
from search_api.server import run
run(ApiConfig(opensearch_url="http://127.0.0.1:9", cursor_secret=b"0123456789abcdef", freeze_after_start=True),
    Path(sys.argv[1]), Path(sys.argv[2]), host="127.0.0.1", port=0)
"""


def get(url: str) -> tuple[int, dict[str, str]]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=10) as answer:
        return answer.status, json.load(answer)


def test_the_process_answers_without_an_engine_and_ends_at_sigterm(tmp_path: Path) -> None:
    gazetteer = tmp_path / "gazetteer.json.gz"
    city = Entry(ZHYTOMYR_CODE, "M", "Житомир", "UA18000000000041385", ZHYTOMYR, 261_000, ())
    oblast = Entry("UA18000000000041385", "O", "Житомирська", None, None, None, ())
    write_gazetteer(gazetteer, Sources("test", "test", "test", "test"), [oblast, city])
    surnames = tmp_path / "surnames.txt.gz"
    surnames.write_bytes(gzip.compress("коваленко".encode()))
    command = [sys.executable, "-c", PROGRAM, str(gazetteer), str(surnames)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        listening = json.loads(process.stderr.readline())
        assert listening["event"] == "listening"
        assert get(f"http://127.0.0.1:{listening['port']}/livez") == (200, {"status": "alive"})
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) in (0, -signal.SIGTERM)
    finally:
        process.kill()
        process.communicate()


def test_a_taken_port_is_an_error_before_anything_begins() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(OSError, match="in use"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_a_short_cursor_secret_is_refused_with_the_name_of_the_setting() -> None:
    with pytest.raises(ValueError, match="LIKAR_CURSOR_SECRET"):
        ApiConfig(opensearch_url="http://127.0.0.1:9", cursor_secret=b"short")


def test_secrets_are_not_shown_when_a_configuration_is_printed() -> None:
    config = ApiConfig(
        opensearch_url="http://127.0.0.1:9", cursor_secret=b"0123456789abcdef", opensearch_password="hush-hush"
    )
    assert "0123456789abcdef" not in repr(config)
    assert "hush-hush" not in repr(config)
