"""When something goes wrong: faults become a sentence with a remedy, bugs a dialog that keeps the log."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from desktop.config import VERSION, folders
from desktop.errors import ZhibaoError
from desktop.values import dataclass
from ui.i18n import translate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

LOG = logging.getLogger("zhibao")
LOG_BYTES = 1_000_000
LOG_FILES = 3

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@dataclass(frozen=True, slots=True)
class CrashReport:
    """A bug that reached the top: one line for people, the traceback for the log."""

    summary: str
    details: str
    fault: ZhibaoError | None = None


def start_logging() -> Path | None:
    """Log to the user's log folder; the log's path, or None where nothing can be written there."""
    folder = folders().logs
    path = folder / "zhibao.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.touch()
    except OSError:
        logging.basicConfig(level=logging.INFO)
        return None
    handler = LogFile(path)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    qInstallMessageHandler(_log_qt)
    return path


def log_opening() -> None:
    """The line with which a session begins in the log."""
    LOG.info("window opened, version %s", VERSION)


class LogFile(logging.Handler):
    """Writes into a file of limited size, which is opened when there is something to write."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(
                self._path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
            )
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        """Close the file too."""
        if self._file is not None:
            self._file.close()
        super().close()


class ErrorReporter(QObject):
    """Catches what nobody caught, in any thread, and shows it once in the GUI thread."""

    caught = Signal(object)

    def __init__(self, log: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._shown: set[str] = set()
        self._listening = False

    def install(self) -> None:
        """Become the excepthook of this process."""
        sys.excepthook = self._except
        threading.excepthook = self._except_in_thread

    def uninstall(self) -> None:
        """Give the excepthooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    @Slot(object)
    def show_report(self, report: CrashReport) -> None:
        """Show a report, unless the same one was shown before."""
        if report.fault is not None:
            show_fault(QApplication.activeWindow(), report.fault)
        elif report.details not in self._shown:
            self._shown.add(report.details)
            crash_box(report, self._log).open()

    def _listen(self) -> None:
        """From the first trouble on: that, too, can be in any thread."""
        if not self._listening:
            from PySide6.QtCore import Qt

            self._listening = True
            self.caught.connect(self.show_report, Qt.ConnectionType.QueuedConnection)

    def _except(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        LOG.error("uncaught: %s", details)
        fault = error if isinstance(error, ZhibaoError) else None
        self._listen()
        self.caught.emit(CrashReport(f"{kind.__name__}: {error}", details, fault))

    def _except_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._except(args.exc_type, args.exc_value, args.exc_traceback)


def crash_box(report: CrashReport, log: Path | None) -> QMessageBox:
    """The dialog for a bug: what was saved is safe, where the log lies, how to send it."""
    from PySide6.QtCore import Qt, QUrl
    from PySide6.QtGui import QDesktopServices
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QApplication.activeWindow())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle(translate("ErrorReporter", "程序出错"))
    box.setText(translate("ErrorReporter", "程序遇到没有料到的错误。已经保存的数据不受影响，可以继续使用。"))
    where = str(log) if log else translate("ErrorReporter", "（日志无法写入）")
    advice = translate("ErrorReporter", "如再次出现，请把日志文件交给维护人员：\n{log}\n\n{summary}")
    box.setInformativeText(advice.format(log=where, summary=report.summary))
    box.setDetailedText(report.details)
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.setDefaultButton(QMessageBox.StandardButton.Close)  # Enter doesn't unfold what few can read
    if log is not None:
        button = box.addButton(translate("ErrorReporter", "打开日志文件夹"), QMessageBox.ButtonRole.HelpRole)
        folder = QUrl.fromLocalFile(str(log.parent))
        button.clicked.connect(lambda: QDesktopServices.openUrl(folder))
    return box


def show_fault(parent: QWidget | None, fault: ZhibaoError) -> QMessageBox:
    """Say a fault and its remedy without stopping the event loop; returns the box."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(translate("ErrorReporter", "请注意"))
    box.setText(fault.message)
    box.setInformativeText(fault.remedy)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.open()
    return box


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
    logging.getLogger("qt").log(_QT_LEVELS.get(kind, logging.INFO), "%s", message)
