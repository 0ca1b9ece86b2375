"""Columns that share the width there is: figures stay whole, and long texts give way first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

ROWS_LOOKED_AT = 100
"""So many rows say how wide a column wants to be."""

LEAST_EM, FIRST_EM, MOST_EM = 4, 7, 40
"""What every column keeps, what the first one keeps, the most that one asks for, in Chinese characters."""


class FittedColumns(QObject):
    """Fits the columns of one view to its width, until a person drags one.

    `weights` say who takes what is left over; the columns in `whole` are never cut.
    """

    def __init__(self, view: QTableView, weights: Sequence[int], whole: Collection[int] = ()) -> None:
        super().__init__(view)
        self._view, self._weights, self._whole = view, tuple(weights), frozenset(whole)
        self._dragged = self._fitting = False
        header = view.horizontalHeader()
        header.setStretchLastSection(False)
        header.setResizeContentsPrecision(ROWS_LOOKED_AT)
        header.sectionResized.connect(self._resized)
        view.model().modelReset.connect(self.fit)
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another width, or another size of type."""
        changes = (QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.Show)
        # the kind of event first: the view itself may be gone already when its last events come
        if event.type() in changes and (watched is self._view or event.type() == QEvent.Type.Resize):
            self.fit()
        return False

    @Slot()
    def fit(self) -> None:
        """Give every column its width."""
        view, room = self._view, self._view.viewport().width()
        if self._dragged or self._fitting or not view.isVisible():
            return
        columns = [n for n in range(view.model().columnCount()) if not view.isColumnHidden(n)]
        em = view.fontMetrics().horizontalAdvance("国")
        needs = [self._need(column, em) for column in columns]
        floors = [self._floor(column, need, em) for column, need in zip(columns, needs, strict=True)]
        weights = [self._weights[column] if column < len(self._weights) else 1 for column in columns]
        self._fitting = True
        for column, width in zip(columns, shared(needs, floors, weights, room), strict=True):
            view.setColumnWidth(column, width)
        self._fitting = False

    def _need(self, column: int, em: int) -> int:
        title = self._view.horizontalHeader().sectionSizeHint(column)
        return min(max(title, self._view.sizeHintForColumn(column) + 2), MOST_EM * em)

    def _floor(self, column: int, need: int, em: int) -> int:
        if column in self._whole:
            return need
        title = self._view.horizontalHeader().sectionSizeHint(column)
        return min(need, max(title, em * (LEAST_EM if column else FIRST_EM)))

    @Slot(int, int, int)
    def _resized(self, _column: int, before: int, now: int) -> None:
        """A column dragged by a person stays as it is, and so do the others."""
        dragged = QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton
        if dragged and before and now and not self._fitting:
            self._dragged = True


def shared(needs: Sequence[int], floors: Sequence[int], weights: Sequence[int], room: int) -> list[int]:
    """Widths that fill `room`: what everyone needs where there is enough, else the widest give way.

    Nobody gets less than its floor, even where `room` is too small for that.
    """
    total = sum(needs)
    if total <= room:
        spare, parts = room - total, sum(weights) or 1
        widths = [need + spare * weight // parts for need, weight in zip(needs, weights, strict=True)]
    else:
        low, high = 0, max(needs, default=0)
        while low < high:  # the highest level to which all may be filled
            level = (low + high + 1) // 2
            if sum(_filled(needs, floors, level)) <= room:
                low = level
            else:
                high = level - 1
        widths = _filled(needs, floors, low)
    if widths and sum(widths) < room:
        widths[-1] += room - sum(widths)
    return widths


def _filled(needs: Sequence[int], floors: Sequence[int], level: int) -> list[int]:
    return [max(floor, min(need, level)) for need, floor in zip(needs, floors, strict=True)]
