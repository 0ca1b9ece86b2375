"""Which columns the sheet shows and how wide: five at first sight, more on wide windows or when asked for;
and as a person left them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QTableView

from desktop.workspace.form.sheet_layout import SheetLayout
from ui.entry.columns import (
    ALWAYS,
    COLUMNS,
    FROZEN,
    KEYS,
    LEAST_EM,
    MOST_EM,
    laid_out,
)
from ui.entry.frozen_columns import FrozenColumns


class SheetColumns(QObject):
    """Lays out a table's columns and keeps what a person changed. `header_rows` gives the rows that are one
    cell from edge to edge.
    """

    def __init__(
        self, table: QTableView, layout: SheetLayout, header_rows: Callable[[], Iterable[int]]
    ) -> None:
        super().__init__(table)
        self._header_rows = header_rows
        self._table = table
        self._layout = layout
        self._laying_out = self._watching = self._dragged = False
        table.horizontalHeader().sectionResized.connect(self._resized)
        table.horizontalScrollBar().valueChanged.connect(self.freeze)

    @cached_property
    def frozen(self) -> FrozenColumns:
        """Name and unit over the left edge; made when the sheet is first scrolled sideways."""
        frozen = FrozenColumns(self._table)
        self._span(frozen)
        return frozen

    def freeze(self) -> None:
        """Keep name and unit in sight if the sheet is scrolled sideways."""
        if self._table.horizontalScrollBar().value() > 0 or self._has_frozen:
            self.frozen.follow()

    def keep_in_sight(self) -> None:
        """Scroll to the field under the cursor, and not under the columns that stay where they are."""
        table, index, bar = self._table, self._table.currentIndex(), self._table.horizontalScrollBar()
        if table.isVisible() and bar.maximum() > 0:  # before that it would settle the header's type too early
            table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        table.scrollTo(index)
        if index.column() in FROZEN or bar.value() == 0:
            return
        left, width = table.columnViewportPosition(index.column()), table.columnWidth(index.column())
        frozen = sum(table.columnWidth(column) for column in FROZEN)  # hidden ones are 0 wide
        spare = table.viewport().width() - left - width
        if left < frozen and spare > 0:  # figures end at the right: that edge stays
            bar.setValue(bar.value() - min(frozen - left, spare))

    def span_headers(self) -> None:
        """Another form: other rows are headers."""
        self._span(self._table)
        if self._has_frozen:
            self._span(self.frozen)

    def is_shown(self, column: int) -> bool:
        """Whether a column is to be seen now."""
        return not self._table.isColumnHidden(column)

    def show(self, column: int, *, shown: bool) -> None:
        """Show or hide a column from now on, whatever the window's width."""
        if column in ALWAYS:
            return
        self._layout.columns[KEYS[column]] = shown
        self._layout.save()
        self.fit()

    def width(self, column: int) -> float:
        """A column's width in widths of a character."""
        asked = self._layout.widths.get(KEYS[column])
        return asked if asked is not None else self._table.columnWidth(column) / self._character

    def widen(self, column: int, by: float) -> None:
        """Make a column wider (or narrower) from now on."""
        width = min(max(round(self.width(column)) + by, LEAST_EM), MOST_EM)
        self._layout.widths[KEYS[column]] = width
        self._layout.save()
        self.fit()

    def reset(self) -> None:
        """Back to what the sheet comes with."""
        self._layout.columns.clear()
        self._layout.widths.clear()
        self._layout.save()
        self.fit()

    def fit(self) -> None:
        """Lay the columns out for the table's width as it is now."""
        widths = laid_out(self._layout, self._table.viewport().width(), self._character)
        self._laying_out = True
        for column in range(COLUMNS):
            self._table.setColumnHidden(column, column not in widths)
        for column, width in widths.items():
            self._table.setColumnWidth(column, width)
        self._laying_out = False
        self.freeze()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A border was dragged and let go: that width stays."""
        if event.type() is QEvent.Type.MouseButtonRelease and self._dragged:
            self._dragged = False
            self._layout.save()
        return super().eventFilter(watched, event)

    @property
    def _has_frozen(self) -> bool:
        return "frozen" in vars(self)

    def _span(self, table: QTableView) -> None:
        table.clearSpans()
        for row in self._header_rows():
            table.setSpan(row, 0, 1, COLUMNS)

    def _resized(self, column: int, _was: int, now: int) -> None:
        if not self._laying_out and now > 0:
            self._layout.widths[KEYS[column]] = round(now / self._character, 1)
            self._dragged = True
            if not self._watching:
                self._watching = True
                self._table.horizontalHeader().viewport().installEventFilter(self)

    @property
    def _character(self) -> int:
        return max(self._table.fontMetrics().horizontalAdvance("国"), 1)
