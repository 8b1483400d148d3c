"""Capacity: how many declarations a person may hold, and what a patient is told of it (domain rules §4).

Limit and count belong to the party, never to one employment or division.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from directory.specialities import specialities


class CapacityState(StrEnum):
    """What is known of a doctor's free places; the order of the members is the order in which they are tried."""

    UNKNOWN = "unknown"
    MISMATCH = "mismatch"
    FULL = "full"
    NEARLY_FULL = "nearly_full"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class CapacityRule:
    """Settings of the rule: the limit of each officio speciality, the margin of «nearly full» in places, and how old
    counts may be before they say nothing."""

    limits: Mapping[str, int] = field(
        default_factory=lambda: {
            info.code: info.declaration_limit for info in specialities().values() if info.declaration_limit is not None
        }
    )
    nearly_full_margin: int = 50
    max_age: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Capacity:
    """A party's capacity at `as_of` (UTC). `limit`, `count` are upstream's own numbers, None when unknown; `free` may
    be negative and is never clamped. `limiting_speciality` is the officio speciality that sets the lowest limit.
    `shown_state` is the label a patient sees: `state`, but by upstream's numbers under a mismatch."""

    state: CapacityState
    limit: int | None = None
    count: int | None = None
    as_of: datetime | None = None
    limiting_speciality: str | None = None
    shown_state: CapacityState = CapacityState.UNKNOWN

    @property
    def free(self) -> int | None:
        """Places left by upstream's numbers, an upper bound, maybe negative; None when either is unknown."""
        return None if self.limit is None or self.count is None else self.limit - self.count


def judge_capacity(
    *,
    limit: int | None,
    count: int | None,
    as_of: datetime | None,
    now: datetime,
    officio_specialities: Iterable[str],
    rule: CapacityRule,
) -> Capacity:
    """The capacity of one party: first state that matches, in the order of domain rules §4.

    `officio_specialities` are those of all the party's employees whatever their status; the lowest of their limits is
    expected, and another upstream limit is a mismatch: shown by upstream's numbers, flagged to operators. No row, a
    missing or negative number, or counts older than `rule.max_age` are unknown, never zero and never free.
    """
    limited = sorted((rule.limits[code], code) for code in set(officio_specialities) if code in rule.limits)
    limiting = limited[0][1] if limited else None
    if limit is None or count is None or limit < 0 or count < 0 or as_of is None or now - as_of > rule.max_age:
        return Capacity(CapacityState.UNKNOWN, limit, count, as_of, limiting)
    shown = state_by_numbers(limit, count, rule.nearly_full_margin)
    state = CapacityState.MISMATCH if limited and limit != limited[0][0] else shown
    return Capacity(state, limit, count, as_of, limiting, shown)


def state_by_numbers(limit: int, count: int, nearly_full_margin: int) -> CapacityState:
    """Full, nearly full or free by upstream's numbers alone: the label a patient sees, also under a mismatch."""
    if count >= limit:
        return CapacityState.FULL
    return CapacityState.NEARLY_FULL if limit - count <= nearly_full_margin else CapacityState.FREE
