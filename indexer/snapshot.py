"""The joined rows of one moment, as the documents are made from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from directory.capacity import CapacityRule
from esoz.rows import DeclarationsLimitRow, EmployeeRoleRow, EmployeeRow, HealthcareServiceRow, PartyRow


@dataclass(frozen=True)
class Snapshot:
    """What is the same for every document of a build: `now` (UTC), each feed's `meta.date` (None where upstream gave
    none), by which its rows have ended or are in force, and the capacity rule."""

    now: datetime
    feed_dates: Mapping[str, datetime | None]
    capacity: CapacityRule

    def day_of(self, feed: str) -> date:
        """The day one feed speaks of, by which its rows have ended or are in force; without a date, that of `now`."""
        return (self.feed_dates.get(feed) or self.now).date()

    @property
    def capacity_as_of(self) -> datetime | None:
        return self.feed_dates.get("declarations_limit")

    def sources(self, *feeds: str) -> dict[str, str]:
        """The dates of the feeds a document was made from, ISO 8601, for its `sources`."""
        return {feed: date for feed in feeds if (date := self._dates_shown.get(feed)) is not None}

    @cached_property
    def _dates_shown(self) -> dict[str, str]:
        return {feed: moment.isoformat() for feed, moment in self.feed_dates.items() if moment is not None}


@dataclass(frozen=True, slots=True)
class Role:
    """An employee role with its healthcare service; the service is None when upstream names one it does not list."""

    role: EmployeeRoleRow
    service: HealthcareServiceRow | None


@dataclass(frozen=True, slots=True)
class Post:
    """One employment with its roles."""

    employee: EmployeeRow
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A party with all its employments, whatever their status; `limit` is None when upstream has no row for it."""

    party: PartyRow
    limit: DeclarationsLimitRow | None
    posts: tuple[Post, ...]
    possible_duplicate: bool = False
