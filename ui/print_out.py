"""Printing a sheet by the system's dialog, and opening files by the system's programs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from desktop.workspace import Paper
from ui.i18n import translate
from ui.printing import print_on


def open_with_system(path: Path) -> bool:
    """Open a file or folder with the program the system has for it; False if there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def print_sheet(parent: QWidget, paper: Paper, pdf: Path) -> str:
    """Ask for a printer and print; where there is none the PDF is opened. Returns a sentence on it, empty if
    the person thought better of it.
    """
    printed = _by_dialog(parent, paper)
    if printed is not None:
        return translate("PrintOut", "已送往打印机。") if printed else ""
    if open_with_system(pdf):
        return translate("PrintOut", "没有找到打印机，已打开打印件，可在其中打印。")
    return translate("PrintOut", "没有找到打印机，也没有能打开 PDF 的程序。打印件在：{path}").format(path=pdf)


def _by_dialog(parent: QWidget, paper: Paper) -> bool | None:
    """Whether it was printed; None where this system can't."""
    try:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
    except ImportError:
        return None
    if not QPrinterInfo.availablePrinterNames():
        return None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(paper.title)
    dialog = QPrintDialog(printer, parent)
    wanted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if wanted:
        print_on(printer, paper)
    return wanted
