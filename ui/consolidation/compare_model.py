"""Contents of a unit side by side, cell by cell, with what is chosen of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QGuiApplication

from desktop.workspace import CellPlace, ComparedCell, Comparison, Side
from ui.colours import Tone, tone
from ui.row_table import Index, Role, RowTable

BEFORE = 1
"""The column of the common ancestor; the contents stand behind it, the choice in the last one."""


class CompareModel(RowTable):
    """One row per cell. `choose` says which content a cell is taken from."""

    def __init__(self, comparison: Comparison, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.comparison = comparison
        self.columns = len(comparison.sides) + 3
        self._cells: tuple[ComparedCell, ...] = ()
        self._chosen: dict[CellPlace, int] = {}
        self.show_cells(different=True)

    def show_cells(self, *, different: bool) -> None:
        """Show only the cells that differ, or all."""
        self.beginResetModel()
        self._cells = self.comparison.different if different else self.comparison.cells
        self.endResetModel()

    def choose_all(self, side: int) -> None:
        """Take one content whole."""
        self._chosen = dict.fromkeys((cell.place for cell in self.comparison.different), side)
        self._changed(0, self._count() - 1)

    def choose(self, row: int, side: int) -> None:
        """Take a cell from one content. A cell in which they agree has nothing to be chosen."""
        cell = self._cells[row]
        if cell.differs and side < len(self.comparison.sides):
            self._chosen[cell.place] = side
            self._changed(row, row)

    def chosen(self, row: int) -> int | None:
        """From which content the cell of a row is taken."""
        return self._chosen.get(self._cells[row].place)

    def waits(self, row: int) -> bool:
        """Whether the cell of a row differs and nothing is chosen yet."""
        cell = self._cells[row]
        return cell.differs and cell.place not in self._chosen

    @property
    def open(self) -> int:
        """In how many cells nothing is chosen yet."""
        return sum(cell.place not in self._chosen for cell in self.comparison.different)

    @property
    def choice(self) -> tuple[str, Mapping[CellPlace, str]]:
        """The content that most cells come from, and the cells that come from another one."""
        sides = self.comparison.sides
        used = [*self._chosen.values()]
        base = max(range(len(sides)), key=used.count)
        others = {place: sides[n].digest for place, n in self._chosen.items() if n != base}
        return sides[base].digest, others

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts; where contents differ they are bold, and what was chosen is marked by a word too."""
        if not index.isValid():
            return None
        cell, column = self._cells[index.row()], index.column()
        side = column - BEFORE - 1
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self._text(cell, column)
        if role == Role.AccessibleTextRole:
            return f"{cell.name}　{self._titles()[column]}：{self._text(cell, column)}"
        inside = cell.differs and 0 <= side < len(self.comparison.sides)
        if role == Role.FontRole and inside:
            font = QFont()
            font.setBold(True)
            return font
        if role == Role.ForegroundRole and inside:
            chosen = self._chosen.get(cell.place)
            which = Tone.GOOD if chosen == side else Tone.WARNING if chosen is None else Tone.MUTED
            return tone(QGuiApplication.palette(), which)
        return None

    def _text(self, cell: ComparedCell, column: int) -> str:
        if column == 0:
            return cell.name
        if column == BEFORE:
            return cell.before if self.comparison.ancestor else self.tr("没有收到")
        if column < self.columns - 1:
            return cell.texts[column - BEFORE - 1] or self.tr("（空）")
        if not cell.differs:
            return self.tr("相同")
        chosen = self._chosen.get(cell.place)
        return self.tr("待选") if chosen is None else self.tr("采用第 {n} 份").format(n=chosen + 1)

    def _changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columns - 1))

    def _count(self) -> int:
        return len(self._cells)

    def _titles(self) -> Sequence[str]:
        sides = [self._title(number, side) for number, side in enumerate(self.comparison.sides, 1)]
        return [self.tr("位置"), self.tr("共同的上一版"), *sides, self.tr("采用")]

    def _title(self, number: int, side: Side) -> str:
        counts = self.tr("（现采用）") if side.counts else ""
        return self.tr("第 {n} 份{counts}").format(n=number, counts=counts)
