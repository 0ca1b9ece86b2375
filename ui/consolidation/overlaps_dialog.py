"""区域重叠: what two units share is declared for each element, and taken off where everyone sees it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from desktop.model.period import Period
from desktop.workspace import Overlap, OverlapToDeclare, Workspace
from ui.colours import Tone
from ui.consolidation.decision_dialog import DecisionDialog
from ui.consolidation.figure_words import plain, typed_number
from ui.consolidation.text_table import TextColumn, TextRow
from ui.flow import FlowLayout
from ui.forms import em_of

SIZE_EM = (56, 30)


class OverlapsDialog(DecisionDialog):
    """Overlaps of one period."""

    def __init__(self, workspace: Workspace, period: Period, parent: QWidget) -> None:
        columns = (
            TextColumn(self.tr("数据项"), 15),
            TextColumn(self.tr("从谁扣减"), 7),
            TextColumn(self.tr("重叠单位"), 7),
            TextColumn(self.tr("重叠数"), 6, figure=True),
            TextColumn(self.tr("申报"), 6),
            TextColumn(self.tr("理由"), 10),
        )
        title = self.tr("区域重叠 {period}").format(period=period.label)
        empty = self.tr("没有要申报的重叠：有重叠的两个单位都报齐后，这里列出要申报的数据项。")
        super().__init__(title, columns, SIZE_EM, parent, empty=empty)
        self._workspace, self._period = workspace, period
        self._found: tuple[Overlap, ...] = ()
        self.value = QLineEdit()
        self.value.setAccessibleName(self.tr("重叠数"))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(self.tr("理由"))
        self.reason.setPlaceholderText(self.tr("理由，如：园区企业两边都报了"))
        self.declare = QPushButton(self.tr("申报(&D)"))
        self.swap = QPushButton(self.tr("改从另一单位扣(&O)"))
        self.withdraw = QPushButton(self.tr("撤回(&W)"))
        self.none = QPushButton(self.tr("两单位各项均无重叠(&N)"))
        self._swapped = False
        self._lay_out_below()
        self._connect()
        self.refresh()

    def refresh(self, at: int = 0) -> None:
        """Show what is declared now."""
        self._found = self._workspace.totals.overlaps(self._period)
        title = self._workspace.consolidated(self._period).title
        open_ = sum(1 for one in self._found if not one.declared)
        if not self._found:
            self.head.setText(self.tr("本期已收到的数里，没有方案所列的重叠单位都填报的数据项。"))
        else:
            said = self.tr("有 {n} 处重叠尚未申报。合计现称“{title}”；全部申报且收齐后才称“全区数”。")
            self.head.setText(said.format(n=open_, title=title))
        self.rows.set_rows([self._row(one) for one in self._found])
        self.stay_at(at)
        self._follow()

    def _row(self, one: Overlap) -> TextRow:
        plan = self._workspace.plan
        by = {"unit": self.tr("单位申报"), "office": self.tr("本单位申报"), "": self.tr("▲ 待申报")}[one.by]
        element = plan.element(one.element)
        texts = (
            f"{element.name}（{element.unit.typed}）",
            plan.unit(one.unit).short_name,
            plan.unit(one.other).short_name,
            plain(one.value),
            by,
            one.reason,
        )
        return TextRow(texts, None if one.declared else Tone.WARNING)

    @property
    def _chosen(self) -> Overlap | None:
        return self._found[self.current] if 0 <= self.current < len(self._found) else None

    @Slot()
    def _follow(self) -> None:
        one = self._chosen
        self._swapped = False
        mine = one is not None and one.by != "unit"
        for widget in (self.value, self.reason, self.declare, self.swap, self.none):
            widget.setEnabled(mine)
        self.withdraw.setEnabled(one is not None and one.by == "office")
        self.value.setText(plain(one.value) if one is not None and one.declared else "")
        self.reason.setText(one.reason if one is not None else "")
        self._name_pair()

    def _name_pair(self) -> None:
        one, plan = self._chosen, self._workspace.plan
        if one is None:
            self._pair.setText("")
            return
        unit, other = (one.other, one.unit) if self._swapped else (one.unit, one.other)
        names = {"unit": plan.unit(unit).short_name, "other": plan.unit(other).short_name}
        self._pair.setText(self.tr("从{unit}的数中扣减与{other}重复的：").format(**names))

    @Slot()
    def _swap(self) -> None:
        self._swapped = not self._swapped
        self._name_pair()

    @Slot()
    def _declare(self) -> None:
        value = typed_number(self.value.text())
        if value is None:
            self.head.setText(self.tr("重叠数请写数字，没有重叠写 0。"))
            self.value.setFocus()
            return
        self._keep(value, whole=False)

    @Slot()
    def _declare_none(self) -> None:
        self._keep(Decimal(0), whole=True)

    def _keep(self, value: Decimal, *, whole: bool) -> None:
        one, at = self._chosen, self.current
        if one is None:
            return
        unit, other = (one.other, one.unit) if self._swapped else (one.unit, one.other)
        element = None if whole else one.element
        wanted = OverlapToDeclare(unit, other, element, value, self.reason.text())
        if self.attempt(lambda: self._workspace.totals.declare_overlap(self._period, wanted)):
            self.refresh(at + 1)
        else:
            self.reason.setFocus()

    @Slot()
    def _withdraw(self) -> None:
        one, at = self._chosen, self.current
        if one is not None:
            desk = self._workspace.totals
            self.attempt(lambda: desk.withdraw_overlap(self._period, one.unit, one.other, one.element))
            self.refresh(at)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._follow)
        self.declare.clicked.connect(self._declare)
        self.none.clicked.connect(self._declare_none)
        self.swap.clicked.connect(self._swap)
        self.withdraw.clicked.connect(self._withdraw)
        self.value.returnPressed.connect(self.reason.setFocus)
        self.reason.returnPressed.connect(self._declare)
        for button in (self.none, self.swap, self.withdraw, self.declare):
            button.setAutoDefault(False)

    def _lay_out_below(self) -> None:
        self._pair = QLabel()
        self._pair.setBuddy(self.value)
        self.value.setFixedWidth(em_of(self) * 8)
        self.reason.setMinimumWidth(em_of(self) * 16)
        line = FlowLayout(self._pair, self.value, self.reason)
        self.lay_out(line, FlowLayout(self.declare, self.swap, self.withdraw, self.none))
