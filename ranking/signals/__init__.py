"""Signals: what ranks inside a match grade. Each in [0, 1], one file a signal, three faces side by side."""

from ranking.signals.capacity import CAPACITY
from ranking.signals.contract import CONTRACT
from ranking.signals.distance import DISTANCE
from ranking.signals.freshness import FRESHNESS
from ranking.signals.gender import GENDER
from ranking.signals.hours import HOURS
from ranking.signals.language import LANGUAGE
from ranking.signals.precision import PRECISION
from ranking.signals.same_facility import SAME_FACILITY
from ranking.signals.signal import Reason, Signal

SIGNALS: tuple[Signal, ...] = (
    DISTANCE, CAPACITY, CONTRACT, HOURS, GENDER, SAME_FACILITY, LANGUAGE, PRECISION, FRESHNESS,
)  # fmt: skip

__all__ = ["SIGNALS", "Reason", "Signal"]
