"""What keys and menu of the sheet do to one row: confirm, dispute, nil, empty, list or parts; and columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import InputError
from desktop.model.element import Mode
from desktop.model.form import FormRow
from desktop.model.submission import Answer, Figure, FigureState
from desktop.workspace import FormChange, figure_text
from ui.entry.figure_cells import RatioLine, Row
from ui.entry.figure_model import FigureModel
from ui.entry.figure_view import FigureView
from ui.entry.lines import is_left

if TYPE_CHECKING:
    from ui.entry.detail_pane import DetailPane


class SheetActions(QObject):
    """Works on the sheet's current row. `said` carries a sentence for the status bar."""

    said = Signal(str)

    def __init__(self, view: FigureView, detail: Callable[[], DetailPane], parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._view = view
        self._model: FigureModel = view.figures
        self._detail = detail
        self._answering = False
        view.confirm_wanted.connect(self._confirm)
        view.nil_wanted.connect(self._set_nil)
        view.clear_wanted.connect(self._clear)
        view.rows_wanted.connect(self._open_rows)
        view.parts_wanted.connect(self._open_parts)
        view.dispute_wanted.connect(self._dispute)
        view.answered.connect(self._answered)
        view.columns_wanted.connect(self.show_columns)
        view.menu_wanted.connect(self._show_menu)
        view.typed_in_vain.connect(self._say_why_not)
        view.ended.connect(self._say_what_is_left)

    def show_columns(self) -> None:
        """Ctrl+L: which columns, and how wide."""
        from ui.entry.columns_dialog import ColumnsDialog

        dialog = ColumnsDialog(self._view.columns, self._window)
        dialog.finished.connect(lambda _result: self._view.setFocus())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def said_of(self, change: FormChange) -> str:
        """What a figure just typed says to the issued one, or that a list wants its names; else empty."""
        session = self._model.session
        row = session.form.row(change.addresses[0]) if session and len(change.addresses) == 1 else None
        if session is None or row is None:
            return ""
        from ui.entry.answer_words import said_of

        return said_of(row, session)

    def explained(self, change: FormChange) -> None:
        """An explanation was kept or withdrawn: say whether more is wanted. After an answer the sheet goes on
        with the next field.
        """
        asked = (*change.assessment.unexplained, *change.assessment.blocking)
        if any(finding.address in change.addresses for finding in asked):
            self.said.emit(self.tr("这一项还有要说明的，见右边。"))
        elif self._answering:
            self.said.emit(self.tr("✔ 异议和理由都已保存。"))
        else:
            self.said.emit(self.tr("✔ 说明已保存。Esc 回到表格，F8 转到下一条。"))
        if self._answering:
            self._answering = False
            self._view.setFocus()
            self._view.go(1)

    def _confirm(self, row: FormRow) -> None:
        session = self._model.session
        if session is None or not self._may_edit(row):
            return
        if row.mode is not Mode.ISSUED:
            self.said.emit(self.tr("空格键用来确认下发的数；这一项由本单位填报，直接输入数。"))
            return
        try:
            change = session.confirm_issued(row.element.id)
        except InputError as error:
            self.said.emit(str(error))
            return
        self._model.take(change)
        self._view.go(1)

    def _dispute(self, row: FormRow) -> None:
        """F3: the own figure is typed, then its words."""
        self._view.keep_typed()
        if not self._may_edit(row):
            return
        if self._is_listed(row):
            self._say_why_not(row)
        elif row.mode is Mode.ISSUED:
            self._view.dispute()
        else:
            self.said.emit(self.tr("只有下发核对的数才提异议；这一项直接填报。"))

    def _answered(self, row: FormRow) -> None:
        """An own figure was typed against the issued one: if it differs, its words are asked for at once."""
        session = self._model.session
        if session is None:
            return
        answer = session.section.figure(row.element.id).answer
        if answer is Answer.DISPUTED and self._detail().focus_explanation("issued.disputed"):
            self._answering = True
            self.said.emit(self.tr("已记为异议，请写理由：选原因，写文字，回车保存。"))
        else:
            self._view.go(1)

    def _set_nil(self, row: FormRow) -> None:
        session = self._model.session
        if session is not None and self._may_edit(row):
            before = session.section.figure(row.element.id)
            self._model.take(session.set_nil(row.element.id))
            self._view.go(1)
            self._say_what_went(row, before)

    def _clear(self, row: FormRow) -> None:
        session = self._model.session
        if session is not None and self._may_edit(row):
            before = session.section.figure(row.element.id)
            self._model.take(session.clear(row.element.id))
            self._say_what_went(row, before)

    def _say_what_went(self, row: FormRow, before: Figure) -> None:
        """One key took a figure or a whole list away: which, and how it comes back."""
        if before.rows:
            said = self.tr("“{name}”的名单（{n} 行）已去掉，Ctrl+Z 撤销。")
            self.said.emit(said.format(name=row.element.name, n=len(before.rows)))
        elif before.state is FigureState.NUMBER:
            said = self.tr("“{name}”原来是 {value}，Ctrl+Z 撤销。")
            shown = figure_text(before, row.element)
            self.said.emit(said.format(name=row.element.name, value=shown))

    def _say_what_is_left(self) -> None:
        """The last field was left: what comes next, unless there is something to say about that field."""
        session, row = self._model.session, self._view.current_row()
        if session is None or row is None or session.locked:
            return
        filled = session.section.figure(row.element.id).state is not FigureState.BLANK
        if filled and any(finding.address == row.element.id for finding in session.findings):
            return
        left = sum(1 for each in session.form.rows if is_left(each, session))
        self.said.emit(
            self.tr("这是最后一项，前面还剩 {n} 项：按 Ctrl+Enter 转到下一空项。").format(n=left)
            if left
            else self.tr("指标数据已填齐，按 F9 审核。")
        )

    def _open_rows(self, row: FormRow) -> None:
        self._view.keep_typed()
        session = self._model.session
        if session is None or not (session.locked or self._may_edit(row)):
            return
        from ui.entry.answer_words import answer_of_list
        from ui.entry.list_dialog import ListDialog

        rows = session.section.figure(row.element.id).rows
        dialog = ListDialog(
            row.element,
            rows,
            session.form.period,
            self._window,
            editable=not session.locked,
            standing=lambda: answer_of_list(row, session),
        )
        dialog.changed.connect(lambda: self._model.take(session.set_rows(row.element.id, dialog.rows)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_parts(self, row: FormRow) -> None:
        """F4 on a number: what of it is another unit's or lies outside, where that can be."""
        from desktop.workspace.form.deducting import parts_of

        self._view.keep_typed()
        session = self._model.session
        if session is None or not (session.locked or self._may_edit(row)):
            return
        figure = session.section.figure(row.element.id)
        if not parts_of(session, row.element.id):
            self.said.emit(self.tr("F4 打开名单；这一项没有名单，也没有要写的“其中”数。"))
        elif figure.state is not FigureState.NUMBER:
            self.said.emit(self.tr("先填本期数，再按 F4 写其中重复、区外的部分。"))
        elif not session.locked or figure.deductions:
            from ui.entry.deduction_dialog import DeductionDialog

            dialog = DeductionDialog(session, row.element, self._window)
            dialog.changed.connect(self._model.take)
            dialog.finished.connect(lambda _result: self._view.setFocus())
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _say_why_not(self, row: Row | None) -> None:
        """Why nothing can be typed here: on the header of a folded section, say, where there is no row."""
        if row is None:
            self.said.emit(self.tr("这一类已折叠，按 → 展开后再填。"))
            return
        if isinstance(row, RatioLine):
            said = self.tr("“{name}”由上面填的数自动计算，不用填。")
            self.said.emit(said.format(name=row.indicator.name))
            return
        if self._may_edit(row) and self._is_listed(row):
            said = self.tr("“{name}”按名单计数，不能直接改；按 F4 改名单。")
            self.said.emit(said.format(name=row.element.name))

    def _is_listed(self, row: FormRow) -> bool:
        session = self._model.session
        return session is not None and bool(session.section.figure(row.element.id).rows)

    def _may_edit(self, row: FormRow) -> bool:
        session = self._model.session
        if session is not None and session.locked:
            self.said.emit(self.tr("本期已报出，报表已锁定。如需更正，请点“修订”。"))
            return False
        if not row.due:
            self.said.emit(self.tr("“{name}”本期不报。").format(name=row.element.name))
            return False
        return True

    def _show_menu(self, place: QPoint) -> None:
        from ui.entry.sheet_menu import show_menu

        session = self._model.session
        show_menu(self._view, place, editable=session is not None and not session.locked)
