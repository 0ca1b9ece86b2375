"""退回: what is wrong, at which places, and by when the next revision is due."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.model.plan import Plan
from desktop.model.submission import Submission
from desktop.workspace import ReturnComment, ToReturn
from ui.consolidation.place_model import COL_COMMENT, PlaceModel
from ui.fitted_columns import FittedColumns
from ui.forms import room_for
from ui.scrolled import scrolled

SIZE_EM = (74, 46)
WEIGHTS = (2, 2, 5)
ROW_PADDING = 10
DAYS = 5
"""Usually so many days are given."""


class ReturnDialog(QDialog):
    """Asks what goes back to a unit; `wanted` is the answer. Nothing is written here.

    `given` are comments that stand there from the start: on explanations that weren't agreed to.
    """

    def __init__(
        self,
        submission: Submission,
        digest: str,
        plan: Plan,
        today: datetime.date,
        parent: QWidget,
        given: Sequence[ReturnComment] = (),
    ) -> None:
        super().__init__(parent)
        self._digest = digest
        unit = plan.unit(submission.unit)
        self.setWindowTitle(
            self.tr("退回：{unit} {period} 第 {n} 版").format(
                unit=unit.short_name, period=submission.period.label, n=submission.revision
            )
        )
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(room_for(self, *SIZE_EM))
        self.comment = QPlainTextEdit()
        self.comment.setAccessibleName(self.tr("退回意见"))
        self.comment.setPlaceholderText(self.tr("总的意见：哪里不对，要怎样改。必填。"))
        self.comment.setTabChangesFocus(True)
        self.places = PlaceModel(submission, plan, self, given)
        self.table = QTableView()
        self.table.setModel(self.places)
        self.table.setAccessibleName(self.tr("逐处意见"))
        self.dated = QCheckBox(self.tr("重报期限(&L)"))
        self.dated.setChecked(True)
        self.day = QDateEdit(QDate(today.year, today.month, today.day).addDays(DAYS))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName(self.tr("重报期限"))
        self.said = QLabel()
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton(self.tr("写出退回通知(&W)"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self._connect()
        self._follow()

    @property
    def wanted(self) -> ToReturn:
        """The comments and the day."""
        day = self.day.date()
        deadline = datetime.date(day.year(), day.month(), day.day()) if self.dated.isChecked() else None
        return ToReturn(
            self.comment.toPlainText().strip(), self.places.comments, deadline, digest=self._digest
        )

    def _follow(self) -> None:
        said = bool(self.comment.toPlainText().strip())
        self.go.setEnabled(said)
        wanted = "" if said else self.tr("请先写总的退回意见。")
        self.go.setToolTip(wanted)
        counted = self.tr("已写 {n} 处意见。").format(n=len(self.places.comments))
        self.said.setText(wanted or counted)
        self.day.setEnabled(self.dated.isChecked())

    def _connect(self) -> None:
        self.comment.textChanged.connect(self._follow)
        self.places.dataChanged.connect(self._follow)
        self.dated.toggled.connect(self._follow)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        self.comment.setFixedHeight(self.fontMetrics().height() * 3)
        table = self.table
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        table.setEditTriggers(
            trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked | trigger.SelectedClicked
        )
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + ROW_PADDING)
        table.horizontalHeader().setHighlightSections(False)
        table.setMinimumHeight(table.fontMetrics().height() * 7)
        FittedColumns(table, WEIGHTS)
        table.setCurrentIndex(self.places.index(0, COL_COMMENT))
        until = QHBoxLayout()
        until.addWidget(self.dated)
        until.addWidget(self.day)
        until.addWidget(self.said, 1)
        self.said.setWordWrap(True)
        how = QLabel(self.tr("逐处意见：在右边一格直接输入；对方打开通知时，意见钉在同一处。"))
        how.setWordWrap(True)
        content = QVBoxLayout()
        content.addWidget(self.comment)
        content.addWidget(how)
        content.addWidget(table, 1)
        content.addLayout(until)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolled(content), 1)
        layout.addWidget(self.buttons)
