"""The selected block of the sheet: rows from an anchor to the cursor, in one run of columns."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QTableView

from desktop.model.form import FormRow
from ui.entry.columns import COL_CURRENT, COL_NAME, COLUMNS, WHEN_ASKED, titles
from ui.entry.figure_model import FigureModel

Key = Qt.Key
Flag = QItemSelectionModel.SelectionFlag


class Block:
    """Keeps what is selected around the one cell that is typed into, which stays in the column 本期."""

    def __init__(self, view: QTableView, model: FigureModel) -> None:
        self._view = view
        self._model = model
        self._anchor = -1
        self._drag_column = COL_CURRENT
        self._left = self._right = COL_CURRENT

    @property
    def several(self) -> bool:
        """Whether more than one row is selected."""
        return len(self.rows()) > 1

    @property
    def begun_at(self) -> int:
        """The row where it was begun; that of the cursor if nothing more is selected."""
        return self._anchor if self._anchor >= 0 else self._view.currentIndex().row()

    def drop(self) -> None:
        """Back to one cell: the cursor moved on."""
        self._anchor = -1
        self._left = self._right = COL_CURRENT

    def rows(self) -> list[FormRow]:
        """The form's rows that are selected, the one under the cursor if nothing else is."""
        first, last = self._span()
        found = (self._in_sight(row) for row in range(first, last + 1))
        return [row for row in found if row is not None]

    def copied(self) -> str:
        """What is selected as tab-separated text for Excel and WPS, figures in plain digits.

        With more columns than the five of the first sight a line of titles comes along: without it nobody,
        this program included, could tell which of several columns of figures is this period's.
        """
        first, last = self._span()
        shown = [n for n in range(self._left, self._right + 1) if not self._view.isColumnHidden(n)]
        lines = [
            "\t".join(cell_text(self._model.plain_text(row, column)) for column in shown)
            for row in range(first, last + 1)
            if self._in_sight(row) is not None
        ]
        if COL_NAME in shown and not set(shown).isdisjoint(WHEN_ASKED):
            lines.insert(0, "\t".join(titles()[column] for column in shown))
        return "\n".join(lines)

    def start(self, row: int, column: int) -> None:
        """A mouse button went down there: dragging goes from here."""
        self.drop()
        self._anchor = row
        self._drag_column = column

    def drag(self, row: int, column: int) -> None:
        """The mouse is over there now, with the button down."""
        if self._anchor < 0 or self._in_sight(row) is None:
            return
        self._left, self._right = sorted((self._drag_column, column))
        self._move_to(row)

    def extend(self, row: int, column: int) -> None:
        """A click with Shift: as far as there."""
        self._left = min(column, COL_CURRENT)
        self._right = max(column, COL_CURRENT)
        self._move_to(row)

    def key(self, key: int) -> bool:
        """Shift with an arrow, Home, End or a page key; False for any other key."""
        current, page = self._view.currentIndex().row(), self._page()
        match key:
            case Key.Key_Left:
                self._left = self._beside(-1)
                self._move_to(current)
            case Key.Key_Right:
                self._left = self._beside(1)
                self._move_to(current)
            case Key.Key_Up | Key.Key_Down:
                self._step(1 if key == Key.Key_Down else -1, 1)
            case Key.Key_PageUp | Key.Key_PageDown:
                self._step(1 if key == Key.Key_PageDown else -1, page)
            case _:
                return False
        return True

    def to_edge(self, step: int) -> None:
        """Ctrl+Shift+Home or End: as far as the sheet goes."""
        self._step(step, self._model.rowCount())

    def everything(self) -> None:
        """Ctrl+A: the whole sheet, for copying."""
        self._left, self._right = COL_NAME, COLUMNS - 1
        count = self._model.rowCount()
        rows = [n for n in range(count) if self._in_sight(n) is not None]
        if rows:
            self._anchor = rows[0]
            self._move_to(rows[-1])

    def _step(self, step: int, most: int) -> None:
        row = target = self._view.currentIndex().row()
        while most > 0 and 0 <= row + step < self._model.rowCount():
            row += step
            if self._in_sight(row) is not None:
                target, most = row, most - 1
        self._move_to(target)

    def _in_sight(self, row: int) -> FormRow | None:
        """The form's row there; folded ones are none of the block."""
        return None if self._model.is_folded(row) else self._model.form_row(row)

    def _beside(self, step: int) -> int:
        """The next column in sight, between the name and 本期."""
        column = self._left + step
        while COL_NAME < column < COL_CURRENT and self._view.isColumnHidden(column):
            column += step
        return min(max(column, COL_NAME), COL_CURRENT)

    def _move_to(self, row: int) -> None:
        selection = self._view.selectionModel()
        if self._anchor < 0:
            self._anchor = self._view.currentIndex().row()
        index = self._model.index(row, COL_CURRENT)
        selection.setCurrentIndex(index, Flag.NoUpdate)
        first, last = self._span()
        corners = self._model.index(first, self._left), self._model.index(last, self._right)
        selection.select(QItemSelection(*corners), Flag.ClearAndSelect)
        self._view.scrollTo(index)

    def _span(self) -> tuple[int, int]:
        current, anchor = self._view.currentIndex().row(), self.begun_at
        return min(anchor, current), max(anchor, current)

    def _page(self) -> int:
        return max(self._view.viewport().height() // max(self._view.rowHeight(0), 1) - 1, 1)


def cell_text(text: str) -> str:
    """A cell as spreadsheets read it from the clipboard."""
    if any(mark in text for mark in '\t\n"'):
        return '"{}"'.format(text.replace('"', '""'))
    return text
