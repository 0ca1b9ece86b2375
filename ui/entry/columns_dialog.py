"""Which columns to show, and how wide: a list for the keyboard; the mouse drags borders in the header."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.entry.columns import ALWAYS, COLUMNS, titles
from ui.entry.sheet_columns import SheetColumns
from ui.forms import room_for

Key = Qt.Key
STEPS = {Key.Key_Left: -1, Key.Key_Right: 1}


class _Columns(QListWidget):
    """Left and right change a width; Space ticks, as in every list."""

    widened = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The two keys of widths; the rest walks and ticks."""
        step = STEPS.get(Key(event.key()))
        if step is not None:
            self.widened.emit(step)
            return
        super().keyPressEvent(event)


class ColumnsDialog(QDialog):
    """Changes show in the sheet at once and stay."""

    def __init__(self, columns: SheetColumns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self.setWindowTitle(self.tr("显示哪些列"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        advice = QLabel(self.tr("空格：显示或隐藏；←、→：变窄、变宽。下次打开仍是这样。"))
        advice.setWordWrap(True)
        self.list = _Columns()
        self.list.setAccessibleName(self.tr("列"))
        for _ in range(COLUMNS):
            self.list.addItem(QListWidgetItem())
        self._fill()
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(self._ticked)
        self.list.widened.connect(self._widen)
        self.reset = QPushButton(self.tr("恢复原样(&R)"))
        self.reset.setAutoDefault(False)
        self.reset.clicked.connect(self._reset)
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("关闭(&C)"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.reset, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (advice, self.list, buttons):
            layout.addWidget(widget)
        self.resize(room_for(self, 24, 26))
        self.list.setFocus()

    def _fill(self) -> None:
        self.list.blockSignals(True)
        for column, title in enumerate(titles()):
            item = self.list.item(column)
            width = self.tr("宽 {n} 字").format(n=round(self._columns.width(column)))
            shown = self._columns.is_shown(column)
            always = column in ALWAYS
            item.setText(f"{title}　{self.tr('总是显示') + '，' if always else ''}{width if shown else ''}")
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | (Qt.ItemFlag.NoItemFlags if always else Qt.ItemFlag.ItemIsUserCheckable)
            )
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)

    def _ticked(self, item: QListWidgetItem) -> None:
        self._columns.show(self.list.row(item), shown=item.checkState() is Qt.CheckState.Checked)
        self._fill()

    def _widen(self, step: int) -> None:
        self._columns.widen(self.list.currentRow(), step)
        self._fill()

    def _reset(self) -> None:
        self._columns.reset()
        self._fill()
