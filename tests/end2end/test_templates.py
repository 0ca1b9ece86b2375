"""Units without the program: a template goes out, is filled in by hand and comes back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desktop.model.form import form_for
from desktop.model.period import Period
from desktop.model.plan import ReferenceFigure
from desktop.model.submission import Answer
from desktop.workspace import Workspace
from tests.core.exchange.submissions import cell, sheet
from tests.end2end.command_line import CommandLine

QUARTER, MONTH = "2024Q4", "2024M05"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The district's office, which issued one figure to a street."""
    path = tmp_path / "office.zhibao"
    with Workspace.create(path, ["scjg"], consolidates=True, synthetic=True) as workspace:
        issued = ReferenceFigure("patents_valid", "tanggu", Decimal(321), Period.parse(QUARTER).end)
        workspace.set_references([issued])
    return path


def _fill(path: Path, value: str | int) -> int:
    """Type one figure wherever something has to be typed; returns how many cells that were."""
    workbook = openpyxl.load_workbook(path)
    page, count = sheet(workbook), 0
    header = next(row for row in page.iter_rows() if "检查" in [c.value for c in row])
    column = {str(c.value): c.column_letter for c in header if c.value}
    for row in range(int(header[0].row or 0) + 1, page.max_row + 1):
        if "待填" in str(page[f"{column['检查']}{row}"].value).partition('"○ ')[2][:2]:
            page[f"{column['本期']}{row}"] = value
            count += 1
    workbook.save(path)
    return count


def test_a_filled_template_is_taken_like_a_submission(
    zhibao: CommandLine, office: Path, tmp_path: Path
) -> None:
    path = tmp_path / "塘沽.xlsx"
    made = zhibao("template", "--unit", "塘沽街道", "--period", QUARTER, "--out", path, "--workspace", office)
    assert made.status == 0, made.err
    empty = zhibao("merge", office, path, "--json").data["files"][0]
    assert (empty["verdict"], empty["code"]) == ("rejected", "workspace.blank_template")
    half = openpyxl.load_workbook(path)
    cell(sheet(half), "patents_valid", "核对").value = "相符"
    half.save(path)
    unfinished = zhibao("merge", office, path, "--json").data["files"][0]
    assert (unfinished["verdict"], unfinished["code"]) == ("rejected", "consolidation.blocking_errors")
    assert _fill(path, "无此项业务") == 3
    merged = zhibao("merge", office, path, "--json")
    (file,) = merged.data["files"]
    assert (merged.status, file["verdict"], file["kind"], file["signature"]) == (
        0,
        "accepted",
        "template",
        "none",
    )
    with Workspace.open(office) as workspace:
        rows = {row.unit.id: row for row in workspace.board(Period.parse(QUARTER)).rows}
        received = workspace.content(rows["tanggu"].digest)
    figure = received.sections[0].figure("patents_valid")
    assert (received.unit, figure.value, figure.answer) == ("tanggu", Decimal(321), Answer.CONFIRMED)


def test_it_says_filled_in_and_not_tampered_with(zhibao: CommandLine, office: Path, tmp_path: Path) -> None:
    path = tmp_path / "塘沽.xlsx"
    zhibao("template", "--unit", "塘沽街道", "--period", QUARTER, "--out", path)
    count = _fill(path, 5)
    looked = zhibao("inspect", path)
    assert looked.status == 0
    assert "已填写" in looked.out
    assert "改动" not in looked.out
    merged = zhibao("merge", office, path)
    assert f"空白报表，填写 {count} 处" in merged.out


def test_what_was_said_beside_a_figure_answers_the_warning_there(
    zhibao: CommandLine, office: Path, tmp_path: Path
) -> None:
    path, merged = tmp_path / "塘沽.xlsx", tmp_path / "merged.xlsx"
    zhibao("template", "--unit", "塘沽街道", "--period", QUARTER, "--out", path)
    _fill(path, 5)
    workbook = openpyxl.load_workbook(path)
    for header, value in (
        ("本期", 150000),
        ("原因", "其他"),
        ("说明", "演示：区里统一组织的大型宣传周"),
    ):
        cell(sheet(workbook), "training_visits", header).value = value
    workbook.save(path)
    (file,) = zhibao("merge", office, path, "--json").data["files"]
    assert file["verdict"] == "accepted", file["reason"]
    assert zhibao("export", office, "--period", QUARTER, "--out", merged).status == 0
    review = openpyxl.load_workbook(merged)["审核情况"]
    rows = [row for row in review.iter_rows(values_only=True) if row[8] == "range.above@training_visits"]
    assert [(row[4], row[5]) for row in rows] == [("其他", "演示：区里统一组织的大型宣传周")]


def test_the_next_template_is_the_next_revision(zhibao: CommandLine, office: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    call = ("template", "--unit", "塘沽街道", "--period", QUARTER, "--workspace", office)
    for path, value, revision in ((first, 5, 1), (second, 6, 2)):
        zhibao(*call, "--out", path)
        _fill(path, value)
        (file,) = zhibao("merge", office, path, "--json").data["files"]
        assert (file["verdict"], file["revision"]) == ("accepted", revision)


def test_it_works_for_a_monthly_plan(zhibao: CommandLine, tmp_path: Path) -> None:
    office, path = tmp_path / "eco.zhibao", tmp_path / "子街道.xlsx"
    plan = "demo-eco-2024-2026"
    with Workspace.create(office, ["sthj"], consolidates=True, synthetic=True, plan=plan) as workspace:
        form = form_for(workspace.plan, workspace.plan.unit("zi"), Period.parse(MONTH))
        entered = sum(row.mode.value == "entered" for row in form.due_rows)
    zhibao("template", "--unit", "zi", "--period", MONTH, "--out", path, "--plan", plan)
    assert _fill(path, "无此项业务") == entered
    (file,) = zhibao("merge", office, path, "--json").data["files"]
    assert (file["verdict"], file["unit"], file["period"]) == ("accepted", "zi", MONTH), file["reason"]
