"""Comparing cells with what they should hold, and keeping a log of what differs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.exchange.format.filereading import EditedCell
from desktop.exchange.format.visible import Visible, comparable, shown
from desktop.exchange.parsing.cells import Cell, CellKind
from desktop.exchange.reading.tables import Row, Table
from desktop.model.finding import Finding, Severity
from desktop.model.period import Period
from desktop.model.plan import Plan

_LONGEST = 60
_LITERALS = re.compile(r'"[^"]*"|\\.')


@dataclass(frozen=True, slots=True)
class Place:
    """Whose content a cell holds: unit, and the element id, `item/12` or finding key that names it."""

    unit: str
    address: str
    table: Table | None = None
    row: Row | None = None

    def cell(self, column: str) -> Cell | None:
        """The cell in that column, if there is one."""
        return self.row.cells.get(column) if self.row else None


@dataclass(slots=True)
class Log:
    """What was found while reading one file. Without a manifest there is nothing to differ from.

    In a `template` all that differs was filled in, and what stands in 原因 and 说明 beside figures is read.
    """

    plan: Plan
    period: Period
    compares: bool
    template: bool = False
    edited: list[EditedCell] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def changed(self, place: Place, column: str, was: Visible, now: Visible, aspect: str = "") -> None:
        """A cell says something else than the manifest; `column` is its id, `aspect` what it is called."""
        if not self.compares:
            return
        cell = place.cell(column)
        sheet = place.table.name if place.table else ""
        self.edited.append(
            EditedCell(
                place.address, place.unit, shown(was), shown(now), sheet, cell.ref if cell else "", aspect
            )
        )

    def say(self, place: Place, code: str, severity: Severity, column: str = "", /, **params: str) -> None:
        """A finding at a cell of the file, or about an address as a whole."""
        cell = place.cell(column)
        sheet = place.table.name if place.table else ""
        ref = cell.ref if cell else ""
        where = f"{sheet}!{ref}" if ref else sheet
        self.findings.append(
            Finding(
                code,
                severity,
                place.unit,
                str(self.period),
                place.address,
                ref,
                {"where": where, "name": self.name(place.address)} | {k: short(v) for k, v in params.items()},
            )
        )

    def name(self, address: str) -> str:
        """An address in words."""
        return self.plan.element(address).name if self.plan.has_element(address) else address


def short(text: str) -> str:
    """A text from a file as it may stand in a sentence."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def agrees(cell: Cell | None, expected: Visible) -> bool:
    """Whether a person sees in the cell what should be there."""
    if cell is None:
        return expected is None or (isinstance(expected, str) and not comparable(expected))
    if isinstance(expected, Decimal):
        return cell.number == expected and not is_percent(cell)
    if expected is None or cell.kind is not CellKind.TEXT:
        return False
    return cell.text == expected or _without_tabs(cell.text) == _without_tabs(expected)


def _without_tabs(text: str) -> str:
    """A text as it is compared: on its way through .ods a tab gets lost."""
    return comparable(text).replace("\t", "")


def is_percent(cell: Cell) -> bool:
    """Whether the number is shown times a hundred."""
    return "%" in _LITERALS.sub("", cell.number_format)


def cell_shown(cell: Cell | None) -> Visible:
    """A cell's content for an edited cell's text."""
    if cell is None:
        return None
    number = cell.number
    return number if number is not None else comparable(cell.text)


def text_of(cell: Cell | None) -> str:
    """A cell read as a text."""
    return comparable(cell.text) if cell else ""
