"""The roster as a table: whose key, its fingerprint, and how far it is to be trusted, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.workspace import KeyState, RosterRow
from ui.colours import Tone, tone
from ui.row_table import Index, Role, RowTable

COL_UNIT, COL_FINGERPRINT, COL_STATE, COL_DAYS, COL_NOTE = range(5)

_TONES = {
    KeyState.CONFIRMED: Tone.GOOD,
    KeyState.SEEN: Tone.WARNING,
    KeyState.OFFERED: Tone.ERROR,
    KeyState.ENDED: Tone.MUTED,
}


class RosterModel(RowTable):
    """Keys, those that wait for a telephone call first."""

    columns = 5

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RosterRow, ...] = ()

    def set_rows(self, rows: Sequence[RosterRow]) -> None:
        """Show other keys."""
        self.beginResetModel()
        self._rows = tuple(sorted(rows, key=lambda row: not row.waits))
        self.endResetModel()

    def row(self, number: int) -> RosterRow:
        """The key in a row."""
        return self._rows[number]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts; the state has a colour beside its word."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self._text(row, index.column())
        if role == Role.ForegroundRole and index.column() == COL_STATE:
            return tone(QGuiApplication.palette(), _TONES[row.state])
        return None

    def _count(self) -> int:
        return len(self._rows)

    def _titles(self) -> Sequence[str]:
        return (self.tr("单位"), self.tr("指纹"), self.tr("状态"), self.tr("有效期"), self.tr("备注"))

    def _text(self, row: RosterRow, column: int) -> str:
        match column:
            case 0:
                return row.name
            case 1:
                return row.fingerprint
            case 2:
                return row.label
            case 3:
                first, last = row.valid_from, row.valid_to
                if first is None and last is None:
                    return ""
                return self.tr("{first} 至 {last}").format(first=first or "", last=last or "")
            case _:
                return row.note
