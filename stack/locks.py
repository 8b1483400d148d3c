"""Locks on folders: held by a process as long as it lives, whatever way it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def take_lock(path: Path, *, wait: bool = False) -> int | None:
    """Take the lock file `path` and give its file descriptor, or None when somebody holds it and `wait` is off.

    The lock belongs to every process that holds a copy of the descriptor; the last copy to close frees it. Handing
    the descriptor to a child (`pass_fds`) and closing ours makes the child the holder until it ends.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold the lock file `path` for the block, waiting for whoever holds it now."""
    descriptor = take_lock(path, wait=True)
    assert descriptor is not None
    try:
        yield
    finally:
        os.close(descriptor)
