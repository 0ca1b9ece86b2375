"""A page that is scrolled where the screen is too small for it, and follows the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QScrollArea, QWidget


class Shrinkable(QWidget):
    """A page for it: lists and fields give way before anything is scrolled.

    Qt asks a page with wrapped texts for the height it would like, and scrolls from there on.
    """

    def heightForWidth(self, width: int) -> int:
        """The least height."""
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout is not None else -1


class ScrolledPage(QScrollArea):
    """Keeps whatever gets the keyboard in sight; Qt does so for Tab only.

    Where something is out of sight Tab stops at the page too, so that arrows scroll it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("内容（方向键滚动）"))
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.rangeChanged.connect(self._stop_where_scrolled)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    @Slot()
    def _stop_where_scrolled(self) -> None:
        scrolled = self.verticalScrollBar().maximum() > 0 or self.horizontalScrollBar().maximum() > 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolled else Qt.FocusPolicy.NoFocus)

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now)


def scrolled(content: QLayout | QWidget) -> ScrolledPage:
    """What a dialog or tab shows, scrolled where the room is smaller than it."""
    page = ScrolledPage()
    if isinstance(content, QWidget):
        page.setWidget(content)
        return page
    inside = QWidget()
    content.setContentsMargins(0, 0, 0, 0)
    inside.setLayout(content)
    page.setWidget(inside)
    return page
