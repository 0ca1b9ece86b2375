"""The plan a new workspace starts with: the usual one, another bundled one, or that of a task package."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.config import folders
from desktop.errors import ZhibaoError
from desktop.model.plan import Plan
from desktop.workspace import available_plans, plan_to_start
from ui.error_reporting import show_fault
from ui.file_dialogs import open_file

ID_ROLE = Qt.ItemDataRole.UserRole
_Standard = QDialogButtonBox.StandardButton


class PlanChooser(QWidget):
    """The plan's name, and a button for who needs another one. `changed` carries the Plan."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source: str | None = None
        """What names the plan for a new workspace: a bundled id, a task package's path; None: the usual."""
        self._name = QLabel()
        self._name.setWordWrap(True)
        self._name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.other = QPushButton(self.tr("选择其他方案(&P)…"))
        self.other.setAutoDefault(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._name, 1)
        layout.addWidget(self.other)
        self.other.clicked.connect(self._offer)

    @property
    def text(self) -> str:
        """The name that is shown."""
        return self._name.text()

    def show_plan(self, plan: Plan) -> None:
        """Show the plan that was chosen."""
        self._name.setText(plan.name)

    @Slot(str)
    def take(self, source: str) -> bool:
        """Go on with the plan of a bundled id or of a task package; a fault is shown and changes nothing."""
        try:
            plan = plan_to_start(source)
        except ZhibaoError as fault:
            show_fault(self, fault)
            return False
        self.source = source
        self.show_plan(plan)
        self.changed.emit(plan)
        return True

    @Slot()
    def _offer(self) -> None:
        """The list is made when it is asked for: most people never need it."""
        dialog = PlanDialog(self.text, self)
        dialog.chosen.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class PlanDialog(QDialog):
    """The bundled plans, of which Enter takes one, and task packages. `chosen` carries the source."""

    chosen = Signal(str)

    def __init__(self, current: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("选择方案"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("程序自带的方案"))
        for id_, name in available_plans():
            item = QListWidgetItem(name)
            item.setData(ID_ROLE, id_)
            self.list.addItem(item)
            if name == current:
                self.list.setCurrentItem(item)
        package = QPushButton(self.tr("从任务包(&T)…"))
        package.setAutoDefault(False)
        buttons = QDialogButtonBox(_Standard.Ok | _Standard.Cancel)
        buttons.button(_Standard.Ok).setText(self.tr("用这个方案(&Y)"))
        buttons.button(_Standard.Cancel).setText(self.tr("取消"))
        buttons.addButton(package, QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.addWidget(
            QLabel(self.tr("收到汇总单位任务包的，请从任务包建立：方案、单位和下发数据都在里面。"))
        )
        layout.addWidget(self.list)
        layout.addWidget(buttons)
        self.resize(560, 260)
        self.list.setFocus()
        self.list.itemDoubleClicked.connect(self.accept)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        package.clicked.connect(self._ask_for_package)

    def accept(self) -> None:
        """Take the plan under the cursor."""
        if self.list.currentRow() < 0:
            return
        super().accept()
        self.chosen.emit(self.list.currentItem().data(ID_ROLE))

    @Slot()
    def _ask_for_package(self) -> None:
        kinds = self.tr("任务包 (*.xlsx);;所有文件 (*)")
        chosen = open_file(self, self.tr("选择任务包"), folders().documents, kinds)
        if chosen is not None:
            super().accept()
            self.chosen.emit(str(chosen))
