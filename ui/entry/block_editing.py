"""Copy, paste, last period's figures and emptying for the selected block, each as one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.errors import InputError
from desktop.model.element import Mode
from desktop.model.form import FormRow
from desktop.model.submission import FigureState
from desktop.workspace import FormSession
from ui.entry.figure_model import FigureModel
from ui.entry.figure_view import FigureView
from ui.entry.lines import issued_value

if TYPE_CHECKING:
    from desktop.workspace import PastePlan


class BlockEditing(QObject):
    """Works on the sheet's block. `said` carries a sentence for the status bar."""

    said = Signal(str)

    def __init__(self, view: FigureView, model: FigureModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._view = view
        self._model = model
        view.copy_wanted.connect(self.copy)
        view.paste_wanted.connect(self.paste)
        view.last_wanted.connect(self.take_last)
        view.block_clear_wanted.connect(self.clear)
        view.block_confirm_wanted.connect(self.confirm)
        view.block_nil_wanted.connect(self.set_nil)

    def copy(self) -> None:
        """Ctrl+C: the block as Excel and WPS take it."""
        rows = self._view.block.rows()
        if rows and self._in_sight():
            QGuiApplication.clipboard().setText(self._view.block.copied())
            self.said.emit(self.tr("已复制 {n} 行。").format(n=len(rows)))

    def paste(self) -> None:
        """Ctrl+V: written at once if it fits, shown first if it doesn't."""
        from desktop.workspace.form.pasting import plan_paste
        from ui.entry.pasted import pasted_table

        session = self._editable()
        rows = self._view.block.rows()
        if session is None:
            return
        if not rows:
            self.said.emit(self.tr("先选中要粘贴的第一格。"))
            return
        try:
            plan = plan_paste(session, pasted_table(), rows[0].element.id, self._folded(session))
        except InputError as error:
            self.said.emit(str(error))
            return
        if not plan.lines:
            self.said.emit(self.tr("剪贴板里没有可以粘贴的内容。"))
        elif plan.fits:
            self._put(session, plan)
        else:
            from ui.entry.paste_dialog import PasteDialog

            dialog = PasteDialog(plan, self._window)
            dialog.accepted.connect(lambda: self._put(session, plan))
            dialog.finished.connect(lambda _result: self._view.setFocus())
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def take_last(self) -> None:
        """Ctrl+D, 取上期数: the row takes last period's figure; of several rows those that are blank do."""
        from desktop.workspace.form.carrying import last_figures

        self._view.keep_typed()
        session = self._editable()
        rows = self._view.block.rows()
        if session is None or not rows:
            return
        wanted = [row for row in rows if len(rows) == 1 or _is_blank(session, row)]
        found = last_figures(session, [row.element.id for row in wanted])
        said = []
        if found.figures:
            self._model.take(session.fill(found.figures))
            said.append(self.tr("已取上期数 {n} 项。").format(n=len(found.figures)))
        if found.flows:
            said.append(self.tr("其中 {n} 项是本年累计数，取上期数表示本期没有新增。").format(n=found.flows))
        if found.refused:
            said.append(found.refused[0])
        if len(found.refused) > 1:
            said.append(self.tr("另有 {n} 项未取。").format(n=len(found.refused) - 1))
        if len(wanted) < len(rows):
            said.append(self.tr("已填的 {n} 项没有动。").format(n=len(rows) - len(wanted)))
        self.said.emit("".join(said))

    def clear(self) -> None:
        """Delete over several rows: empties those that are asked for."""
        session = self._editable()
        if session is None:
            return
        due = [row.element.id for row in self._view.block.rows() if row.due]
        filled = [id_ for id_ in due if id_ in session.section.figures]
        if not filled:
            self.said.emit(self.tr("选中的行都是空的。"))
            return
        self._model.take(session.clear_all(filled))
        self.said.emit(self.tr("已清空 {n} 项，Ctrl+Z 撤销。").format(n=len(filled)))

    def confirm(self) -> None:
        """Space over several rows: confirms the issued figures that wait for an answer."""
        session = self._editable()
        if session is None:
            return
        waiting = [
            row.element.id
            for row in self._view.block.rows()
            if row.due and issued_value(row, session) is not None and _is_blank(session, row)
        ]
        if waiting:
            self._model.take(session.confirm_all(waiting))
            self.said.emit(self.tr("已核对相符 {n} 项，Ctrl+Z 撤销。").format(n=len(waiting)))
        else:
            self.said.emit(self.tr("选中的行里没有待核对的下发数。"))

    def set_nil(self) -> None:
        """/ over several rows: says 无此项业务 of those still blank that are typed here."""
        session = self._editable()
        if session is None:
            return
        blank = [
            row.element.id
            for row in self._view.block.rows()
            if row.due and row.mode is Mode.ENTERED and _is_blank(session, row)
        ]
        if blank:
            self._model.take(session.set_nil_all(blank))
            self.said.emit(self.tr("已填“无此项业务”{n} 项，Ctrl+Z 撤销。").format(n=len(blank)))
        else:
            self.said.emit(self.tr("选中的行里没有空项。"))

    def _put(self, session: FormSession, plan: PastePlan) -> None:
        texts = plan.texts
        if not texts:
            self.said.emit(self.tr("粘贴的内容与表中相同，没有改动。"))
            return
        try:
            self._model.take(session.paste(texts))
        except InputError as error:
            self.said.emit(str(error))
            return
        self.said.emit(self.tr("已粘贴，改了 {n} 项，Ctrl+Z 撤销。").format(n=len(texts)))

    def _editable(self) -> FormSession | None:
        session = self._model.session
        if not self._in_sight():
            return None
        if session is not None and session.locked:
            self.said.emit(self.tr("本期已报出，报表已锁定。如需更正，请点“修订”。"))
            return None
        return session

    def _folded(self, session: FormSession) -> set[str]:
        """Elements whose rows are out of sight."""
        rows = ((row.element.id, self._model.row_of(row.element.id)) for row in session.form.rows)
        return {id_ for id_, row in rows if row is not None and self._model.is_folded(row)}

    def _in_sight(self) -> bool:
        """Whether the sheet is shown: the menu is there on the other pages too."""
        if not self._view.isVisible():
            self.said.emit(self.tr("请先按 Ctrl+1 回到指标数据。"))
        return self._view.isVisible()


def _is_blank(session: FormSession, row: FormRow) -> bool:
    return session.section.figure(row.element.id).state is FigureState.BLANK
