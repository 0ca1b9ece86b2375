"""Merged workbooks written and read back by what stands in their cells."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.consolidation import Consolidated, consolidate, unit_states
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Section
from desktop.report import MergedWorkbook, Provenance, write_merged_workbook
from tests.core.consolidation.sections import MORNING, content

TODAY = datetime.date(2025, 2, 1)


def merged(plan: Plan, period: Period, accepted: Mapping[Period, Mapping[str, Section]]) -> MergedWorkbook:
    """What a merged workbook is written from, with one received content for each section."""
    received = [
        content(f"{unit}-digest", unit=unit, plan=plan.id, plan_version=plan.version, period=period)
        for unit in accepted.get(period, {})
    ]
    states = unit_states(plan, period, received, [], today=TODAY)
    return MergedWorkbook(
        consolidated=consolidate(plan, period, accepted),
        states=states,
        created=MORNING,
        provenance={s.unit: Provenance(s.accepted or "", s.accepted_revision, s.file) for s in states},
        findings={},
        office="演示市场监管局",
    )


def written(book: MergedWorkbook, path: Path) -> Workbook:
    """The workbook written and read with the results stored in it."""
    write_merged_workbook(book, path, overwrite=True)
    return load_workbook(path, data_only=True)


def rows(sheet: Worksheet, key: str) -> list[dict[str, object]]:
    """Rows below the row of headings that holds `key`, by heading."""
    table = list(sheet.iter_rows(values_only=True))
    start = next(number for number, row in enumerate(table) if key in row)
    return [dict(zip((str(title) for title in table[start]), row, strict=True)) for row in table[start + 1 :]]


def by(found: Iterable[Mapping[str, object]], key: str, value: object) -> Mapping[str, object]:
    """The first row in which `key` is `value`."""
    return next(row for row in found if row[key] == value)


def exact(value: object, decimals: int) -> Decimal | None:
    """A read number as the decimal that it stands for; None for words and empty cells."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return round(Decimal(repr(value)), decimals)


def element_totals(
    book: Workbook, consolidated: Consolidated
) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """Sum over units and departments' figure of each element, as sheet 单位明细 shows them."""
    table = rows(book["单位明细"], "数据项")
    found = {}
    for element in consolidated.plan.elements:
        row = by(table, "数据项", ("　" if element.part_of else "") + element.name)
        found[element.id] = (
            exact(row["各单位合计"], element.decimals),
            exact(row["部门数"], element.decimals),
        )
    return found
