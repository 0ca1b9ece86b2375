"""The form's first sight: Qt's own table shows it and takes keys while the rest of the window is being made.

A model or a view in Python needs Qt's namespace of constants, 17 ms, and the window around the sheet some 60.
What is typed goes on in the sheet that takes this one's place; any key but text brings that at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QWidget

from desktop.errors import ZhibaoError
from desktop.model.form import FormRow
from desktop.workspace import FormSession, Workspace
from desktop.workspace.form.sheet_layout import SheetLayout, section_key
from ui.entry.columns import COL_CURRENT, NUMBER_COLUMNS, laid_out, titles
from ui.entry.figure_cells import CellTexts, Header, Line, RatioLine, Row, lines_of
from ui.entry.lines import can_type, header_text, is_left, section_title
from ui.entry.looks import Looks
from ui.entry.viewport import own_viewport
from ui.i18n import translate
from ui.rows import fit_rows

if TYPE_CHECKING:
    from ui.entry.figure_view import FigureView
    from ui.entry.form_page import FormPage

# numbers, to do without the namespace; a test compares them
BACKGROUND_ROLE, FOREGROUND_ROLE, ALIGNMENT_ROLE = 8, 9, 7  # of Qt.ItemDataRole
TO_THE_RIGHT = 0x82  # AlignRight | AlignVCenter
ANY_MODIFIER = 0x1C000000  # Control, Alt, Meta in a QKeyCombination

SAID_BY_KEYS = " /"
"""These are answers, not text: 相符 and 无此项业务."""


def first_sight(workspace: Workspace, window: QWidget) -> FirstSight | None:
    """The form that a workspace opens with, where its sheet will be; None where there is no sheet."""
    units = workspace.own_units
    try:
        session = workspace.form(units[0].id, workspace.default_period()) if units else None
    except ZhibaoError:  # said where the form is opened for good
        return None
    if session is None or not session.form.rows:
        return None
    session.postpone()
    return FirstSight(session, SheetLayout.load(), window)


class FirstSight(QTableView):
    """Shows a session as the sheet will. `over` comes once: after the first painting, or with a key that is
    for the sheet itself.
    """

    over = Signal()

    def __init__(self, session: FormSession, layout: SheetLayout, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._layout = layout
        self._lines = lines_of(session)
        self._painted = self._ended = self._left_field = False
        self._address = ""
        self._text: str | None = None
        self._heir: QWidget | None = None
        self._dress()
        self.setGeometry(self._place(window))
        self._fill()
        self._go_to_first()
        self.show()
        self.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first time is what all this is for."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Text opens the field; everything else is for the sheet."""
        text, plain = event.text(), not event.keyCombination().toCombined() & ANY_MODIFIER
        if text and text.isprintable() and text not in SAID_BY_KEYS and plain:
            super().keyPressEvent(event)
            editor = self.findChild(QLineEdit)
            if editor is not None:  # Qt's own way is to leave the field later, after keys that wait
                editor.returnPressed.connect(self._leave)
            return
        self.end()
        if self._heir is not None:
            QCoreApplication.sendEvent(self._heir, event)

    def commitData(self, editor: QWidget) -> None:
        """The field was left: the sheet knows what to make of it, and where to go."""
        if isinstance(editor, QLineEdit):
            self._leave()

    def go_to(self, element: str) -> None:
        """To the field of an element."""
        lines = enumerate(self._lines)
        self._go_to_row(
            next(n for n, line in lines if isinstance(line, FormRow) and line.element.id == element)
        )

    def hand_over(self, page: FormPage) -> None:
        """Let the sheet go on: the same row, and what stands in its field."""
        from ui.entry.cell_delegate import type_on

        self._heir = page.view
        if self._address:
            page.view.show_address(self._address)
        if self._text is not None:
            type_on(page.view, self._text, leave=self._left_field)
        self.put_away()

    def put_away(self) -> None:
        """The sheet is there, or there is nothing to show after all."""
        self.hide()
        self.deleteLater()

    @Slot()
    def _leave(self) -> None:
        if not self._ended:
            self._left_field = True
            self.end()

    @Slot()
    def end(self) -> None:
        """Bring what takes this one's place."""
        if self._ended:
            return
        QGuiApplication.inputMethod().commit()
        self._ended = True
        row = self._lines[self.currentIndex().row()] if self.currentIndex().isValid() else None
        if isinstance(row, FormRow):
            editor = self.findChild(QLineEdit)
            self._address = row.element.id
            self._text = editor.text() if editor is not None else None
        self.over.emit()

    def _dress(self) -> None:
        self.setFont(QGuiApplication.font())  # the window hears of another size of type only later
        self.setViewport(own_viewport())
        self.setAccessibleName(translate("FigureView", "指标填报表"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        fit_rows(self)

    def _fill(self) -> None:
        character = max(self.fontMetrics().horizontalAdvance("国"), 1)
        widths = laid_out(self._layout, self._room(), character)
        columns = sorted(widths)
        model = QStandardItemModel(len(self._lines), len(columns), self)
        model.setHorizontalHeaderLabels([titles()[column] for column in columns])
        cells, looks = CellTexts(self._session), Looks()
        for number, line in enumerate(self._lines):
            if isinstance(line, Header):
                title = section_title(line.section, self._session)
                model.setItem(number, 0, _header(header_text(title, folded=self._is_folded(line)), looks))
                continue
            for place, column in enumerate(columns):
                model.setItem(number, place, _item(line, column, self._session, cells, looks))
        self.setModel(model)
        self._current = columns.index(COL_CURRENT)
        for place, column in enumerate(columns):
            self.setColumnWidth(place, widths[column])
        for number, line in enumerate(self._lines):
            if isinstance(line, Header):
                self.setSpan(number, 0, 1, len(columns))
            elif self._is_folded(line):
                self.hideRow(number)

    def _place(self, window: QWidget) -> QRect:
        """Where the sheet was last time in a window of this size, else where it is likely to be."""
        width, height, kept = window.width(), window.height(), self._layout.place
        if kept[4:] == [width, height]:
            return QRect(*kept[:4])
        return QRect(6, self.fontMetrics().height() * 5, width * 7 // 10, height * 7 // 10)

    def _room(self) -> int:
        """The width for columns, without the scroll bar that a long form has."""
        size = self.maximumViewportSize()
        rows = sum(isinstance(line, Header) or not self._is_folded(line) for line in self._lines)
        needed = (
            rows * self.verticalHeader().defaultSectionSize() + self.horizontalHeader().sizeHint().height()
        )
        return size.width() - (self.verticalScrollBar().sizeHint().width() if needed > size.height() else 0)

    def _go_to_first(self) -> None:
        """Where the sheet begins: the first field in sight that is still to do, else the first."""
        due = [
            (number, line)
            for number, line in enumerate(self._lines)
            if isinstance(line, FormRow) and line.due and not self._is_folded(line)
        ]
        left = [number for number, line in due if is_left(line, self._session)]
        for row in (left or [number for number, _ in due])[:1]:
            self._go_to_row(row)

    def _go_to_row(self, row: int) -> None:
        index = self.model().index(row, self._current)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _is_folded(self, line: Line) -> bool:
        match line:
            case Header():
                category = line.section.category
            case RatioLine():
                category = line.category
            case _:
                category = line.element.category
        return section_key(self._session.plan.id, category) in self._layout.folded


def keep_place(view: FigureView, window: QWidget) -> None:
    """Remember where the sheet is in its window: the next start shows it there first."""
    if not view.isVisible():
        return
    corner = view.mapTo(window, QPoint(0, 0))
    place = [corner.x(), corner.y(), view.width(), view.height(), window.width(), window.height()]
    if place != view.kept.place:
        view.kept.place = place
        view.kept.save()


def _header(text: str, looks: Looks) -> QStandardItem:
    item = _fixed(QStandardItem(text))
    item.setData(looks.header, BACKGROUND_ROLE)
    item.setFont(looks.bold)
    return item


def _fixed(item: QStandardItem) -> QStandardItem:
    """Make an item one where nothing is typed, without looking like something that can't be used."""
    item.setEnabled(False)
    item.setData(QGuiApplication.palette().text(), FOREGROUND_ROLE)
    return item


def _item(row: Row, column: int, session: FormSession, cells: CellTexts, looks: Looks) -> QStandardItem:
    item = QStandardItem(cells.text(row, column))
    if column != COL_CURRENT or not isinstance(row, FormRow) or not can_type(row, session):
        _fixed(item)
    colour, ground = looks.foreground(row, column, session, cells), looks.background(row, column, session)
    if colour is not None:
        item.setData(colour, FOREGROUND_ROLE)
    if ground is not None:
        item.setData(ground, BACKGROUND_ROLE)
    if column == COL_CURRENT:
        item.setFont(looks.font(row, session))
    if column in NUMBER_COLUMNS:
        item.setData(TO_THE_RIGHT, ALIGNMENT_ROLE)
    return item
