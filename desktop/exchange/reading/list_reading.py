"""Reading 名单: the rows behind figures that are counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from desktop.exchange.format import visible
from desktop.exchange.format.layout import LIST_ID
from desktop.exchange.reading.beside_cells import note_beside
from desktop.exchange.reading.comparison import Log, Place, agrees, cell_shown, short
from desktop.exchange.reading.section_rows import SectionRows
from desktop.exchange.reading.tables import Row, Table
from desktop.exchange.reading.text_reading import read_day, read_text
from desktop.model.element import Column, ColumnType, DataElement, ElementKind
from desktop.model.finding import Finding, Severity
from desktop.model.form import Form
from desktop.model.listing import clean_entry, list_figure
from desktop.model.submission import BLANK, Figure, Section

_ListRow = Mapping[str, str]


def with_lists(
    figures: Mapping[str, Figure], rows: SectionRows, section: Section, form: Form, log: Log
) -> dict[str, Figure]:
    """The figures with the rows of their lists as 名单 says.

    Where rows were changed and the count wasn't, the count is taken from the rows.
    """
    result = dict(figures)
    by_code: dict[str, list[Row]] = {}
    for code, row in rows.all_of(section.unit):
        by_code.setdefault(code, []).append(row)
    for code in dict.fromkeys((*by_code, *(c for c, figure in section.figures.items() if figure.rows))):
        place = Place(section.unit, code, rows.table, next(iter(by_code.get(code, ())), None))
        if not log.plan.has_element(code) or log.plan.element(code).kind is not ElementKind.LIST:
            log.say(place, "exchange.unknown_code", Severity.WARNING, "code", code=code)
            continue
        element, was = log.plan.element(code), section.figure(code)
        if form.row(code) is None and was == BLANK:
            log.say(place, "exchange.not_reported", Severity.WARNING, "code", content=code)
            continue
        now = _rows(place, by_code.get(code, ()), element, was, log)
        result[code] = _counted(result.get(code, BLANK), now, element, was, place, log)
    return {code: figure for code, figure in result.items() if figure != BLANK}


def list_rows_without_code(table: Table) -> Iterator[Finding]:
    """Rows whose code is gone or was never written: they belong to no list, and must not vanish silently."""
    for row in table.rows:
        filled = [cell for column, cell in row.cells.items() if column.startswith(LIST_ID)]
        if filled and not row.text("code"):
            where = f"{table.name}!{filled[0].ref}"
            params = {"where": where, "content": short(filled[0].text.strip())}
            yield Finding("exchange.list_row_without_code", Severity.WARNING, address=where, params=params)


def _counted(
    figure: Figure, now: tuple[_ListRow, ...], element: DataElement, was: Figure, place: Place, log: Log
) -> Figure:
    """The figure with its rows, and with their count unless somebody typed another one."""
    if not now and not was.rows:
        return figure
    counted = list_figure(now, element, log.period.end)
    typed = (figure.state, figure.value) != (was.state, was.value)
    if now != was.rows and not typed:
        return replace(figure, state=counted.state, value=counted.value, typed="", rows=counted.rows)
    if typed and figure.value != counted.value:
        log.say(
            place,
            "exchange.count_differs",
            Severity.WARNING,
            rows=visible.shown(counted.value),
            count=visible.shown(visible.figure(figure)),
        )
    return replace(figure, rows=now)


def _rows(
    place: Place, rows: Sequence[Row], element: DataElement, was: Figure, log: Log
) -> tuple[_ListRow, ...]:
    """The rows in the order of their numbers, new ones last; unchanged ones as they were."""
    numbered, others = _by_number(rows)
    result: list[_ListRow] = []
    for index, before in enumerate(was.rows, 1):
        row = numbered.pop(index, None)
        if row is None:
            log.changed(_at(place, None), "row", _summary(before), None, f"名单第{index}行")
        else:
            result.append(_row(_at(place, row), element, before, log, f"名单第{index}行"))
    for row in (*(numbered[number] for number in sorted(numbered)), *others):
        new = _row(_at(place, row), element, {}, log, "名单新增行")
        if new:
            result.append(new)
    return tuple(result)


def _row(place: Place, element: DataElement, before: _ListRow, log: Log, aspect: str) -> _ListRow:
    result = dict(before)
    columns = tuple(LIST_ID + column.name for column in element.columns)
    for column, header in zip(element.columns, columns, strict=True):
        cell, was = place.cell(header), before.get(column.id)
        if agrees(cell, was):
            continue
        now = _entry(place, header, column, log)
        # the same day or code written in another way is no change
        if now != was:
            log.changed(place, header, was, cell_shown(cell), f"{aspect}·{column.name}")
            result[column.id] = now
    note_beside(place, columns, log)
    return {id_: text for id_, text in result.items() if text or id_ in before}


def _entry(place: Place, header: str, column: Column, log: Log) -> str:
    """A cell of a list as canonical text; what isn't a date in a column of dates stays as it stands."""
    if column.type is ColumnType.DATE:
        day = read_day(place, header, log)
        if day is not None:
            return day.isoformat()
    return clean_entry(read_text(place, header, log), column)


def _by_number(rows: Sequence[Row]) -> tuple[dict[int, Row], list[Row]]:
    """Rows by their number, and those without one of their own."""
    numbered: dict[int, Row] = {}
    others: list[Row] = []
    for row in rows:
        said = row.text("row")
        if said.isdecimal() and len(said) < 7 and int(said) not in numbered:
            numbered[int(said)] = row
        else:
            others.append(row)
    return numbered, others


def _summary(row: _ListRow) -> str:
    return " ".join(text for text in row.values() if text)


def _at(place: Place, row: Row | None) -> Place:
    """The same address at another row."""
    return replace(place, row=row)
