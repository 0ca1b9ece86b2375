"""A plan workbook → a checked plan; every problem is a finding at a cell."""

from __future__ import annotations

from pathlib import Path

from desktop.definition.document import Loaded, plan_from_document
from desktop.definition.workbook.defaults import fill
from desktop.definition.workbook.foreign_rows import rows_by_sheet
from desktop.definition.workbook.gathering import REQUIRED_SHEETS, gather
from desktop.definition.workbook.identity import identify
from desktop.definition.workbook.pasting import paste
from desktop.definition.workbook.repetition import CODE as REPEATED
from desktop.definition.workbook.repetition import say_repeated
from desktop.definition.workbook.resolving import resolve
from desktop.definition.workbook.sheets import Row, not_a_workbook
from desktop.errors import InputError
from desktop.exchange.guarded.guarded_sheets import read_sheets
from desktop.model.finding import Finding, Severity

MOST_ROWS = 5_000
"""The plan of 2022–2024 has 537. Each thousand takes over a second to check, while whoever opened waits."""

_STRUCTURAL = ("plan.sheet_missing", "plan.header_missing")
"""What makes the rest unreadable, so that its findings would only hide these."""
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}


def read_plan_workbook(path: Path) -> Loaded:
    """Read and check a plan workbook.

    Raises InputError if the file isn't one or has far more rows than a plan, EnvironmentFault if it can't be
    read.
    """
    sheets = rows_by_sheet(read_sheets(path))
    if not any(sheet in sheets for sheet in REQUIRED_SHEETS):
        raise not_a_workbook(path.name)
    count = sum(map(len, sheets.values()))
    if count > MOST_ROWS:
        raise InputError(
            "plan.too_long",
            f"{path.name}共有 {count} 行，方案一般只有几百行，最多读取 {MOST_ROWS} 行。",
            "请核对是不是选错了文件，或删去不属于方案的工作表和行。",
        )
    return plan_of_sheets(sheets)


def plan_of_sheets(sheets: dict[str, list[Row]]) -> Loaded:
    """The plan of a workbook's sheets; never raises on what stands in them."""
    draft = gather(sheets)
    if any(finding.code in _STRUCTURAL for finding in draft.findings):
        return Loaded(None, tuple(draft.findings))
    identify(draft)
    paste(draft, sheets)
    resolve(draft)
    fill(draft)
    say_repeated(draft)
    loaded = plan_from_document(draft.document())
    told = {finding.address for finding in draft.findings if finding.severity is Severity.ERROR}
    repeated = any(finding.code == REPEATED for finding in draft.findings)
    places = draft.places()
    moved = (
        places.at_cell(finding) for finding in loaded.findings if finding.code != REPEATED or not repeated
    )
    others = dict.fromkeys(finding for finding in moved if finding.address not in told)
    findings: list[Finding] = [*draft.findings, *others]
    findings.sort(key=lambda finding: _ORDER[finding.severity])
    return Loaded(None if told else loaded.plan, tuple(findings))
