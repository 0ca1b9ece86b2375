"""Which units the board shows: by state, kind and superior."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from desktop.model.plan import Plan
from desktop.workspace import Board
from ui.consolidation.board_parts import refill
from ui.flow import FlowLayout

SHORTEST = 8
"""Characters that each list has room for."""


class BoardFilters(QWidget):
    """Three lists; `changed` says that another choice was made. States are counted among the units that the
    other two lists leave.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board: Board | None = None
        self.state = self._list(self.tr("按状态筛选"))
        self.kind = self._list(self.tr("按类别筛选"))
        self.superior = self._list(self.tr("按上级筛选"))
        shown = QLabel(self.tr("显示(&L)"))
        shown.setBuddy(self.state)
        self.setLayout(FlowLayout(shown, self.state, self.kind, self.superior))
        for box in (self.kind, self.superior):
            box.activated.connect(self._count)

    @property
    def chosen(self) -> tuple[str, str, str]:
        """State, kind and superior; empty means all."""
        state, kind, superior = (box.currentData() or "" for box in (self.state, self.kind, self.superior))
        return state, kind, superior

    def show_board(self, plan: Plan, board: Board) -> None:
        """Offer what occurs on a board. The list of superiors is there only where units have several."""
        kinds = [kind for kind in plan.unit_kinds if any(row.unit.kind == kind.id for row in board.rows)]
        above = dict.fromkeys(row.unit.reports_to for row in board.rows)
        known = [plan.unit(id_) for id_ in above if id_ and plan.has_unit(id_)]
        refill(self.kind, [(self.tr("全部类别"), ""), *((kind.label, kind.id) for kind in kinds)])
        refill(self.superior, [(self.tr("全部上级"), ""), *((unit.short_name, unit.id) for unit in known)])
        self.superior.setVisible(len(known) > 1)
        self._board = board
        self._count()

    @Slot()
    def _count(self) -> None:
        """Count the states anew."""
        if self._board is None:
            return
        _, kind, superior = self.chosen
        left = [
            row.state
            for row in self._board.rows
            if kind in ("", row.unit.kind) and superior in ("", row.unit.reports_to)
        ]
        states = [(f"{label} {left.count(state)}", state.value) for state, label, _ in self._board.counts()]
        refill(self.state, [(self.tr("全部状态 {n}").format(n=len(left)), ""), *states])

    def _list(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMinimumContentsLength(SHORTEST)
        box.activated.connect(self.changed)
        return box
