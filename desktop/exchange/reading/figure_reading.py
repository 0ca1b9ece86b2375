"""Reading 指标报表: each cell as a person sees it, compared with the figure that the manifest has for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from desktop.exchange.format import visible
from desktop.exchange.format.layout import ANSWER_LABELS, NOT_DUE, deduction_key
from desktop.exchange.parsing.cells import Cell, CellKind
from desktop.exchange.reading.beside_cells import note_beside
from desktop.exchange.reading.comparison import Log, Place, agrees, cell_shown, text_of
from desktop.exchange.reading.section_rows import SectionRows
from desktop.exchange.reading.tables import Table
from desktop.model.element import DataElement, ElementKind
from desktop.model.finding import Finding, Severity
from desktop.model.form import Form
from desktop.model.reading import read_figure
from desktop.model.submission import (
    BLANK,
    Answer,
    Deduction,
    Figure,
    FigureState,
    Section,
)

_CONTENT = ("current", "answer")
_ANSWERS = {label: answer for answer, label in ANSWER_LABELS.items()}
_GUESSES = (CellKind.ERROR, CellKind.NO_RESULT, CellKind.DATE)
_UNREAD_CODES = {
    CellKind.ERROR: "exchange.error_cell",
    CellKind.NO_RESULT: "exchange.formula_without_result",
    CellKind.DATE: "exchange.date_in_number",
}


def read_figures(
    table: Table, rows: SectionRows, section: Section, form: Form, log: Log
) -> dict[str, Figure]:
    """The figures of one section by element id; blank ones are left out."""
    figures: dict[str, Figure] = {}
    for code, row in rows.of(section.unit, log).items():
        place = Place(section.unit, code, table, row)
        if not log.plan.has_element(code):
            log.say(place, "exchange.unknown_code", Severity.WARNING, "code", code=code)
            continue
        element = log.plan.element(code)
        was = section.figure(code)
        if form.row(code) is None and was == BLANK:
            _not_asked(place, log)
            continue
        figures[code] = _figure(place, element, was, log, due=_is_due(form, code))
        _labels(place, element, section, log)
        note_beside(place, (*_CONTENT, *_deduction_columns(table)), log, (element.definition,))
    for code, was in section.figures.items():
        if code not in figures and was != BLANK and log.plan.has_element(code):
            gone = Place(section.unit, code, table)
            log.say(gone, "exchange.missing_row", Severity.WARNING)
            log.changed(gone, "current", visible.figure(was), None)
    return {code: figure for code, figure in figures.items() if figure != BLANK}


def read_number(cell: Cell, place: Place, element: DataElement, column: str, log: Log) -> Figure:
    """A cell read as a figure of the element; what can't be read stays as typed, with an error."""
    unit, period = place.unit, str(log.period)
    if cell.kind in _GUESSES:
        log.say(place, _UNREAD_CODES[cell.kind], Severity.ERROR, column, content=cell.text)
        return Figure(FigureState.UNREADABLE, typed=cell.text)
    if cell.formula:
        log.say(place, "exchange.formula", Severity.NOTICE, column, content=cell.text)
    shape = (cell.number_format or "General") if cell.kind is CellKind.NUMBER else ""
    reading = read_figure(text_of(cell), element, unit=unit, period=period, number_format=shape)
    log.findings += reading.findings
    return reading.figure


def _figure(place: Place, element: DataElement, was: Figure, log: Log, *, due: bool) -> Figure:
    base = _current(place, element, was, log, due=due)
    answer = _answer(place, was, log)
    if log.template and base.state is FigureState.BLANK and answer is not was.answer:
        base = _answered(place, element, answer, log)
    return replace(
        base,
        answer=answer,
        deductions=tuple(_deductions(place, element, was, log)),
        rows=was.rows,
        vintage=was.vintage,
    )


def _current(place: Place, element: DataElement, was: Figure, log: Log, *, due: bool) -> Figure:
    """State, value and typed text of a figure."""
    cell = place.cell("current")
    if cell and not due and text_of(cell) == NOT_DUE:
        cell = None
    before = Figure(was.state, was.value, was.typed)
    if agrees(cell, visible.figure(was)):
        if cell and cell.formula:
            log.say(place, "exchange.formula", Severity.NOTICE, "current", content=cell.text)
        return before
    now = read_number(cell, place, element, "current", log) if cell else BLANK
    if (now.state, now.value) == (was.state, was.value) and now.state is not FigureState.UNREADABLE:
        return before
    log.changed(place, "current", visible.figure(was), visible.figure(now))
    return now


def _answer(place: Place, was: Figure, log: Log) -> Answer:
    cell = place.cell("answer")
    if agrees(cell, visible.answer(was)):
        return was.answer
    said = text_of(cell)
    if said == NOT_DUE and was.answer is Answer.NONE:
        return was.answer
    now = _ANSWERS.get(said, Answer.NONE)
    if said and now is Answer.NONE:
        log.say(place, "exchange.unknown_answer", Severity.ERROR, "answer", content=said)
    log.changed(place, "answer", visible.answer(was), cell_shown(cell), "核对")
    return now


def _answered(place: Place, element: DataElement, answer: Answer, log: Log) -> Figure:
    """The figure of a template's row where only 核对 was filled in: the issued one, if it was confirmed."""
    cell = place.cell("issued")
    if answer is Answer.CONFIRMED and cell is not None:
        issued = read_number(cell, place, element, "issued", log)
        log.changed(place, "issued", None, visible.figure(issued))
        return issued
    if answer is Answer.DISPUTED and element.kind is not ElementKind.LIST:
        log.say(place, "exchange.disputed_blank", Severity.ERROR, "answer")
    return BLANK


def _deductions(place: Place, element: DataElement, was: Figure, log: Log) -> Iterator[Deduction]:
    """The deductions that the columns state, unchanged ones as they were."""
    headers: Mapping[str, str] = place.table.headers if place.table else {}
    columns = {key: column for column in headers if (key := deduction_key(column))}
    for key in dict.fromkeys((*(deduction.part for deduction in was.deductions), *columns)):
        kind, unit = key
        column = columns.get(key, "")
        cell = place.cell(column)
        expected = visible.deduction(was, kind, unit)
        if agrees(cell, expected):
            yield from (deduction for deduction in was.deductions if deduction.part == key)
            continue
        figure = read_number(cell, place, element, column, log) if cell else BLANK
        if figure.value is not None and visible.number(figure.value) == expected:
            yield from (deduction for deduction in was.deductions if deduction.part == key)
            continue
        log.changed(place, column, expected, cell_shown(cell), headers.get(column, "其中"))
        if figure.value is not None:
            yield Deduction(kind, figure.value, unit)


def _deduction_columns(table: Table) -> tuple[str, ...]:
    return tuple(column for column in table.headers if deduction_key(column))


def _not_asked(place: Place, log: Log) -> None:
    """A row that this unit doesn't report: its content is not taken, and that is said."""
    cell = place.cell("current")
    if cell and text_of(cell) != NOT_DUE:
        log.say(place, "exchange.not_reported", Severity.WARNING, "current", content=text_of(cell))


def _labels(place: Place, element: DataElement, section: Section, log: Log) -> None:
    """What isn't content but was changed all the same: a figure under another unit is another figure."""
    measure = place.cell("measure")
    if measure and not agrees(measure, element.unit.typed):
        log.say(
            place,
            "exchange.measure_changed",
            Severity.WARNING,
            "measure",
            was=element.unit.typed,
            now=measure.text,
        )
    if log.compares and not log.template and "note" in (place.table.headers if place.table else {}):
        cell = place.cell("note")
        if cell and not agrees(cell, visible.note(section, element.id)):
            log.say(place, "exchange.note_ignored", Severity.NOTICE, "note", content=cell.text)


def _is_due(form: Form, code: str) -> bool:
    row = form.row(code)
    return row is None or row.due


def rows_without_code(table: Table) -> Iterator[Finding]:
    """Figures in rows whose code is gone: they belong to nobody, and must not vanish silently."""
    for row in table.rows:
        cell = row.cells.get("current")
        if cell and cell.kind is CellKind.NUMBER and not row.text("code"):
            where = f"{table.name}!{cell.ref}"
            params = {"where": where, "content": visible.shown(Decimal(cell.text))}
            yield Finding("exchange.row_without_code", Severity.WARNING, address=where, params=params)
