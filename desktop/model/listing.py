"""List elements: their rows as canonical text, and which of them count."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal

from desktop.model.canonical import clean_text
from desktop.model.element import Column, ColumnType, DataElement
from desktop.model.submission import BLANK, Figure, FigureState

Row = Mapping[str, str]
"""Column id → text."""

_DATE = re.compile(r"([12][0-9]{3})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[ T]00:00:00)?")
_CODE_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def list_figure(rows: Sequence[Row], element: DataElement, day: datetime.date) -> Figure:
    """The figure of typed rows: cleaned rows, and the count of those valid on `day` as its value.

    Empty rows and unknown columns are dropped; without any row the figure is blank.
    """
    cleaned = tuple(row for typed in rows if (row := _clean_row(typed, element)))
    if not cleaned:
        return BLANK
    return Figure(FigureState.NUMBER, Decimal(len(valid_rows(cleaned, element, day))), rows=cleaned)


def valid_rows(rows: Sequence[Row], element: DataElement, day: datetime.date) -> tuple[Row, ...]:
    """The rows that count on `day`: those whose expiry is blank, unreadable or not before it."""
    expiring = [column.id for column in element.columns if column.expires]

    def expired(row: Row) -> bool:
        dates = (read_date(row.get(column, "")) for column in expiring)
        return any(date is not None and date < day for date in dates)

    return tuple(row for row in rows if not expired(row))


def read_date(text: str) -> datetime.date | None:
    """The day of an ISO date, or of one written as people do (2024/5/1, 2024年5月1日); None otherwise."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def is_credit_code(text: str) -> bool:
    """Whether a text is a 统一社会信用代码: 18 characters, the last of them the check digit of GB 32100."""
    if len(text) != 18 or any(character not in _CODE_DIGITS for character in text):
        return False
    weighted = sum(_CODE_DIGITS.index(text[i]) * pow(3, i, 31) for i in range(17))
    return _CODE_DIGITS[-weighted % 31] == text[17]


def clean_entry(typed: str, column: Column) -> str:
    """What was typed in a column, as canonical text: readable dates in ISO 8601, codes in capitals."""
    text = clean_text(typed).strip()
    if column.type is ColumnType.DATE:
        date = read_date(text)
        return date.isoformat() if date else text
    if column.type is ColumnType.CREDIT_CODE:
        return unicodedata.normalize("NFKC", text).upper().replace(" ", "")
    return text


def _clean_row(row: Row, element: DataElement) -> dict[str, str]:
    result = {}
    for column in element.columns:
        text = clean_entry(row.get(column.id, ""), column)
        if text:
            result[column.id] = text
    return result
