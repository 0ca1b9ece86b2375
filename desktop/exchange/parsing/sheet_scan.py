"""A look at a worksheet's raw XML for what the parser doesn't tell: hidden rows, row order, merged ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.exchange.parsing.notes import MergedRange, merged_ranges

LAST_ROW = 1_048_576
_LONGEST_NUMBER = 9

_SHEET_DATA = re.compile(rb"<(?:\w+:)?sheetData[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row(?:\s([^>]*))?/?>")
_NUMBER = re.compile(rb"""(?:^|\s)r\s*=\s*["']([0-9]+)["']""")
_HIDDEN = re.compile(rb"""(?:^|\s)hidden\s*=\s*["'](?:1|true)["']""")


class Disordered(ValueError):
    """Rows stand twice, out of order or beyond the last one: the parser would drop them without a word."""


@dataclass(frozen=True, slots=True)
class SheetScan:
    """How many cells there are, which rows are hidden, which ranges are merged."""

    cells: int
    hidden_rows: frozenset[int]
    merged: tuple[MergedRange, ...] = ()


def _row_number(digits: bytes) -> int:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else LAST_ROW + 1


def is_worksheet(part: bytes) -> bool:
    """Whether an XML part holds cells."""
    return _SHEET_DATA.search(part) is not None


def scan_sheet(part: bytes) -> SheetScan:
    """The scan of a worksheet part; raises Disordered."""
    hidden = []
    row = 0
    for match in _ROW.finditer(part):
        attributes = match[1] or b""
        stated = _NUMBER.search(attributes)
        following = _row_number(stated[1]) if stated else row + 1
        if not row < following <= LAST_ROW:
            raise Disordered(str(following))
        row = following
        if _HIDDEN.search(attributes):
            hidden.append(row)
    cells = sum(1 for _ in _CELL.finditer(part))
    return SheetScan(cells, frozenset(hidden), merged_ranges(part))
