"""A synthetic nation full of traps, through the sandbox into the real engine, held against its manifest."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from directory.places import Gazetteer
from directory.places.build import build_gazetteer
from fixtures.nation import TrapRates, generate
from fixtures.sandbox.gate import FULL_KEY
from indexer.build import build
from indexer.config import EngineAddress, IndexerConfig
from indexer.report import BuildReport
from indexer.upkeep import read_quarantine
from tests.support.manifest_truth import Found, compare_doctors, compare_places, count_quarantined, scan
from tests.support.sandbox import serve_sandbox

pytestmark = [pytest.mark.journey, pytest.mark.engine]

MANY = TrapRates(
    swapped_coordinates=0.08, wrong_oblast=0.08, zero_coordinates=0.03, outside_ukraine=0.03, malformed_rows=0.002
)


@pytest.fixture(scope="module")
def built(
    engine_url: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, IndexerConfig, BuildReport, dict[str, Found]]:
    home = tmp_path_factory.mktemp("truth")
    folder = home / "sandbox"
    config = IndexerConfig(
        home=home,
        engine=EngineAddress(engine_url),
        esoz_url="",
        esoz_api_key=FULL_KEY,
        index_prefix="truth-",
    )
    config.gazetteer_file.parent.mkdir(parents=True)
    build_gazetteer(config.gazetteer_file)
    gazetteer = Gazetteer.load(config.gazetteer_file)
    manifest = generate(folder, doctors=3_000, seed=7, gazetteer=gazetteer, rates=MANY)
    with serve_sandbox(folder) as url:
        report = build(replace(config, esoz_url=url), now=lambda: manifest.meta.as_of + timedelta(hours=6))
    found = [
        *compare_places(folder, scan(engine_url, "truth-facilities")),
        *compare_doctors(folder, scan(engine_url, "truth-doctors")),
    ]
    return folder, config, report, {each.kind: each for each in found}


@pytest.mark.parametrize(
    ("kind", "share"),
    [
        ("swapped_coordinates", 0.99),
        ("wrong_oblast", 0.95),
        ("outside_ukraine", 1.0),
        ("zero_coordinates", 1.0),
        ("missing_location", 0.95),
        ("sound points left alone", 1.0),
        ("addresses resolved", 0.97),
        ("resolved to the true settlement", 0.999),
        ("employee_stopped", 1.0),
        ("employee_autodeactivated", 1.0),
        ("employee_ended", 1.0),
        ("employee_inactive", 1.0),
        ("missing_division", 1.0),
        ("place_mismatch", 1.0),
        ("missing_limit", 1.0),
        ("over_limit", 1.0),
        ("mismatch_limit", 1.0),
    ],
)
def test_traps_of_the_manifest_are_found(
    built: tuple[Path, IndexerConfig, BuildReport, dict[str, Found]], kind: str, share: float
) -> None:
    found = built[3][kind]
    assert found.listed >= 3
    assert found.share >= share, found
    assert found.false_alarms == 0


def test_malformed_rows_are_all_in_the_quarantine_and_counted(
    built: tuple[Path, IndexerConfig, BuildReport, dict[str, Found]],
) -> None:
    folder, config, report, _ = built
    rows = read_quarantine(config, limit=10_000).rows
    found = count_quarantined(folder, {(row.feed, row.entity_id) for row in rows})
    assert found.listed >= 10
    assert found.share == 1.0
    assert sum(count.rows for count in report.quarantine) == len(rows)


def test_the_report_adds_up(built: tuple[Path, IndexerConfig, BuildReport, dict[str, Found]]) -> None:
    folder, _, report, _ = built
    lines = sum(len((folder / f"{feed.feed}.jsonl").read_bytes().splitlines()) for feed in report.feeds)
    assert report.rows_read == lines
    assert not report.doctors.rejected
    assert report.doctors.written > 3_000
    assert report.took_s >= sum(report.seconds.values()) * 0.9
