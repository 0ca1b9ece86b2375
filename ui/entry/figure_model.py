"""The table of figures: a thin adapter of one form session. It returns formatted texts only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication

from desktop.model.catalogue import message
from desktop.model.decimals import canonical
from desktop.model.form import FormRow, FormSection
from desktop.model.submission import BLANK, Figure, FigureState
from desktop.workspace import NIL_TEXT, FormChange, FormSession, figure_text
from ui.colours import Tone, tone, wash
from ui.entry.lines import FindingsView, Remark, is_left, issued_value, left_to_do, remark

COL_NAME, COL_UNIT, COL_PREVIOUS, COL_CURRENT, COL_REMARK = range(5)
COLUMNS = 5
NUMBER_COLUMNS = (COL_PREVIOUS, COL_CURRENT)
INDENT = "　　"  # two full-width blanks: a part (其中) under its whole

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ALIGN_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ALIGN_TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Header:
    """A line that opens a section."""

    section: FormSection


Line = Header | FormRow


class FigureModel(QAbstractTableModel):
    """Lines of a form: a header for each section, then its rows. `edited` carries the FormChange."""

    edited = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: FormSession | None = None
        self._lines: tuple[Line, ...] = ()
        self._findings = FindingsView()

    @property
    def session(self) -> FormSession | None:
        """The form shown."""
        return self._session

    def set_session(self, session: FormSession | None) -> None:
        """Show another form."""
        self.beginResetModel()
        self._session = session
        self._lines = _lines(session) if session else ()
        self._findings = FindingsView.of(session) if session else FindingsView()
        self.endResetModel()

    def refresh(self) -> None:
        """Show the session as it stands now: one figure may change the state of others."""
        if self._session is None or not self._lines:
            return
        self._findings = FindingsView.of(self._session)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, COLUMNS - 1))

    def line(self, row: int) -> Line:
        """The line in a row."""
        return self._lines[row]

    def header_rows(self) -> tuple[int, ...]:
        """Rows of the table that are section headers."""
        return tuple(n for n, line in enumerate(self._lines) if isinstance(line, Header))

    def form_row(self, row: int) -> FormRow | None:
        """The form's row in a row of the table, None for headers and beyond."""
        line = self._lines[row] if 0 <= row < len(self._lines) else None
        return line if isinstance(line, FormRow) else None

    def row_of(self, address: str) -> int | None:
        """The row of the table that shows an element."""
        for number, line in enumerate(self._lines):
            if isinstance(line, FormRow) and line.element.id == address:
                return number
        return None

    def plain_text(self, row: int, column: int) -> str:
        """A cell as it is copied: names without indent, figures in plain digits."""
        line, session = self.form_row(row), self._session
        if line is None or session is None:
            return ""
        if column == COL_NAME:
            return line.element.name
        earlier = session.around.previous if column == COL_PREVIOUS else session.section
        if column not in NUMBER_COLUMNS:
            return self._text(line, column, session)
        figure = earlier.figure(line.element.id) if earlier is not None else BLANK
        return NIL_TEXT if figure.state is FigureState.NIL else _typed_text(figure)

    def next_row(self, row: int, step: int = 1, *, only_left: bool = False) -> int | None:
        """The next row that can be typed; with `only_left` one still to do, searched round the end."""
        session = self._session
        if session is None:
            return None
        count = len(self._lines)
        rounds = range(row + step, row + step * (count + 1), step)
        for candidate in rounds if only_left else range(row + step, count if step > 0 else -1, step):
            line = self.form_row(candidate % count)
            if line is not None and line.due and (not only_left or is_left(line, session)):
                return candidate % count
        return None

    def rowCount(self, parent: Index | None = None) -> int:
        """Lines."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """Five columns."""
        return 0 if parent is not None and parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        titles = (self.tr("指标名称"), self.tr("计量单位"), self.tr("上期"), self.tr("本期"), self.tr("说明"))
        return titles[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only 本期 of rows that are asked for can be typed, and only before 报出."""
        line = self.form_row(index.row()) if index.isValid() else None
        if line is None:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == COL_CURRENT and line.due and self._session and not self._session.locked:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Formatted texts, alignment, colours."""
        if not index.isValid() or self._session is None:
            return None
        line = self._lines[index.row()]
        if isinstance(line, Header):
            return self._header_data(line, index.column(), role, self._session)
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

    def take(self, change: FormChange) -> None:
        """Show the outcome of an edit and tell the page."""
        self.refresh()
        self.edited.emit(change)

    def _header_data(self, line: Header, column: int, role: int, session: FormSession) -> Any:
        palette = QGuiApplication.palette()
        if role == Role.BackgroundRole:
            return palette.alternateBase()
        if role == Role.FontRole:
            font = QFont()
            font.setBold(True)
            return font
        if role in (Role.DisplayRole, Role.AccessibleTextRole) and column == COL_NAME:
            left = left_to_do(line.section, session)
            if not any(row.due for row in line.section.rows):
                return self.tr("{category}　本期不报").format(category=line.section.category)
            text = self.tr("{category}　还剩 {n} 项") if left else self.tr("{category}　✔ 已填齐")
            return text.format(category=line.section.category, n=left)
        return None

    def _row_data(self, row: FormRow, column: int, role: int, session: FormSession) -> Any:
        match role:
            case Role.DisplayRole:
                return self._text(row, column, session)
            case Role.EditRole if column == COL_CURRENT:
                return _typed_text(session.section.figure(row.element.id))
            case Role.ToolTipRole:
                return self._tool_tip(row, column)
            case Role.AccessibleTextRole:
                return self._spoken(row, column, session)
            case _:
                return self._look(row, column, role, session)

    def _look(self, row: FormRow, column: int, role: int, session: FormSession) -> Any:
        match role:
            case Role.TextAlignmentRole:
                return ALIGN_NUMBER if column in NUMBER_COLUMNS else ALIGN_TEXT
            case Role.ForegroundRole:
                return self._foreground(row, column, session)
            case Role.BackgroundRole if column == COL_CURRENT and row.due and not session.locked:
                return wash(QGuiApplication.palette(), Tone.INFO)
            case Role.FontRole:
                return self._font(row, column, session)
            case _:
                return None

    def _text(self, row: FormRow, column: int, session: FormSession) -> str:
        element = row.element
        match column:
            case 0:
                return INDENT * row.indent + element.name
            case 1:
                return element.unit.typed
            case 2:
                earlier = session.around.previous
                return figure_text(earlier.figure(element.id), element) if earlier else ""
            case 3:
                return self._current_text(row, session)
            case _:
                return self._remark(row, session).text

    def _current_text(self, row: FormRow, session: FormSession) -> str:
        figure = session.section.figure(row.element.id)
        issued = issued_value(row, session)
        if figure.state is FigureState.BLANK and issued is not None:
            shown = figure_text(Figure.number(issued), row.element)
            return self.tr("（下发）{value}").format(value=shown)
        return figure_text(figure, row.element)

    def _remark(self, row: FormRow, session: FormSession) -> Remark:
        return remark(row, session, self._findings)

    def _foreground(self, row: FormRow, column: int, session: FormSession) -> Any:
        palette = QGuiApplication.palette()
        if not row.due or column in (COL_UNIT, COL_PREVIOUS):
            return tone(palette, Tone.MUTED)
        if column == COL_REMARK:
            return tone(palette, self._remark(row, session).tone)
        if column == COL_CURRENT:
            state = session.section.figure(row.element.id).state
            if state is FigureState.UNREADABLE:
                return tone(palette, Tone.ERROR)
            if state in (FigureState.BLANK, FigureState.NIL):
                return tone(palette, Tone.MUTED)
        return None

    def _font(self, row: FormRow, column: int, session: FormSession) -> QFont | None:
        if column != COL_CURRENT:
            return None
        font = QFont()
        font.setItalic(session.section.figure(row.element.id).state is FigureState.BLANK)
        return font

    def _tool_tip(self, row: FormRow, column: int) -> str | None:
        if column == COL_NAME:
            return row.element.name
        found = self._findings.at(row.element.id)
        return "\n".join(message(finding) for finding in found) or None

    def _spoken(self, row: FormRow, column: int, session: FormSession) -> str:
        if column != COL_CURRENT:
            return self._text(row, column, session)
        shown = self._current_text(row, session) or self.tr("空")
        parts = (row.element.name, f"{shown}{row.element.unit.typed}", self._remark(row, session).text)
        return "，".join(part for part in parts if part)


def _lines(session: FormSession) -> tuple[Line, ...]:
    lines: list[Line] = []
    for section in session.form.sections:
        lines.append(Header(section))
        lines.extend(section.rows)
    return tuple(lines)


def _typed_text(figure: Figure) -> str:
    if figure.state is FigureState.UNREADABLE:
        return figure.typed
    return canonical(figure.value) if figure.value is not None else ""


__all__ = ["COL_CURRENT", "COL_NAME", "COL_PREVIOUS", "COL_REMARK", "COL_UNIT", "FigureModel", "Header"]
