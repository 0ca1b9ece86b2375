"""集体成员: who belongs to a collective that the plan names, and who leads for it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QPushButton, QWidget

from desktop.workspace import FilledGroup, Workspace
from ui.consolidation.decision_dialog import DecisionDialog
from ui.consolidation.text_table import TextColumn, TextRow
from ui.flow import FlowLayout
from ui.forms import labelled
from ui.settings.children_picker import ChildrenPicker

SIZE_EM = (54, 40)


class GroupsDialog(DecisionDialog):
    """The collectives, and what fills the one chosen. `filled` says that forms may have changed."""

    filled = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        columns = (
            TextColumn(self.tr("集体"), 16),
            TextColumn(self.tr("成员"), 18),
            TextColumn(self.tr("牵头单位"), 8),
            TextColumn(self.tr("涉及工作"), 10),
        )
        empty = self.tr("方案没有列出集体。")
        super().__init__(self.tr("集体成员与牵头单位"), columns, SIZE_EM, parent, empty=empty)
        self._workspace = workspace
        self._groups: tuple[FilledGroup, ...] = ()
        self.members = ChildrenPicker()
        self.members.field.setAccessibleName(self.tr("查找成员单位"))
        self.members.list.setAccessibleName(self.tr("成员单位"))
        self.lead = QComboBox()
        self.lead.setAccessibleName(self.tr("牵头单位"))
        self.keep = QPushButton(self.tr("保存这个集体(&S)"))
        self.keep.setAutoDefault(False)
        self.lay_out(self._form(), FlowLayout(self.keep))
        self._show_groups()
        rows = self.rows.rowCount() + 1  # and the titles; what room there is besides is the members'
        self.table.setMaximumHeight(self.table.verticalHeader().defaultSectionSize() * (rows + 1))
        self._connect()
        self.stay_at(self._first_unfilled())
        self._show_group()
        self.table.setFocus()

    def _first_unfilled(self) -> int:
        return next((number for number, group in enumerate(self._groups) if not group.members), 0)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.addRow(labelled(self.tr("成员(&M)"), self.members.field), self.members)
        form.addRow(self.tr("牵头(&L)"), self.lead)
        return form

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._show_group)
        self.table.activated.connect(self._go_on)
        self.members.changed.connect(self._offer_leads)
        self.members.accepted.connect(self.lead.setFocus)
        self.keep.clicked.connect(self._keep)

    def _show_groups(self) -> None:
        self._groups = self._workspace.groups
        self.keep.setEnabled(bool(self._groups))
        open_ = sum(not group.members for group in self._groups)
        self.head.setText(
            self.tr("有 {n} 个集体还没有成员。选中一个，勾选成员，再选牵头单位。").format(n=open_)
            if open_
            else self.tr("各集体都有成员。牵头单位填写进展，其他成员补充或报“无新进展”。")
        )
        self.rows.set_rows([TextRow(self._texts(group)) for group in self._groups])

    def _texts(self, group: FilledGroup) -> tuple[str, ...]:
        plan, unsaid = self._workspace.plan, self.tr("（未指定）")
        return (
            group.name,
            "、".join(plan.unit(one).short_name for one in group.members) or unsaid,
            plan.unit(group.lead).short_name if group.lead else unsaid,
            self.tr("{n} 项").format(n=len(group.items)) if group.items else "",
        )

    @Slot()
    def _show_group(self) -> None:
        if not 0 <= self.current < len(self._groups):
            return
        group, plan = self._groups[self.current], self._workspace.plan
        today = self._workspace.today
        offered = [unit for unit in plan.units if unit.exists_on(today) or unit.id in group.members]
        self.members.offer(offered, group.members)
        self.members.setEnabled(not group.fixed)
        self._offer_leads()
        self.lead.setCurrentIndex(max(self.lead.findData(group.lead), 0))

    @Slot()
    def _offer_leads(self) -> None:
        """Only members can lead; one that was chosen stays chosen as long as it is among them."""
        plan, chosen = self._workspace.plan, self.lead.currentData()
        self.lead.clear()
        self.lead.addItem(self.tr("（未指定）"), None)
        for member in self.members.chosen:
            self.lead.addItem(plan.unit(member).short_name, member)
        self.lead.setCurrentIndex(max(self.lead.findData(chosen), 0))

    @Slot()
    def _go_on(self) -> None:
        """Enter on a collective leads to what can be changed of it."""
        (self.members.field if self.members.isEnabled() else self.lead).setFocus()

    @Slot()
    def _keep(self) -> None:
        at = self.current
        if not 0 <= at < len(self._groups):
            return
        group = self._groups[at]
        members = () if group.fixed else self.members.chosen
        lead = self.lead.currentData()
        if self.attempt(lambda: self._workspace.set_group(group.id, members, lead)):
            self._show_groups()
            self.stay_at(at)
            self.head.setText(
                self.tr("已保存“{name}”。各单位收到下一个任务包后按此填报。").format(name=group.name)
            )
            self.table.setFocus()
            self.filled.emit()
