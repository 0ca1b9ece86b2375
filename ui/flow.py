"""A row of controls that goes on in the next line where the room is too narrow: large type, small screens."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

GAP = 6


class FlowLayout(QLayout):
    """Lays its items out like words of a text. What can grow, a text field say, takes what is left."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more item."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """An item, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away, or None."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It wants no more than its items."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        lines = list(self._lines(width))
        heights = [_height(line, _widths(line, width)) for line in lines]
        return sum(heights) + GAP * max(len(lines) - 1, 0)

    def sizeHint(self) -> QSize:
        """Everything in one line."""
        shown = self._shown
        width = sum(item.sizeHint().width() for item in shown) + GAP * max(len(shown) - 1, 0)
        return QSize(width, _height(shown, [item.sizeHint().width() for item in shown]))

    def minimumSize(self) -> QSize:
        """The widest item alone."""
        shown = self._shown
        return QSize(
            max((item.minimumSize().width() for item in shown), default=0),
            max((item.minimumSize().height() for item in shown), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:
        """Put every item in its place."""
        super().setGeometry(rect)
        top = rect.top()
        for line in self._lines(rect.width()):
            widths = _widths(line, rect.width())
            height = _height(line, widths)
            left = rect.left()
            for item, width in zip(line, widths, strict=True):
                own = _height([item], [width])
                item.setGeometry(QRect(left, top + (height - own) // 2, width, own))
                left += width + GAP
            top += height + GAP

    @property
    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> Iterator[list[QLayoutItem]]:
        line: list[QLayoutItem] = []
        used = 0
        for item in self._shown:
            wanted = item.sizeHint().width()
            if line and used + GAP + wanted > width:
                yield line
                line, used = [], 0
            used += wanted + (GAP if line else 0)
            line.append(item)
        if line:
            yield line


def _height(line: list[QLayoutItem], widths: list[int]) -> int:
    return max(
        (
            item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
            for item, width in zip(line, widths, strict=True)
        ),
        default=0,
    )


def _widths(line: list[QLayoutItem], room: int) -> list[int]:
    """Their own widths; what is left goes to those that can grow."""
    widths = [min(item.sizeHint().width(), room) for item in line]
    growing = [
        number
        for number, item in enumerate(line)
        if item.expandingDirections() & Qt.Orientation.Horizontal
        and item.maximumSize().width() > widths[number]
    ]
    spare = room - sum(widths) - GAP * (len(line) - 1)
    for number in growing:
        widths[number] += max(spare, 0) // len(growing)
    return widths
