"""参考数据: shared denominators and issued figures are taken in after a look, and answers are listed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate, Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.config import folders
from desktop.errors import ZhibaoError
from desktop.model.period import Period
from desktop.workspace import Defaults, IssuedFigure, ReferenceLine, ReferencePlan, Workspace
from ui.colours import Tone
from ui.consolidation.board_parts import stacked
from ui.consolidation.figure_words import plain
from ui.consolidation.row_line import RowLine
from ui.consolidation.text_table import TextColumn, TextRow, TextTable, text_view
from ui.error_reporting import show_fault
from ui.file_dialogs import open_file
from ui.flow import FlowLayout
from ui.forms import room_for
from ui.i18n import translate
from ui.scrolled import scrolled

SIZE_EM = (58, 32)
_ANSWERS = {"none": "未答复", "confirmed": "已确认", "disputed": "有异议"}


class ReferencesDialog(QDialog):
    """Reference figures of one period. Nothing is taken in before it was shown."""

    def __init__(self, workspace: Workspace, period: Period, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("参考数据 {period}").format(period=period.label))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._workspace, self._period = workspace, period
        self.decided = False
        self._table: tuple[tuple[str, ...], ...] = ()
        self._plan = ReferencePlan(())
        self.day = QDateEdit(QDate(period.end.year, period.end.month, period.end.day))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName(self.tr("时点"))
        self.source = QLineEdit()
        self.source.setAccessibleName(self.tr("来源"))
        self.source.setPlaceholderText(self.tr("来源，如：区统计局"))
        self.paste = QPushButton(self.tr("粘贴表格(&V)"))
        self.file = QPushButton(self.tr("从文件取用(&F)…"))
        self.take = QPushButton(self.tr("取用(&T)"))
        self.take.setEnabled(False)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.lines = TextTable(_line_columns(), self)
        self.preview = text_view(
            self.lines, self.tr("预览"), self.tr("还没有要取用的表格。复制后按 Ctrl+V，或点“从文件取用…”。")
        )
        self.answers = TextTable(_answer_columns(), self)
        self.answer_table = text_view(
            self.answers,
            self.tr("各单位的核对"),
            self.tr("本期还没有下发给单位核对的数。在“取用”页取用后，随任务包下发。"),
        )
        self.tabs = QTabWidget()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._lay_out()
        self._connect()
        self._show_answers()
        self._say_hint()
        self.paste.setFocus()

    @Slot()
    def paste_table(self) -> None:
        """Look at the table on the clipboard."""
        from desktop.workspace import read_block

        try:
            self._look(read_block(QGuiApplication.clipboard().text()))
            self._go_on()
        except ZhibaoError as fault:
            self._refuse(fault)

    def read_file(self, path: Path) -> None:
        """Look at the table of a file."""
        from desktop.workspace import read_table

        try:
            self._look(read_table(path, self._workspace.plan))
            self._go_on()
        except ZhibaoError as fault:
            self._refuse(fault)

    @Slot()
    def take_in(self) -> None:
        """取用 what was shown."""
        try:
            changed = self._workspace.set_references(self._plan.figures)
        except ZhibaoError as fault:
            self._refuse(fault)
            return
        self.decided = True
        self._plan = ReferencePlan(())
        self._table = ()
        self.lines.set_rows(())
        self.take.setEnabled(False)
        self.said.setText(
            self.tr("已取用，有变化的 {n} 个数。下发任务包后，各单位就能看到并核对。").format(n=changed)
        )
        self._show_answers()

    def _look(self, table: tuple[tuple[str, ...], ...]) -> None:
        day = self.day.date()
        defaults = Defaults(day.toPython(), source=self.source.text().strip())  # type: ignore[arg-type]
        self._table = table
        self._plan = self._workspace.totals.plan_references(table, defaults)
        self.lines.set_rows([self._line(line) for line in self._plan.lines])
        self.preview.selectRow(0)
        left = sum(1 for line in self._plan.lines if line.problem)
        text = self.tr("可取用 {n} 个数，其中有变化的 {changed} 个。").format(
            n=len(self._plan.figures), changed=sum(line.changes for line in self._plan.lines)
        )
        text += self.tr("{n} 处没有采用，原因见“说明”。").format(n=left) if left else ""
        self.said.setText("\n".join((text, *self._plan.notes)))
        self.take.setEnabled(bool(self._plan.figures))

    def _go_on(self) -> None:
        """The keyboard goes to what comes next; not when only day or source are others: Tab goes on there."""
        (self.take if self._plan.figures else self.preview).setFocus()

    def _line(self, line: ReferenceLine) -> TextRow:
        new = plain(line.figure.value) if line.figure is not None else line.text
        problem = f"✖ {line.problem}" if line.problem else line.notice
        if not problem and line.figure is not None and not line.changes:
            problem = self.tr("不变")
        texts = (
            line.cell,
            line.area,
            line.element,
            plain(line.old) if line.old is not None else "",
            new,
            problem,
        )
        return TextRow(texts, Tone.ERROR if line.problem else None if line.changes else Tone.MUTED)

    def _refuse(self, fault: ZhibaoError) -> None:
        self.take.setEnabled(False)
        show_fault(self, fault)

    def _show_answers(self) -> None:
        found = self._workspace.totals.issued(self._period)
        self.answers.set_rows([self._answer(one) for one in found])
        self.answer_table.selectRow(0)
        open_ = sum(1 for one in found if one.open)
        title = self.tr("核对情况（未解决的异议 {n}）") if open_ else self.tr("核对情况")
        self.tabs.setTabText(1, title.format(n=open_))

    def _answer(self, one: IssuedFigure) -> TextRow:
        plan = self._workspace.plan
        answer = _ANSWERS[one.answer.value]
        if one.answer.value == "disputed":
            answer = self.tr("▲ 有异议") if one.open else self.tr("异议已解决")
        texts = (
            plan.unit(one.unit).short_name,
            plan.element(one.element).name,
            plain(one.issued),
            plain(one.own),
            answer,
            one.reason,
        )
        return TextRow(texts, Tone.WARNING if one.open else None)

    def _say_hint(self) -> None:
        self.said.setText(
            self.tr(
                "在 Excel 或 WPS 里复制表格后按 Ctrl+V。第一行写数据项、第一列写单位，"
                "或每行写单位、数据项、数值。先看预览，再取用。"
            )
        )

    @Slot()
    def _ask_for_file(self) -> None:
        kinds = self.tr("表格 (*.xlsx *.csv *.txt)")
        chosen = open_file(self, self.tr("取用参考数据"), folders().documents, kinds)
        if chosen is not None:
            self.read_file(chosen)

    @Slot()
    def _look_again(self) -> None:
        """Another day or source holds for what is shown already."""
        if self._table:
            try:
                self._look(self._table)
            except ZhibaoError as fault:
                self._refuse(fault)

    def _connect(self) -> None:
        self.paste.clicked.connect(self.paste_table)
        self.file.clicked.connect(self._ask_for_file)
        self.take.clicked.connect(self.take_in)
        self.day.editingFinished.connect(self._look_again)
        self.source.editingFinished.connect(self._look_again)
        self.buttons.rejected.connect(self.reject)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.preview)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.paste_table)
        on_button = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.paste)
        on_button.setContext(Qt.ShortcutContext.WidgetShortcut)
        on_button.activated.connect(self.paste_table)

    def _lay_out(self) -> None:
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(self.tr("关闭"))
        for button in (close, self.paste, self.file, self.take):
            button.setAutoDefault(False)
        dated = QWidget()
        day = QHBoxLayout(dated)
        day.setContentsMargins(0, 0, 0, 0)
        day.addWidget(QLabel(self.tr("时点")))
        day.addWidget(self.day)
        line = FlowLayout(self.paste, self.file, dated, self.source, self.take)
        taking = QWidget()
        inner = QVBoxLayout()
        inner.addLayout(line)
        inner.addWidget(self.said)
        inner.addWidget(self.preview, 1)
        inner.addWidget(RowLine(self.preview))
        outer = QVBoxLayout(taking)
        outer.addWidget(scrolled(inner))
        self.tabs.addTab(taking, self.tr("取用"))
        self.tabs.addTab(stacked(self.answer_table, RowLine(self.answer_table)), self.tr("核对情况"))
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.buttons)
        self.resize(room_for(self, *SIZE_EM))


def _line_columns() -> tuple[TextColumn, ...]:
    return (
        TextColumn(translate("ReferencesDialog", "单元格"), 4),
        TextColumn(translate("ReferencesDialog", "单位"), 8),
        TextColumn(translate("ReferencesDialog", "数据项"), 12),
        TextColumn(translate("ReferencesDialog", "现有"), 6, figure=True),
        TextColumn(translate("ReferencesDialog", "取用"), 6, figure=True),
        TextColumn(translate("ReferencesDialog", "说明"), 14),
    )


def _answer_columns() -> tuple[TextColumn, ...]:
    return (
        TextColumn(translate("ReferencesDialog", "单位"), 9),
        TextColumn(translate("ReferencesDialog", "数据项"), 15),
        TextColumn(translate("ReferencesDialog", "下发数"), 9, figure=True),
        TextColumn(translate("ReferencesDialog", "单位的数"), 9, figure=True),
        TextColumn(translate("ReferencesDialog", "答复"), 6),
        TextColumn(translate("ReferencesDialog", "理由"), 10),
    )
