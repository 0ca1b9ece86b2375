"""Finding one's unit: by any of its names or by pinyin initials, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.model.plan import Plan
from desktop.model.unit import Unit

UNIT_ROLE = Qt.ItemDataRole.UserRole
NO_MATCH = 9
LEAST_ROWS = 4


def rank(unit: Unit, text: str) -> int:
    """How well a unit answers a search, 0 best, NO_MATCH not at all; an empty search finds all."""
    wanted = text.strip().lower()
    names = [name.lower() for name in unit.names]
    initials = unit.initials.lower()
    tests = (
        not wanted or wanted in (initials, unit.id.lower()) or wanted in names,
        initials.startswith(wanted) or any(name.startswith(wanted) for name in names),
        any(wanted in name for name in names),
        wanted in initials,
    )
    return next((number for number, holds in enumerate(tests) if holds), NO_MATCH)


def search(units: Sequence[Unit], text: str) -> tuple[Unit, ...]:
    """The units that answer a search, best first, else in the plan's order."""
    ranked = sorted(((rank(unit, text), number) for number, unit in enumerate(units)))
    return tuple(units[number] for points, number in ranked if points < NO_MATCH)


class SearchField(QLineEdit):
    """A field whose arrow keys walk in the list below it."""

    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk in the list; the rest is typing."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.walked.emit(step)


class ShortList(QListWidget):
    """Asks for a few rows and takes what room there is: pages with several lists fit on low screens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # it would take a row

    def sizeHint(self) -> QSize:
        """A few rows."""
        least = self.fontMetrics().lineSpacing() * LEAST_ROWS + 2 * self.frameWidth()
        return QSize(super().sizeHint().width(), least)


class UnitPicker(QWidget):
    """A search field above a list. `picked` carries the Unit under the cursor, `accepted` is Enter."""

    picked = Signal(object)
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self.field = SearchField()
        self.field.setAccessibleName(self.tr("查找单位"))
        self.field.setClearButtonEnabled(True)
        self.list = ShortList()
        self.list.setMinimumHeight(self.fontMetrics().lineSpacing() * LEAST_ROWS)
        self.list.setAccessibleName(self.tr("单位列表"))
        self.list.setUniformItemSizes(True)
        self._none = QLabel(self.tr("没有找到这个单位，请换一个名称或首字母。"))
        self._none.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.field)
        layout.addWidget(self._none)
        layout.addWidget(self.list, 1)
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._search)
        self.field.walked.connect(self._walk)
        self.field.returnPressed.connect(self._accept)
        self.list.itemActivated.connect(self._accept)
        self.list.currentItemChanged.connect(lambda: self.picked.emit(self.unit))

    @property
    def unit(self) -> Unit | None:
        """The unit under the cursor."""
        if self._plan is None or self.list.currentRow() < 0:
            return None
        return self._plan.unit(self.list.currentItem().data(UNIT_ROLE))

    def set_plan(self, plan: Plan) -> None:
        """Show the units of a plan."""
        self._plan = plan
        example = self.tr("，如 {initials}").format(initials=plan.units[0].initials) if plan.units else ""
        self.field.setPlaceholderText(self.tr("单位名称或拼音首字母") + example)
        self._search(self.field.text())

    def pick(self, unit: str) -> None:
        """Put the cursor on a unit."""
        self.field.clear()
        for row in range(self.list.count()):
            if self.list.item(row).data(UNIT_ROLE) == unit:
                self.list.setCurrentRow(row)

    def _search(self, text: str) -> None:
        if self._plan is None:
            return
        self.list.clear()
        for unit in search(self._plan.units, text):
            name = unit.short_name if unit.short_name == unit.name else f"{unit.short_name}　{unit.name}"
            item = QListWidgetItem(f"{name}（{self._plan.kind_label(unit.kind)}）")
            item.setData(UNIT_ROLE, unit.id)
            item.setToolTip("、".join(unit.names))
            self.list.addItem(item)
        self._none.setVisible(self.list.count() == 0)
        if text.strip() and self.list.count():
            self.list.setCurrentRow(0)
        else:
            self.picked.emit(self.unit)

    def _walk(self, step: int) -> None:
        row = min(max(self.list.currentRow() + step, 0), self.list.count() - 1)
        self.list.setCurrentRow(row)

    def _accept(self) -> None:
        if self.unit is None and self.list.count():
            self.list.setCurrentRow(0)
        if self.unit is not None:
            self.accepted.emit()
