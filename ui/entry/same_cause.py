"""The list of other findings that the same explanation may answer, to be ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.model.catalogue import message
from desktop.workspace import FormSession, Offer

MOST_ROWS = 4
PADDING = 4
KEY = int(Qt.ItemDataRole.UserRole)


class SameCause(QWidget):
    """Ticks findings of one cause; those the explanation answers already come ticked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("同一原因的，一并说明（空格勾选）"))
        title.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("一并说明的审核结果"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(title)
        layout.addWidget(self.list)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The keys of the findings that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(str(item.data(KEY)) for item in items if item.checkState() is Qt.CheckState.Checked)

    def show_offers(self, session: FormSession, offers: Sequence[Offer], *, kept: Sequence[str] = ()) -> None:
        """Bring the findings on offer; `kept` were ticked before and stay so."""
        self.list.blockSignals(True)
        self.list.clear()
        for offer in offers:
            item = QListWidgetItem(self._text(session, offer))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = offer.joined or offer.finding.key in kept
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            item.setData(KEY, offer.finding.key)
            item.setToolTip(message(offer.finding))
            self.list.addItem(item)
        if offers:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        height = self.fontMetrics().height() + PADDING
        self.list.setFixedHeight(min(len(offers), MOST_ROWS) * height + 2 * self.list.frameWidth() + PADDING)
        self.setVisible(bool(offers))

    def _text(self, session: FormSession, offer: Offer) -> str:
        sentence = message(offer.finding)
        name = session.plan.element(offer.finding.address).name if self._named(session, offer) else ""
        # the name leads every sentence; said once, there is room for what differs
        told = sentence.removeprefix(name).lstrip("：，")
        mark = self.tr("疑同因·") if offer.likely and not offer.joined else ""
        return f"{mark}{name}　{told}" if name else f"{mark}{sentence}"

    def _named(self, session: FormSession, offer: Offer) -> bool:
        return session.plan.has_element(offer.finding.address)
