"""The part that the consolidator's dialogs about totals share: a table, a line below it, keys that work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLayout, QTableView, QVBoxLayout, QWidget

from desktop.errors import ZhibaoError
from ui.consolidation.row_line import RowLine
from ui.consolidation.text_table import TextColumn, TextTable, text_view
from ui.error_reporting import show_fault
from ui.forms import room_for
from ui.scrolled import scrolled


class DecisionDialog(QDialog):
    """A table of things to decide on; what is decided is kept at once, and the table follows.

    `decided` says whether anything was, `empty` what to do next where there is nothing to decide on.
    """

    def __init__(
        self,
        title: str,
        columns: Sequence[TextColumn],
        size_em: tuple[int, int],
        parent: QWidget,
        *,
        empty: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.decided = False
        self.head = QLabel()
        self.head.setWordWrap(True)
        self.rows = TextTable(columns, self)
        self.table: QTableView = text_view(self.rows, title, empty)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.close_button = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        self.close_button.setText(self.tr("关闭"))
        self.close_button.setAutoDefault(False)
        self.buttons.rejected.connect(self.reject)
        self.resize(room_for(self, *size_em))

    def lay_out(self, *below: QWidget | QLayout) -> None:
        """Head, table, what is below it, and the buttons."""
        content = QVBoxLayout()
        content.addWidget(self.head)
        content.addWidget(self.table, 1)
        content.addWidget(RowLine(self.table))
        for part in below:
            if isinstance(part, QLayout):
                content.addLayout(part)
            else:
                content.addWidget(part)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled(content), 1)
        layout.addWidget(self.buttons)

    @property
    def current(self) -> int:
        """The row chosen; −1 for none."""
        return self.table.currentIndex().row()

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that may be refused; a refusal is shown, and false comes back."""
        try:
            act()
        except ZhibaoError as fault:
            show_fault(self, fault)
            return False
        self.decided = True
        return True

    def stay_at(self, row: int) -> None:
        """Choose a row after the table was filled anew, and give it the keyboard."""
        last = self.rows.rowCount() - 1
        if last >= 0:
            self.table.selectRow(min(max(row, 0), last))
            self.table.setFocus()
        else:
            self.close_button.setFocus()
