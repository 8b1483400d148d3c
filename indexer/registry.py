"""The registry: what upstream says, in one DuckDB file, row by row as last seen, with what the last reading changed.

Each feed has a table of key, links, content hash and the stored row. A reading is staged first and applied in one
transaction only after the feed has ended: added and changed rows are put, and after a full feed absent ones are gone.
"""

# ruff: noqa: S608 -- table and feed names in the queries are constants of this package, never input

import fcntl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, Self

import duckdb

from directory.text import normalise
from esoz.feeds import FEEDS
from esoz.stream import BadRow
from indexer import quarantine
from indexer.errors import BuildRunning, FeedRefused, RegistryFault
from indexer.stored import content_hash, row_encoder

# Raised when the tables change; an older file is read anew from the feeds.
LAYOUT = 1
BATCH = 5_000
MEMORY = "384MB"
ESSENTIAL = frozenset({"parties", "employees", "divisions", "legal_entities"})

# The columns of each table that joins and «what does this change touch» go by.
LINKS: dict[str, tuple[str, ...]] = {
    "parties": (),
    "employees": ("party_id", "division_id", "legal_entity_id"),
    "divisions": ("legal_entity_id",),
    "legal_entities": (),
    "employee_roles": ("employee_id", "healthcare_service_id"),
    "healthcare_services": ("division_id", "legal_entity_id"),
    "contract_divisions": ("division_id",),
    "declarations_limit": ("party_id",),
}
ALL_LINKS = ("party_id", "employee_id", "division_id", "legal_entity_id", "healthcare_service_id")


class FeedStream(Protocol):
    """One feed being read: `esoz.stream.BulkStream`, or rows of a test."""

    @property
    def meta_date(self) -> datetime | None: ...

    def rows(self) -> Iterator[Any]: ...


@dataclass(frozen=True, slots=True)
class FeedReading:
    """What one reading of a feed did. `meta_date` (UTC) is the snapshot's own, None where upstream gave none; `full` is
    False for a reading of the last days only. `rows` counts the bad ones too."""

    feed: str
    full: bool
    meta_date: datetime | None
    read_at: datetime
    rows: int
    added: int
    changed: int
    gone: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Change:
    """One row that the last reading of its feed changed: `kind` is added, changed or gone."""

    feed: str
    key: str
    kind: str


class Registry:
    """The registry file, open for this process alone. Use as a context manager."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._prepare()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Opens the file, made if missing. Raises BuildRunning when another process has it open, RegistryFault when
        the file is damaged."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return cls(duckdb.connect(str(path), config={"memory_limit": MEMORY, "preserve_insertion_order": "true"}))
        except duckdb.IOException as error:
            if _is_locked(path):
                raise BuildRunning(f"Another process works with {path}; wait for it to end.") from error
            raise RegistryFault(
                f"The registry file {path} cannot be read; delete it, the next build makes it anew."
            ) from error
        except duckdb.Error as error:
            raise RegistryFault(
                f"The registry file {path} is damaged; delete it, the next build makes it anew."
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def read_feed(
        self,
        feed: str,
        stream: FeedStream,
        *,
        full: bool,
        now: datetime,
        quarantine_limit: float,
        quarantine_floor: int = 0,
        shrink_limit: float,
        progress: Callable[[int], None] | None = None,
    ) -> FeedReading:
        """Reads one feed to its end, then applies it whole or not at all; `progress` hears the rows read so far.

        Bad rows go into the quarantine, and a row known in good form stays as it was. Raises FeedRefused, with the
        rows as they were, when more than `quarantine_limit` of the rows (a share) and more than `quarantine_floor` of
        them (a number) are bad, when an essential full feed is empty, or when more than `shrink_limit` of the known
        rows are absent from a full feed.
        """
        bad: list[BadRow] = []
        rows = self._stage(feed, stream, bad, progress)
        rows += len(bad)
        bad += self._drop_repeated(feed)
        known = self.count(feed)
        with self._transaction():
            quarantine.put_rows(self.connection, feed, bad, now=now, full=full)
        if len(bad) > max(quarantine_floor, quarantine_limit * max(rows, known if not full else 0)):
            reasons = ", ".join(f"{reason} {number}" for reason, number in Counter(row.reason for row in bad).items())
            raise FeedRefused(
                f"{len(bad)} of {rows} rows of feed {feed} are bad ({reasons}), more than the limit of "
                f"{quarantine_limit:.1%}; look at them with `likar index quarantine --feed {feed}`."
            )
        if full:
            self._refuse_shrunken(feed, rows, known, shrink_limit)
        with self._transaction():
            counts = self._apply(feed, full=full)
            reading = FeedReading(
                feed=feed,
                full=full,
                meta_date=stream.meta_date,
                read_at=now,
                rows=rows,
                added=counts["added"],
                changed=counts["changed"],
                gone=counts["gone"],
                quarantined=len(bad),
            )
            self._note(reading)
        self.connection.execute("DROP TABLE staged")
        return reading

    def readings(self) -> dict[str, FeedReading]:
        """The last reading of each feed that was ever read."""
        found = self.connection.execute(
            'SELECT feed, "full", meta_date, read_at, rows_read, added, changed, gone, quarantined FROM readings'
        ).fetchall()
        return {
            row[0]: FeedReading(row[0], row[1], _utc(row[2]), row[3].replace(tzinfo=UTC), *row[4:]) for row in found
        }

    def feed_dates(self) -> dict[str, datetime | None]:
        """The `meta.date` of the last reading of each feed."""
        return {feed: reading.meta_date for feed, reading in self.readings().items()}

    def changes(self, feed: str | None = None) -> list[Change]:
        """What the last reading of a feed changed, or of every feed, each row once."""
        found = self.connection.execute(
            "SELECT DISTINCT feed, key, kind FROM changes WHERE $1 IS NULL OR feed = $1 ORDER BY ALL", [feed]
        )
        return [Change(*row) for row in found.fetchall()]

    def count(self, feed: str) -> int:
        """The rows of a feed the registry holds."""
        return self._number(f"SELECT count(*) FROM {_table(feed)}")

    def _prepare(self) -> None:
        execute = self.connection.execute
        execute("CREATE TABLE IF NOT EXISTS layout (version INTEGER)")
        version = execute("SELECT max(version) FROM layout").fetchone()
        if version is not None and version[0] is not None and version[0] != LAYOUT:
            for (table,) in execute("SELECT table_name FROM duckdb_tables()").fetchall():
                execute(f'DROP TABLE "{table}"')
            execute("CREATE TABLE layout (version INTEGER)")
            version = None
        if version is None or version[0] is None:
            execute("INSERT INTO layout VALUES (?)", [LAYOUT])
        for feed in FEEDS:
            extra = ", person BIGINT" if feed == "parties" else ""
            links = "".join(f", {link} VARCHAR" for link in LINKS[feed])
            execute(f"CREATE TABLE IF NOT EXISTS {_table(feed)} (key VARCHAR{links}{extra}, hash BIGINT, body VARCHAR)")
        links = ", ".join(f"{link} VARCHAR" for link in ALL_LINKS)
        execute(f"CREATE TABLE IF NOT EXISTS changes (feed VARCHAR, key VARCHAR, kind VARCHAR, {links})")
        execute(
            'CREATE TABLE IF NOT EXISTS readings (feed VARCHAR, "full" BOOLEAN, meta_date TIMESTAMP, '
            "read_at TIMESTAMP, rows_read BIGINT, added BIGINT, changed BIGINT, gone BIGINT, quarantined BIGINT)"
        )
        execute(quarantine.TABLE)

    def _stage(self, feed: str, stream: FeedStream, bad: list[BadRow], progress: Callable[[int], None] | None) -> int:
        """Streams good rows into the temporary table `staged`, bad ones into `bad`; gives the number of good ones."""
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE staged AS FROM {_table(feed)} LIMIT 0")
        appender = self.connection.appender("staged")
        key_of, links, encode = FEEDS[feed].key_of, LINKS[feed], row_encoder()
        staged = 0

        def records() -> Iterator[tuple[Any, ...]]:
            for row in stream.rows():
                if isinstance(row, BadRow):
                    bad.append(row)
                    continue
                body = encode(row)
                linked = [_text(getattr(row, link)) for link in links]
                person = (_person_key(row),) if feed == "parties" else ()
                yield (key_of(row), *linked, *person, content_hash(body), body.decode())

        fresh = records()
        while batch := list(islice(fresh, BATCH)):
            appender.append_rows(batch)
            appender.flush()
            staged += len(batch)
            if progress:
                progress(staged + len(bad))
        return staged

    def _drop_repeated(self, feed: str) -> list[BadRow]:
        """Keeps the last of the staged rows with one key; the others are bad rows."""
        repeated = self.connection.execute(
            "SELECT key, any_value(body) FROM staged GROUP BY key HAVING count(*) > 1"
        ).fetchall()
        if not repeated:
            return []
        self.connection.execute("DELETE FROM staged WHERE rowid NOT IN (SELECT max(rowid) FROM staged GROUP BY key)")
        return [
            BadRow(feed, key, "repeated_id", "another row of this feed has the same id", b"{}") for key, _ in repeated
        ]

    def _refuse_shrunken(self, feed: str, rows: int, known: int, shrink_limit: float) -> None:
        if rows == 0 and (known or feed in ESSENTIAL):
            raise FeedRefused(f"Feed {feed} is empty; the registry is left as it was, ask upstream and build again.")
        table = _table(feed)
        gone = self._number(
            f"SELECT count(*) FROM {table} ANTI JOIN staged USING (key) WHERE {_not_quarantined(feed, table)}"
        )
        if gone > shrink_limit * known:
            raise FeedRefused(
                f"{gone} of {known} known rows are absent from feed {feed}, more than the limit of {shrink_limit:.0%}; "
                "the registry is left as it was, ask upstream, or raise the shrink limit if this is meant."
            )

    def _apply(self, feed: str, *, full: bool) -> dict[str, int]:
        """Puts the staged rows into the feed's table and notes what changed; call inside a transaction."""
        execute, table = self.connection.execute, _table(feed)
        links = ", ".join(
            f"new.key AS {link}" if link == _own_link(feed) else f"new.{link}" if link in LINKS[feed] else "NULL"
            for link in ALL_LINKS
        )
        execute("DELETE FROM changes WHERE feed = ?", [feed])
        put = f"INSERT INTO changes SELECT '{feed}', new.key, "
        execute(f"{put} 'added', {links} FROM staged AS new ANTI JOIN {table} AS old USING (key)")
        differs = "JOIN {} AS other ON new.key = other.key AND new.hash <> other.hash"
        execute(f"{put} 'changed', {links} FROM staged AS new {differs.format(table)}")
        # The old links too: a doctor who moved changes the place that is left.
        execute(f"{put} 'changed', {links} FROM {table} AS new {differs.format('staged')}")
        if full:
            absent = f"ANTI JOIN staged USING (key) WHERE {_not_quarantined(feed, 'new')}"
            execute(f"{put} 'gone', {links} FROM {table} AS new {absent}")
        execute(f"DELETE FROM {table} WHERE key IN (SELECT key FROM changes WHERE feed = '{feed}' AND kind <> 'added')")
        execute(
            f"INSERT INTO {table} FROM staged "
            f"WHERE key IN (SELECT key FROM changes WHERE feed = '{feed}' AND kind <> 'gone') ORDER BY rowid"
        )
        counts = execute(
            "SELECT kind, count(DISTINCT key) FROM changes WHERE feed = ? GROUP BY kind", [feed]
        ).fetchall()
        return {"added": 0, "changed": 0, "gone": 0, **dict(counts)}

    def _note(self, reading: FeedReading) -> None:
        self.connection.execute("DELETE FROM readings WHERE feed = ?", [reading.feed])
        self.connection.execute(
            "INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                reading.feed, reading.full, _stored_utc(reading.meta_date), _stored_utc(reading.read_at), reading.rows,
                reading.added, reading.changed, reading.gone, reading.quarantined,
            ],
        )  # fmt: skip

    def _number(self, query: str) -> int:
        row = self.connection.execute(query).fetchone()
        return 0 if row is None else int(row[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.connection.begin()
        try:
            yield
        except BaseException:
            self.connection.rollback()
            raise
        self.connection.commit()


def _table(feed: str) -> str:
    if feed not in FEEDS:
        raise ValueError(f"There is no feed {feed}; feeds are {', '.join(FEEDS)}.")
    return f'"{feed}"'


def _own_link(feed: str) -> str | None:
    """The link that a row of the feed is itself."""
    return {
        "parties": "party_id",
        "employees": "employee_id",
        "divisions": "division_id",
        "legal_entities": "legal_entity_id",
        "healthcare_services": "healthcare_service_id",
    }.get(feed)


def _not_quarantined(feed: str, table: str) -> str:
    """A row that upstream still sends, if badly, is not gone."""
    known = f"SELECT entity_id FROM quarantine WHERE feed = '{feed}' AND entity_id IS NOT NULL AND found_by = 'reading'"
    return f"{table}.key NOT IN ({known})"


def _person_key(row: Any) -> int | None:
    """The same number for parties that may be one human: same names, year of birth and gender (domain rules §8)."""
    if not row.last_name or not row.first_name:
        return None
    names = [normalise(name or "") for name in (row.last_name, row.first_name, row.second_name)]
    about = "|".join([*names, row.year_of_birth or "", row.gender or ""])
    return int.from_bytes(blake2b(about.encode(), digest_size=8).digest(), "big", signed=True)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _utc(moment: datetime | None) -> datetime | None:
    """The moment of a stored UTC time, which the file keeps without a zone."""
    return None if moment is None else moment.replace(tzinfo=UTC)


def _stored_utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC).replace(tzinfo=None)


def _is_locked(path: Path) -> bool:
    """Whether another process holds the file's lock."""
    try:
        with path.open("r+b") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False
