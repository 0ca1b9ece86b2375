"""The plan a new workspace starts with: the usual one, another bundled one, or that of a task package."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from desktop.config import folders
from desktop.errors import ZhibaoError
from desktop.model.plan import Plan
from desktop.workspace import available_plans, plan_to_start
from ui.error_reporting import show_fault
from ui.file_dialogs import open_file


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
        self.menu = QMenu(self)
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
        self.menu.clear()
        for id_, name in available_plans():
            action = self.menu.addAction(name)
            action.triggered.connect(lambda _checked=False, id_=id_: self.take(id_))
        self.menu.addSeparator()
        self.menu.addAction(self.tr("汇总单位发来的任务包(&T)…")).triggered.connect(self._ask_for_package)
        self.menu.popup(self.other.mapToGlobal(self.other.rect().bottomLeft()))

    @Slot()
    def _ask_for_package(self) -> None:
        kinds = self.tr("任务包 (*.xlsx);;所有文件 (*)")
        chosen: Path | None = open_file(self, self.tr("选择任务包"), folders().documents, kinds)
        if chosen is not None:
            self.take(str(chosen))
