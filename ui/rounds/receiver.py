"""Taking in what an office sent, from the window: look, ask, take in, tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from desktop.config import folders
from desktop.errors import ZhibaoError
from desktop.workspace import Arrival, OfficeAnswer, Workspace
from ui.error_reporting import show_fault
from ui.file_dialogs import open_file
from ui.keys.key_questions import FingerprintQuestion
from ui.rounds.arrival_dialog import after_dialog, before_dialog, reports_dialog

Came: TypeAlias = Arrival | OfficeAnswer

OTHER_KEY = "office.other_key"
"""The fault of a file that isn't signed by the office's known key."""
RECEIVABLE = (".xlsx", ".eml", ".zip")


class Receiver(QObject):
    """Works for one page; `received` carries the Arrival or OfficeAnswer once all of it is on disk."""

    received = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page

    def ask_for_package(self, workspace: Workspace) -> None:
        """接收: choose a task package, return notice or receipt."""
        kinds = self.tr("任务包、退回通知、回执 (*.xlsx *.eml *.zip);;所有文件 (*)")
        chosen = open_file(self._page, self.tr("接收"), folders().documents, kinds)
        if chosen is not None:
            self.show_package(workspace, chosen)

    def ask_for_plan(self, workspace: Workspace) -> None:
        """启用方案新版: choose a plan workbook or a plan folder's plan.toml."""
        kinds = self.tr("方案 (*.xlsx plan.toml);;所有文件 (*)")
        chosen = open_file(self._page, self.tr("启用方案或方案新版"), folders().documents, kinds)
        if chosen is not None:
            self.show_plan(workspace, chosen)

    def show_package(self, workspace: Workspace, path: Path) -> None:
        """Show what a file would bring; confirmed, it is taken in."""
        self._show_package(workspace, path, None)

    def show_plan(self, workspace: Workspace, path: Path) -> None:
        """The same for a plan."""
        try:
            arrival = workspace.look_at_plan(str(path))
        except ZhibaoError as fault:
            show_fault(self._page, fault)
            return
        self._offer(arrival, lambda _compared: workspace.use_plan(str(path)))

    def show_reports(self, workspace: Workspace) -> None:
        """The reports of drafts that moved."""
        reports_dialog(workspace.moved_forms(), self._page).open()

    def _show_package(self, workspace: Workspace, path: Path, heard: str | None) -> None:
        """`heard` is the fingerprint as somebody read it out over the telephone."""
        try:
            arrival = workspace.look_from_office(path, heard)
        except ZhibaoError as fault:
            if fault.code == OTHER_KEY:
                self._ask_what_was_heard(workspace, path, str(fault))
            else:
                show_fault(self._page, fault)
            return
        seen = arrival.signature.fingerprint if arrival.signature else None
        self._offer(arrival, lambda compared: workspace.take_from_office(path, seen if compared else heard))

    def _ask_what_was_heard(self, workspace: Workspace, path: Path, said: str) -> None:
        """The office has another key: only who rang it up can know whether that is so."""
        question = FingerprintQuestion(said, self._page)
        question.accepted.connect(lambda: self._show_package(workspace, path, question.fingerprint))
        question.open()

    def _offer(self, arrival: Came, take: Callable[[bool], Came]) -> None:
        """Show what would come; `take` is told whether the fingerprint was compared."""
        dialog = before_dialog(arrival, self._page)
        dialog.accepted.connect(lambda: self._take(lambda: take(dialog.compared.isChecked())))
        dialog.open()

    def _take(self, take: Callable[[], Came]) -> None:
        try:
            arrival = take()
        except ZhibaoError as fault:
            show_fault(self._page, fault)
            return
        self.received.emit(arrival)
        after_dialog(arrival, self._page).open()


def dropped_package(event: QDropEvent) -> Path | None:
    """The one file that is dropped and may come from the office; None for anything else."""
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in RECEIVABLE else None
