"""Putting a file that was written beside another in its place."""

from __future__ import annotations

import sys
import time
from pathlib import Path

_PAUSES = (0.05, 0.1, 0.2, 0.4)
"""Seconds; virus scanners and indexers on Windows look into a new file for so long, which keeps it there."""


def put_in_place(part: Path, target: Path) -> None:
    """Rename a closed file to `target`, in place of what is there; raises OSError, with both as they were.

    On Windows a file that somebody looks into can't be renamed or replaced: it is tried again for a moment.
    """
    for pause in _PAUSES if sys.platform == "win32" else ():
        try:
            part.replace(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    part.replace(target)
