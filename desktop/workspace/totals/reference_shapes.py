"""Where units, data elements and figures stand in a table that people made: titles above it, numbers before
the units, units of measurement behind the names, units across instead of down.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from desktop.model.canonical import clean_text
from desktop.model.cell_name import cell_name
from desktop.model.element import DataElement
from desktop.model.plan import Plan
from desktop.model.unit import Unit

Table = Sequence[Sequence[str]]
HEAD_ROWS = 10
_AREA_COLUMNS = 6
_WHOLE = frozenset({"合计", "总计", "总数", "合计数", "全区", "全区合计", "全区总计", "区合计"})
_BESIDE = frozenset(
    {"序号", "编号", "备注", "说明", "注", "单位", "类别", "代码", "单位代码", "区划代码", "联系人"}
)
"""Columns that stand beside figures and aren't any."""
_MEASURE = re.compile(r"[（(\[][^（）()\[\]]*[）)\]]$")


@dataclass(frozen=True, slots=True)
class Wide:
    """A table with a row for each unit: the row of titles, the column of units, those of elements.

    `table` is turned where units stand across; `place` names a cell as it stands in the table that came.
    """

    table: Table
    head: int
    areas: int
    elements: frozenset[int]
    titles: Mapping[int, str]
    turned: bool = False

    def place(self, row: int, column: int) -> str:
        """What a cell is called, A1."""
        return place_of(column, row) if self.turned else place_of(row, column)


def find_wide(plan: Plan, table: Table) -> Wide | None:
    """Where things stand in such a table; None if it isn't one."""
    turned = tuple(zip_longest(*table, fillvalue=""))
    down, across = _units(plan, table), _units(plan, turned)
    ways = [(table, False), (turned, True)] if down[0] >= across[0] else [(turned, True), (table, False)]
    found = (_wide(plan, rows, is_turned) for rows, is_turned in ways)
    return next((wide for wide in found if wide is not None), None)


def element_named(plan: Plan, text: str) -> DataElement | None:
    """The data element with that id or name, whatever measure stands behind it."""
    wanted = key_of(text)
    for name in dict.fromkeys((wanted, _MEASURE.sub("", wanted))):
        if plan.has_element(name):
            return plan.element(name)
        found = [element for element in plan.elements if key_of(element.name) == name]
        if len(found) == 1:
            return found[0]
    return None


def area_named(plan: Plan, text: str) -> Unit | None:
    """The unit with that name or id, the district for a row of totals."""
    wanted = key_of(text)
    district = plan.district
    if wanted in _WHOLE or wanted in (district.id, district.name, district.short_name):
        return district
    return plan.find_unit(wanted)


def key_of(text: str) -> str:
    """A name without white space."""
    return "".join(clean_text(text).split())


def place_of(row: int, column: int) -> str:
    """What a cell is called, A1, by its numbers from zero."""
    return cell_name(row + 1, column + 1)


def _units(plan: Plan, table: Table) -> tuple[int, int]:
    """How many cells of one of the first columns name units, and which column that is."""
    width = min(max((len(row) for row in table), default=0), _AREA_COLUMNS)
    counts = [
        (
            sum(1 for row in table if column < len(row) and row[column] and _is_unit(plan, row[column])),
            -column,
        )
        for column in range(width)
    ]
    most, column = max(counts, default=(0, 0))
    return most, -column


def _is_unit(plan: Plan, text: str) -> bool:
    return area_named(plan, text) is not None


def _wide(plan: Plan, table: Table, turned: bool) -> Wide | None:
    count, areas = _units(plan, table)
    heads = [
        (sum(1 for n, text in enumerate(row) if n != areas and element_named(plan, text)), -number)
        for number, row in enumerate(table[:HEAD_ROWS])
    ]
    most, minus = max(heads, default=(0, 0))
    if not most:
        return None
    head = -minus
    titles = {n: text.strip() for n, text in enumerate(table[head]) if key_of(text) not in _BESIDE}
    elements = frozenset(n for n, text in titles.items() if n != areas and element_named(plan, text))
    return Wide(table, head, areas if count else 0, elements, titles, turned)
