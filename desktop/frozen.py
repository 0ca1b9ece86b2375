"""What a frozen program does otherwise about its worker processes."""

from __future__ import annotations

import sys

WORKER_MARKS = ("--multiprocessing-fork", "-c")
"""With one of these a frozen program is started by itself: as a worker, or as what looks after workers."""


def is_worker() -> bool:
    """Whether this process may be one of a frozen program's own."""
    return _is_frozen() and any(mark in sys.argv for mark in WORKER_MARKS)


def teach_multiprocessing() -> None:
    """Let multiprocessing start workers from a frozen program; elsewhere it knows how.

    PyInstaller does so at each start, which takes 14 ms; our build leaves it to those who need workers.
    """
    if _is_frozen():
        import pyi_rth_multiprocessing  # type: ignore[import-not-found]  # noqa: F401


def _is_frozen() -> bool:
    return bool(getattr(sys, "frozen", False))
