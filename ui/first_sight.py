"""The form's first sight: Qt's own table shows it and takes keys while the rest of the window is being made.

A model or a view in Python needs Qt's namespace of constants, 17 ms, and the window around the sheet some 60.
What is typed goes on in the sheet that takes this one's place; any key but text brings that at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QTimer, Signal, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTableView,
    QWidget,
)

from desktop.errors import ZhibaoError
from desktop.workspace.form.sheet_layout import SheetLayout, section_key
from ui.entry.columns import COL_CURRENT, NUMBER_COLUMNS, laid_out, titles
from ui.entry.looks import Looks
from ui.entry.sheet_picture import Mark, PictureLine, SheetPicture, header_text, picture_from
from ui.entry.viewport import own_viewport
from ui.i18n import translate
from ui.rows import fit_rows

if TYPE_CHECKING:
    from desktop.workspace import HeldFile, Workspace
    from ui.entry.figure_view import FigureView
    from ui.entry.form_page import FormPage

# numbers, to do without the namespace; a test compares them
BACKGROUND_ROLE, FOREGROUND_ROLE, ALIGNMENT_ROLE = 8, 9, 7  # of Qt.ItemDataRole
TO_THE_RIGHT = 0x82  # AlignRight | AlignVCenter
NO_BAR = 1  # of Qt.ScrollBarPolicy
ANY_MODIFIER = 0x1C000000  # Control, Alt, Meta in a QKeyCombination
HELD_ONLY = range(0x1000020, 0x1000027)
"""Keys of Qt.Key that do nothing alone, from Shift to ScrollLock."""

SAID_BY_KEYS = " /"
"""These are answers, not text: 相符 and 无此项业务."""


def kept_sight(held: HeldFile, window: QWidget) -> FirstSight | None:
    """The form that a workspace opens with as it was when the window was closed; None if it isn't so now."""
    drawn = held.sight()
    picture = None if drawn is None else picture_from(drawn)
    return None if picture is None else FirstSight(picture, SheetLayout.load(), window, judged=True)


def first_sight(workspace: Workspace, window: QWidget) -> FirstSight | None:
    """The form that a workspace opens with, where its sheet will be; None where there is no sheet, or who is
    working is asked first.
    """
    units = workspace.own_units
    try:
        session = workspace.form(units[0].id, workspace.default_period()) if units else None
    except ZhibaoError:  # said where the form is opened for good
        return None
    if session is None or not session.form.rows or workspace.asks_who:
        return None
    from ui.entry.picturing import picture_of

    session.postpone()
    return FirstSight(picture_of(session), SheetLayout.load(), window)


class FirstSight(QTableView):
    """Shows the picture of a form as the sheet will; `judged` if it shows what the rules have found, too.

    `over` comes once: after the first painting, or with a key that is for the sheet itself.
    """

    over = Signal()

    def __init__(
        self, picture: SheetPicture, layout: SheetLayout, window: QWidget, *, judged: bool = False
    ) -> None:
        super().__init__(window)
        self._picture = picture
        self._judged = judged
        self._layout = layout
        self._painted = self._ended = False
        self._address = ""
        self._typed: tuple[str, int, int] | None = None
        self._heir: FigureView | None = None
        self._take_key: Callable[[QKeyEvent], bool] | None = None
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
            self._watch()
        elif event.key() not in HELD_ONLY:
            self._pass_on(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """An input method opens the field too; what it gives without having composed it isn't lost."""
        opened = self._editor is not None
        super().inputMethodEvent(event)
        if not opened:
            from ui.entry.cell_delegate import type_over

            type_over(self, event)
            self._watch()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What was typed stays where it was typed; the sheet goes to the row, or folds the section."""
        row = self.indexAt(event.position().toPoint()).row()
        self.end()
        if self._heir is None or not 0 <= row < len(self._picture.lines):
            return
        line = self._picture.lines[row]
        if line.is_header:
            self._heir.folding.toggle(row)
        elif line.element:
            self._heir.show_address(line.element)

    def commitData(self, _editor: QWidget) -> None:
        """The picture takes nothing."""

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Esc gives up what was typed; however else the field is left, the text goes into the sheet."""
        if hint is not QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self.end()
        elif not self._ended:
            super().closeEditor(editor, hint)

    def go_to(self, element: str) -> None:
        """To the field of an element."""
        lines = enumerate(self._picture.lines)
        self._go_to_row(next(number for number, line in lines if line.element == element))

    def hand_over(self, page: FormPage, take_key: Callable[[QKeyEvent], bool]) -> None:
        """Let the sheet go on: the same row, and what stands in its field; `take_key` does what a key stands
        for in the menus.
        """
        from ui.entry.cell_delegate import type_on

        self._heir, self._take_key = page.view, take_key
        if self._judged:  # else what was found would vanish and come back
            page.settle()
        if self._address and self._is_of(page) and page.view.show_address(self._address):
            if self._typed is not None:
                type_on(page.view, *self._typed)
        elif self._typed is not None:
            said = translate("FirstSight", "刚才输入的“{text}”没有填入，请重新输入。")
            page.said.emit(said.format(text=self._typed[0]))
        self.raise_()  # until everything around the sheet is laid out and painted: else the window blinks
        QTimer.singleShot(0, self._give_way)

    def _is_of(self, page: FormPage) -> bool:
        """Whether the page shows the form of the picture."""
        if page.session is None:
            return False
        form, picture = page.session.form, self._picture
        shown = (page.session.plan.id, form.unit.id, str(form.period))
        return shown == (picture.plan, picture.unit, picture.period)

    @Slot()
    def _give_way(self) -> None:
        """The sheet has its place now, and shows the rows that were seen."""
        if self._heir is not None:
            self._heir.verticalScrollBar().setValue(self.verticalScrollBar().value())
            self._heir.scrollTo(self._heir.currentIndex())
        self.put_away()

    def put_away(self) -> None:
        """The sheet is there, or there is nothing to show after all."""
        self.hide()
        self.deleteLater()

    @Slot()
    def end(self) -> None:
        """Bring what takes this one's place."""
        if self._ended:
            return
        QGuiApplication.inputMethod().commit()
        self._ended = True
        if self.currentIndex().isValid():
            editor = self._editor
            self._address = self._picture.lines[self.currentIndex().row()].element
            if editor is not None and editor.text():  # else something was composed and not given
                selected = len(editor.selectedText())
                cursor = editor.selectionStart() if selected else editor.cursorPosition()
                self._typed = editor.text(), cursor, selected
        self.over.emit()

    @property
    def _editor(self) -> QLineEdit | None:
        """The open field; one that was given up may not be gone yet."""
        editor = self.indexWidget(self.currentIndex())
        return editor if isinstance(editor, QLineEdit) else None

    def _watch(self) -> None:
        """Qt's own way is to leave the field later, after keys that wait."""
        if not self._ended and self._editor is not None:
            from ui.entry.leaving_keys import LeavingKeys

            self._editor.installEventFilter(LeavingKeys(self._editor, self._pass_on))

    def _pass_on(self, event: QKeyEvent) -> None:
        """Let the sheet take a key that came first here."""
        if self._ended:
            return
        self.end()
        heir = self._heir
        if heir is not None and not (self._take_key and self._take_key(event)):
            field = heir.indexWidget(heir.currentIndex())
            QCoreApplication.sendEvent(field if isinstance(field, QLineEdit) else heir, event)

    def _dress(self) -> None:
        self.setFont(QGuiApplication.font())  # the window hears of another size of type only later
        self.setViewport(own_viewport())
        self.setAccessibleName(translate("FigureView", "指标填报表"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        for bar in ("verticalScrollBarPolicy", "horizontalScrollBarPolicy"):
            self.setProperty(bar, NO_BAR)  # Fusion paints bars in threads and waits for them: 8 ms
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
        lines, looks = self._picture.lines, Looks()
        model = QStandardItemModel(len(lines), len(columns), self)
        model.setHorizontalHeaderLabels([titles()[column] for column in columns])
        for number, line in enumerate(lines):
            if line.is_header:
                title = header_text(line.texts[0], folded=self._is_folded(line))
                model.setItem(number, 0, _header(title, looks))
                continue
            for place, column in enumerate(columns):
                model.setItem(number, place, _item(line, column, looks))
        self.setModel(model)
        self._current = columns.index(COL_CURRENT)
        for place, column in enumerate(columns):
            self.setColumnWidth(place, widths[column])
        for number, line in enumerate(lines):
            if line.is_header:
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
        rows = sum(line.is_header or not self._is_folded(line) for line in self._picture.lines)
        needed = (
            rows * self.verticalHeader().defaultSectionSize() + self.horizontalHeader().sizeHint().height()
        )
        return size.width() - (self.verticalScrollBar().sizeHint().width() if needed > size.height() else 0)

    def _go_to_first(self) -> None:
        """Where the sheet begins: the first field in sight that is still to do, else the first."""
        due = [
            (number, line)
            for number, line in enumerate(self._picture.lines)
            if Mark.DUE in line.marks and not self._is_folded(line)
        ]
        left = [number for number, line in due if Mark.LEFT in line.marks]
        for row in (left or [number for number, _ in due])[:1]:
            self._go_to_row(row)

    def _go_to_row(self, row: int) -> None:
        index = self.model().index(row, self._current)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _is_folded(self, line: PictureLine) -> bool:
        return section_key(self._picture.plan, line.category) in self._layout.folded


def keep_place(view: FigureView, window: QWidget) -> None:
    """Remember where the sheet is in its window: the next start shows it there first."""
    if not view.isVisible():
        return
    corner = view.mapTo(window, QPoint(0, 0))
    place = [corner.x(), corner.y(), view.width(), view.height(), window.width(), window.height()]
    if place != view.kept.place:
        view.kept.place = place
        view.kept.save()


def keep_sight(workspace: Workspace, page: FormPage) -> None:
    """Keep what the sheet shows, for the next start; where it can't be written, that start takes longer.

    A form whose rules haven't run yet isn't kept.
    """
    session = page.session
    if session is None or session.postponed or not session.form.rows:
        return
    from ui.entry.picturing import picture_of

    page.leave()
    try:
        workspace.keep_sight(session, picture_of(session).plain())
    except ZhibaoError:
        return


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


def _item(line: PictureLine, column: int, looks: Looks) -> QStandardItem:
    item = QStandardItem(line.texts[column])
    if column != COL_CURRENT or Mark.TYPED not in line.marks:
        _fixed(item)
    colour = looks.colour(line.tones[column])
    if colour is not None:
        item.setData(colour, FOREGROUND_ROLE)
    if column == COL_CURRENT:
        item.setFont(looks.slanted if Mark.SLANTED in line.marks else looks.upright)
        if Mark.FIELD in line.marks:
            item.setData(looks.field, BACKGROUND_ROLE)
    if column in NUMBER_COLUMNS:
        item.setData(TO_THE_RIGHT, ALIGNMENT_ROLE)
    return item
