"""The board: units by state in a period, as a table that sorts and filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication

from desktop.model.plan import Plan
from desktop.workspace import KIND_LABELS, Board, BoardRow, BoardState
from ui.colours import Tone, tone
from ui.row_table import Index, Role, RowTable

COL_UNIT, COL_KIND, COL_STATE, COL_REVISION, COL_TIME, COL_PAPER, COL_FILE, COL_REMARKS = range(8)
COLUMNS = 8
SORT_ROLE = Qt.ItemDataRole.UserRole

TONES = {
    BoardState.NOT_DUE: Tone.MUTED,
    BoardState.MISSING: Tone.WARNING,
    BoardState.OVERDUE: Tone.ERROR,
    BoardState.RECEIVED: Tone.INFO,
    BoardState.QUESTIONED: Tone.WARNING,
    BoardState.RETURNED: Tone.WARNING,
    BoardState.CONFLICT: Tone.ERROR,
    BoardState.ACCEPTED: Tone.GOOD,
}


class BoardModel(RowTable):
    """Rows of one board."""

    columns = COLUMNS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[BoardRow, ...] = ()
        self._plan: Plan | None = None

    def set_board(self, plan: Plan | None, board: Board | None) -> None:
        """Show another board."""
        self.beginResetModel()
        self._plan = plan
        self._rows = board.rows if board else ()
        self.endResetModel()

    def row(self, number: int) -> BoardRow:
        """The unit in a row."""
        return self._rows[number]

    def _count(self) -> int:
        return len(self._rows)

    def _titles(self) -> Sequence[str]:
        return (
            self.tr("单位"),
            self.tr("类别"),
            self.tr("状态"),
            self.tr("版次"),
            self.tr("时限"),
            self.tr("纸质件"),
            self.tr("文件"),
            self.tr("备注"),
        )

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts; the state has a colour mark beside its word."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Role.DisplayRole:
            return self._text(row, index.column())
        if role == Role.ToolTipRole:
            return (
                "\n".join(row.remarks) if index.column() == COL_REMARKS else self._text(row, index.column())
            )
        if role == SORT_ROLE:
            if index.column() == COL_STATE:
                return list(BoardState).index(row.state)
            return index.row() if index.column() == COL_UNIT else self._text(row, index.column())
        if role in (Role.DecorationRole, Role.ForegroundRole) and index.column() == COL_STATE:
            return tone(QGuiApplication.palette(), TONES[row.state])
        return None

    def _text(self, row: BoardRow, column: int) -> str:
        match column:
            case 0:
                return row.unit.short_name
            case 1:
                return self._plan.kind_label(row.unit.kind) if self._plan else row.unit.kind
            case 2:
                return row.label
            case 3:
                number = "" if row.revision is None else self.tr("第 {n} 版").format(n=row.revision)
                return f"{number} {KIND_LABELS[row.kind]}".rstrip()
            case 4:
                return {None: "", True: self.tr("按时"), False: self.tr("迟报")}[row.on_time]
            case 5:
                return row.paper_label
            case 6:
                return row.file
            case _:
                return "；".join(row.remarks)


class BoardFilter(QSortFilterProxyModel):
    """Shows the units of one state, kind and superior; empty means all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state, self._kind, self._superior = "", "", ""
        self.setSortRole(SORT_ROLE)

    def show_only(self, state: str, kind: str, superior: str = "") -> None:
        """Choose state, kind of unit, and whom it reports to."""
        self._state, self._kind, self._superior = state, kind, superior
        self.invalidate()  # invalidateFilter() is deprecated in newer Qt, its successor missing in 6.7

    def filterAcceptsRow(self, source_row: int, _source_parent: Index) -> bool:
        """Whether a unit is shown."""
        model = self.sourceModel()
        assert isinstance(model, BoardModel)
        row = model.row(source_row)
        wanted = (self._state, self._kind, self._superior)
        has = (row.state.value, row.unit.kind, row.unit.reports_to)
        return all(one in ("", other) for one, other in zip(wanted, has, strict=True))
