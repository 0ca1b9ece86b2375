"""The merged workbook of one period: district totals are formulas over its last sheet, 数据."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.config import PROGRAM
from desktop.consolidation import Consolidated, UnitState
from desktop.errors import from_os_error
from desktop.exchange.atomic import write_whole
from desktop.model.decimals import display
from desktop.model.finding import Finding
from desktop.model.period import Period
from desktop.report import (
    data_sheet,
    detail_sheet,
    items_sheet,
    reconciliation_sheet,
    review_sheet,
    states_sheet,
    summary_sheet,
    targets_sheet,
    unit_indicators_sheet,
)
from desktop.report.formulas import Formulas
from desktop.report.page import A3, A4, Column, Heading, Page, Styles, open_page
from desktop.report.provenance import Provenance

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_WHAT = "导出汇总表"
STREAM_FROM = 20_000
"""Figures from which the workbook is streamed, so that memory stays flat."""


@dataclass(frozen=True, slots=True)
class MergedWorkbook:
    """What goes into a merged workbook.

    `findings` and `provenance` are by unit id; explanations stand in the sections themselves. `created` makes
    the bytes reproducible. `synthetic` marks every sheet 演示.
    """

    consolidated: Consolidated
    states: Sequence[UnitState]
    created: datetime.datetime
    provenance: Mapping[str, Provenance]
    findings: Mapping[str, tuple[Finding, ...]]
    office: str = ""
    synthetic: bool = False
    deadlines: Mapping[str, datetime.date] = field(default_factory=dict)
    """Unit id → the last day that was said to it, where that isn't the plan's."""
    extended: frozenset[str] = frozenset()
    """Units whose day was put off (已延期)."""
    refused: Sequence[tuple[str, str]] = ()
    """Files that were not taken in, each with the reason."""


def write_merged_workbook(content: MergedWorkbook, path: Path, *, overwrite: bool = False) -> Path:
    """Write the merged workbook and return its path.

    Raises `InputError` if the file is there and `overwrite` isn't set, `EnvironmentFault` where it can't be
    written; then what was there before is unharmed.
    """
    write_whole(path, _workbook(content), _WHAT, overwrite=overwrite)
    return path


def _workbook(content: MergedWorkbook) -> bytes:
    """The workbook's bytes: the disk is met by the one write that can be taken back, but for the library's
    own temporary files, which stand elsewhere.
    """
    from xlsxwriter.workbook import Workbook

    rows = data_sheet.DataRows(content.consolidated)
    streamed = len(rows) > STREAM_FROM
    options = {
        "constant_memory": streamed,
        "in_memory": not streamed,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    file = io.BytesIO()
    try:
        book = Workbook(file, options)
        _properties(book, content)
        _Sheets(book, content, rows).write()
        book.close()
    except OSError as error:
        raise from_os_error(error, _WHAT) from error
    return file.getvalue()


def _time_progress(period: Period) -> str:
    """The share of the year gone by: it stands beside 完成率 of figures that are part of a year's."""
    return f"{display(Decimal(100 * period.number) / period.per_year, 1)}%"


def _properties(book: Workbook, content: MergedWorkbook) -> None:
    plan, period = content.consolidated.plan, content.consolidated.period
    book.set_properties(
        {
            "title": f"{'【演示】' if content.synthetic else ''}{plan.name} {period.label}",
            "author": content.office,
            "comments": PROGRAM,
            "created": content.created.replace(tzinfo=None),
        }
    )
    # recalculation on load shows the same figures: the stored ones are there for viewers that don't calculate
    book.set_calc_mode("auto")


class _Sheets:
    """The sheets in their order."""

    def __init__(self, book: Workbook, content: MergedWorkbook, rows: data_sheet.DataRows) -> None:
        self._book = book
        self._content = content
        self._rows = rows
        self._styles = Styles(book)
        consolidated = content.consolidated
        self._heading = Heading(
            title=consolidated.plan.name,
            subtitle="　".join(
                part
                for part in (
                    consolidated.period.label,
                    f"编制单位：{content.office}" if content.office else "",
                    f"制表时间：{content.created:%Y-%m-%d %H:%M}",
                    f"方案版本：{consolidated.plan.version}",
                    f"时间进度：{_time_progress(consolidated.period)}",
                )
                if part
            ),
            synthetic=content.synthetic,
        )

    def write(self) -> None:
        """Write them all."""
        content, consolidated = self._content, self._content.consolidated
        formulas = Formulas(consolidated, self._rows)
        page = self._open(summary_sheet.NAME, summary_sheet.COLUMNS, A3)
        places = summary_sheet.write_summary(page, consolidated, formulas)
        page = self._open(targets_sheet.NAME, targets_sheet.COLUMNS, A3)
        targets_sheet.write_targets(page, consolidated, formulas, places)
        page = self._open(detail_sheet.NAME, detail_sheet.columns(consolidated), A3)
        detail_sheet.write_details(page, consolidated, formulas, self._rows)
        page = self._open(unit_indicators_sheet.NAME, unit_indicators_sheet.columns(consolidated))
        unit_indicators_sheet.write_unit_indicators(page, consolidated, places)
        items_sheet.write_items(self._open(items_sheet.NAME, items_sheet.COLUMNS), consolidated)
        page = self._open(states_sheet.NAME, states_sheet.COLUMNS)
        days = states_sheet.Days(content.deadlines, content.extended)
        states_sheet.write_states(page, consolidated, content.states, days)
        states_sheet.write_refused(page, content.refused)
        page = self._open(review_sheet.NAME, review_sheet.COLUMNS)
        review_sheet.write_review(page, consolidated, content.findings)
        page = self._open(reconciliation_sheet.NAME, reconciliation_sheet.COLUMNS)
        reconciliation_sheet.write_reconciliation(page, consolidated, formulas)
        page = self._open(data_sheet.NAME, data_sheet.COLUMNS)
        data_sheet.write_data(page, consolidated, self._rows, content.provenance)

    def _open(self, name: str, columns: Sequence[Column], paper: int = A4) -> Page:
        return open_page(self._book, self._styles, name, columns, self._heading, paper)
