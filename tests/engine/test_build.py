"""Engine tests of the whole build: tiny registry, sandbox, real engine; and everything that can go wrong on the way."""

import json
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

from directory.capacity import CapacityRule
from esoz.client import Retries, TimeLimits
from fixtures.tiny.registry import TinyRegistry
from indexer import build as building
from indexer.build import build
from indexer.cli import create_index_app
from indexer.config import EngineAddress, IndexerConfig
from indexer.documents import doctor_documents
from indexer.errors import (
    BuildRunning,
    DocumentsRejected,
    EngineUnreachable,
    FeedRefused,
    FeedUnreadable,
    IndexingError,
)
from indexer.lifecycle import Lifecycle, serving_is_current
from indexer.load import Engine, connect_engine
from indexer.registry import Registry
from indexer.report import as_plain
from indexer.steps import NoProgress
from indexer.upkeep import read_quarantine, read_status, roll_back
from tests.support.sandbox import serve_sandbox
from tests.support.tiny_registry import NOW, write_small_gazetteer

pytestmark = pytest.mark.engine

PROJECT = Path(__file__).resolve().parents[2]
STEPS_BEFORE_SWAP = [
    "read parties",
    "describe places",
    "create",
    "write doctors",
    "write facilities",
    "merge",
    "verify",
    "complete",
    "swap",
]


@dataclass
class Bench:
    """One cabinet of tools: a tiny upstream, a folder, a prefix of its own in the shared engine."""

    config: IndexerConfig
    folder: Path
    client: Engine

    def publish(self, surname: str, doctors: int = 3, **fields: Any) -> TinyRegistry:
        """Makes upstream say that its doctors are called so."""
        registry = TinyRegistry()
        clinic = registry.division("Амбулаторія №3")
        registry.contract(clinic)
        for number in range(doctors):
            registry.doctor(surname, "Олена" if number else "Ганна", at=clinic, **fields)
        registry.write(self.folder)
        return registry

    def served(self) -> list[str]:
        """The surnames that readers of the alias find, each once."""
        self.client.indices.refresh(index=f"{self.config.index_prefix}doctors")
        hits = self.client.search(index=f"{self.config.index_prefix}doctors")["hits"]["hits"]
        return sorted({hit["_source"]["name"]["last"] for hit in hits})

    def holders(self) -> list[int]:
        """How many indexes hold each alias."""
        found = [
            self.client.indices.get_alias(name=f"{self.config.index_prefix}{a}") for a in ("doctors", "facilities")
        ]
        return [len(indexes) for indexes in found]

    def life(self) -> Lifecycle:
        return Lifecycle(self.client, prefix=self.config.index_prefix)

    def fault(self, feed: str, **fault: Any) -> None:
        request = urllib.request.Request(
            f"{self.config.esoz_url}/control/faults/{feed}", json.dumps(fault).encode(), method="PUT"
        )
        with urllib.request.urlopen(request) as answer:
            assert answer.status == 200

    def no_faults(self) -> None:
        request = urllib.request.Request(f"{self.config.esoz_url}/control/faults", method="DELETE")
        with urllib.request.urlopen(request) as answer:
            assert answer.status == 200

    def process(self, step: str, *more: str) -> list[str]:
        config = self.config
        module = [sys.executable, "-m", "tests.support.killed_build"]
        return [*module, str(config.home), config.engine.url, config.esoz_url, config.index_prefix, step, *more]


@pytest.fixture
def bench(tmp_path: Path, engine_url: str, index_prefix: str) -> Iterator[Bench]:
    folder, home = tmp_path / "upstream", tmp_path / "home"
    write_small_gazetteer(home / "places" / "gazetteer.json.gz")
    TinyRegistry().write(folder)
    client = connect_engine(EngineAddress(engine_url))
    with serve_sandbox(folder) as url:
        config = IndexerConfig(
            home=home,
            engine=EngineAddress(engine_url),
            esoz_url=url,
            esoz_api_key="sandbox-all-scopes",
            index_prefix=index_prefix,
            capacity=CapacityRule(max_age=timedelta(days=7)),
            upstream_limits=TimeLimits(piece_s=2.0, feed_s=0.5),
            upstream_retries=Retries(attempts=2, first_pause_s=0.01, longest_pause_s=0.02),
        )
        yield Bench(config, folder, client)
    client.close()


def run(bench: Bench, **changes: Any) -> Any:
    return build(replace(bench.config, **changes), now=lambda: NOW, sleep=lambda seconds: None)


def test_a_build_puts_both_indexes_into_service_and_tells_what_it_did(bench: Bench) -> None:
    registry = bench.publish("Коваленко")
    registry.raw("parties", {"id": "p-1"})
    registry.write(bench.folder)
    report = run(bench, quarantine_limit=0.5)
    assert bench.served() == ["Коваленко"]
    assert bench.holders() == [1, 1]
    assert (report.doctors.written, report.doctors.active, report.facilities.written) == (3, 3, 1)
    assert report.rows_read == 1 + 1 + 4 + 3 + 1 + 3
    assert [(count.feed, count.reason, count.rows) for count in report.quarantine] == [("parties", "missing_field", 1)]
    assert report.located == {"upstream/address": 1}
    assert set(STEPS_BEFORE_SWAP) < set(report.seconds)
    assert report.peak_memory_mb > 0
    assert json.loads(json.dumps(as_plain(report)))["doctors"]["written"] == 3


def test_a_second_build_serves_the_new_and_can_be_rolled_back(bench: Bench) -> None:
    bench.publish("Давня")
    run(bench)
    bench.publish("Нова")
    report = run(bench)
    assert bench.served() == ["Нова"]
    assert {reading.feed: reading.changed for reading in report.feeds}["parties"] == 3
    roll_back(bench.config)
    assert bench.served() == ["Давня"]
    assert bench.holders() == [1, 1]


def test_only_the_serving_pair_and_the_one_before_are_kept(bench: Bench) -> None:
    for surname in ("Перша", "Друга", "Третя"):
        bench.publish(surname)
        run(bench)
    known = bench.life().known_indexes()
    assert [index.serving for index in known] == [False, False, True, True]


def test_what_serves_tells_age_and_schema(bench: Bench) -> None:
    bench.publish("Коваленко")
    assert not serving_is_current(bench.config)
    run(bench)
    assert serving_is_current(bench.config)
    doctors, facilities = read_status(bench.config)
    assert doctors.serving is not None
    assert doctors.serving.documents == 3
    assert doctors.serving.meta["feeds"]["parties"] == "2026-03-02T00:00:00+00:00"
    assert doctors.serving.meta["active"] == 3
    assert facilities.current_schema
    assert facilities.previous is None


@pytest.mark.parametrize("step", STEPS_BEFORE_SWAP)
def test_a_build_killed_at_any_step_leaves_the_old_index_serving(bench: Bench, step: str) -> None:
    bench.publish("Давня")
    run(bench)
    bench.publish("Нова")
    killed = subprocess.run(bench.process(step), cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert bench.served() == ["Давня"]
    assert bench.holders() == [1, 1]
    run(bench)
    assert bench.served() == ["Нова"]
    assert all(index.complete for index in bench.life().known_indexes())
    assert len(bench.life().known_indexes()) == 4


def test_a_build_killed_after_the_swap_leaves_the_new_index_serving(bench: Bench) -> None:
    bench.publish("Давня")
    run(bench)
    bench.publish("Нова")
    killed = subprocess.run(
        bench.process("clean"), cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert bench.served() == ["Нова"]
    assert bench.holders() == [1, 1]
    roll_back(bench.config)
    assert bench.served() == ["Давня"]


def test_two_builds_at_once_are_refused_in_one_folder_and_over_one_cluster(bench: Bench, tmp_path: Path) -> None:
    bench.publish("Коваленко")
    elsewhere = tmp_path / "other-home"
    shutil.copytree(bench.config.home, elsewhere)
    with subprocess.Popen(
        bench.process("write doctors", "wait"), cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "waiting\n"
        with pytest.raises(BuildRunning, match=f"process {other.pid}"):
            run(bench)
        with pytest.raises(BuildRunning, match=f"Another build holds the lock of this cluster .process {other.pid}"):
            run(bench, home=elsewhere)
        # The index the other build is filling was not taken for a left-over.
        assert len(bench.life().known_indexes()) == 2
        other.communicate(timeout=30)
    assert other.returncode == 0
    assert bench.served() == ["Коваленко"]


FAULTS = {
    "401": ({"kind": "401"}, FeedUnreadable, "check the api-key"),
    "403": ({"kind": "403"}, FeedUnreadable, "ask upstream for the scope"),
    "404": ({"kind": "404"}, FeedUnreadable, "not be ready yet"),
    "429": ({"kind": "429", "retry_after_s": 60}, FeedUnreadable, "asks for a pause"),
    "500": ({"kind": "500"}, FeedUnreadable, "upstream is in trouble"),
    "slow": ({"kind": "slow", "delay_s": 0.6}, FeedUnreadable, "too slow"),
    "cut off": ({"kind": "cut_off", "after_bytes": 300}, FeedUnreadable, "the connection broke"),
    "malformed": ({"kind": "malformed_json", "after_bytes": 300}, FeedUnreadable, "no sound JSON"),
    "malformed row": ({"kind": "malformed_row"}, FeedRefused, "are bad"),
    "empty": ({"kind": "empty"}, FeedRefused, "is empty"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_upstream_leaves_the_old_index_serving_and_says_why(bench: Bench, name: str) -> None:
    fault, error, cure = FAULTS[name]
    bench.publish("Давня")
    run(bench)
    bench.publish("Нова")
    bench.fault("parties", **fault)
    with pytest.raises(error, match=cure) as caught:
        run(bench)
    sentence = str(caught.value)
    assert "parties" in sentence
    assert sentence.endswith((".", "`."))
    assert "sandbox-all-scopes" not in sentence
    assert bench.served() == ["Давня"]
    assert len(bench.life().known_indexes()) == 2
    bench.no_faults()
    run(bench)
    assert bench.served() == ["Нова"]


@pytest.mark.parametrize("feed", ["divisions", "employees", "declarations_limit"])
def test_a_feed_that_breaks_off_once_is_read_again(bench: Bench, feed: str) -> None:
    bench.publish("Коваленко")
    bench.fault(feed, kind="cut_off", after_bytes=300, times=1)
    run(bench)
    assert bench.served() == ["Коваленко"]


def test_nobody_upstream_is_one_sentence(bench: Bench) -> None:
    with pytest.raises(FeedUnreadable, match="check the address and whether upstream runs"):
        run(bench, esoz_url="http://127.0.0.1:9")


def test_a_wrong_api_key_is_one_sentence_without_the_key(bench: Bench) -> None:
    with pytest.raises(FeedUnreadable, match="check the api-key") as caught:
        run(bench, esoz_api_key="wrong-and-secret")
    assert "wrong-and-secret" not in str(caught.value)


def test_an_engine_that_is_down_is_one_sentence(bench: Bench) -> None:
    with pytest.raises(EngineUnreachable, match="start it or correct its address"):
        run(bench, engine=EngineAddress("http://127.0.0.1:9"))


class Sabotage(NoProgress):
    """Does something nasty at the start of a step."""

    def __init__(self, step: str, act: Any) -> None:
        self._step, self._act = step, act

    def start(self, step: str, total: int | None) -> None:
        if step == self._step:
            self._act()


@pytest.mark.parametrize("step", ["write doctors", "verify", "swap"])
def test_an_exception_on_the_way_removes_the_half_built_indexes(bench: Bench, step: str) -> None:
    bench.publish("Давня")
    run(bench)
    bench.publish("Нова")

    def fail() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(bench.config, progress=Sabotage(step, fail), now=lambda: NOW)
    assert bench.served() == ["Давня"]
    assert len(bench.life().known_indexes()) == 2


def test_an_index_that_vanishes_while_it_is_filled_fails_the_build(bench: Bench) -> None:
    bench.publish("Давня")
    run(bench)
    bench.publish("Нова")

    def remove_the_new() -> None:
        for index in bench.life().known_indexes():
            if not index.serving:
                bench.client.indices.delete(index=str(index.name))

    with pytest.raises(IndexingError):
        build(bench.config, progress=Sabotage("merge", remove_the_new), now=lambda: NOW)
    assert bench.served() == ["Давня"]


def test_a_rejected_document_fails_the_build(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.publish("Давня")
    run(bench)
    bench.publish("Нова")

    def with_a_bad_tie(*args: Any) -> Any:
        documents = doctor_documents(*args)
        return [msgspec.structs.replace(documents[0], tie={"d0": 2**63}), *documents[1:]]

    monkeypatch.setattr(building, "doctor_documents", with_a_bad_tie)
    with pytest.raises(DocumentsRejected, match=r"rejected 3 documents of .*\((mapper|document)_parsing_exception 3\)"):
        run(bench)
    assert bench.served() == ["Давня"]
    assert len(bench.life().known_indexes()) == 2


def test_rejected_documents_within_the_limit_are_counted(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.publish("Коваленко")

    def first_is_bad(*args: Any) -> Any:
        documents = doctor_documents(*args)
        if documents[0].name.first == "Ганна":
            documents[0] = msgspec.structs.replace(documents[0], tie={"d0": 2**63})
        return documents

    monkeypatch.setattr(building, "doctor_documents", first_is_bad)
    report = run(bench, rejected_limit=0.5)
    assert (report.doctors.written, sum(report.doctors.rejected.values())) == (2, 1)
    assert bench.client.count(index=f"{bench.config.index_prefix}doctors")["count"] == 2


def test_a_nation_that_shrinks_sharply_is_refused(bench: Bench) -> None:
    bench.publish("Коваленко", doctors=5)
    run(bench)
    bench.publish("Коваленко", doctors=2)
    with pytest.raises(FeedRefused, match="3 of 5 known rows are absent from feed parties"):
        run(bench)
    run(bench, shrink_limit=0.9)
    assert bench.client.count(index=f"{bench.config.index_prefix}doctors")["count"] == 2


def test_a_nation_where_nobody_works_any_more_is_refused(bench: Bench) -> None:
    bench.publish("Коваленко")
    run(bench)
    bench.publish("Коваленко", status="STOPPED")
    with pytest.raises(IndexingError, match="holds 0 documents in force where the index in service holds 3"):
        run(bench)
    assert bench.served() == ["Коваленко"]


def test_a_missing_gazetteer_is_built_and_a_damaged_one_replaced(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Path] = []

    def build_gazetteer(path: Path) -> None:
        built.append(path)
        write_small_gazetteer(path)

    monkeypatch.setattr("directory.places.build.build_gazetteer", build_gazetteer)
    bench.publish("Коваленко")
    bench.config.gazetteer_file.unlink()
    run(bench)
    bench.config.gazetteer_file.write_bytes(b"damaged")
    run(bench)
    run(bench)
    assert built == [bench.config.gazetteer_file] * 2


def test_the_registry_of_a_stopped_build_is_taken_further(bench: Bench) -> None:
    bench.publish("Коваленко")
    run(bench)
    report = run(bench)
    assert [(reading.added, reading.changed, reading.gone) for reading in report.feeds] == [(0, 0, 0)] * 8
    with Registry.open(bench.config.registry_file) as registry:
        assert registry.count("employees") == 3


def invoke(bench: Bench, *arguments: str, **changes: Any) -> Any:
    app = create_index_app(lambda: replace(bench.config, **changes))
    return CliRunner().invoke(app, list(arguments))


def test_the_commands_do_their_work_and_print_json(bench: Bench) -> None:
    bench.publish("Давня")
    assert invoke(bench, "status").exit_code == 1
    assert json.loads(invoke(bench, "build", "--json").stdout)["doctors"]["written"] == 3
    bench.publish("Нова")
    shown = invoke(bench, "build")
    assert shown.exit_code == 0
    assert "reading parties" in shown.stderr
    assert "writing doctors" in shown.stderr
    assert "3 doctors and 1 facilities in service" in shown.stdout
    status = json.loads(invoke(bench, "status", "--json").stdout)
    assert status[0]["documents"] == 3
    assert status[0]["previous"] is not None
    assert "yes" in invoke(bench, "status").stdout
    assert invoke(bench, "rollback").exit_code == 0
    assert bench.served() == ["Давня"]
    assert json.loads(invoke(bench, "clean", "--json").stdout)["removed"] != []
    refused = invoke(bench, "rollback")
    assert (refused.exit_code, refused.stderr) == (3, "No older index is kept to roll back to: build instead.\n")


def test_the_quarantine_is_read_from_the_command_line(bench: Bench) -> None:
    assert "The quarantine is empty." in invoke(bench, "quarantine").stdout
    registry = bench.publish("Коваленко")
    registry.raw("parties", {"id": "p-1"})
    registry.write(bench.folder)
    refused = invoke(bench, "build", "--quiet")
    assert refused.exit_code == 3
    assert "1 of 4 rows of feed parties are bad (missing_field 1)" in refused.stderr
    found = json.loads(invoke(bench, "quarantine", "--feed", "parties", "--json").stdout)
    assert [(row["entity_id"], row["reason"]) for row in found["rows"]] == [("p-1", "missing_field")]
    assert "p-1" in invoke(bench, "quarantine", "--reason", "missing_field").stdout
    assert invoke(bench, "quarantine", "--feed", "patients").exit_code == 2
    assert len(read_quarantine(bench.config, reason="other").rows) == 0


def test_a_failed_build_ends_with_one_and_one_sentence(bench: Bench) -> None:
    failed = invoke(bench, "build", engine=EngineAddress("http://127.0.0.1:9"))
    assert failed.exit_code == 1
    assert "OpenSearch is not reachable" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_every_command_has_help(bench: Bench) -> None:
    for command in ("build", "status", "rollback", "clean", "quarantine"):
        assert invoke(bench, command, "--help").exit_code == 0
