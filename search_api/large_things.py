"""How millions of objects are made while the event loop goes on answering: others get their turn, no long collections.

A collection stops every thread. Over the heap of a serving process it took 50 ms, over that of freshly made lexicons
200 ms; young objects alone take a few milliseconds.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_YOUNG, _NEVER = 50_000, 1_000_000
# A thread that computes hands over after so many seconds; Python's own five milliseconds add up in a request.
_TURN_S = 0.001

_lock = Lock()
_under_way = 0
_before = (gc.get_threshold(), sys.getswitchinterval())


def keep_what_lives() -> None:
    """Collects seldom from now on, and never again among what is there now."""
    gc.set_threshold(_YOUNG)
    gc.collect()
    gc.freeze()


def keep_what_was_made() -> None:
    """Leaves what a finished `large_things_made` made out of all later collections; takes no time."""
    gc.freeze()


@contextmanager
def large_things_made() -> Iterator[None]:
    """While the block makes what stays, in any thread, only young objects are collected and turns are short.

    Older garbage goes before. Blocks may overlap; after the last of them everything is as it was before the first.
    """
    global _under_way, _before
    with _lock:
        if _under_way == 0:
            gc.collect()
            _before = (gc.get_threshold(), sys.getswitchinterval())
            gc.set_threshold(_YOUNG, _NEVER)
            sys.setswitchinterval(_TURN_S)
        _under_way += 1
    try:
        yield
    finally:
        with _lock:
            _under_way -= 1
            if _under_way == 0:
                gc.set_threshold(*_before[0])
                sys.setswitchinterval(_before[1])
