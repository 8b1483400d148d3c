"""A tiny registry read and joined as the indexer does it, without network, engine or files."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from directory.capacity import CapacityRule
from directory.documents import DoctorDocument, FacilityDocument
from directory.places import Gazetteer
from directory.places.gazetteer_file import Entry, Sources, place_entries, write_gazetteer
from esoz.feeds import FEEDS
from esoz.stream import BulkStream
from fixtures.tiny.places import ZHYTOMYR
from fixtures.tiny.registry import Doctor, TinyRegistry
from fixtures.tiny.registry import Place as TinyDivision
from indexer.documents import DoctorCount, doctor_documents, facility_document
from indexer.joined import quarantine_orphans, read_directory, read_persons
from indexer.registry import FeedReading, Registry
from indexer.snapshot import Snapshot

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


def feed_body(registry: TinyRegistry, feed: str, date: datetime | None) -> bytes:
    """The answer of one bulk feed, as upstream would send it."""
    meta = {"code": 200, "type": "list"} | ({"date": date.isoformat()} if date else {})
    return json.dumps({"meta": meta, "data": registry.rows[feed]}, ensure_ascii=False).encode()


def read_into(
    target: Registry,
    registry: TinyRegistry,
    *feeds: str,
    full: bool = True,
    now: datetime = NOW,
    date: datetime | None = None,
    quarantine_limit: float = 1.0,
    quarantine_floor: int = 0,
    shrink_limit: float = 0.5,
) -> dict[str, FeedReading]:
    """Reads the feeds (all when none is named) of a tiny registry into the registry."""
    readings = {}
    for feed in feeds or FEEDS:
        stream = BulkStream(FEEDS[feed], [feed_body(registry, feed, date or registry.date)])
        readings[feed] = target.read_feed(
            feed,
            stream,
            full=full,
            now=now,
            quarantine_limit=quarantine_limit,
            quarantine_floor=quarantine_floor,
            shrink_limit=shrink_limit,
        )
    return readings


@contextmanager
def empty_registry() -> Iterator[Registry]:
    with Registry(duckdb.connect()) as registry:
        yield registry


_ZHYTOMYR_AND_ANCESTORS = [
    Entry(ZHYTOMYR.oblast, "O", "Житомирська", None, (ZHYTOMYR.lat, ZHYTOMYR.lon), None, ()),
    Entry(str(ZHYTOMYR.raion), "P", "Житомирський", ZHYTOMYR.oblast, (ZHYTOMYR.lat, ZHYTOMYR.lon), None, ()),
    Entry(str(ZHYTOMYR.hromada), "H", "Житомирська", ZHYTOMYR.raion, (ZHYTOMYR.lat, ZHYTOMYR.lon), None, ()),
    Entry(ZHYTOMYR.code, "M", "Житомир", ZHYTOMYR.hromada, (ZHYTOMYR.lat, ZHYTOMYR.lon), 260_000, ()),
]


@lru_cache(maxsize=1)
def small_gazetteer() -> Gazetteer:
    """Zhytomyr with its ancestors: all that the rules of documents need of places."""
    return Gazetteer(place_entries(_ZHYTOMYR_AND_ANCESTORS))


def write_small_gazetteer(path: Path) -> None:
    """The same as a file, for builds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_gazetteer(path, Sources("test", "test", "test", "test"), _ZHYTOMYR_AND_ANCESTORS)


@dataclass(frozen=True)
class Made:
    """All documents of a tiny registry by id."""

    doctors: dict[str, DoctorDocument]
    facilities: dict[str, FacilityDocument]
    orphans: int

    def of(self, doctor: Doctor) -> DoctorDocument:
        return self.doctors[doctor.employee_id]

    def at(self, division: TinyDivision) -> FacilityDocument:
        return self.facilities[division.id]


def make_documents(
    registry: TinyRegistry, *, now: datetime = NOW, rule: CapacityRule | None = None, **reading: Any
) -> Made:
    """Every document the indexer makes of a tiny registry."""
    with empty_registry() as target:
        read_into(target, registry, *(feed for feed in FEEDS if registry.rows[feed]), **reading)
        orphans = quarantine_orphans(target, now)
        snapshot = Snapshot(now=now, feed_dates=target.feed_dates(), capacity=rule or CapacityRule())
        directory = read_directory(target, small_gazetteer(), snapshot)
        doctors, counts = {}, dict[str, DoctorCount]()
        for person in read_persons(target):
            for document in doctor_documents(person, directory.places, directory.facilities, snapshot):
                doctors[document.id] = document
                if document.division and document.division.id:
                    counts.setdefault(document.division.id, DoctorCount()).add(document)
        facilities = {
            place.id: facility_document(place, counts.get(place.id, DoctorCount()), snapshot)
            for place in directory.places.values()
        }
    return Made(doctors, facilities, orphans)
