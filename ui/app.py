"""The application object: style, font, language; and the run from opening to closing the window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from desktop.config import VERSION, resources_folder
from ui.error_reporting import ErrorReporter, log_opening, start_logging
from ui.settings.appearance import note_usual

if TYPE_CHECKING:
    from desktop.workspace import Paper

STARTED_MS = 2_000
"""After that long the start is over, and memory is looked after as usual."""

CHINESE_FONTS = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")


def create_application(argv: Sequence[str]) -> QApplication:
    """The application with our style and font; Fusion looks the same on every desktop."""
    app = QApplication([*argv, "-style", "Fusion"])  # setStyle() would make classes of what it gives back
    name(app)
    return app


def dress(app: QApplication) -> None:
    """Give an application object its name, font, icon and language."""
    name(app)
    complete(app)


def name(app: QApplication) -> None:
    """Give it what the first sight of a form needs: its name and font."""
    app.setApplicationName("zhibao")
    app.setApplicationDisplayName("知报")
    app.setApplicationVersion(VERSION)
    app.setDesktopFileName("zhibao")
    app.setFont(_with_chinese(app.font()))
    note_usual(app)


def complete(app: QApplication) -> None:
    """Give it its icon, and Qt's own texts in our language."""
    from PySide6.QtGui import QIcon

    from ui.i18n import install

    app.setWindowIcon(QIcon(str(resources_folder() / "icons" / "zhibao.svg")))
    install(app)


def run(workspace: Path | None) -> int:
    """Open the window, with that workspace if one is given, and stay until it is closed.

    Who has worked with one workspace alone goes on in that; of several the first page lets choose.
    """
    workspace = workspace or _only_workspace()
    app = create_application(sys.argv[:1])
    reporter = ErrorReporter(start_logging())
    reporter.install()
    from ui.main_window import MainWindow

    window = MainWindow(furnished=False)
    window.furnishing.connect(lambda: complete(app))
    window.show()
    if workspace is None:
        window.furnish()
    if workspace is None or not window.open_first(workspace):
        window.show_start()
    window.when_settled(log_opening)
    QTimer.singleShot(STARTED_MS, _collect_garbage)
    status = app.exec()
    reporter.uninstall()
    return status


def painted(paper: Paper) -> bytes:
    """A sheet to print as a PDF, without a window."""
    from ui.printing import pdf_of

    app = QApplication.instance() or create_application(sys.argv[:1])  # held: fonts go with it
    made = pdf_of(paper)
    del app
    return made


def _only_workspace() -> Path | None:
    from desktop.workspace.people.recent import recent_workspaces

    found = recent_workspaces()
    return found[0] if len(found) == 1 else None


def _collect_garbage() -> None:
    """From now on; modules and classes stay and needn't be looked at."""
    gc.freeze()
    gc.enable()


def _with_chinese(font: QFont) -> QFont:
    result = QFont(font)
    result.setFamilies([*font.families(), *CHINESE_FONTS])
    return result
