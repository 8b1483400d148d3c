"""The joined rows of one moment, as the documents are made from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from directory.capacity import CapacityRule
from esoz.rows import DeclarationsLimitRow, EmployeeRoleRow, EmployeeRow, HealthcareServiceRow, PartyRow


@dataclass(frozen=True)
class Snapshot:
    """What is the same for every document of a build: `now` (UTC), the day of the data by which things have ended or
    are in force, each feed's `meta.date` (None where upstream gave none), and the capacity rule."""

    now: datetime
    feed_dates: Mapping[str, datetime | None]
    capacity: CapacityRule

    @cached_property
    def day(self) -> date:
        """The oldest `meta.date` of the registry, so that nothing is called ended before all feeds could know."""
        known = [moment for moment in self.feed_dates.values() if moment is not None]
        return min(known, default=self.now).date()

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
