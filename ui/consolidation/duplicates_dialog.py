"""重复条目: entries that several units list, and who keeps them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop.model.period import Period
from desktop.workspace import Duplicate, Workspace
from ui.colours import Tone
from ui.consolidation.decision_dialog import DecisionDialog
from ui.consolidation.text_table import TextColumn, TextRow
from ui.flow import FlowLayout
from ui.forms import em_of

SIZE_EM = (56, 28)


class DuplicatesDialog(DecisionDialog):
    """Entries of one period."""

    def __init__(self, workspace: Workspace, period: Period, parent: QWidget) -> None:
        columns = (
            TextColumn(self.tr("数据项"), 9),
            TextColumn(self.tr("名称"), 13),
            TextColumn(self.tr("统一社会信用代码"), 11),
            TextColumn(self.tr("列报单位"), 11),
            TextColumn(self.tr("核定"), 8),
        )
        title = self.tr("重复列报的条目 {period}").format(period=period.label)
        empty = self.tr("没有要核定的条目：同一家机构或企业列在几个单位的名单里，就会出现在这里。")
        super().__init__(title, columns, SIZE_EM, parent, empty=empty)
        self._workspace, self._period = workspace, period
        self._found: tuple[Duplicate, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        self._choices = FlowLayout()
        self.reason = QLineEdit()
        self.reason.setAccessibleName(self.tr("理由"))
        self.reason.setPlaceholderText(self.tr("理由，如：注册在该单位；或名称相同、不是同一家"))
        self.decide = QPushButton(self.tr("核定(&D)"))
        self.both = QPushButton(self.tr("都保留(&B)"))
        self.undo = QPushButton(self.tr("撤销核定(&U)"))
        self._lay_out_below()
        self._connect()
        self.refresh()

    def refresh(self, at: int = 0) -> None:
        """Show what is decided now."""
        self._found = self._workspace.consolidated(self._period).duplicates
        open_ = sum(1 for one in self._found if not one.keep)
        said = self.tr("共 {all} 条，待核定 {n} 条。勾选由哪个单位列报；没有勾选的单位，合计中减去这一条。")
        if not self._found:
            said = self.tr("没有几个单位都列报的条目。")
        self.head.setText(said.format(all=len(self._found), n=open_))
        self.rows.set_rows([self._row(one) for one in self._found])
        self.stay_at(at)
        self._follow()

    def _row(self, one: Duplicate) -> TextRow:
        plan = self._workspace.plan
        kept = "、".join(plan.unit(unit).short_name for unit in one.keep)
        texts = (
            plan.element(one.element).name,
            one.name,
            one.code,
            "、".join(plan.unit(unit).short_name for unit in one.units),
            f"{kept}：{one.reason}" if kept else self.tr("▲ 待核定"),
        )
        return TextRow(texts, None if kept else Tone.WARNING)

    @property
    def _chosen(self) -> Duplicate | None:
        return self._found[self.current] if 0 <= self.current < len(self._found) else None

    @Slot()
    def _follow(self) -> None:
        one = self._chosen
        while self._choices.count():
            item = self._choices.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()  # it goes later, and lies in the corner until then
                widget.deleteLater()
        self.boxes = {}
        for unit in one.units if one is not None else ():
            box = QCheckBox(self._workspace.plan.unit(unit).short_name)
            box.setChecked(one is not None and unit in one.keep)
            self.boxes[unit] = box
            self._choices.addWidget(box)
        self.reason.setText(one.reason if one is not None else "")
        for button in (self.reason, self.decide, self.both):
            button.setEnabled(one is not None)
        self.undo.setEnabled(one is not None and bool(one.keep))
        self._order_of_tab()

    def _order_of_tab(self) -> None:
        before: QWidget = self.table
        for widget in (
            *self.boxes.values(),
            self.reason,
            self.decide,
            self.both,
            self.undo,
            self.close_button,
        ):
            self.setTabOrder(before, widget)
            before = widget

    @Slot()
    def _decide(self) -> None:
        self._keep(tuple(unit for unit, box in self.boxes.items() if box.isChecked()))

    @Slot()
    def _keep_all(self) -> None:
        one = self._chosen
        self._keep(one.units if one is not None else ())

    def _keep(self, units: tuple[str, ...]) -> None:
        one, at = self._chosen, self.current
        if one is None:
            return
        desk, reason = self._workspace.totals, self.reason.text()
        if self.attempt(lambda: desk.decide_duplicate(self._period, one.key, units, reason)):
            self.refresh(at + 1)
        elif not reason.strip():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _undo(self) -> None:
        one, at = self._chosen, self.current
        if one is not None:
            self.attempt(lambda: self._workspace.totals.undo_duplicate(self._period, one.key))
            self.refresh(at)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._follow)
        self.decide.clicked.connect(self._decide)
        self.both.clicked.connect(self._keep_all)
        self.undo.clicked.connect(self._undo)
        self.reason.returnPressed.connect(self._decide)
        for button in (self.decide, self.both, self.undo):
            button.setAutoDefault(False)

    def _lay_out_below(self) -> None:
        self.reason.setMinimumWidth(em_of(self) * 20)
        keys = QHBoxLayout()
        keys.addWidget(QLabel(self.tr("由谁列报：")))
        keys.addLayout(self._choices, 1)
        self.lay_out(keys, FlowLayout(self.reason, self.decide, self.both, self.undo))
