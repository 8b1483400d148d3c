"""Fetch the engine's jars into one folder and hold every one of them to its committed SHA-256."""

import hashlib
import json
import shutil
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from indexer.embedded.errors import EngineError, JarDamaged, JarsNotWritable, JarsUnreachable, NotEnoughSpace
from indexer.embedded.jar_list import LIB, MODULES, OPENSEARCH, Jar, read_jar_list
from stack.locks import hold_lock

Progress = Callable[[int, int], None]
"""Told the bytes at hand and the bytes there will be, from any thread, one call at a time."""

PARALLEL = 8
ATTEMPTS = 4
CHUNK_BYTES = 1 << 16
CONNECT_S, READ_S = 10.0, 30.0
SPARE_BYTES = 64 << 20
STAMP = "verified.json"


def ensure_jars(
    folder: Path,
    *,
    progress: Progress | None = None,
    repository: str | None = None,
    jars: Sequence[Jar] | None = None,
    verify: bool = False,
    pause_s: float = 0.5,
) -> list[Path]:
    """Make `folder` hold exactly the committed jars, laid out as the server wants them; give the class path.

    A jar whose size and time have not changed since it was last summed is trusted unless `verify` asks for every sum
    again. Missing, half-fetched and damaged ones are fetched: eight at a time, going on where a broken download
    stopped, renamed into place only when size and SHA-256 agree. `repository` replaces the public one (a mirror);
    proxies and certificate files of the environment are respected. `pause_s` is the first pause between attempts.
    Two processes may call it at once.

    Raises `JarsUnreachable`, `JarDamaged` or `JarsNotWritable`; what was fetched stays and is not fetched again.
    """
    wanted = tuple(jars) if jars is not None else read_jar_list()
    try:
        _make_whole(folder, wanted, progress, repository, pause_s, verify=verify)
    except OSError as failure:
        raise JarsNotWritable(
            f"{failure.filename or folder} cannot be written: {failure.strerror}.",
            "Correct its permissions or free some space, or set another LIKAR_HOME, and run again.",
        ) from failure
    return [folder / jar.path for jar in wanted if jar.place == LIB]


def _make_whole(
    folder: Path,
    wanted: Sequence[Jar],
    progress: Progress | None,
    repository: str | None,
    pause_s: float,
    *,
    verify: bool,
) -> None:
    with hold_lock(folder / ".lock"):
        stamp = {} if verify else _read_stamp(folder)
        missing = [jar for jar in wanted if not _is_sound(folder / jar.path, jar, stamp)]
        if missing:
            _fetch_all(folder, missing, sum(jar.size_bytes for jar in wanted), progress, repository, pause_s)
        _remove_strangers(folder, wanted)
        _write_descriptors(folder)
        _write_stamp(folder, wanted)


def count_missing_bytes(folder: Path) -> int:
    """Say how many bytes `ensure_jars` would have to fetch, by presence and size only."""
    return sum(jar.size_bytes for jar in read_jar_list() if _size_of(folder / jar.path) != jar.size_bytes)


def _size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else -1


def _is_sound(path: Path, jar: Jar, stamp: dict[str, Any]) -> bool:
    if _size_of(path) != jar.size_bytes:
        return False
    return bool(stamp.get(jar.path) == _stamp_of(path, jar)) or _sha256_of(path) == jar.sha256


def _sha256_of(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _stamp_of(path: Path, jar: Jar) -> list[Any]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, jar.sha256]


def _read_stamp(folder: Path) -> dict[str, Any]:
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(folder: Path, jars: Sequence[Jar]) -> None:
    stamp = {jar.path: _stamp_of(folder / jar.path, jar) for jar in jars}
    fresh = folder / f"{STAMP}.new"
    fresh.write_text(json.dumps(stamp, indent=0), encoding="utf-8")
    fresh.replace(folder / STAMP)


def _remove_strangers(folder: Path, jars: Sequence[Jar]) -> None:
    # A jar left from an older list would be loaded beside its successor and stop the start.
    wanted = {folder / jar.path for jar in jars}
    for found in [*folder.glob("lib/*"), *folder.glob("modules/*/*.jar*")]:
        if found not in wanted:
            found.unlink()
    known = {module.name for module in MODULES}
    for found in folder.glob("modules/*"):
        if found.name not in known:
            shutil.rmtree(found)


def _write_descriptors(folder: Path) -> None:
    (folder / "plugins").mkdir(exist_ok=True)
    for module in MODULES:
        place = folder / "modules" / module.name
        place.mkdir(parents=True, exist_ok=True)
        (place / "plugin-descriptor.properties").write_text(
            f"name={module.name}\ndescription={module.name}\nversion={OPENSEARCH}\nopensearch.version={OPENSEARCH}\n"
            f"java.version=21\nclassname={module.plugin_class}\n",
            encoding="ascii",
        )


def _fetch_all(
    folder: Path,
    jars: Sequence[Jar],
    total_bytes: int,
    progress: Progress | None,
    repository: str | None,
    pause_s: float,
) -> None:
    missing_bytes = sum(jar.size_bytes for jar in jars)
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < missing_bytes + SPARE_BYTES:
        raise NotEnoughSpace(
            f"The search engine's files need {(missing_bytes + SPARE_BYTES) >> 20} MB in {folder}, "
            f"where {free_bytes >> 20} MB are free.",
            "Free some space on that disk and run again.",
        )
    tally = _Tally(total_bytes - missing_bytes, total_bytes, progress, pause_s)
    base = repository or default_repository()
    with ThreadPoolExecutor(PARALLEL, thread_name_prefix="jars") as pool:
        fetches = [pool.submit(_fetch, folder, jar, base, tally) for jar in jars]
        failures: list[EngineError] = []
        try:
            for fetch in fetches:
                try:
                    fetch.result()
                except EngineError as failure:
                    failures.append(failure)
                    tally.give_up.set()
        except BaseException:
            # Ctrl-C, or a full disk: the pool would otherwise go on to the last file before it lets us go.
            tally.give_up.set()
            raise
    if failures:
        raise next((failure for failure in failures if isinstance(failure, JarDamaged)), failures[0])


def default_repository() -> str:
    """Give the address of the public repository of Java packages, as the library that knows it spells it."""
    from jgo.maven import MavenContext

    return next(iter(MavenContext().remote_repos.values()))


class _Tally:
    """What the fetching threads share: the bytes at hand, the pause between attempts, the sign to give up."""

    def __init__(self, done: int, total: int, progress: Progress | None, pause_s: float) -> None:
        self.pause_s = pause_s
        self._done, self._total, self._progress = done, total, progress
        self._lock = threading.Lock()
        self.give_up = threading.Event()
        self.add(0)

    def add(self, size_bytes: int) -> None:
        with self._lock:
            self._done += size_bytes
            if self._progress is not None:
                self._progress(self._done, self._total)


def _fetch(folder: Path, jar: Jar, base: str, tally: _Tally) -> None:
    target = folder / jar.path
    target.parent.mkdir(parents=True, exist_ok=True)
    damaged = target.exists()
    part = target.with_name(target.name + ".part")
    for attempt in ("first", "second"):
        _download(f"{base.rstrip('/')}/{_repository_path(jar)}", jar, part, tally, damaged=damaged)
        if tally.give_up.is_set():
            return
        if _size_of(part) == jar.size_bytes and _sha256_of(part) == jar.sha256:
            part.replace(target)
            return
        # A part left from an earlier run may be of another file: once more from nothing before judging the source.
        tally.add(-_size_of(part))
        part.unlink()
        if attempt == "second":
            raise JarDamaged(
                f"{jar.file_name} arrived with another content than the one this version of Likar was tested with, "
                "twice.",
                "Check that no proxy rewrites downloads, or name another mirror, and run again.",
            )


def _repository_path(jar: Jar) -> str:
    group, artifact, version = jar.coordinates.split(":")
    return f"{group.replace('.', '/')}/{artifact}/{version}/{jar.file_name}"


def _download(url: str, jar: Jar, part: Path, tally: _Tally, *, damaged: bool) -> None:
    """Bring `part` to its whole size, going on from what is there; several attempts with growing pauses."""
    import requests

    if _size_of(part) > jar.size_bytes:
        part.unlink()
    counted = max(_size_of(part), 0)
    tally.add(counted)
    for attempt in range(ATTEMPTS):
        if _size_of(part) == jar.size_bytes or tally.give_up.wait(tally.pause_s * (2**attempt - 1)):
            return
        have = max(_size_of(part), 0)
        tally.add(have - counted)
        counted = have
        try:
            with requests.get(
                url,
                stream=True,
                timeout=(CONNECT_S, READ_S),
                headers={"Range": f"bytes={have}-"} if have else {},
            ) as response:
                if response.status_code in (429, 500, 502, 503, 504):
                    continue
                if response.status_code not in (200, 206):
                    raise _refused(jar, response.status_code)
                if response.status_code == 200 and have:
                    tally.add(-counted)
                    counted = 0
                with part.open("ab" if response.status_code == 206 else "wb") as out:
                    for chunk in response.iter_content(CHUNK_BYTES):
                        out.write(chunk)
                        counted += len(chunk)
                        tally.add(len(chunk))
                        if tally.give_up.is_set():
                            return
        except requests.RequestException:
            continue
    if _size_of(part) >= jar.size_bytes:
        return
    what = f"{jar.file_name} is damaged on disk" if damaged else f"{jar.file_name} is not on disk yet"
    raise JarsUnreachable(
        f"{what}, and the repository of the search engine's files could not be reached.",
        "Check the network (HTTPS_PROXY, and REQUESTS_CA_BUNDLE for a proxy with a certificate of its own) and run "
        "again: what has arrived is kept.",
    )


def _refused(jar: Jar, status: int) -> JarsUnreachable:
    return JarsUnreachable(
        f"The repository of the search engine's files answered {status} for {jar.file_name}.",
        "Check the proxy or the mirror that answers for it, and run again: what has arrived is kept.",
    )
