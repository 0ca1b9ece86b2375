"""The first-start tour: four short hints beside what they speak of. Typing goes on underneath."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.values import dataclass

WIDTH_EM = 22
GAP = 8


@dataclass(frozen=True, slots=True)
class Hint:
    """What is said, and the widget it stands beside."""

    text: str
    beside: Callable[[], QWidget]


class Tour(QFrame):
    """Lies over a window and never takes the keyboard: Esc ends it, Alt+G goes on. `ended` comes once."""

    ended = Signal()

    def __init__(self, hints: tuple[Hint, ...], window: QWidget) -> None:
        super().__init__(window)
        self._hints, self._window, self._at = hints, window, 0
        self.setFrameShape(QFrame.Shape.Box)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setForegroundRole(QPalette.ColorRole.ToolTipText)
        self.on = QPushButton()
        self.skip = QPushButton(self.tr("不再提示 Esc"))
        for button in (self.on, self.skip):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.skip)
        line.addWidget(self.on)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addLayout(line)
        self.on.clicked.connect(self.go_on)
        self.skip.clicked.connect(self.end)
        QShortcut(QKeySequence("Alt+G"), self).activated.connect(self.go_on)
        window.installEventFilter(self)
        self._show()

    @property
    def number(self) -> int:
        """Which hint is shown, from 1."""
        return self._at + 1

    @Slot()
    def go_on(self) -> None:
        """The next hint, or the end."""
        self._at += 1
        if self._at < len(self._hints):
            self._show()
        else:
            self.end()

    @Slot()
    def end(self) -> None:
        """Put the tour away."""
        if self.isHidden():
            return
        self._window.removeEventFilter(self)
        self.hide()
        self.ended.emit()
        self.deleteLater()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the window's size; Esc that nobody else wanted ends the tour."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() != Qt.Key.Key_Escape:
            return False
        self.end()
        return True

    def _show(self) -> None:
        said = self.tr("{n}/{of}　{text}")
        hint = self._hints[self._at]
        self.text.setText(said.format(n=self.number, of=len(self._hints), text=hint.text))
        self.setAccessibleName(self.text.text())
        last = self.number == len(self._hints)
        self.on.setText(self.tr("知道了 Alt+G") if last else self.tr("下一条 Alt+G"))
        self.show()
        self.raise_()
        self._place()

    def _place(self) -> None:
        if self._at >= len(self._hints):
            return
        beside, window = self._hints[self._at].beside(), self._window
        width = min(self.fontMetrics().horizontalAdvance("国") * WIDTH_EM, window.width() - 2 * GAP)
        self.setFixedWidth(width)
        self.adjustSize()
        aside = max(beside.width() - width, 0)  # at the right: lists below the sheet begin at the left
        corner = (
            beside.mapTo(window, QPoint(aside, beside.height() + GAP)) if beside.isVisible() else QPoint()
        )
        if corner.y() + self.height() > window.height():  # no room below: inside, at the lower right
            corner = beside.mapTo(window, QPoint(beside.width() - width - GAP, 0))
            corner.setY(window.height() - self.height() - 4 * GAP)
        x = min(max(corner.x(), GAP), window.width() - self.width() - GAP)
        self.move(x, max(corner.y(), GAP))
