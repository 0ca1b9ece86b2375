"""Folding sections of the sheet away, with keys and mouse; what is folded stays so from start to start."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView

from desktop.workspace import FormSession
from desktop.workspace.form.sheet_layout import SheetLayout, section_key
from ui.entry.figure_model import FigureModel

Key = Qt.Key


class Folding:
    """Hides the rows of folded sections; `go_to` brings the cursor to a row."""

    def __init__(
        self, view: QTableView, model: FigureModel, layout: SheetLayout, go_to: Callable[[int], None]
    ) -> None:
        self._view = view
        self._model = model
        self._layout = layout
        self._go_to = go_to
        model.folded.connect(self._take)

    def folded_of(self, session: FormSession) -> set[str]:
        """The categories of a form that a person left folded."""
        sections = session.form.sections
        return {
            s.category for s in sections if section_key(session.plan.id, s.category) in self._layout.folded
        }

    def toggle(self, row: int) -> None:
        """A click on a header."""
        self._model.fold(row, folded=not self._model.is_folded(row))
        self._keep_in_sight(self._view.currentIndex().row())

    def unfold_for(self, addresses: Iterable[str]) -> None:
        """Show the rows of some elements: something changed there."""
        for address in addresses:
            row = self._model.row_of(address)
            if row is not None:
                self._model.fold(row, folded=False)

    def key(self, event: QKeyEvent) -> bool:
        """Left folds the section, right unfolds it, with Ctrl all; Enter and Space open a folded one."""
        row, key, modifiers = self._view.currentIndex().row(), event.key(), event.modifiers()
        if row < 0 or modifiers & Qt.KeyboardModifier.ShiftModifier:
            return False
        if key in (Key.Key_Left, Key.Key_Right):
            every = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
            for number in self._model.header_rows() if every else (row,):
                self._model.fold(number, folded=key == Key.Key_Left)
        elif self._model.is_header(row) and key in (Key.Key_Return, Key.Key_Enter, Key.Key_Space):
            self._model.fold(row, folded=False)
        else:
            return False
        self._keep_in_sight(row)
        return True

    def hide_rows(self) -> None:
        """Hide what is folded in a form that was just brought."""
        for row in range(self._model.rowCount()):
            self._view.setRowHidden(row, self._model.is_hidden(row))

    def _keep_in_sight(self, row: int) -> None:
        """The cursor never stands on what is folded away, nor on the header of an open section."""
        if self._model.is_folded(row):
            self._go_to(self._model.header_of(row))
        elif self._model.is_header(row):
            self._go_to(self._first_of(row))

    def _first_of(self, header: int) -> int:
        """A section's first row that is asked for, else its first row."""
        first = self._model.next_row(header)
        if first is not None and self._model.header_of(first) == header:
            return first
        return next((n for n in range(header, self._model.rowCount()) if self._model.stops(n)), header)

    def _take(self, category: str) -> None:
        session = self._model.session
        if session is None:
            return
        folded = False
        for row in range(self._model.rowCount()):
            if self._model.category_of(row) == category:
                self._view.setRowHidden(row, self._model.is_hidden(row))
                folded = self._model.is_folded(row)
        kept = self._layout.folded
        (kept.add if folded else kept.discard)(section_key(session.plan.id, category))
        self._layout.save()
