"""A file that one process holds: the system lets go of it when the process dies, however it dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def hold(path: Path, *, wait: bool) -> int | None:
    """Take the lock file at `path` and return its descriptor, to be kept open; None if another process has it.

    With `wait` it waits until the other process is gone.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    if _take(descriptor, wait):
        return descriptor
    os.close(descriptor)
    return None


if sys.platform == "win32":
    import msvcrt
    import time

    def _take(descriptor: int, wait: bool) -> bool:
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
                return True
            except OSError:
                if not wait:
                    return False
                time.sleep(0.05)
else:
    import fcntl

    def _take(descriptor: int, wait: bool) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
