"""Choosing the units whose files an office merges: search, Enter to tick, Enter on nothing to go on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidgetItem, QVBoxLayout, QWidget

from desktop.model.plan import Plan
from desktop.model.unit import Unit
from ui.settings.unit_picker import UNIT_ROLE, SearchField, ShortList, search

Check = Qt.CheckState


def candidates(plan: Plan, parent: Unit) -> tuple[Unit, ...]:
    """Who may report through an office: territorial units due before it, those on its own territory first."""
    others = [unit for unit in plan.units if unit.id != parent.id]
    usual = [unit for unit in others if _reports_before(plan, unit, parent) or unit.reports_to == parent.id]
    return tuple(sorted(usual or others, key=lambda unit: unit.id not in parent.overlaps))


def _reports_before(plan: Plan, unit: Unit, parent: Unit) -> bool:
    """Whether the unit's kind is due before the office's; where that isn't said, any other kind is."""
    if not plan.is_territorial(unit) or unit.kind == parent.kind:
        return False
    own, above = plan.deadlines.get(unit.kind), plan.deadlines.get(parent.kind)
    return own is None or above is None or own < above


class ChildrenPicker(QWidget):
    """A search field above a list with ticks. `changed` says that a tick changed, `accepted` goes on."""

    changed = Signal()
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units: tuple[Unit, ...] = ()
        self._chosen: set[str] = set()
        self.field = SearchField()
        self.field.setAccessibleName(self.tr("查找要汇总的下级单位"))
        self.field.setPlaceholderText(self.tr("名称或首字母，回车勾选；不输入时回车表示选完"))
        self.field.setClearButtonEnabled(True)
        self.list = ShortList()
        self.list.setAccessibleName(self.tr("要汇总的下级单位"))
        self.list.setUniformItemSizes(True)
        self.said = QLabel()
        self.said.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.said)
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._show)
        self.field.walked.connect(self._walk)
        self.field.returnPressed.connect(self._enter)
        self.list.itemChanged.connect(self._ticked)
        # what the mouse ticked isn't under the cursor any more: Enter in the field must not untick it
        self.list.itemClicked.connect(lambda: self.list.setCurrentRow(-1))

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the units ticked, in the order offered."""
        return tuple(unit.id for unit in self._units if unit.id in self._chosen)

    def offer(self, units: Sequence[Unit], ticked: Sequence[str]) -> None:
        """Offer other units, with `ticked` ones among them; ticks given before were another office's."""
        self._units = tuple(units)
        self._chosen = set(ticked)
        self._show(self.field.text())

    def _show(self, text: str) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for unit in search(self._units, text):
            item = QListWidgetItem(unit.short_name)
            item.setData(UNIT_ROLE, unit.id)
            item.setToolTip("、".join(unit.names))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Check.Checked if unit.id in self._chosen else Check.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        if text.strip() and self.list.count():
            self.list.setCurrentRow(0)
        self._say()

    def _walk(self, step: int) -> None:
        self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))

    def _enter(self) -> None:
        """Tick the unit under the cursor; with nothing looked for and nothing under it, go on."""
        if self.list.currentRow() >= 0:
            item = self.list.currentItem()
            ticked = item.checkState() is Check.Checked
            item.setCheckState(Check.Unchecked if ticked else Check.Checked)
            self.field.clear()
            self.list.setCurrentRow(-1)
        elif not self.field.text().strip():
            self.accepted.emit()

    def _ticked(self, item: QListWidgetItem) -> None:
        unit = str(item.data(UNIT_ROLE))
        if item.checkState() is Check.Checked:
            self._chosen.add(unit)
        else:
            self._chosen.discard(unit)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        if not self.list.count():
            self.said.setText(self.tr("没有找到，请换一个名称或首字母。"))
            return
        names = [unit.short_name for unit in self._units if unit.id in self._chosen]
        if not names:
            self.said.setText(self.tr("还没有勾选。"))
            return
        text = self.tr("已选 {n} 个：{names}")
        self.said.setText(text.format(n=len(names), names="、".join(names)))
