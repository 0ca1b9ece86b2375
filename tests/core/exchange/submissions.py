"""Submissions of the small plan to write and read, and hands that change a workbook as people do."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.exchange import FileReading, read_submission, write_submission
from desktop.model.chain import ChainHead
from desktop.model.period import Period
from desktop.model.submission import (
    NIL,
    Answer,
    Coverage,
    Deduction,
    DeductionKind,
    Evidence,
    Explanation,
    Figure,
    FigureState,
    ItemReport,
    ItemStatus,
    Section,
    SignOff,
    Submission,
)
from tests.core.plans import small_plan, with_changes

PLAN = with_changes(small_plan(), digest="sha256:" + "1" * 64)
Q4 = Period.parse("2024Q4")
ZONE, STREET = "zone-b", "street-a"
JUMP = "value.jump@pledges@prev"

ZONE_SECTION = Section(
    ZONE,
    Q4,
    {
        "patents": replace(Figure.number(Decimal(1200)), answer=Answer.CONFIRMED),
        "inventions": replace(Figure.number(Decimal(410)), answer=Answer.DISPUTED),
        "oversea": Figure.number(Decimal(12345678901234567)),
        "pledges": replace(
            Figure.number(Decimal("12345.67")),
            deductions=(
                Deduction(DeductionKind.OUTSIDE, Decimal(100)),
                Deduction(DeductionKind.OVERLAP, Decimal("5.5"), STREET),
            ),
            vintage="preliminary",
        ),
        "licences": NIL,
        "talents": Figure(FigureState.UNREADABLE, typed="=1+1"),
        "net_change": Figure.number(Decimal(-3)),
        "centres": Figure(
            FigureState.NUMBER,
            Decimal(2),
            rows=(
                {"name": "演示中心甲", "until": "2025-06-30"},
                {"name": "演示中心乙", "credit_code": "91350100M000100Y43"},
            ),
        ),
    },
    {
        1: ItemReport(ItemStatus.UNDER_WAY, 60, "已完成选址。\n正在装修。"),
        2: ItemReport(
            ItemStatus.DONE, 100, "已建成", datetime.date(2024, 10, 1), (Evidence("证书.pdf", 3, "0" * 64),)
        ),
    },
    (Explanation(JUMP, "real", "上年同期有一笔大额质押", "sha256:0"),),
    Coverage(10, 8),
)
STREET_SECTION = Section(
    STREET, Q4, {"pledges": Figure.number(Decimal("0.5")), "licences": Figure.number(Decimal(7))}
)


def submission(*sections: Section) -> Submission:
    """A revision of the second zone; its own section unless said otherwise."""
    return Submission(
        plan=PLAN.id,
        plan_version=PLAN.version,
        plan_digest=PLAN.digest,
        unit=ZONE,
        period=Q4,
        revision=2,
        parent="sha256:" + "2" * 64,
        sections=sections or (ZONE_SECTION,),
        sign_off=SignOff("演示负责人", "演示审核人", "演示填表人", datetime.date(2025, 1, 10)),
        chain=ChainHead("workspace", 7, "sha256:" + "3" * 64),
        created=datetime.datetime(2025, 1, 10, 9, 30, tzinfo=datetime.UTC),
        created_with="知报 测试",
        synthetic=True,
    )


def written(folder: Path, content: Submission | None = None, name: str = "报送.xlsx") -> Path:
    """A written workbook."""
    path = folder / name
    write_submission(content or submission(), PLAN, path)
    return path


def read(path: Path) -> FileReading:
    """The reading of a file with the small plan."""
    return read_submission(path, [PLAN])


def edited(path: Path, change: Callable[[Workbook], None]) -> FileReading:
    """The reading of a file that a person opened, changed and saved."""
    workbook = openpyxl.load_workbook(path)
    change(workbook)
    workbook.save(path)
    return read(path)


def sheet(workbook: Workbook, name: str = "指标报表") -> Worksheet:
    """A sheet by its name."""
    found = workbook[name]
    assert isinstance(found, Worksheet)
    return found


def cell(page: Worksheet, code: object, header: str, unit: str = "") -> Cell:
    """The cell in the row with that code and the column with that header, as a person finds it."""
    rows = list(page.iter_rows())
    header_row = next(index for index, row in enumerate(rows) if header in [one.value for one in row])
    columns = {one.value: index for index, one in enumerate(rows[header_row])}
    codes = next(columns[name] for name in ("代码", "序号", "编号") if name in columns)
    for row in rows[header_row + 1 :]:
        unit_fits = not unit or row[columns["单位代码"]].value == unit
        if row[codes].value == code and unit_fits:
            found = row[columns[header]]
            assert isinstance(found, Cell)
            return found
    raise AssertionError(f"no row {code}")
