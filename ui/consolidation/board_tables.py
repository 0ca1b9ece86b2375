"""The three tables of the board: units, what became of files, totals."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QTableView

from ui.consolidation.board_model import COL_STATE
from ui.consolidation.board_parts import board_table
from ui.i18n import translate

UNIT_WEIGHTS = (2, 1, 1, 1, 1, 1, 3, 8)
OUTCOME_WEIGHTS = (3, 1, 2, 1, 0, 1, 8)
TOTAL_WEIGHTS = (0, 3, 1, 1, 2)
"""Which columns take spare width."""


def unit_table(model: QAbstractItemModel) -> QTableView:
    """Each unit with its state."""
    return board_table(
        model,
        translate("BoardPage", "各单位报送情况"),
        weights=UNIT_WEIGHTS,
        whole=(COL_STATE,),
        empty=translate("BoardPage", "没有符合筛选条件的单位。请把上面的筛选改回“全部”。"),
    )


def outcome_table(model: QAbstractItemModel) -> QTableView:
    """Each file taken in with its verdict."""
    return board_table(
        model,
        translate("BoardPage", "收取结果"),
        weights=OUTCOME_WEIGHTS,
        whole=(1,),
        empty=translate("BoardPage", "还没有收取文件。把报送文件或文件夹拖到窗口里，或按 Ctrl+I 收取。"),
    )


def total_table(model: QAbstractItemModel) -> QTableView:
    """Each indicator with its figure."""
    return board_table(
        model,
        translate("BoardPage", "汇总结果"),
        weights=TOTAL_WEIGHTS,
        whole=(2, 3),
        empty=translate("BoardPage", "点“计算合计”，这里显示各项指标的结果；在一行上按回车，看它从哪里来。"),
    )
