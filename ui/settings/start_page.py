"""The first page: who are you, which unit, where the file lies; or which workspace to open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFont, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.config import folders
from desktop.model.file_name import safe_part
from desktop.model.plan import Plan
from desktop.model.unit import Unit
from desktop.workspace import unit_in_name
from desktop.workspace.people.recent import forget_workspace, remembered_workspaces
from ui.colours import Tone, tint
from ui.file_dialogs import save_file
from ui.forms import labelled
from ui.scrolled import Shrinkable
from ui.settings.children_picker import ChildrenPicker, candidates
from ui.settings.plan_chooser import PlanChooser
from ui.settings.unit_picker import UnitPicker

SUFFIX = ".zhibao"
NARROW_EM = 34
"""Width of a window below which both parts stand one below the other, in Chinese characters."""
PATH_ROLE = Qt.ItemDataRole.UserRole


class Person(StrEnum):
    """填报员, 归口办公室, 汇总员."""

    CLERK = "clerk"
    OFFICE = "office"
    CONSOLIDATOR = "consolidator"


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """What the first start asks for."""

    path: Path
    unit: str
    person: str
    consolidates: bool
    children: tuple[str, ...] = ()
    """Ids of the units it merges; none: those the plan puts under it."""
    plan: str | None = None
    """What names the plan: a bundled id, a task package's path; None: the usual one."""


class RecentList(QListWidget):
    """Workspaces opened last; Enter opens, Delete takes one off the list."""

    removed = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is opening on every platform."""
        if event.key() == Qt.Key.Key_Delete and self.currentItem() is not None:
            self.removed.emit(self.currentItem())
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.itemActivated.emit(self.currentItem())
            return
        super().keyPressEvent(event)


class StartPage(Shrinkable):
    """`create_wanted` carries a NewWorkspace, `open_wanted` a Path; `browse_wanted` asks for a dialog."""

    create_wanted = Signal(object)
    open_wanted = Signal(object)
    browse_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._proposed = ""
        self._parent: Unit | None = None
        self.plan_chooser = PlanChooser()
        self.person = QLineEdit()
        self.person.setAccessibleName(self.tr("姓名"))
        self.person.setPlaceholderText(self.tr("您的姓名，记入填报痕迹"))
        self.roles = QButtonGroup(self)
        self._columns = QHBoxLayout()
        self.picker = UnitPicker()
        self.children_picker = ChildrenPicker()
        self.path = QLineEdit()
        self.path.setAccessibleName(self.tr("工作区文件"))
        self.start = QPushButton(self.tr("开始(&S)"))
        self.start.setDefault(True)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.recent = RecentList()
        self.recent.setAccessibleName(self.tr("最近打开的工作区"))
        self.remove = QPushButton(self.tr("从列表中去掉(&R)"))
        self.remove.setToolTip(self.tr("只是不再列出，文件不会删除"))
        self.browse = QPushButton(self.tr("打开已有工作区(&O)…"))
        self.restore = QPushButton(self.tr("从备份恢复(&B)…"))
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()

    def set_plan(self, plan: Plan) -> None:
        """The plan whose units are offered."""
        self._plan = plan
        self._parent = None
        self.picker.set_plan(plan)
        self.plan_chooser.show_plan(plan)

    def refresh(self) -> None:
        """Show the recent list as it is now."""
        self.recent.clear()
        for path in remembered_workspaces():
            there = path.is_file()
            name = path.stem if there else self.tr("{name}　✖ 找不到").format(name=path.stem)
            item = QListWidgetItem(f"{name}\n{path.parent}")
            item.setData(PATH_ROLE, str(path))
            gone = self.tr("文件已移走、删除，或U盘没有插：{path}")
            item.setToolTip(str(path) if there else gone.format(path=path))
            self.recent.addItem(item)
        if self.recent.count():
            self.recent.setCurrentRow(0)
        self.remove.setVisible(self.recent.count() > 0)
        self._no_recent.setVisible(self.recent.count() == 0)
        self.recent.setVisible(self.recent.count() > 0)

    def focus_first(self) -> None:
        """A person who has worked before goes on; a new one says who they are."""
        (self.recent if self.recent.count() else self.person).setFocus()

    @property
    def role(self) -> Person:
        """Who is starting."""
        return tuple(Person)[max(self.roles.checkedId(), 0)]

    @Slot()
    def begin(self) -> None:
        """Ask for the workspace, or say what is missing and go there."""
        unit = self.picker.unit
        for missing, field, text in (
            (not self.person.text().strip(), self.person, self.tr("请先填写您的姓名。")),
            (unit is None, self.picker.field, self.tr("请选择单位：输入名称或拼音首字母，再用上下键选定。")),
            (not self.path.text().strip(), self.path, self.tr("请指定工作区文件放在哪里。")),
        ):
            if missing:
                self._say(text)
                field.setFocus()
                field.selectAll()
                return
        assert unit is not None
        children = self.children_picker.chosen if self.role is Person.OFFICE else ()
        if self.role is Person.OFFICE and not children:
            self._say(self.tr("请勾选由本单位汇总的下级单位；一个也没有的，身份请选“填报员”。"))
            self.children_picker.field.setFocus()
            return
        self.said.clear()
        path = Path(self.path.text().strip()).expanduser()
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        self.create_wanted.emit(
            NewWorkspace(
                path,
                unit.id,
                self.person.text().strip(),
                self.role is not Person.CLERK,
                children,
                self.plan_chooser.source,
            )
        )

    def _remove(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            forget_workspace(Path(item.data(PATH_ROLE)))
            self.refresh()
            self.focus_first()

    def _say(self, text: str) -> None:
        tint(self.said, Tone.ERROR)
        self.said.setText(text)

    def _role_chosen(self) -> None:
        self._form.setRowVisible(self.children_picker, self.role is Person.OFFICE)
        if self.role is Person.CONSOLIDATOR and self._plan is not None and self.picker.unit is None:
            self.picker.pick(self._plan.consolidator)

    def _unit_chosen(self, unit: Unit | None) -> None:
        self._propose_path(unit)
        if unit is not None and unit != self._parent and self._plan is not None:
            self._parent = unit
            below = [child.id for child in self._plan.units if child.reports_to == unit.id]
            self.children_picker.offer(candidates(self._plan, unit), below)

    def _unit_accepted(self) -> None:
        (self.children_picker.field if self.role is Person.OFFICE else self.start).setFocus()

    def _propose_path(self, unit: Unit | None) -> None:
        if self.path.text() != self._proposed:
            return
        if unit is None:
            self._proposed = ""
            self.path.clear()
            return
        folder = folders().documents
        name = safe_part(unit.short_name)
        names = (name, *(f"{name}-{n}" for n in range(2, 100)))
        free = next((n for n in names if not (folder / f"{n}{SUFFIX}").exists()), name)
        self._proposed = str(folder / f"{free}{SUFFIX}")
        self.path.setText(self._proposed)

    def _choose_path(self) -> None:
        kinds = self.tr("知报工作区 (*.zhibao)")
        proposed = Path(self.path.text() or str(folders().documents / "知报.zhibao"))
        chosen = save_file(self, self.tr("工作区文件放在哪里"), proposed, kinds, may_exist=False)
        if chosen is not None:
            self.path.setText(str(chosen))

    @Slot(object)
    def _plan_chosen(self, plan: Plan) -> None:
        """Another plan has other units: who was picked before is looked for again."""
        self.set_plan(plan)
        self._role_chosen()
        if self._addressed_to(plan):
            return
        (self.picker.field if self.person.text().strip() else self.person).setFocus()

    def _addressed_to(self, plan: Plan) -> bool:
        """A package that bears a unit's name leaves nothing to ask: who works can be named any time."""
        source = self.plan_chooser.source
        package = source is not None and source.lower().endswith(".xlsx")
        unit = unit_in_name(plan, Path(source or "")) if package else None
        if unit is None or self.role is not Person.CLERK:
            return False
        self.picker.pick(unit.id)
        if not self.person.text().strip():
            self.person.setText(self.tr("填报员"))
        tint(self.said, Tone.INFO)
        self.said.setText(self.tr("任务包是给{unit}的，核对后按“开始”。").format(unit=unit.name))
        self.start.setFocus()
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A task package may be dropped here."""
        from ui.rounds.receiver import dropped_package

        if dropped_package(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A dropped task package names the plan, and by its name perhaps the unit."""
        from ui.rounds.receiver import dropped_package

        path = dropped_package(event)
        if path is not None and path.suffix.lower() == ".xlsx":
            event.acceptProposedAction()
            self.plan_chooser.take(str(path))

    def showEvent(self, event: QShowEvent) -> None:
        """The window's size is known."""
        super().showEvent(event)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """In a narrow window what is beside comes below: nobody looks for it beyond the edge."""
        narrow = self.window().width() < self.fontMetrics().horizontalAdvance("国") * NARROW_EM
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(down if narrow else across)

    def _connect(self) -> None:
        self.plan_chooser.changed.connect(self._plan_chosen)
        self.roles.idClicked.connect(self._role_chosen)
        self.picker.picked.connect(self._unit_chosen)
        self.picker.accepted.connect(self._unit_accepted)
        self.children_picker.accepted.connect(self.start.setFocus)
        self.person.textEdited.connect(self.said.clear)
        self.picker.field.textEdited.connect(self.said.clear)
        self.person.returnPressed.connect(self.picker.field.setFocus)
        self.path.returnPressed.connect(self.start.setFocus)
        self.start.clicked.connect(self.begin)
        self.browse.clicked.connect(self.browse_wanted)
        self.restore.clicked.connect(self.restore_wanted)
        self.recent.removed.connect(self._remove)
        self.remove.clicked.connect(lambda: self._remove(self.recent.currentItem()))
        self.recent.itemActivated.connect(lambda item: self.open_wanted.emit(Path(item.data(PATH_ROLE))))

    def _lay_out(self) -> None:
        title = QLabel(self.tr("知报　—　指标与任务填报、审核、汇总"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setBold(True)
        title.setFont(font)
        warning = QLabel(self.tr("⚠ 禁止录入涉密信息。"))
        tint(warning, Tone.ERROR)
        warning.setFont(_bold(warning))
        columns = self._columns
        columns.addWidget(self._new_box(), 3)
        columns.addWidget(self._open_box(), 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 12)
        for widget in (title, self.plan_chooser, warning):
            layout.addWidget(widget)
        layout.addLayout(columns, 1)

    def _new_box(self) -> QWidget:
        box = QGroupBox(self.tr("第一次使用：建立工作区"))
        roles = QHBoxLayout()
        for number, text in enumerate(
            (self.tr("填报员(&1)"), self.tr("归口办公室(&2)"), self.tr("汇总员(&3)"))
        ):
            button = QRadioButton(text)
            self.roles.addButton(button, number)
            roles.addWidget(button)
        self.roles.button(0).setChecked(True)
        roles.addStretch(1)
        elsewhere = QPushButton(self.tr("更改…"))
        elsewhere.clicked.connect(self._choose_path)
        place = QHBoxLayout()
        place.addWidget(self.path, 1)
        place.addWidget(elsewhere)
        form = self._form = QFormLayout(box)
        form.addRow(self.tr("姓名(&N)"), self.person)
        form.addRow(self.tr("身份"), roles)
        form.addRow(labelled(self.tr("单位(&U)"), self.picker.field), self.picker)
        form.addRow(labelled(self.tr("下级单位(&X)"), self.children_picker.field), self.children_picker)
        form.setRowVisible(self.children_picker, False)
        form.addRow(labelled(self.tr("保存到(&L)"), self.path), place)
        bottom = QHBoxLayout()
        bottom.addWidget(self.said, 1)
        bottom.addWidget(self.start)
        form.addRow(bottom)
        return box

    def _open_box(self) -> QWidget:
        box = QGroupBox(self.tr("接着做：打开工作区"))
        self._no_recent = QLabel(
            self.tr(
                "还没有打开过工作区。\n已有 .zhibao 文件的，点下面的按钮打开；\n第一次使用的，在左边建立。"
            )
        )
        self._no_recent.setWordWrap(True)
        layout = QVBoxLayout(box)
        layout.addWidget(self._no_recent)
        layout.addWidget(self.recent, 1)
        layout.addStretch()
        for button in (self.remove, self.browse, self.restore):
            layout.addWidget(button)
        return box


def _bold(label: QLabel) -> QFont:
    font = label.font()
    font.setBold(True)
    return font
