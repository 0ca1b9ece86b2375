"""What a person should know and need not answer: lines above the page that stay until they are put away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.values import dataclass
from ui.colours import Tone, tint


@dataclass(frozen=True, slots=True)
class Way:
    """A button of a notice: what it says and does."""

    text: str
    go: Callable[[], object]


class NoticeBar(QWidget):
    """Notices by key: one of the same key replaces the one before. They never take the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[str, QFrame] = {}
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(6, 4, 6, 0)
        self._lines.setSpacing(2)
        self.hide()

    def texts(self) -> tuple[str, ...]:
        """What is said now, oldest first."""
        return tuple(frame.accessibleName() for frame in self._shown.values())

    def say(self, key: str, text: str, which: Tone, *ways: Way) -> None:
        """Show a notice, with 知道了 to put it away."""
        self.drop(key)
        frame = self._shown[key] = self._frame(key, text, which, ways)
        self._lines.addWidget(frame)
        self.show()

    def drop(self, key: str) -> None:
        """Put a notice away."""
        frame = self._shown.pop(key, None)
        if frame is not None:
            self._lines.removeWidget(frame)
            frame.hide()
            frame.deleteLater()
        self.setVisible(bool(self._shown))

    def clear(self) -> None:
        """Put all of them away."""
        for key in tuple(self._shown):
            self.drop(key)

    def _frame(self, key: str, text: str, which: Tone, ways: tuple[Way, ...]) -> QFrame:
        frame = QFrame()
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        frame.setAccessibleName(text)
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        tint(label, which)
        line = QHBoxLayout(frame)
        line.setContentsMargins(8, 4, 8, 4)
        line.addWidget(label, 1)
        for way in (*ways, Way(self.tr("知道了"), lambda: self.drop(key))):
            button = QPushButton(way.text)
            button.clicked.connect(lambda _checked=False, go=way.go: go())
            line.addWidget(button)
        return frame
