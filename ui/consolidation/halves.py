"""The units above the results; where the window is too low for both, the units are the first of the tabs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QTabWidget, QWidget

from ui.scrolled import ScrolledPage

UNITS = 0
"""The tab of the units; it is hidden while they stand above."""

LEAST_LINES = 28
"""Lines of text that both need to show more than a few rows each."""


class Halves(QSplitter):
    """Moves the units between their place above the tabs and their tab, as the height wants it."""

    def __init__(self, units: QWidget, title: str) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._units = units
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._page = ScrolledPage()
        self.tabs.addTab(self._page, title)
        self.tabs.setTabVisible(UNITS, False)
        self.addWidget(units)
        self.addWidget(self.tabs)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)

    @property
    def together(self) -> bool:
        """Whether units and results are seen at once."""
        return not self.tabs.isTabVisible(UNITS)

    def show_units(self) -> None:
        """Bring the units to the front where they are a tab."""
        if not self.together:
            self.tabs.setCurrentIndex(UNITS)

    def give_results_room(self) -> None:
        """Results get half of the room once there are any."""
        if self.together:
            half = sum(self.sizes()) // 2
            self.setSizes([half, half])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        together = self.height() >= LEAST_LINES * self.fontMetrics().height()
        if together == self.together:
            return
        focus = QApplication.focusWidget()
        if together:
            self.tabs.setTabVisible(UNITS, False)
            self._page.takeWidget()
            self.insertWidget(0, self._units)
            self.setSizes([self.height() * 3 // 5, self.height() * 2 // 5])
        else:
            self._page.setWidget(self._units)
            self.tabs.setTabVisible(UNITS, True)
            if focus is None or not self.tabs.isAncestorOf(focus) or self._units.isAncestorOf(focus):
                self.tabs.setCurrentIndex(UNITS)
        self._units.show()
        if focus is not None and focus.isVisible():
            focus.setFocus()
