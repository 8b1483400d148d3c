"""Signals: what ranks inside a match grade. Each in [0, 1], one file a signal, three faces side by side."""

from ranking.signals.capacity import CAPACITY
from ranking.signals.contract import CONTRACT
from ranking.signals.distance import DISTANCE
from ranking.signals.precision import PRECISION
from ranking.signals.signal import Reason, Signal

SIGNALS: tuple[Signal, ...] = (DISTANCE, CAPACITY, CONTRACT, PRECISION)

__all__ = ["SIGNALS", "Reason", "Signal"]
