"""The use case «build»: feeds into the registry, registry into new indexes, indexes into service.

Whatever goes wrong, or if the process dies, the indexes in service stay as they were.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from directory.places import Gazetteer
from directory.schema import Alias
from esoz import errors as upstream
from esoz.client import EsozClient
from esoz.feeds import FEEDS
from indexer import quarantine
from indexer.config import IndexerConfig
from indexer.documents import DoctorCount, doctor_documents, facility_document
from indexer.errors import DocumentsRejected, FeedUnreadable, IndexingError
from indexer.joined import Directory, quarantine_orphans, read_directory, read_persons
from indexer.lifecycle import IndexName, Lifecycle
from indexer.load import BulkLoader, Engine, connect_engine
from indexer.lock import ClusterLock, file_lock, utc_now
from indexer.making import made_by
from indexer.posts import is_doctor
from indexer.registry import FeedReading, Registry
from indexer.report import BuildReport, DocumentCounts, peak_memory_mb
from indexer.smoke import SmokeSamples
from indexer.snapshot import Snapshot
from indexer.steps import NoProgress, Progress, StepClock

_REPORT_EVERY = 500
_FIRST_PAUSE_S = 1.0

_CURES: dict[type[upstream.EsozError], str] = {
    upstream.NotAuthenticated: "check the api-key",
    upstream.Forbidden: "ask upstream for the scope of this feed",
    upstream.NotFound: "the export may not be ready yet: build again later",
    upstream.TooManyRequests: "upstream asks for a pause: build again later",
    upstream.ServerFault: "upstream is in trouble: build again later",
    upstream.Unreachable: "check the address and whether upstream runs",
    upstream.TimedOut: "upstream is too slow: build again later, or raise the time limits",
    upstream.Truncated: "the connection broke: build again",
    upstream.Malformed: "upstream sent no sound JSON: report it, and build again later",
}


@dataclass
class _Build:
    """One build under way."""

    config: IndexerConfig
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    steps: StepClock
    report: BuildReport


def build(
    config: IndexerConfig,
    *,
    progress: Progress | None = None,
    now: Callable[[], datetime] = utc_now,
    sleep: Callable[[float], None] = time.sleep,
) -> BuildReport:
    """Reads all feeds, makes both indexes anew and puts them into service.

    Raises an IndexingError (refused: IndexingRefused) with one plain sentence; then nothing has changed for readers,
    and half-built indexes are removed, at the latest by the next build.
    """
    began = time.perf_counter()
    run = _Build(config, now, sleep, StepClock(progress or NoProgress()), BuildReport(started_at=now()))
    engine = connect_engine(config.engine, connections=config.senders + 2)
    try:
        with ExitStack() as held:
            with run.steps.step("lock"):
                held.enter_context(file_lock(config.lock_file))
                lock = held.enter_context(ClusterLock(engine, config.index_prefix))
            life = Lifecycle(engine, prefix=config.index_prefix, shards=config.shards, replicas=config.replicas)
            with run.steps.step("remove left-overs"):
                run.report.removed_indexes = life.clean().removed
            gazetteer = _load_gazetteer(run)
            with Registry.open(config.registry_file) as registry:
                _read_feeds(run, registry)
                _put_into_service(run, registry, gazetteer, life, engine, lock)
    finally:
        engine.close()
    run.report.seconds = run.steps.seconds
    run.report.took_s = round(time.perf_counter() - began, 2)
    run.report.peak_memory_mb = peak_memory_mb()
    return run.report


def _load_gazetteer(run: _Build) -> Gazetteer:
    """The places of the country; built when the file is missing or out of date."""
    path = run.config.gazetteer_file
    with run.steps.step("places"):
        # Imported here: it needs the large source packages, which serving never does.
        from directory.places.build import ensure_gazetteer

        return Gazetteer.load(ensure_gazetteer(path))


def _read_feeds(run: _Build, registry: Registry) -> None:
    known = registry.readings()
    config = run.config
    with EsozClient(
        config.esoz_url, config.esoz_api_key, limits=config.upstream_limits, retries=config.upstream_retries
    ) as client:
        for feed in FEEDS:
            total = known[feed].rows if feed in known else None
            with run.steps.step(f"read {feed}", total) as advance:
                run.report.feeds.append(_read_feed(run, registry, client, feed, advance))
    run.report.orphans = quarantine_orphans(registry, run.now())
    run.report.quarantine = quarantine.count_rows(registry.connection)


def _read_feed(
    run: _Build, registry: Registry, client: EsozClient, feed: str, advance: Callable[[int], None]
) -> FeedReading:
    """Reads one feed; one that breaks off in the middle is begun again, at most `feed_attempts` times in all."""
    pause_s = _FIRST_PAUSE_S
    for attempt in range(1, run.config.feed_attempts + 1):
        opened = False
        try:
            with client.open_bulk(feed) as stream:
                opened = True
                return registry.read_feed(
                    feed,
                    stream,
                    full=True,
                    now=run.now(),
                    quarantine_limit=run.config.quarantine_limit,
                    quarantine_floor=run.config.quarantine_floor,
                    shrink_limit=run.config.shrink_limit,
                    progress=advance,
                )
        except upstream.EsozError as error:
            broke_off = opened and isinstance(error, upstream.Truncated | upstream.TimedOut)
            if not broke_off or attempt == run.config.feed_attempts:
                cure = _CURES.get(type(error), "see the documentation of upstream")
                raise FeedUnreadable(f"Feed {feed} could not be read: {_bare(error)}; {cure}.") from error
        run.sleep(pause_s)
        pause_s *= 2
    raise AssertionError("the last attempt returns or raises")


def _bare(error: Exception) -> str:
    return str(error).rstrip(".")


def _put_into_service(
    run: _Build, registry: Registry, gazetteer: Gazetteer, life: Lifecycle, engine: Engine, lock: ClusterLock
) -> None:
    """Makes the new generation from the registry and swaps it in; on any failure it is removed again."""
    snapshot = Snapshot(now=run.now(), feed_dates=registry.feed_dates(), capacity=run.config.capacity)
    with run.steps.step("describe places"):
        directory = read_directory(registry, gazetteer, snapshot)
        run.report.add_places(place.located for place in directory.places.values())
    names = life.new_names(run.now())
    try:
        with run.steps.step("create"):
            for name in names.values():
                life.create(name, _meta(run, snapshot))
        samples = _fill(run, registry, directory, snapshot, names, engine)
        with run.steps.step("merge"):
            for name in names.values():
                life.finish(name)
        with run.steps.step("verify"):
            _verify(run, life, names, samples)
        with run.steps.step("complete"):
            for alias, name in names.items():
                meta = {"active": _counts(run, alias).active, "finished_at": run.now().isoformat()}
                life.complete(name, timeout_s=run.config.health_timeout_s, meta=meta)
        with run.steps.step("swap"):
            lock.assert_held()
            life.swap(names)
    except BaseException:
        _discard(life, names)
        raise
    with run.steps.step("clean"):
        _clean(run, life)


def _fill(
    run: _Build,
    registry: Registry,
    directory: Directory,
    snapshot: Snapshot,
    names: Mapping[Alias, IndexName],
    engine: Engine,
) -> SmokeSamples:
    samples = SmokeSamples()
    counts_by_place: dict[str, DoctorCount] = {}
    employees = registry.count("employees")
    with (
        run.steps.step("write doctors", employees) as advance,
        BulkLoader(engine, str(names["doctors"]), senders=run.config.senders) as loader,
    ):
        posts = 0
        for person in read_persons(registry):
            run.report.persons += 1
            run.report.possible_duplicates += person.possible_duplicate
            run.report.other_employees += sum(not is_doctor(post.employee) for post in person.posts)
            for document in doctor_documents(person, directory.places, directory.facilities, snapshot):
                loader.add(document.id, document)
                run.report.doctors.add(document)
                samples.see_doctor(document)
                if document.division and document.division.id:
                    counts_by_place.setdefault(document.division.id, DoctorCount()).add(document)
            posts += len(person.posts)
            if posts % _REPORT_EVERY < len(person.posts):
                advance(posts)
    _take_over(run.report.doctors, loader, samples)
    with (
        run.steps.step("write facilities", len(directory.places)) as advance,
        BulkLoader(engine, str(names["facilities"]), senders=run.config.senders) as loader,
    ):
        for number, place in enumerate(directory.places.values(), start=1):
            facility = facility_document(place, counts_by_place.get(place.id, DoctorCount()), snapshot)
            loader.add(facility.id, facility)
            run.report.facilities.add(facility)
            samples.see_facility(facility)
            if number % _REPORT_EVERY == 0:
                advance(number)
    _take_over(run.report.facilities, loader, samples)
    return samples


def _take_over(counts: DocumentCounts, loader: BulkLoader, samples: SmokeSamples) -> None:
    counts.index, counts.written, counts.rejected = loader.index, loader.report.written, loader.report.rejected
    samples.rejected.update(document_id for document_id, _ in loader.report.samples)


def _verify(run: _Build, life: Lifecycle, names: Mapping[Alias, IndexName], samples: SmokeSamples) -> None:
    for alias, name in names.items():
        counts = _counts(run, alias)
        rejected = sum(counts.rejected.values())
        if rejected > run.config.rejected_limit * (counts.written + rejected):
            reasons = ", ".join(f"{reason} {number}" for reason, number in counts.rejected.most_common())
            raise DocumentsRejected(
                f"OpenSearch rejected {rejected} documents of {name} ({reasons}); mapping and documents disagree."
            )
        life.verify(
            name,
            expected=counts.written,
            active=None if rejected else counts.active,
            shrink_limit=run.config.shrink_limit,
            smoke=samples.queries(alias),
        )


def _counts(run: _Build, alias: Alias) -> DocumentCounts:
    return run.report.doctors if alias == "doctors" else run.report.facilities


def _meta(run: _Build, snapshot: Snapshot) -> dict[str, Any]:
    """What an index says of itself: when it was made, and how old its data are."""
    feeds = snapshot.sources(*FEEDS)
    oldest = min(map(datetime.fromisoformat, feeds.values()), default=None)
    return {
        "started_at": run.report.started_at.isoformat(),
        "feeds": feeds,
        "made_by": made_by(run.config),
        "data_date": oldest.isoformat() if oldest else None,
    }


def _discard(life: Lifecycle, names: Mapping[Alias, IndexName]) -> None:
    try:
        life.discard(names)
    except IndexingError:
        # The first failure is the one to tell; what could not be removed now, the next build removes.
        return


def _clean(run: _Build, life: Lifecycle) -> None:
    try:
        run.report.removed_indexes += life.clean().removed
        sizes = {str(index.name): index.size_bytes for index in life.known_indexes()}
    except IndexingError as error:
        run.report.warnings.append(f"The new indexes serve, but old ones were not removed: {error}")
        return
    for counts in (run.report.doctors, run.report.facilities):
        counts.size_bytes = sizes.get(counts.index, 0)
