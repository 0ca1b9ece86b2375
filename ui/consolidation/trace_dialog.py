"""追溯: where a total comes from, unit by unit, down to cell, file and revision."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import ZhibaoError
from desktop.model.canonical import short_digest
from desktop.model.decimals import display, places
from desktop.workspace import DIFFERENCE_LABELS, DifferenceState, ElementTrace, Trace, TraceRow, Workspace
from ui.colours import Tone
from ui.consolidation.figure_words import percent, plain, typed_number
from ui.consolidation.row_line import RowLine
from ui.consolidation.text_table import TextColumn, TextRow, TextTable, text_view
from ui.error_reporting import show_fault
from ui.flow import FlowLayout
from ui.forms import em_of, labelled, room_for
from ui.scrolled import scrolled

SIZE_EM = (70, 40)
COL_DEDUCTIONS = 2
_VINTAGES = {"preliminary": "初步", "final": "终报", "revised": "修订"}


class TraceDialog(QDialog):
    """Shows one figure of one period. What is said of a difference is kept at once."""

    def __init__(self, workspace: Workspace, trace: Trace, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._workspace, self._trace = workspace, trace
        self.setWindowTitle(
            self.tr("追溯：{name} {period}").format(name=trace.name, period=trace.period.label)
        )
        self.head = QLabel()
        self.part = QComboBox()
        self.part.setAccessibleName(self.tr("数据项"))
        self.sums = QLabel()
        self.rows = TextTable(
            (
                TextColumn(self.tr("单位"), 8),
                TextColumn(self.tr("填报数"), 7, figure=True),
                TextColumn(self.tr("扣减"), 8),
                TextColumn(self.tr("计入数"), 7, figure=True),
                TextColumn(self.tr("占比"), 5, figure=True),
                TextColumn(self.tr("版次"), 4, figure=True),
                TextColumn(self.tr("收到时间"), 8),
                TextColumn(self.tr("来源文件"), 14),
                TextColumn(self.tr("标记"), 10),
            ),
            self,
        )
        self.table = text_view(self.rows, self.tr("各单位的数"), self.tr("本期没有单位要报这个数据项。"))
        self.detail = QLabel()
        self.difference = _Difference(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(self.tr("关闭"))
        close.setAutoDefault(False)  # Enter in a field keeps what was typed there
        self._shown: tuple[TraceRow, ...] = ()
        self._lay_out()
        self._connect()
        self._fill_parts()
        self.table.setFocus()

    @property
    def element(self) -> ElementTrace:
        """The element shown."""
        return self._trace.elements[max(self.part.currentIndex(), 0)]

    def _fill_parts(self) -> None:
        self.part.clear()
        for part in self._trace.elements:
            self.part.addItem(part.element.name)
        self.part.setEnabled(len(self._trace.elements) > 1)
        self.head.setText(_headline(self._trace))
        self._show_part()

    @Slot()
    def _show_part(self) -> None:
        if not self._trace.elements:
            return
        part = self.element
        by_owners = self._trace.by_departments and bool(part.owners)
        rows = (*part.owners, *part.rows) if by_owners else (*part.rows, *part.owners)
        self._shown = tuple(sorted(rows, key=lambda row: row.missing))
        self.rows.set_rows([self._row(row) for row in self._shown])
        self.table.setColumnHidden(COL_DEDUCTIONS, not any(row.deductions for row in self._shown))
        self.sums.setText(_sums(self._trace, part))
        self.difference.show_row(part)
        if self._shown:
            self.table.selectRow(0)
        self._show_detail(0)

    def _row(self, row: TraceRow) -> TextRow:
        if row.missing:
            last = ""
            if row.last_period is not None:
                last = self.tr("上次 {period}：{figure}，占 {share}").format(
                    period=row.last_period, figure=plain(row.last_figure), share=percent(row.last_share)
                )
            return TextRow((row.name, self.tr("未报"), "", "—", "", "", "", "", last), Tone.MUTED)
        marks = [_VINTAGES.get(row.vintage, row.vintage)] if row.vintage != "final" else []
        marks += [self.tr("有异议")] if row.disputed else []
        marks += [self.tr("▲ 与同类单位差别大")] if row.odd else []
        marks += [self.tr("随{unit}报送").format(unit=self._name(row.origin.via))] if row.origin.via else []
        came = row.origin.received
        texts = (
            row.name,
            plain(row.figure),
            "；".join(row.deductions),
            plain(row.net),
            percent(row.share),
            str(row.origin.revision or ""),
            f"{came:%m-%d %H:%M}" if came else "",
            row.origin.file,
            "；".join(marks),
        )
        return TextRow(texts, Tone.WARNING if row.odd or row.disputed else None)

    def _name(self, unit: str) -> str:
        plan = self._workspace.plan
        return plan.unit(unit).short_name if plan.has_unit(unit) else unit

    def _show_detail(self, number: int) -> None:
        if not 0 <= number < len(self._shown):
            self.detail.setText("")
            return
        row = self._shown[number]
        lines = [self.tr("{unit}：单元格 {cell}（该代码所在的行）").format(unit=row.name, cell=row.cell)]
        if not row.missing:
            origin = row.origin
            checks = {"sha": short_digest(origin.sha256), "digest": short_digest(origin.digest)}
            lines.append(
                self.tr("文件校验 {sha}　内容校验 {digest}　{file}").format(**checks, file=origin.file)
            )
            self.detail.setToolTip(f"SHA-256 {origin.sha256}\n{origin.digest}")
        self.detail.setText("\n".join((*lines, *row.odd)))

    def _keep(self) -> None:
        """Keep what was said of the difference, and show the figure anew."""
        part, period = self.element, self._trace.period
        desk = self._workspace.totals
        try:
            tolerance = self.difference.amount
            if tolerance is not None:
                desk.set_tolerance(part.element.id, tolerance)
            text = self.difference.text.text().strip()
            if text:
                desk.note_difference(period, part.element.id, text, self.difference.stage)
            elif part.difference is not None and part.difference.note is not None:
                desk.clear_difference(period, part.element.id)
            self._trace = desk.trace(period, self._trace.subject)
        except ZhibaoError as fault:
            show_fault(self, fault)
            return
        at = self.part.currentIndex()
        self._fill_parts()
        self.part.setCurrentIndex(at)
        self._show_part()

    def _connect(self) -> None:
        self.part.currentIndexChanged.connect(self._show_part)
        self.table.selectionModel().currentRowChanged.connect(lambda index: self._show_detail(index.row()))
        self.difference.keep.clicked.connect(self._keep)
        self.difference.text.returnPressed.connect(self._keep)
        self.difference.tolerance.returnPressed.connect(self._keep)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        for label in (self.head, self.sums, self.detail):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail.setMinimumHeight(self.fontMetrics().height() * 3)
        label = QLabel(self.tr("数据项(&I)："))
        label.setBuddy(self.part)
        top = QHBoxLayout()
        top.addWidget(label)
        top.addWidget(self.part, 1)
        content = QVBoxLayout()
        content.addWidget(self.head)
        content.addLayout(top)
        content.addWidget(self.sums)
        content.addWidget(self.table, 1)
        content.addWidget(RowLine(self.table))
        content.addWidget(self.detail)
        content.addWidget(self.difference)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled(content), 1)
        layout.addWidget(self.buttons)
        self.resize(room_for(self, *SIZE_EM))


class _Difference(QWidget):
    """The department's figure beside the units' sum, and what is known of the difference."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.text = QLineEdit()
        self.text.setAccessibleName(self.tr("差异说明"))
        self.text.setPlaceholderText(self.tr("差异的原因：口径、时点、漏报还是重报"))
        self.state = QComboBox()
        self.state.setAccessibleName(self.tr("核对情况"))
        for state, label in DIFFERENCE_LABELS.items():
            self.state.addItem(label, state.value)
        self.tolerance = QLineEdit()
        self.tolerance.setAccessibleName(self.tr("容差"))
        self.tolerance.setFixedWidth(em_of(self) * 8)
        self.text.setMinimumWidth(em_of(self) * 20)
        self.keep = QPushButton(self.tr("记下(&K)"))
        self.keep.setAutoDefault(False)
        allowed = QWidget()
        allowed.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        beside = QHBoxLayout(allowed)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(labelled(self.tr("容差(&L)"), self.tolerance))
        beside.addWidget(self.tolerance)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.said)
        lines.addLayout(FlowLayout(self.state, self.text, allowed, self.keep))

    @property
    def stage(self) -> DifferenceState:
        """The state chosen."""
        return DifferenceState(self.state.currentData())

    @property
    def amount(self) -> Decimal | None:
        """The tolerance typed; None for something else than a number."""
        return typed_number(self.tolerance.text() or "0")

    def show_row(self, part: ElementTrace) -> None:
        """Show what there is; nothing where one side doesn't report the element."""
        row = part.difference
        self.setVisible(row is not None and row.difference is not None)
        if row is None or row.difference is None:
            return
        state = DIFFERENCE_LABELS[row.state] if row.state else self.tr("不必说明")
        said = self.tr("部门数 {department}，单位合计 {units}，差 {difference}　【{state}】")
        self.said.setText(
            said.format(
                department=plain(row.department),
                units=plain(row.units),
                difference=plain(row.difference),
                state=state,
            )
        )
        self.text.setText(row.note.text if row.note else "")
        chosen = row.note.state if row.note else DifferenceState.EXPLAINED
        self.state.setCurrentIndex(self.state.findData(chosen.value))
        self.tolerance.setText(plain(row.tolerance))


def _headline(trace: Trace) -> str:
    result = trace.indicator
    if result is None:
        return trace.name
    main = result.main
    figure = plain(main.value)
    if main.value is not None and places(main.value) > result.indicator.decimals:
        figure = f"{display(main.value, result.indicator.decimals)}（{figure}）"
    parts = [f"{result.indicator.number}. {trace.name}：{figure} {result.indicator.unit}"]
    parts.append(f"主报来源：{main.source.label}")
    if main.coverage.due:
        parts.append(f"已报 {len(main.coverage.reported)}/{len(main.coverage.due)}")
    return "　".join((*parts, *trace.shared))


def _sums(trace: Trace, part: ElementTrace) -> str:
    total, unit = part.total, part.element.unit.typed
    if not total.coverage.due:
        return f"部门数 {plain(part.department.value)} {unit}"
    text = f"{trace.title} {plain(total.net)} {unit}"
    if total.deductions:
        text += f" ＝ 填报合计 {plain(total.gross)} － 扣减 {plain(total.deductions)}"
    text += f"　已报 {len(total.coverage.reported)}/{len(total.coverage.due)}"
    if total.coverage.missing:
        text += f"，缺 {len(total.coverage.missing)} 个"
        if total.coverage.last_share is not None:
            text += f"（上次占 {percent(total.coverage.last_share)}）"
    return text
