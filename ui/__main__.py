"""The program's entry: with arguments the command line, without them the window.

Qt is imported only to open a window or paint a sheet, so that other scripts don't pay for it. A single path
of a workspace opens it: that is how file managers call the program.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import EnvironmentFault
from desktop.frozen import is_worker, teach_multiprocessing

if TYPE_CHECKING:
    from desktop.workspace import Paper

WORKSPACE_SUFFIX = ".zhibao"


def main(argv: Sequence[str] | None = None) -> int:
    """Return the exit status of what was asked for."""
    if is_worker():
        import multiprocessing

        teach_multiprocessing()
        multiprocessing.freeze_support()  # a worker of a frozen program starts here
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments:
        return _window(None)
    if len(arguments) == 1 and arguments[0].lower().endswith(WORKSPACE_SUFFIX):
        return _window(Path(arguments[0]))
    from desktop.cli import main as command_line

    return command_line(arguments, _painted)


def _painted(paper: Paper) -> bytes:
    """A sheet to print as a PDF; Qt paints it, with or without a screen."""
    if not _has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.app import painted

    return painted(paper)


def _window(workspace: Path | None) -> int:
    if not _has_screen():
        sys.stderr.write("zhibao：没有可用的屏幕，打不开窗口。请在桌面上运行，或用命令（zhibao --help）。\n")
        return EnvironmentFault.exit_status
    gc.disable()  # nothing of what is made at the start goes away soon; `run` turns it on again
    from ui.plain_imports import import_plainly

    import_plainly()
    from ui.app import run

    return run(workspace)


def _has_screen() -> bool:
    """Whether Qt finds a screen; without one it would abort the process."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
