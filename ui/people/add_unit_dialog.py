"""增加填报单位: the workspace reports for one more unit."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from desktop.errors import ZhibaoError
from desktop.workspace import Workspace
from ui.colours import Tone, tint
from ui.forms import room_for
from ui.settings.unit_picker import UnitPicker

Standard = QDialogButtonBox.StandardButton


class AddUnitDialog(QDialog):
    """`added` carries the id of the unit."""

    added = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("增加填报单位"))
        self._workspace = workspace
        self.picker = UnitPicker()
        self.picker.set_plan(workspace.plan)
        own = "、".join(unit.short_name for unit in workspace.own_units)
        self.said = QLabel(self.tr("现有：{own}。一人替几个单位填报的，都放在这个工作区里。").format(own=own))
        self.said.setWordWrap(True)
        buttons = QDialogButtonBox(Standard.Ok | Standard.Cancel)
        buttons.button(Standard.Ok).setText(self.tr("增加(&A)"))
        buttons.button(Standard.Cancel).setText(self.tr("取消"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.picker.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.addWidget(self.said)
        layout.addWidget(self.picker, 1)
        layout.addWidget(buttons)
        self.resize(room_for(self, 30, 24))
        self.picker.field.setFocus()

    @Slot()
    def accept(self) -> None:
        """Add the unit under the cursor; what stands in the way is said and the dialog stays."""
        unit = self.picker.unit
        if unit is None:
            self._say(self.tr("请选择单位：输入名称或拼音首字母，再用上下键选定。"))
            return
        try:
            self._workspace.add_unit(unit.id)
        except ZhibaoError as fault:
            self._say(str(fault))
            return
        self.added.emit(unit.id)
        super().accept()

    def _say(self, text: str) -> None:
        tint(self.said, Tone.ERROR)
        self.said.setText(text)
        self.picker.field.setFocus()
