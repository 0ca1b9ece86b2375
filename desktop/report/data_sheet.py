"""Sheet 数据: every accepted figure in long form, from which all district totals are formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.consolidation import Consolidated
from desktop.model.canonical import short_digest
from desktop.model.decimals import total
from desktop.model.element import DataElement
from desktop.model.submission import Figure
from desktop.model.unit import Unit
from desktop.report.page import Column, Page, freeze_below_head, number_format
from desktop.report.provenance import Provenance
from desktop.report.words import ANSWERS, STATES, VINTAGES

NAME = "数据"
FIRST_ROW = 3
"""Row of the first figure, counted from zero: title, subtitle and headings come before."""

COLUMNS = (
    Column("单位编码", 14, "line"),
    Column("单位", 18, "line"),
    Column("单位类别", 9, "line"),
    Column("数据项编码", 24, "line"),
    Column("数据项", 30, "line"),
    Column("报告期", 9, "centre"),
    Column("状态", 11, "centre"),
    Column("填报数", 15, "number"),
    Column("扣减", 12, "number"),
    Column("净数", 15, "number"),
    Column("计量单位", 9, "centre"),
    Column("计入单位合计", 8, "centre"),
    Column("计入部门数", 8, "centre"),
    Column("数据版本", 9, "centre"),
    Column("下发核对", 9, "centre"),
    Column("版次", 6, "centre"),
    Column("内容校验码", 16, "line"),
    Column("来源文件", 36, "line"),
)
ELEMENT, NET, BY_UNITS, BY_DEPARTMENTS = 3, 9, 11, 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure in its place: `row` is counted from zero."""

    row: int
    unit: Unit
    element: DataElement
    figure: Figure


class DataRows:
    """The rows of the sheet: units and elements in the plan's order, figures that are blank left out."""

    def __init__(self, consolidated: Consolidated) -> None:
        self._consolidated = consolidated
        self.rows: dict[tuple[str, str], int] = {
            (entry.unit.id, entry.element.id): entry.row for entry in self.entries()
        }

    def entries(self) -> Iterator[Entry]:
        """Every figure with its row."""
        row, plan = FIRST_ROW, self._consolidated.plan
        for unit in plan.units:
            section = self._consolidated.figures.get(unit.id)
            if section is None:
                continue
            for element in plan.elements:
                figure = section.figures.get(element.id)
                if figure is not None:
                    yield Entry(row, unit, element, figure)
                    row += 1

    def __len__(self) -> int:
        return len(self.rows)

    def reference(self, unit: str, element: str) -> str | None:
        """The place of a figure, for a link."""
        row = self.rows.get((unit, element))
        return None if row is None else f"'{NAME}'!A{row + 1}"

    def sum_formula(self, element: str, counted: int) -> str:
        """The sum of an element's net figures that count (`counted` is BY_UNITS or BY_DEPARTMENTS)."""
        return f'SUMIFS({self._range(NET)},{self._range(ELEMENT)},"{element}",{self._range(counted)},1)'

    def _range(self, column: int) -> str:
        last = FIRST_ROW + max(len(self), 1)
        letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]
        return f"'{NAME}'!${letter}${FIRST_ROW + 1}:${letter}${last}"


def write_data(
    page: Page, consolidated: Consolidated, rows: DataRows, provenance: Mapping[str, Provenance]
) -> None:
    """Fill the sheet."""
    page.head()
    assert page.row == FIRST_ROW
    freeze_below_head(page, 2)
    plan, period = consolidated.plan, str(consolidated.period)
    digests = {unit: short_digest(source.digest) for unit, source in provenance.items() if source.digest}
    for entry in rows.entries():
        unit, element, figure = entry.unit, entry.element, entry.figure
        by_units = consolidated.elements[element.id]
        by_departments = consolidated.departments[element.id]
        source = provenance.get(unit.id, Provenance())
        decimals = number_format(element.decimals)
        texts = (unit.id, unit.short_name, plan.kind_label(unit.kind), element.id, element.name)
        for column, text in enumerate(texts):
            page.put(column, text)
        page.put(5, period)
        page.put(6, STATES[figure.state])
        value = figure.value if figure.value is not None or figure.amount is None else Decimal(0)
        page.put(7, value if value is not None else figure.typed, number=decimals)
        page.put(
            8, total([d.value for d in figure.deductions]) if figure.deductions else None, number=decimals
        )
        page.put(9, figure.amount, number=decimals)
        page.put(10, element.unit.typed)
        page.put(11, int(by_units.net is not None and unit.id in by_units.by_unit))
        page.put(
            12, int(_counts_for_departments(by_departments.value, by_departments.by_owner, unit, element))
        )
        page.put(13, VINTAGES.get(figure.vintage, figure.vintage))
        page.put(14, ANSWERS[figure.answer])
        page.put(15, source.revision)
        page.put(16, digests.get(unit.id))
        page.put(17, source.file)
        page.next()
    page.sheet.autofilter(FIRST_ROW - 1, 0, FIRST_ROW + max(len(rows), 1) - 1, page.last)


def _counts_for_departments(
    value: Decimal | None, by_owner: Mapping[str, Decimal], unit: Unit, element: DataElement
) -> bool:
    """Owners that agree on one fact count once: the first stands for all."""
    if value is None or unit.id not in by_owner:
        return False
    return element.disjoint or unit.id == next(iter(by_owner))
