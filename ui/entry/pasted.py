"""What is on the clipboard, as the text of a table."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication


def pasted_table() -> str:
    """Tab-separated lines; empty where the clipboard holds nothing, or nothing that is text."""
    from desktop.workspace.form.clipboard import clipboard_table

    held: QMimeData | None = QGuiApplication.clipboard().mimeData()  # None where nobody put anything there
    return clipboard_table(held.text(), held.html()) if held is not None else ""
