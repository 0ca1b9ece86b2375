"""Name and unit stay in sight while the sheet is scrolled sideways: a second, unfocusable look at the same
model, laid over the left edge. It takes no mouse and no keys, and is there only while something is scrolled.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ui.entry.columns import COLUMNS, FROZEN


class FrozenColumns(QTableView):
    """The frozen part of a table."""

    def __init__(self, sheet: QTableView) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self.setModel(sheet.model())
        self.setSelectionModel(sheet.selectionModel())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoScroll(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(sheet.verticalScrollMode())
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.hide()
        sheet.horizontalScrollBar().valueChanged.connect(self.follow)
        sheet.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        sheet.horizontalHeader().sectionResized.connect(self.follow)
        sheet.viewport().installEventFilter(self)

    def follow(self) -> None:
        """Show what is frozen if the sheet is scrolled, in the sheet's widths and place."""
        sheet = self._sheet
        scrolled = sheet.horizontalScrollBar().value() > 0
        if not scrolled:
            self.hide()
            return
        for column in range(COLUMNS):
            self.setColumnHidden(column, column not in FROZEN or sheet.isColumnHidden(column))
        for column in FROZEN:
            if not sheet.isColumnHidden(column):
                self.setColumnWidth(column, sheet.columnWidth(column))
        self.verticalHeader().setDefaultSectionSize(sheet.verticalHeader().defaultSectionSize())
        for row in range(self.model().rowCount()):
            if self.isRowHidden(row) != sheet.isRowHidden(row):
                self.setRowHidden(row, sheet.isRowHidden(row))
        self.horizontalHeader().setFixedHeight(sheet.horizontalHeader().height())
        shown = [column for column in FROZEN if not sheet.isColumnHidden(column)]
        frame, port = sheet.frameWidth(), sheet.viewport()
        width = min(sum(sheet.columnWidth(column) for column in shown), port.width() * 2 // 3)
        self.setGeometry(frame, frame, width, port.height() + sheet.horizontalHeader().height())
        self.show()
        self.raise_()
        self.verticalScrollBar().setValue(sheet.verticalScrollBar().value())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The sheet's size changed."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.follow()
        return super().eventFilter(watched, event)
