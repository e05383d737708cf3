"""The lock on a store's home: the one process that holds it runs the engine. The system frees it when that
process dies.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

LOCK_FILE = "owner.lock"


class HomeLock:
    """An exclusive lock on `home/owner.lock`, held until `release` or the end of the process."""

    def __init__(self, home: Path) -> None:
        self._path = home / LOCK_FILE
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        return self._handle is not None

    def acquire(self) -> bool:
        """Take the lock if nobody holds it; returns whether we hold it now."""
        if self._handle is not None:
            return True
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if _lock(handle):
            self._handle = handle
        else:
            os.close(handle)
        return self.held

    def release(self) -> None:
        """Let go of the lock; without it nothing happens."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
