"""The picture of an open form: what the sheet shows of it."""

from __future__ import annotations

from desktop.model.form import FormRow
from desktop.workspace import FormSession
from ui.entry.cell_tones import is_field, is_slanted, tone_of
from ui.entry.columns import COLUMNS
from ui.entry.figure_cells import CellTexts, Header, RatioLine, Row, lines_of
from ui.entry.lines import can_type, is_left, section_title
from ui.entry.sheet_picture import Mark, PictureLine, SheetPicture


def picture_of(session: FormSession) -> SheetPicture:
    """What the sheet shows of a form now; while its rules are postponed, what can be shown without them."""
    cells = CellTexts(session)
    lines = tuple(
        _header(line, session) if isinstance(line, Header) else _line(line, session, cells)
        for line in lines_of(session)
    )
    form = session.form
    return SheetPicture(session.plan.id, form.unit.id, str(form.period), lines)


def _header(line: Header, session: FormSession) -> PictureLine:
    title = section_title(line.section, session)
    return PictureLine(line.section.category, "", frozenset((Mark.HEADER,)), (title,))


def _line(row: Row, session: FormSession, cells: CellTexts) -> PictureLine:
    texts = tuple(cells.text(row, column) for column in range(COLUMNS))
    tones = tuple(tone_of(row, column, session, cells) for column in range(COLUMNS))
    marks = {Mark.SLANTED: is_slanted(row, session), Mark.FIELD: is_field(row, session)}
    if isinstance(row, RatioLine):
        return PictureLine(row.category, "", _those(marks), texts, tones)
    marks |= _of_row(row, session)
    return PictureLine(row.element.category, row.element.id, _those(marks), texts, tones)


def _of_row(row: FormRow, session: FormSession) -> dict[Mark, bool]:
    return {Mark.DUE: row.due, Mark.LEFT: is_left(row, session), Mark.TYPED: can_type(row, session)}


def _those(marks: dict[Mark, bool]) -> frozenset[Mark]:
    return frozenset(mark for mark, holds in marks.items() if holds)
