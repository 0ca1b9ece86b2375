"""What passes between a workspace and the office: packages, plan versions, keys, the plan's own wording."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop.config import folders
from desktop.errors import ZhibaoError
from desktop.model.period import Period
from desktop.workspace import Workspace
from ui.error_reporting import show_fault
from ui.file_dialogs import open_file

if TYPE_CHECKING:
    from desktop.workspace import Arrival, OfficeAnswer, Published
    from ui.rounds.publisher import Publisher
    from ui.rounds.receiver import Receiver


class OfficeWork(QObject):
    """Works for one page. Before anything is asked `begun` lets it keep what is being typed.

    `received` says that plan, units or forms may have changed, `answered` carries the OfficeAnswer to a
    report, `worded` says that the wording has changed, `published` that periods have been opened.
    """

    begun = Signal()
    received = Signal()
    worded = Signal()
    answered = Signal(object)
    published = Signal()
    said = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._workspace: Workspace | None = None

    @cached_property
    def receiver(self) -> Receiver:
        """Takes packages and plans in; made when it is first wanted, like the publisher."""
        from ui.rounds.receiver import Receiver

        receiver = Receiver(self._page)
        receiver.received.connect(self._tell_received)
        return receiver

    @cached_property
    def publisher(self) -> Publisher:
        """Hands packages out."""
        from ui.rounds.publisher import Publisher

        publisher = Publisher(self._page)
        publisher.published.connect(self._tell_published)
        return publisher

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Work for another workspace, or for none."""
        self._workspace = workspace

    def receive_package(self) -> None:
        """接收."""
        if self._workspace is not None:
            self.begun.emit()
            self.receiver.ask_for_package(self._workspace)

    def receive_dropped(self, path: Path) -> None:
        """What a dropped file would bring is shown first."""
        if self._workspace is not None:
            self.begun.emit()
            self.receiver.show_package(self._workspace, path)

    def use_plan(self) -> None:
        """启用方案或方案新版."""
        if self._workspace is not None:
            self.begun.emit()
            self.receiver.ask_for_plan(self._workspace)

    def publish_package(self, period: Period | None) -> None:
        """下发任务包."""
        workspace = self._workspace
        if workspace is not None and period is not None and workspace.consolidates:
            self.begun.emit()
            self.publisher.ask(workspace, period)

    def extend(self, period: Period | None) -> None:
        """延期."""
        workspace = self._workspace
        if workspace is not None and period is not None and workspace.consolidates:
            from ui.rounds.extension_dialog import ExtensionDialog

            self.begun.emit()
            dialog = ExtensionDialog(workspace, period, self._page)
            dialog.finished.connect(self.published)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def fill_groups(self) -> None:
        """集体成员与牵头单位."""
        workspace = self._workspace
        if workspace is not None and workspace.consolidates:
            from ui.rounds.groups_dialog import GroupsDialog

            self.begun.emit()
            dialog = GroupsDialog(workspace, self._page)
            dialog.filled.connect(self.received)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def show_keys(self, unit: str) -> None:
        """签名密钥与名册."""
        if self._workspace is not None:
            from ui.keys.keys_dialog import KeysDialog

            self.begun.emit()
            KeysDialog(self._workspace, unit, self._page).open()

    def say_missing_keys(self, unit: str) -> None:
        """Say once on this computer that a workspace came without its keys; reports go out unsigned."""
        if self._workspace is not None and self._workspace.missing_keys_unsaid():
            self.show_keys(unit)

    def show_moves(self) -> None:
        """换版记录."""
        if self._workspace is not None:
            self.receiver.show_reports(self._workspace)

    def ask_for_wording(self) -> None:
        """Load the official wording of items from the office's own copy."""
        if self._workspace is None:
            return
        kinds = self.tr("方案文本 (*.txt *.docx);;所有文件 (*)")
        chosen = open_file(self._page, self.tr("载入方案文本"), folders().documents, kinds)
        if chosen is not None:
            self.load_wording(chosen)

    def load_wording(self, path: Path) -> None:
        """Load the official wording from a file."""
        if self._workspace is None:
            return
        try:
            found = self._workspace.load_wording(path)
        except ZhibaoError as fault:
            show_fault(self._page, fault)
            return
        self.worded.emit()
        self.said.emit(self.tr("已载入 {n} 项工作的方案原文。").format(n=found))

    @Slot(object)
    def _tell_received(self, came: Arrival | OfficeAnswer) -> None:
        from desktop.workspace import OfficeAnswer

        if self._workspace is None:
            return
        self.received.emit()
        if isinstance(came, OfficeAnswer):
            self.answered.emit(came)
            self.said.emit(came.heading)
        else:
            version = self._workspace.plan.version
            self.said.emit(self.tr("已接收，现在按方案第 {v} 版填报。").format(v=version))

    @Slot(object)
    def _tell_published(self, done: Published) -> None:
        self.published.emit()
        signed = self.tr("　签名指纹 {fingerprint}").format(fingerprint=done.fingerprint)
        said = self.tr("任务包已写出：{path}").format(path=done.path)
        self.said.emit(said + signed if done.fingerprint else said)
