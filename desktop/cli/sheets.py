"""Sheets to print, as PDF files: the window's painter is handed in, so that the command line needs no Qt."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from desktop.errors import EnvironmentFault
from desktop.workspace import Paper

Painter = Callable[[Paper], bytes]
"""Makes the PDF of a sheet; raises EnvironmentFault where this system can't."""


def painter_of(options: argparse.Namespace) -> Painter:
    """Who paints; raises EnvironmentFault, before anything was done, where nobody can."""
    paint: Painter | None = options.paint
    if paint is None:
        raise EnvironmentFault("paper.no_painter", "这里画不出打印件。", "请在装有完整程序的电脑上运行。")
    return paint
