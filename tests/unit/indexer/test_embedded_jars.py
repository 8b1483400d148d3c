"""Fetching the jars: whole, verified, going on where it stopped, and plain about every failure."""

import hashlib
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from indexer.embedded import jar_progress
from indexer.embedded import jars as jars_module
from indexer.embedded.errors import JarDamaged, JarsNotWritable, JarsUnreachable, NotEnoughSpace
from indexer.embedded.jar_list import Jar
from indexer.embedded.jars import CHUNK_BYTES, ensure_jars
from stack.ports import find_free_ports

ONE, TWO = b"one" * 100_000, b"two" * 1_000


def jar_of(name: str, content: bytes, place: str = "lib") -> Jar:
    return Jar(place, f"org.example:{name}:1.0", len(content), hashlib.sha256(content).hexdigest())


JARS = (jar_of("one", ONE), jar_of("two", TWO, place="geo"))


@dataclass
class Repository:
    """A repository on loopback that serves `files` by path and remembers what was asked of it."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    cut_off_after_bytes: int | None = None
    knows_ranges: bool = True


@pytest.fixture
def repository() -> Iterator[Repository]:
    state = Repository(files={"/org/example/one/1.0/one-1.0.jar": ONE, "/org/example/two/1.0/two-1.0.jar": TWO})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers["Range"]
            state.asked.append((self.path, wanted))
            if state.statuses:
                self.send_error(state.statuses.pop(0))
                return
            if self.path not in state.files:
                self.send_error(404)
                return
            content, status = state.files[self.path], 200
            if wanted and state.knows_ranges:
                content, status = content[int(wanted.removeprefix("bytes=").removesuffix("-")) :], 206
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            cut, state.cut_off_after_bytes = state.cut_off_after_bytes, None
            self.wfile.write(content[:cut])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def nobody() -> str:
    return f"http://127.0.0.1:{find_free_ports(1)[0]}"


def fetch(folder: Path, url: str, jars: tuple[Jar, ...] = JARS, *, verify: bool = False) -> list[Path]:
    return ensure_jars(folder, repository=url, jars=jars, verify=verify, pause_s=0.01)


def test_class_path_holds_the_servers_jars_and_modules_lie_in_their_folders(
    tmp_path: Path, repository: Repository
) -> None:
    assert fetch(tmp_path, repository.url) == [tmp_path / "lib/one-1.0.jar"]
    assert (tmp_path / "lib/one-1.0.jar").read_bytes() == ONE
    assert (tmp_path / "modules/geo/two-1.0.jar").read_bytes() == TWO
    assert "GeoModulePlugin" in (tmp_path / "modules/geo/plugin-descriptor.properties").read_text()


def test_second_time_nothing_is_asked_of_the_network(tmp_path: Path, repository: Repository) -> None:
    fetch(tmp_path, repository.url)
    repository.asked.clear()
    assert fetch(tmp_path, nobody()) == [tmp_path / "lib/one-1.0.jar"]
    assert repository.asked == []


def test_broken_download_goes_on_where_it_stopped(tmp_path: Path, repository: Repository) -> None:
    repository.cut_off_after_bytes = CHUNK_BYTES + 1000
    fetch(tmp_path, repository.url, JARS[:1])
    assert [wanted for _, wanted in repository.asked] == [None, f"bytes={CHUNK_BYTES}-"]
    assert (tmp_path / "lib/one-1.0.jar").read_bytes() == ONE


def test_half_finished_file_of_an_earlier_run_is_finished(tmp_path: Path, repository: Repository) -> None:
    part = tmp_path / "lib/one-1.0.jar.part"
    part.parent.mkdir()
    part.write_bytes(ONE[:5000])
    fetch(tmp_path, repository.url, JARS[:1])
    assert repository.asked == [("/org/example/one/1.0/one-1.0.jar", "bytes=5000-")]
    assert (tmp_path / "lib/one-1.0.jar").read_bytes() == ONE
    assert not part.exists()


def test_half_finished_file_of_another_content_is_fetched_from_its_start(
    tmp_path: Path, repository: Repository
) -> None:
    part = tmp_path / "lib/one-1.0.jar.part"
    part.parent.mkdir()
    part.write_bytes(b"x" * 5000)
    fetch(tmp_path, repository.url, JARS[:1])
    assert (tmp_path / "lib/one-1.0.jar").read_bytes() == ONE


def test_repository_without_ranges_is_read_from_the_start(tmp_path: Path, repository: Repository) -> None:
    repository.knows_ranges = False
    repository.cut_off_after_bytes = 1000
    fetch(tmp_path, repository.url, JARS[:1])
    assert (tmp_path / "lib/one-1.0.jar").read_bytes() == ONE


def test_busy_repository_is_asked_again(tmp_path: Path, repository: Repository) -> None:
    repository.statuses = [503, 429]
    fetch(tmp_path, repository.url, JARS[:1])
    assert len(repository.asked) == 3


def test_corrupted_jar_is_noticed_and_fetched_again(tmp_path: Path, repository: Repository) -> None:
    fetch(tmp_path, repository.url)
    damaged = tmp_path / "lib/one-1.0.jar"
    damaged.write_bytes(b"X" + ONE[1:])
    fetch(tmp_path, repository.url)
    assert damaged.read_bytes() == ONE


def test_corruption_that_kept_size_and_time_is_noticed_when_every_sum_is_asked_for(
    tmp_path: Path, repository: Repository
) -> None:
    fetch(tmp_path, repository.url)
    damaged = tmp_path / "lib/one-1.0.jar"
    before = damaged.stat()
    damaged.write_bytes(b"X" + ONE[1:])
    os.utime(damaged, ns=(before.st_atime_ns, before.st_mtime_ns))
    fetch(tmp_path, repository.url, verify=True)
    assert damaged.read_bytes() == ONE


def test_corrupted_jar_without_network_says_which_and_what_to_do(tmp_path: Path, repository: Repository) -> None:
    fetch(tmp_path, repository.url)
    (tmp_path / "lib/one-1.0.jar").write_bytes(b"X" + ONE[1:])
    with pytest.raises(JarsUnreachable) as failure:
        fetch(tmp_path, nobody())
    assert failure.value.message.startswith("one-1.0.jar is damaged on disk")
    assert "HTTPS_PROXY" in failure.value.cure


def test_no_network_for_the_first_download_says_what_to_do_and_keeps_what_arrived(
    tmp_path: Path, repository: Repository
) -> None:
    fetch(tmp_path, repository.url, JARS[1:])
    with pytest.raises(JarsUnreachable) as failure:
        fetch(tmp_path, nobody())
    assert failure.value.message.startswith("one-1.0.jar is not on disk yet")
    assert "run again" in failure.value.cure
    assert (tmp_path / "modules/geo/two-1.0.jar").read_bytes() == TWO


def test_content_that_is_not_the_committed_one_is_refused_and_never_put_in_place(
    tmp_path: Path, repository: Repository
) -> None:
    repository.files["/org/example/one/1.0/one-1.0.jar"] = b"evil" * 75_000
    assert len(b"evil" * 75_000) == len(ONE)
    with pytest.raises(JarDamaged, match=r"one-1\.0\.jar"):
        fetch(tmp_path, repository.url, JARS[:1])
    assert list(tmp_path.glob("lib/*")) == []


def test_refusal_of_the_repository_names_jar_and_status(tmp_path: Path, repository: Repository) -> None:
    repository.files.clear()
    with pytest.raises(JarsUnreachable, match=r"404 for one-1\.0\.jar"):
        fetch(tmp_path, repository.url, JARS[:1])


def test_full_disk_is_said_before_anything_is_fetched(
    tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 1 << 20

    monkeypatch.setattr(jars_module.shutil, "disk_usage", lambda _: Usage)
    with pytest.raises(NotEnoughSpace, match="1 MB are free"):
        fetch(tmp_path, repository.url)
    assert repository.asked == []


def test_folder_that_cannot_be_written_is_named_with_the_setting(tmp_path: Path, repository: Repository) -> None:
    (tmp_path / "home").write_text("a file where a folder should be")
    with pytest.raises(JarsNotWritable, match=str(tmp_path / "home")) as failure:
        fetch(tmp_path / "home", repository.url)
    assert "LIKAR_HOME" in failure.value.cure


def test_bar_of_the_download_is_shown_only_when_something_is_fetched(tmp_path: Path, repository: Repository) -> None:
    shown = StringIO()
    for _ in range(2):
        shown.truncate(0)
        with jar_progress(Console(file=shown, width=120)) as progress:
            ensure_jars(tmp_path, repository=repository.url, jars=JARS, progress=progress)
        assert ("Fetching the search engine" in shown.getvalue()) is bool(repository.asked)
        repository.asked.clear()


def test_jar_of_an_older_list_is_removed(tmp_path: Path, repository: Repository) -> None:
    fetch(tmp_path, repository.url)
    older = tmp_path / "lib/one-0.9.jar"
    older.write_bytes(b"old")
    fetch(tmp_path, nobody())
    assert not older.exists()


def test_progress_grows_to_exactly_the_whole(tmp_path: Path, repository: Repository) -> None:
    repository.cut_off_after_bytes = CHUNK_BYTES + 1000
    told: list[tuple[int, int]] = []
    ensure_jars(
        tmp_path,
        repository=repository.url,
        jars=JARS,
        progress=lambda done, total: told.append((done, total)),
        pause_s=0.01,
    )
    whole = len(ONE) + len(TWO)
    assert told[0] == (0, whole)
    assert told[-1] == (whole, whole)
    assert max(done for done, _ in told) == whole


def test_two_at_once_end_with_sound_jars_and_ask_for_each_once(tmp_path: Path, repository: Repository) -> None:
    threads = [threading.Thread(target=fetch, args=(tmp_path, repository.url)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (tmp_path / "lib/one-1.0.jar").read_bytes() == ONE
    assert len(repository.asked) == 2
