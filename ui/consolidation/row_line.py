"""The texts of the row chosen that its columns are too narrow for: who has no mouse sees no tool tip."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QTableView


class RowLine(QLabel):
    """Follows the current row of one table; it is there only while something is cut."""

    def __init__(self, view: QTableView) -> None:
        super().__init__()
        self._view = view
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()
        view.selectionModel().currentChanged.connect(self.follow)
        view.model().modelReset.connect(self.follow)
        view.model().dataChanged.connect(self.follow)
        view.horizontalHeader().sectionResized.connect(self.follow)

    @Slot()
    def follow(self) -> None:
        """Say what is cut."""
        said = "　".join(self._cut())
        self.setText(said)
        self.setVisible(bool(said))

    def _cut(self) -> list[str]:
        view, row = self._view, self._view.currentIndex().row()
        model, found = view.model(), []
        for column in range(model.columnCount()):
            index = model.index(row, column)
            text = str(index.data() or "")
            if text and not view.isColumnHidden(column):
                wanted = view.sizeHintForIndex(index).width()
                if wanted > view.columnWidth(column):
                    title = model.headerData(column, Qt.Orientation.Horizontal)
                    found.append(f"{title}：{text}")
        return found
