"""The sheets of a workbook as rows of cells, with columns found by their headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.definition.workbook.places import Cell, cell_finding
from desktop.errors import InputError
from desktop.model.canonical import clean_text
from desktop.model.cell_name import cell_name
from desktop.model.finding import Finding, Severity

_HEADERS_WITHIN = 20
"""Rows among which the headers are looked for: people put titles above them."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """What a file holds in a cell: a text, an exact number or a truth; `type` f is a formula, e an error.

    `percent` says that a number is shown times a hundred.
    """

    value: Any
    type: str = "n"
    percent: bool = False

    @property
    def text(self) -> str:
        """The value as a header or a key."""
        return "" if self.value is None else clean_text(str(self.value)).strip()


@dataclass(frozen=True, slots=True)
class Row:
    """One row that isn't empty: its number from 1, and its cells by column from 1."""

    number: int
    cells: Mapping[int, RawCell]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's rows below its headers. `columns` maps names to column numbers."""

    sheet: str
    rows: Sequence[Row]
    columns: Mapping[str, int]
    header_row: int
    findings: Sequence[Finding] = ()

    def cell(self, row: Row, name: str, label: str) -> Cell:
        """The place of a row's cell; where the column is missing, the place where its header should be."""
        if name in self.columns:
            return Cell(self.sheet, cell_name(row.number, self.columns[name]), label)
        free = max(self.columns.values(), default=0) + 1
        return Cell(self.sheet, cell_name(self.header_row, free), label)

    def raw(self, row: Row, name: str) -> RawCell:
        """What stands in a row's cell."""
        return row.cells.get(self.columns.get(name, 0), RawCell(None))

    def fault(self, row: Row, name: str, label: str) -> Finding | None:
        """What forbids to use a cell: formulas and error values are never taken for a value."""
        raw = self.raw(row, name)
        if raw.type not in ("f", "e"):
            return None
        code = "plan.cell_formula" if raw.type == "f" else "plan.cell_error"
        return cell_finding(code, Severity.ERROR, self.cell(row, name, label), found=raw.text[:40])


def not_a_workbook(name: str) -> InputError:
    """What is said of a file that can't be a plan workbook."""
    return InputError(
        "plan.not_a_workbook", f"{name}不是方案工作簿。", "请选择用 zhibao plan export 写出的 .xlsx 文件。"
    )


def table(sheet: str, rows: Sequence[Row], labels: Mapping[str, str]) -> Table | None:
    """The table of a sheet whose columns have these names and labels; None where no header row is found.

    A column is found by its name in one of the header rows, else by its label.
    """
    names = {**{label: name for name, label in labels.items()}, **{name: name for name in labels}}
    heads = _header_rows(rows, names)
    if not heads:
        return None
    columns: dict[str, int] = {}
    findings: list[Finding] = []
    for number in sorted({number for row in heads for number in row.cells}):
        texts = [row.cells[number].text for row in heads if number in row.cells]
        found = [text for text in texts if text in labels] or [names[text] for text in texts if text in names]
        here = Cell(sheet, cell_name(heads[-1].number, number))
        if not found:
            shown = "".join(texts)[:40]
            if shown:
                findings.append(cell_finding("plan.column_unknown", Severity.WARNING, here, found=shown))
        elif found[0] in columns:
            findings.append(cell_finding("plan.column_repeated", Severity.ERROR, here, found=found[0]))
        else:
            columns[found[0]] = number
    below = [row for row in rows if row.number > heads[-1].number]
    return Table(sheet, below, columns, heads[-1].number, findings)


def _header_rows(rows: Sequence[Row], names: Mapping[str, str]) -> list[Row]:
    """The row in which most headers stand, and the next one if it is a header row too."""
    first = [row for row in rows if row.number <= _HEADERS_WITHIN]
    known = [sum(cell.text in names for cell in row.cells.values()) for row in first]
    most = max(known, default=0)
    if most == 0:
        return []
    best = known.index(most)
    second = best + 1
    also = second < len(first) and 2 * known[second] >= most and 2 * known[second] >= len(first[second].cells)
    return [first[best], first[second]] if also else [first[best]]
