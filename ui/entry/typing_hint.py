"""What is said of a figure while it is being typed, in a line right below the field."""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QStyleOptionViewItem, QTableView, QWidget

from desktop.model.catalogue import message
from desktop.model.finding import Severity
from desktop.model.submission import Answer, Figure
from desktop.workspace import figure_text
from ui.colours import Tone, tone
from ui.entry.answer_words import names_wanted
from ui.entry.cell_delegate import CellDelegate
from ui.entry.columns import NUMBER_COLUMNS
from ui.entry.figure_model import FigureModel
from ui.entry.lines import issued_value
from ui.i18n import translate

_UNFINISHED = re.compile(r"[-+−－]|[-+−－]?[\d０-９]{1,3}(?:[,，][\d０-９]{3})*[,，][\d０-９]{0,2}")
"""Texts that only look wrong until the next digits come: a sign, a separator."""

_NUMBER = re.compile(r"(?:（下发）)?[-+]?\d[\d,]*(?:\.\d+)?%?")
_MARGIN = 8
"""What a cell keeps free beside its text, in pixels."""


class FigureDelegate(CellDelegate):
    """Says what a text that is being typed would be, or what is wrong with it, and shows the ratios that it
    would give, as soon as no key waits.
    """

    def __init__(self, view: QTableView, model: FigureModel) -> None:
        super().__init__(Qt.AlignmentFlag.AlignRight, view)
        self._model = model
        self.hint = TypingHint(view)
        self._typed: tuple[QLineEdit, int, str] | None = None
        self._pause = QTimer(self, singleShot=True, interval=0)
        self._pause.timeout.connect(self._say)

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A figure that doesn't fit is shown as none: its first digits alone would be another one."""
        super().initStyleOption(option, index)
        if index.column() in NUMBER_COLUMNS:
            text, room = str(option.text), option.rect.width() - _MARGIN
            metrics = option.fontMetrics
            if metrics.horizontalAdvance(text) > room and _NUMBER.fullmatch(text):
                option.text = "#" * max(room // max(metrics.horizontalAdvance("#"), 1), 1)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """The field, with its hint."""
        editor = super().createEditor(parent, option, index)
        assert isinstance(editor, QLineEdit)
        row = index.row()
        editor.textEdited.connect(lambda text: self._say_soon(editor, row, text))
        editor.destroyed.connect(lambda: self._end(editor))
        return editor

    def destroyEditor(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """The field closes, and the hint with it."""
        self._end(editor)
        super().destroyEditor(editor, index)

    def _say_soon(self, editor: QLineEdit, row: int, text: str) -> None:
        """The first key must not wait for the rules to be loaded."""
        self._typed = editor, row, text
        self._pause.start()

    @Slot()
    def _say(self) -> None:
        if self._typed is not None:
            editor, row, text = self._typed
            self.hint.say(editor, *self._weigh(row, text))
            self._model.try_text(row, "" if _UNFINISHED.fullmatch(text.strip()) else text.strip())

    def _end(self, editor: QWidget) -> None:
        """A field is gone; the next one may be typed in already."""
        if self._typed is None or self._typed[0] is not editor:
            return
        _editor, row, _text = self._typed
        self._typed = None
        self._pause.stop()
        self.hint.hide()
        self._model.try_text(row, "")

    def _weigh(self, row: int, text: str) -> tuple[str, Tone]:
        session, line = self._model.session, self._model.form_row(row)
        if session is None or line is None or not text.strip() or _UNFINISHED.fullmatch(text.strip()):
            return "", Tone.MUTED
        found = session.shape_findings(line.element.id, text)
        if found:
            worst = min(found, key=lambda finding: list(Severity).index(finding.severity))
            error = worst.severity is Severity.ERROR
            return f"{'✖' if error else '▲'} {message(worst)}", Tone.ERROR if error else Tone.WARNING
        issued, figure = issued_value(line, session), session.read(line.element.id, text).figure
        if names_wanted(line, figure):
            return translate("FigureView", "▲ 这一项按名单计数：按 F4 列出名单"), Tone.WARNING
        if issued is not None and figure.answer is Answer.DISPUTED:
            shown = figure_text(Figure.number(issued), line.element)
            said = translate("FigureView", "≠ 与下发数 {value} 不同，回车后即为异议，请写理由")
            return said.format(value=shown), Tone.WARNING
        return "", Tone.MUTED


class TypingHint(QLabel):
    """A line of text over the sheet, below the field or above it at the sheet's end."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMargin(4)
        self.setFrameShape(QLabel.Shape.Box)
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, editor: QLineEdit, text: str, which: Tone) -> None:
        """Show a text for a field; an empty one hides the line."""
        editor.setAccessibleDescription(text)
        if not text:
            self.hide()
            return
        palette = self._view.palette()
        palette.setColor(self.foregroundRole(), tone(palette, which))
        palette.setColor(self.backgroundRole(), palette.color(palette.ColorRole.Base))
        self.setPalette(palette)
        self.setText(text)
        port, field = self._view.viewport().rect(), editor.geometry()
        width = min(self.fontMetrics().horizontalAdvance(text) + 16, self.fontMetrics().height() * 20)
        width = min(width, port.width())
        height = self.heightForWidth(width)
        left = max(min(field.right() - width + 1, port.right() - width), 0)
        below = field.bottom() + 2
        top = below if below + height <= port.bottom() else field.top() - height - 2
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()
