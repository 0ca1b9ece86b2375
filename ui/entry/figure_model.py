"""The table of figures: a thin adapter of one form session. It returns formatted texts only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.model.catalogue import message
from desktop.model.form import FormRow
from desktop.model.submission import BLANK, FigureState
from desktop.workspace import NIL_TEXT, FormChange, FormSession
from ui.entry.cell_tones import is_field, is_slanted, tone_of
from ui.entry.columns import (
    COL_CURRENT,
    COL_NAME,
    COL_PREVIOUS,
    COL_REMARK,
    COL_UNIT,
    COLUMNS,
    NUMBER_COLUMNS,
    titles,
)
from ui.entry.figure_cells import CellTexts, Header, Line, RatioLine, Row, lines_of, typed_text
from ui.entry.lines import can_type, is_left, section_title
from ui.entry.looks import Looks
from ui.entry.sheet_picture import header_text

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ALIGN_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ALIGN_TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_ANSWERED = frozenset(
    (
        *(Role.DisplayRole, Role.EditRole, Role.ToolTipRole, Role.AccessibleTextRole),
        *(Role.TextAlignmentRole, Role.ForegroundRole, Role.BackgroundRole, Role.FontRole),
    )
)
"""Views ask each cell for more roles than these, at every repaint."""


class FigureModel(QAbstractTableModel):
    """Lines of a form: a header for each section, then its rows and computed ratios. `edited` carries the
    FormChange, `folded` the category whose section was folded or unfolded.
    """

    edited = Signal(object)
    folded = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: FormSession | None = None
        self._lines: tuple[Line, ...] = ()
        self._places: dict[str, int] = {}
        self._titles: dict[str, str] = {}
        self._folded: set[str] = set()
        self._cells = CellTexts(None)
        self._looks = Looks()

    def dress(self) -> None:
        """Take over the palette and font as they are now."""
        self._looks = Looks()

    @property
    def session(self) -> FormSession | None:
        """The form shown."""
        return self._session

    def set_session(self, session: FormSession | None, folded: Iterable[str] = ()) -> None:
        """Show another form; `folded` are the categories whose sections begin folded."""
        self.beginResetModel()
        self._session = session
        self._lines = lines_of(session) if session else ()
        self._places = {
            line.element.id: number for number, line in enumerate(self._lines) if isinstance(line, FormRow)
        }
        self._folded = set(folded)
        self._cells = CellTexts(session)
        self._titles.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """Show the session as it stands now: one figure may change the state of others."""
        if self._session is None or not self._lines:
            return
        self._cells.forget()
        self._titles.clear()
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, COLUMNS - 1))

    def header_rows(self) -> tuple[int, ...]:
        """Rows of the table that are section headers."""
        return tuple(n for n, line in enumerate(self._lines) if isinstance(line, Header))

    def category_of(self, row: int) -> str:
        """The section that a row of the table belongs to; empty beyond the table."""
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        match line:
            case Header():
                return line.section.category
            case RatioLine():
                return line.category
            case FormRow():
                return line.element.category
            case _:
                return ""

    def header_of(self, row: int) -> int:
        """The row of the header above a row of the table."""
        return max((header for header in self.header_rows() if header <= row), default=0)

    def is_folded(self, row: int) -> bool:
        """Whether the row's section is folded."""
        return self.category_of(row) in self._folded

    def is_header(self, row: int) -> bool:
        """Whether a section's header stands in the row."""
        return 0 <= row < len(self._lines) and isinstance(self._lines[row], Header)

    def is_hidden(self, row: int) -> bool:
        """Whether the row is out of sight because its section is folded."""
        return self.is_folded(row) and not isinstance(self._lines[row], Header)

    def fold(self, row: int, *, folded: bool) -> None:
        """Fold or unfold the section that a row belongs to."""
        category = self.category_of(row)
        if not category or (category in self._folded) == folded:
            return
        (self._folded.add if folded else self._folded.discard)(category)
        header = self.header_of(row)
        self.dataChanged.emit(self.index(header, 0), self.index(header, COLUMNS - 1))
        self.folded.emit(category)

    def form_row(self, row: int) -> FormRow | None:
        """The form's row in a row of the table, None for headers, ratios and beyond."""
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        return line if isinstance(line, FormRow) else None

    def row_at(self, row: int) -> Row | None:
        """The form's row or the ratio in a row of the table, None for headers and beyond."""
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        return None if isinstance(line, Header) else line

    def search_keys(self, row: int) -> tuple[str, ...]:
        """By what a row of the table is found: name, code, initials; nothing for a header."""
        match self.row_at(row):
            case FormRow(element=found) | RatioLine(indicator=found):
                return found.name, found.id, found.initials
        return ()

    def row_of(self, address: str) -> int | None:
        """The row of the table that shows an element."""
        return self._places.get(address)

    def stops(self, row: int) -> bool:
        """Whether the cursor can stand there: on a field in sight, or on the header of a folded section."""
        if not 0 <= row < len(self._lines):
            return False
        if isinstance(self._lines[row], Header):
            return self.is_folded(row)
        return self.form_row(row) is not None and not self.is_folded(row)

    def plain_text(self, row: int, column: int) -> str:
        """A cell as it is copied: names without indent, figures in plain digits."""
        line, session = self.form_row(row), self._session
        if line is None or session is None:
            return ""
        if column == COL_NAME:
            return line.element.name
        if column not in (COL_PREVIOUS, COL_CURRENT):
            return self._cells.text(line, column)
        earlier = session.around.previous if column == COL_PREVIOUS else session.section
        figure = earlier.figure(line.element.id) if earlier is not None else BLANK
        return NIL_TEXT if figure.state is FigureState.NIL else typed_text(figure)

    def next_row(self, row: int, step: int = 1, *, only_left: bool = False) -> int | None:
        """The next row in sight that can be typed; with `only_left` one still to do, folded ones too,
        searched round the end.
        """
        session = self._session
        if session is None:
            return None
        count = len(self._lines)
        rounds = range(row + step, row + step * (count + 1), step)
        for candidate in rounds if only_left else range(row + step, count if step > 0 else -1, step):
            line = self.form_row(candidate % count)
            if line is None or not line.due:
                continue
            if is_left(line, session) if only_left else not self.is_folded(candidate % count):
                return candidate % count
        return None

    def rowCount(self, parent: Index | None = None) -> int:
        """Lines."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """All columns; the view says which are shown."""
        return 0 if parent is not None and parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        return titles()[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only 本期 can be typed."""
        line = self.form_row(index.row()) if index.isValid() else None
        if line is None:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() != COL_CURRENT or self._session is None or not can_type(line, self._session):
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Formatted texts, alignment, colours."""
        if role not in _ANSWERED or not index.isValid() or self._session is None:
            return None
        line = self._lines[index.row()]
        if isinstance(line, Header):
            return self._header_data(index.row(), line, index.column(), role)
        return self._row_data(line, index.column(), role, self._session)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Take what was typed; an unchanged text is no edit."""
        line = self.form_row(index.row())
        if self._session is None or line is None or role != Role.EditRole:
            return False
        if not self.flags(index) & Qt.ItemFlag.ItemIsEditable or value == self.data(index, Role.EditRole):
            return False
        text = str(value)
        change = (
            self._session.type_figure(line.element.id, text)
            if text.strip()
            else self._session.clear(line.element.id)
        )
        self.take(change)
        return True

    def try_text(self, row: int, text: str) -> None:
        """Show the ratios as a text being typed in a row would make them; an empty one: as they are."""
        line, session = self.form_row(row), self._session
        if line is None or session is None or session.postponed:
            return
        element = line.element.id
        shown = [
            n for n, each in enumerate(self._lines) if isinstance(each, RatioLine) and each.uses(element)
        ]
        if not shown:
            return
        self._cells.try_figure(element, session.read(element, text).figure if text else None)
        for number in shown:
            self.dataChanged.emit(self.index(number, 0), self.index(number, COLUMNS - 1))

    def take(self, change: FormChange) -> None:
        """Show the outcome of an edit and tell the page."""
        self.refresh()
        self.edited.emit(change)

    def _header_data(self, row: int, line: Header, column: int, role: int) -> Any:
        if role == Role.BackgroundRole:
            return self._looks.header
        if role == Role.FontRole:
            return self._looks.bold
        if column != COL_NAME or role not in (Role.DisplayRole, Role.AccessibleTextRole):
            return None
        folded = self.is_folded(row)
        if role == Role.DisplayRole:
            return header_text(self._header_text(line), folded=folded)
        state = self.tr("已折叠") if folded else self.tr("已展开")
        return f"{self._header_text(line)}，{state}"

    def _header_text(self, line: Header) -> str:
        category = line.section.category
        if category not in self._titles and self._session is not None:
            self._titles[category] = section_title(line.section, self._session)
        return self._titles.get(category, category)

    def _row_data(self, row: Row, column: int, role: int, session: FormSession) -> Any:
        match role:
            case Role.DisplayRole:
                return self._cells.text(row, column)
            case Role.EditRole if column == COL_CURRENT and isinstance(row, FormRow):
                return typed_text(session.section.figure(row.element.id))
            case Role.ToolTipRole:
                return self._tool_tip(row, column)
            case Role.AccessibleTextRole:
                return self._cells.spoken(row) if column == COL_CURRENT else self._cells.text(row, column)
            case _:
                return self._look(row, column, role, session)

    def _look(self, row: Row, column: int, role: int, session: FormSession) -> Any:
        match role:
            case Role.TextAlignmentRole:
                return ALIGN_NUMBER if column in NUMBER_COLUMNS else ALIGN_TEXT
            case Role.ForegroundRole:
                return self._looks.colour(tone_of(row, column, session, self._cells))
            case Role.BackgroundRole if column == COL_CURRENT:
                return self._looks.field if is_field(row, session) else None
            case Role.FontRole if column == COL_CURRENT:
                return self._looks.slanted if is_slanted(row, session) else self._looks.upright
            case _:
                return None

    def _tool_tip(self, row: Row, column: int) -> str | None:
        if isinstance(row, RatioLine):
            return row.indicator.name if column == COL_NAME else self._cells.text(row, column) or None
        if column not in (COL_CURRENT, COL_REMARK):
            return self._cells.text(row, column).strip() or None
        found = self._cells.findings.at(row.element.id)
        return "\n".join(message(finding) for finding in found) or self._cells.text(row, column) or None


__all__ = ["COL_CURRENT", "COL_NAME", "COL_PREVIOUS", "COL_REMARK", "COL_UNIT", "FigureModel", "Header"]
