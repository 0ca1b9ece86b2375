"""Two things side by side; where there is no room for both, the one that is worked in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

FIRST, SECOND = range(2)
LEAST_EM = 31
"""Width that both need, in Chinese characters; a screen at 300 % with type of double size has 24."""


class Beside(QSplitter):
    """A splitter that shows one of its two widgets at a time where it is narrow. `least` are the widths they
    keep where both are shown, in Chinese characters.
    """

    def __init__(self, least: tuple[int, int] = (0, 0), parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._least = least
        self._front = FIRST
        self._narrow = False
        self.setChildrenCollapsible(False)

    def put_second(self, widget: QWidget) -> None:
        """Put a widget in the place that was kept for it."""
        sizes, kept = self.sizes(), self._half(SECOND)
        self.replaceWidget(SECOND, widget)
        kept.deleteLater()
        self.setStretchFactor(SECOND, 1)
        self.fit()
        self._show()
        self.setSizes(sizes)

    def fit(self) -> None:
        """Set the least widths, for the type as it is."""
        em = self.fontMetrics().horizontalAdvance("国")
        for which in range(self.count()):
            self._half(which).setMinimumWidth(0 if self._narrow else em * self._least[which])

    def turn_to(self, which: int) -> None:
        """Bring the first or the second into sight; whoever goes there then takes the keyboard."""
        self._front = which
        if self._narrow:
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()
            self._arrange()

    def _half(self, which: int) -> QWidget:
        widget = self.widget(which)
        assert widget is not None
        return widget

    def _arrange(self) -> None:
        narrow = self.width() < self.fontMetrics().horizontalAdvance("国") * LEAST_EM
        if narrow == self._narrow or self.count() < 2:
            return
        self._narrow = narrow
        self.fit()
        focus = QApplication.focusWidget()
        self._front = SECOND if focus is not None and self._half(SECOND).isAncestorOf(focus) else FIRST
        self._show()

    def _show(self) -> None:
        for which in (self._front, 1 - self._front):  # never both hidden: the keyboard would go elsewhere
            self._half(which).setVisible(not self._narrow or which == self._front)
