"""The list of other findings that the same explanation may answer, to be ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.model.catalogue import message
from desktop.workspace import FormSession

if TYPE_CHECKING:
    from desktop.workspace import Offer

MOST_ROWS = 4
KEY = int(Qt.ItemDataRole.UserRole)


class _Ticks(QListWidget):
    """A list that shows its current row only while it has the keyboard."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is current for those who look elsewhere."""
        super().focusOutEvent(event)
        self.setCurrentRow(-1)


class SameCause(QWidget):
    """Ticks findings of one cause; those the explanation answers already come ticked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        self.title.setWordWrap(True)
        self.list = _Ticks()
        self.list.setAccessibleName(self.tr("一并说明的审核结果"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(self._count)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addWidget(self.list)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The keys of the findings that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(str(item.data(KEY)) for item in items if item.checkState() is Qt.CheckState.Checked)

    def show_offers(self, session: FormSession, offers: Sequence[Offer], *, kept: Sequence[str] = ()) -> None:
        """Bring the findings on offer; `kept` were ticked before and stay so."""
        current = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for offer in offers:
            alone = sum(o.finding.address == offer.finding.address for o in offers) == 1
            item = QListWidgetItem(self._text(session, offer, alone=alone))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = offer.joined or offer.finding.key in kept
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            item.setData(KEY, offer.finding.key)
            item.setToolTip(message(offer.finding))
            self.list.addItem(item)
        if self.list.hasFocus():
            self.list.setCurrentRow(min(max(current, 0), len(offers) - 1))
        self.list.blockSignals(False)
        self._count()
        rows = min(len(offers), MOST_ROWS)
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 0) + 2 * self.list.frameWidth())
        self.setVisible(bool(offers))

    @Slot()
    def _count(self) -> None:
        """How many are on offer, and how many go along."""
        title = self.tr("可能同一原因的还有 {n} 条，空格勾选一并说明（已勾 {ticked} 条）")
        self.title.setText(title.format(n=self.list.count(), ticked=len(self.ticked)))

    def _text(self, session: FormSession, offer: Offer, *, alone: bool) -> str:
        """The element's name; the whole sentence where that doesn't say which finding it is."""
        named = alone and session.plan.has_element(offer.finding.address)
        return session.plan.element(offer.finding.address).name if named else message(offer.finding)
