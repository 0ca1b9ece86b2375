"""全年: units × periods by state, with how complete and how punctual each unit was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.workspace import BoardRow, UnitYear, Workspace, Year
from ui.colours import tone
from ui.consolidation.board_model import TONES
from ui.consolidation.board_parts import board_table
from ui.row_table import Index, Role, RowTable

LEFT = 2
"""Columns before the periods: unit and kind."""


class YearModel(RowTable):
    """One row per unit, one column per period, then the two rates."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._year = Year((), ())
        self._plan: Plan | None = None

    def set_year(self, plan: Plan | None, year: Year) -> None:
        """Show another year."""
        self.beginResetModel()
        self._plan, self._year = plan, year
        self.columns = LEFT + len(year.periods) + 2
        self.endResetModel()

    def place(self, index: Index) -> tuple[UnitYear, Period | None]:
        """The unit of a row, and the period of a column if it is one."""
        number = index.column() - LEFT
        inside = 0 <= number < len(self._year.periods)
        return self._year.units[index.row()], self._year.periods[number] if inside else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Words; a state has its colour too, and its remarks as a hint."""
        if not index.isValid():
            return None
        unit, period = self.place(index)
        row = unit.rows.get(period) if period is not None else None
        if role == Role.DisplayRole:
            return self._text(unit, row, index.column())
        if role == Role.AccessibleTextRole:
            title = str(self.headerData(index.column(), Qt.Orientation.Horizontal))
            return f"{unit.unit.short_name} {title}：{self._text(unit, row, index.column())}"
        if role == Role.ToolTipRole and row is not None:
            return "\n".join(row.remarks)
        if role in (Role.ForegroundRole, Role.DecorationRole) and row is not None:
            return tone(QGuiApplication.palette(), TONES[row.state])
        return None

    def _text(self, unit: UnitYear, row: BoardRow | None, column: int) -> str:
        if row is not None:
            late = self.tr("　迟报") if row.on_time is False else ""
            return row.label + late
        match column:
            case 0:
                return unit.unit.short_name
            case 1:
                return self._plan.kind_label(unit.unit.kind) if self._plan else unit.unit.kind
            case _ if column == self.columns - 2:
                return unit.complete
            case _ if column == self.columns - 1:
                return unit.punctual
            case _:
                return ""

    def _count(self) -> int:
        return len(self._year.units)

    def _titles(self) -> Sequence[str]:
        periods = [_short(period) for period in self._year.periods]
        return [self.tr("单位"), self.tr("类别"), *periods, self.tr("报齐"), self.tr("按时")]


class YearPanel(QWidget):
    """The matrix; Enter or a double click on a cell wants that unit and period."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = YearModel(self)
        self.table = board_table(
            self.model,
            self.tr("全年各单位各期报送情况"),
            empty=self.tr("这一年还没有单位要报。"),
        )
        self.table.setSelectionBehavior(self.table.SelectionBehavior.SelectItems)
        self.table.activated.connect(self._activated)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)

    def show_year(self, workspace: Workspace | None, year: int) -> None:
        """Show the periods of a year."""
        if workspace is None:
            self.model.set_year(None, Year((), ()))
            return
        periods = tuple(period for period in workspace.periods() if period.year == year)
        self.model.set_year(workspace.plan, workspace.review.year(periods))

    def _activated(self, index: Index) -> None:
        unit, period = self.model.place(index)
        if period is not None and period in unit.rows:
            self.wanted.emit((unit.unit.id, period))


def _short(period: Period) -> str:
    """A period's name inside its year: the tab says which year that is."""
    return period.label.removeprefix(f"{period.year}年").strip("（）")
