"""The quarantine: bad upstream rows, kept with feed, id, reason and raw text, first seen and last seen.

A row leaves the quarantine when a full feed is read without it. Personal fields never enter it: the client has removed
them before.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

import duckdb

from esoz.stream import BadRow

READING, JOINING = "reading", "joining"

TABLE = """
CREATE TABLE IF NOT EXISTS quarantine (
    feed VARCHAR, found_by VARCHAR, item VARCHAR, entity_id VARCHAR, reason VARCHAR, detail VARCHAR, raw VARCHAR,
    first_seen TIMESTAMP, last_seen TIMESTAMP
)"""


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """One bad row. `entity_id` is None when upstream gave none; `raw` is JSON without personal fields; UTC times."""

    feed: str
    entity_id: str | None
    reason: str
    detail: str
    raw: str
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class QuarantineCount:
    """How many rows of a feed stand in the quarantine for one reason."""

    feed: str
    reason: str
    rows: int


def put_rows(
    connection: duckdb.DuckDBPyConnection,
    feed: str,
    rows: Iterable[BadRow],
    *,
    now: datetime,
    full: bool,
    found_by: str = READING,
) -> None:
    """Keeps the bad rows of one reading, or of joining; rows known already keep their `first_seen`. After a full look
    at the feed those not found again in the same way are dropped."""
    query = "SELECT item, first_seen FROM quarantine WHERE feed = ? AND found_by = ?"
    known = dict(connection.execute(query, [feed, found_by]).fetchall())
    seen = now.astimezone(UTC).replace(tzinfo=None)
    fresh = _by_item(rows)
    gone = list(known) if full else [item for item in fresh if item in known]
    connection.execute(
        "DELETE FROM quarantine WHERE feed = ? AND found_by = ? AND list_contains(?, item)", [feed, found_by, gone]
    )
    if fresh:
        connection.executemany(
            "INSERT INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                [feed, found_by, item, row.entity_id, row.reason, row.detail, row.raw.decode("utf-8", "replace"),
                 known.get(item, seen), seen]
                for item, row in fresh.items()
            ],
        )  # fmt: skip


def read_rows(
    connection: duckdb.DuckDBPyConnection, *, feed: str | None = None, reason: str | None = None, limit: int = 100
) -> list[QuarantinedRow]:
    """The quarantined rows, newest first, at most `limit`; of one feed, of one reason, or all."""
    found = connection.execute(
        "SELECT feed, entity_id, reason, detail, raw, first_seen, last_seen FROM quarantine "
        "WHERE ($1 IS NULL OR feed = $1) AND ($2 IS NULL OR reason = $2) "
        "ORDER BY first_seen DESC, feed, entity_id LIMIT $3",
        [feed, reason, limit],
    )
    return [
        QuarantinedRow(name, entity, code, detail, raw, first.replace(tzinfo=UTC), last.replace(tzinfo=UTC))
        for name, entity, code, detail, raw, first, last in found.fetchall()
    ]


def count_rows(connection: duckdb.DuckDBPyConnection) -> list[QuarantineCount]:
    """How many rows stand in the quarantine by feed and reason."""
    found = connection.execute("SELECT feed, reason, count(*) FROM quarantine GROUP BY ALL ORDER BY ALL")
    return [QuarantineCount(*row) for row in found.fetchall()]


def _by_item(rows: Iterable[BadRow]) -> dict[str, BadRow]:
    """The rows by what makes a bad row the same one next time: its id, else its text; twins are numbered."""
    found: dict[str, BadRow] = {}
    twins: Counter[str] = Counter()
    for row in rows:
        item = row.entity_id or blake2b(row.raw, digest_size=8).hexdigest()
        twins[item] += 1
        found[f"{item}#{twins[item]}"] = row
    return found
