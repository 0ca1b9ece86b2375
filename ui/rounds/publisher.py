"""Writing a task package from the window: ask what it opens and where it goes, write it, tell."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import ZhibaoError
from desktop.model.file_name import safe_part
from desktop.model.period import Period
from desktop.workspace import ToPublish, Workspace
from ui.error_reporting import show_fault
from ui.file_dialogs import save_file
from ui.rounds.publish_dialog import PublishDialog


class Publisher(QObject):
    """Works for one page; `published` carries what was written."""

    published = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page

    def ask(self, workspace: Workspace, period: Period) -> None:
        """下发任务包: what it opens, then where it goes."""
        dialog = PublishDialog(workspace, period, self._page)
        dialog.accepted.connect(lambda: self._ask_where(workspace, dialog.wanted))
        dialog.open()

    def _ask_where(self, workspace: Workspace, wanted: ToPublish) -> None:
        name = self.tr("任务包_{plan}_{period}.xlsx").format(
            plan=safe_part(workspace.plan.district.short_name), period=wanted.periods[-1]
        )
        proposed = workspace.path.parent / name
        kinds = self.tr("任务包 (*.xlsx)")
        chosen = save_file(self._page, self.tr("写出任务包"), proposed, kinds, may_exist=False)
        if chosen is not None:
            self.write(workspace, wanted, chosen)

    def write(self, workspace: Workspace, wanted: ToPublish, out: Path) -> None:
        """Write the package; faults are shown."""
        try:
            done = workspace.publish(wanted, out)
        except ZhibaoError as fault:
            show_fault(self._page, fault)
            return
        self.published.emit(done)
