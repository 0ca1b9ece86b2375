"""Cells that should hold a text or a date, as a person sees them; what is no text is said at the cell."""

from __future__ import annotations

import datetime
from decimal import Decimal

from desktop.exchange.format.visible import CELL_DIGITS
from desktop.exchange.parsing.cells import Cell, CellKind
from desktop.exchange.reading.comparison import Log, Place, is_percent, text_of
from desktop.model.decimals import canonical
from desktop.model.finding import Severity
from desktop.model.listing import read_date

_UNREAD = {
    CellKind.ERROR: "exchange.error_in_text",
    CellKind.NO_RESULT: "exchange.text_formula_without_result",
}
_DAY_ZERO = datetime.date(1899, 12, 30)
_EARLIEST, _LATEST = 1990, 2099
_EIGHT_DIGITS = 8


def read_text(place: Place, column: str, log: Log) -> str:
    """A changed cell's text; errors and formulas without a result are never taken for one silently."""
    cell = place.cell(column)
    if cell is None:
        return ""
    if cell.kind in _UNREAD:
        log.say(place, _UNREAD[cell.kind], Severity.ERROR, column, content=cell.text)
        return text_of(cell)
    if cell.formula:
        log.say(place, "exchange.formula", Severity.NOTICE, column, content=cell.text)
    if cell.number is None:
        if cell.kind is CellKind.DATE:
            log.say(place, "exchange.date_in_text", Severity.NOTICE, column, content=cell.text)
        return text_of(cell)
    if len(canonical(abs(cell.number)).replace(".", "")) > CELL_DIGITS:
        log.say(place, "exchange.long_number", Severity.WARNING, column, content=cell.text)
    return f"{canonical(cell.number * 100)}%" if is_percent(cell) else canonical(cell.number)


def read_day(place: Place, column: str, log: Log) -> datetime.date | None:
    """A cell's date; what is none is None, without a word. A number taken for a date is said."""
    cell = place.cell(column)
    if cell is None or cell.kind in _UNREAD:
        return None
    said = text_of(cell)
    day = read_date(said)
    if day is not None:
        if cell.formula:
            log.say(place, "exchange.formula", Severity.NOTICE, column, content=cell.text)
        return day
    guessed = _from_digits(said) or _from_serial(cell)
    if guessed is not None:
        log.say(
            place, "exchange.number_as_date", Severity.WARNING, column, content=said, date=guessed.isoformat()
        )
    return guessed


def _from_digits(said: str) -> datetime.date | None:
    """20241001."""
    if len(said) != _EIGHT_DIGITS or not said.isdecimal():
        return None
    day = read_date(f"{said[:4]}-{said[4:6]}-{said[6:]}")
    return day if day and _EARLIEST <= day.year <= _LATEST else None


def _from_serial(cell: Cell) -> datetime.date | None:
    """The day that a spreadsheet's number stands for: what is left of a date that lost its format."""
    number = cell.number
    if number is None or number != number.to_integral_value() or not 0 < number < Decimal(10) ** 5:
        return None
    day = _DAY_ZERO + datetime.timedelta(days=int(number))
    return day if _EARLIEST <= day.year <= _LATEST else None
