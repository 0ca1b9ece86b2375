"""Ctrl+F: finds rows by name, code or pinyin initials."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from ui.colours import Tone, tint

Key = Qt.Key
Find = Callable[[str, int], bool]
"""Goes to the next row (1), the one before (-1) or stays if it fits (0); False if no row holds the text."""


class SearchField(QLineEdit):
    """Enter finds on, Shift+Enter back, Esc leaves."""

    on_wanted = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Those keys; the rest types."""
        if event.key() in (Key.Key_Return, Key.Key_Enter):
            self.on_wanted.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() in (Key.Key_Down, Key.Key_Up):
            self.on_wanted.emit(1 if event.key() == Key.Key_Down else -1)
        elif event.key() == Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SearchBar(QWidget):
    """A small bar over the sheet. `closed` when it is left."""

    closed = Signal()

    def __init__(self, find: Find, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find = find
        self.field = SearchField()
        self.field.setPlaceholderText(self.tr("名称、代码或拼音首字母"))
        self.field.setAccessibleName(self.tr("查找"))
        self.field.setClearButtonEnabled(True)
        self.field.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * 18)
        self.result = QLabel()
        back, on = QPushButton(self.tr("上一个(&B)")), QPushButton(self.tr("下一个(&N)"))
        leave = QToolButton()
        leave.setText("✕")
        leave.setAccessibleName(self.tr("关闭查找"))
        label = QLabel(self.tr("查找(&L)"))
        label.setBuddy(self.field)
        line = QHBoxLayout(self)
        line.setContentsMargins(2, 2, 2, 2)
        for widget in (label, self.field, back, on, self.result):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(leave)
        self.field.textChanged.connect(lambda _text: self._look(0))
        self.field.on_wanted.connect(self._look)
        self.field.left.connect(self.leave)
        back.clicked.connect(lambda: self._look(-1))
        on.clicked.connect(lambda: self._look(1))
        leave.clicked.connect(self.leave)
        self.hide()

    def begin(self) -> None:
        """Show the bar; what was looked for last is selected."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def leave(self) -> None:
        """Back to the sheet."""
        self.hide()
        self.closed.emit()

    def _look(self, step: int) -> None:
        text = self.field.text().strip()
        found = not text or self._find(text, step)
        self.result.setText("" if found else self.tr("没有找到"))
        tint(self.result, Tone.ERROR)


def matches(text: str, *keys: str) -> bool:
    """Whether a name, code or initials hold the text, whatever the case, the blanks and the width."""
    wanted = _plain(text)
    return any(wanted in _plain(key) for key in keys)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def next_match(fits: Callable[[int], bool], count: int, current: int, step: int) -> int | None:
    """The next of `count` rows that fits, round the end; step 0 begins at the current one."""
    way, first = step or 1, current if step == 0 else current + step
    rows = ((first + way * n) % count for n in range(count))
    return next((row for row in rows if fits(row)), None)
