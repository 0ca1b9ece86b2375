"""The check page: errors, warnings and blanks in one list, the explanation right beside them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.model.finding import item_number
from desktop.model.submission import ItemReport, ItemStatus
from desktop.workspace import FormSession
from ui.colours import Tone, tint, tone
from ui.entry.check_lines import CheckLine, Group, check_lines, left_text
from ui.entry.explanation import ExplanationEditor
from ui.entry.lines import issued_value
from ui.scrolled import Shrinkable

LIST_EM, SIDE_EM, LOW_EM = 18, 15, 6
"""Least widths of the list and what stands beside it, and least heights, in Chinese characters."""


class CheckList(QListWidget):
    """Enter goes to the place (or opens the rest of a group): it never presses the dialog's button. / and
    Space answer as they do in the sheet.
    """

    chosen = Signal(int)
    answered = Signal(int, bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, / says there is nothing, Space confirms; the rest walks."""
        if event.key() in (Qt.Key.Key_Slash, Qt.Key.Key_Space) and self.currentRow() >= 0:
            self.answered.emit(self.currentRow(), event.key() == Qt.Key.Key_Space)
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentRow() >= 0:
                self.chosen.emit(self.currentRow())
            event.accept()
            return
        super().keyPressEvent(event)


class CheckPage(Shrinkable):
    """Shows what is left of one session. `explained` carries FormChanges, `goto` an address."""

    explained = Signal(object)
    goto = Signal(str)

    def __init__(self, session: FormSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._opened: set[Group] = set()
        self._lines: tuple[CheckLine, ...] = ()
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.problems = CheckList()
        self.problems.setWordWrap(True)
        self.problems.setAccessibleName(self.tr("审核结果和待填项"))
        self.problems.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.problems.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self.editor = ExplanationEditor()
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self.go_there = QPushButton(self.tr("转到该项(&G)"))
        self.go_there.setAutoDefault(False)
        self.next = QPushButton(self.tr("下一步：送审、报出(&N)"))
        self.back = QPushButton(self.tr("返回填报"))
        self.back.setAutoDefault(False)
        self._lay_out()
        self.problems.currentRowChanged.connect(self._choose)
        self.problems.chosen.connect(self._go)
        self.problems.answered.connect(self._answer)
        self.problems.itemDoubleClicked.connect(lambda item: self._go(self.problems.row(item)))
        self.go_there.clicked.connect(lambda: self._go(self.problems.currentRow()))
        self.editor.explained.connect(self._explained)
        self.refresh()

    @property
    def lines(self) -> tuple[CheckLine, ...]:
        """What is listed."""
        return self._lines

    def refresh(self) -> None:
        """Show the session as it stands now; the place in the list stays where it was."""
        session, chosen = self._session, self.problems.currentRow()
        before = self._lines[chosen] if 0 <= chosen < len(self._lines) else None
        self._lines = check_lines(session, self._opened)
        self.problems.blockSignals(True)
        self.problems.clear()
        for line in self._lines:
            self.problems.addItem(self._listed(line))
        self.problems.blockSignals(False)
        self.problems.setCurrentRow(self._row_after(before, chosen))
        self._choose(self.problems.currentRow())
        ready = session.assessment.may_submit
        self.next.setEnabled(ready)
        tint(self.summary, Tone.GOOD if ready else Tone.WARNING)
        self.summary.setText(("✔ " if ready else "▲ ") + left_text(session))

    def focus_first(self) -> None:
        """Give the keyboard to the list, or to the button that goes on where nothing is left."""
        (self.next if self.next.isEnabled() else self.problems).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where list and explanation have no room side by side they stand one below the other."""
        super().resizeEvent(event)
        narrow = event.size().width() < self.fontMetrics().horizontalAdvance("国") * (LIST_EM + SIDE_EM + 2)
        self._split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to be turned."""
        em = self.fontMetrics().horizontalAdvance("国")
        return super().minimumSizeHint().boundedTo(QSize(em * (LIST_EM + 2), em * 1000))

    def keep_typed(self) -> None:
        """Keep what was typed as an explanation and not entered yet."""
        self.editor.keep_typed()

    def _listed(self, line: CheckLine) -> QListWidgetItem:
        item = QListWidgetItem(line.text)
        item.setForeground(tone(self.palette(), line.tone))
        if line.heading:
            font = QFont(self.font())
            font.setBold(True)
            item.setFont(font)
            item.setFlags(Qt.ItemFlag.NoItemFlags)  # arrows pass it by
            item.setBackground(self.palette().alternateBase())
        return item

    def _row_after(self, before: CheckLine | None, chosen: int) -> int:
        """The same line, else what has come into its place, else the first that leads anywhere."""
        places = [n for n, line in enumerate(self._lines) if not line.heading]
        if not places:
            return -1
        if before is not None:
            same = [
                n
                for n in places
                if (self._lines[n].group, self._lines[n].text) == (before.group, before.text)
            ]
            later = [n for n in places if n >= chosen and self._lines[n].group is before.group]
            return next(iter((*same, *later, places[0])))
        return places[0]

    @Slot(object)
    def _explained(self, change: object) -> None:
        self.explained.emit(change)
        self.refresh()
        row = self.problems.currentRow()
        asks = 0 <= row < len(self._lines) and self._lines[row].group is Group.WARNINGS
        if not (asks and self.editor.focus_first()):  # errors and blanks are put right, not explained
            self.focus_first()

    @Slot(int, bool)
    def _answer(self, row: int, confirms: bool, /) -> None:
        """无此项业务 (or 无新进展) of what is blank, or 相符 with what was issued."""
        session, line = self._session, self._lines[row]
        if session.locked or line.group not in (Group.BLANKS, Group.ITEMS):
            return
        number, form_row = item_number(line.address), session.form.row(line.address)
        if number is not None and not confirms:
            if not session.section.items.get(number, ItemReport()).blank:  # its words aren't wiped out here
                self._go(row)
                return
            change = session.set_item(number, ItemReport(ItemStatus.NO_NEWS))
            said = self.tr("任务 {name} 已记为无新进展").format(name=number)
        elif form_row is not None and not confirms:
            change = session.set_nil(line.address)
            said = self.tr("“{name}”已记为无此项业务").format(name=form_row.element.name)
        elif form_row is not None and issued_value(form_row, session) is not None:
            change = session.confirm_issued(line.address)
            said = self.tr("“{name}”已核对相符").format(name=form_row.element.name)
        else:
            return
        self.explained.emit(change)
        self.refresh()
        undone = self.tr("{said}；按错了的，回到表格按 Ctrl+Z 撤销。").format(said=said)
        self.summary.setText(f"{self.summary.text()}\n{undone}")
        self.focus_first()

    @Slot(int)
    def _choose(self, row: int) -> None:
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        finding = line.finding if line is not None else None
        self.editor.show_finding(self._session, finding)
        self.go_there.setEnabled(line is not None and bool(line.address))
        self._hint.setText(self._hint_text(line))

    def _hint_text(self, line: CheckLine | None) -> str:
        if line is None:
            return self.tr("没有要处理的内容。")
        if line.more:
            return self.tr("回车展开其余各条。")
        if line.group is Group.ERRORS:
            return self.tr("回车转到该项改正。确实无法改正的，在下面选原因、写说明，带错上报。")
        if line.group is Group.BLANKS:
            return self._blank_hint(line)
        if line.group is Group.ITEMS:
            return self.tr("回车转到该项填写；没有新进展的按 / 键。")
        if line.finding is not None:
            return self.tr("数据有误的，回车转到该项改正；属实的，在下面选原因、写说明。")
        return self.tr("回车转到该项。")

    def _blank_hint(self, line: CheckLine) -> str:
        row = self._session.form.row(line.address)
        if row is not None and issued_value(row, self._session) is not None:
            first = self.tr("与下发数相符的按空格键确认；不符的，回车转到该项填本单位的数。")
        else:
            first = self.tr("回车转到该项填写；没有这项业务的按 / 键。")
        rest = self.tr("确实填不了的，在下面选原因、写说明，带错上报。")
        return first + rest if line.finding is not None else first

    @Slot(int)
    def _go(self, row: int) -> None:
        if not 0 <= row < len(self._lines):
            return
        line = self._lines[row]
        if line.more:
            self._opened.add(line.group)
            self.refresh()
            self.problems.setCurrentRow(row)
        elif line.address:
            self.goto.emit(line.address)

    def _lay_out(self) -> None:
        side = QWidget()
        inside = QVBoxLayout(side)
        inside.addWidget(self._hint)
        inside.addWidget(self.go_there)
        inside.addWidget(self.editor)
        inside.addStretch(1)
        # on a low screen the side scrolls, instead of being squeezed until its fields overlap
        scroll = QScrollArea()
        scroll.setWidget(side)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        split = self._split
        split.addWidget(self.problems)
        split.addWidget(scroll)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        em = self.fontMetrics().horizontalAdvance("国")
        self.problems.setMinimumSize(em * LIST_EM, em * LOW_EM)
        scroll.setMinimumSize(em * SIDE_EM, em * LOW_EM)
        split.setSizes([em * 36, em * 22])
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.next)
        buttons.addWidget(self.back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.summary)
        layout.addWidget(split, 1)
        layout.addLayout(buttons)
