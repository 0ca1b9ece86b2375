"""A whole round through the command line: from empty workspaces to the merged workbook."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from desktop.workspace import Workspace
from tests.core.workspace.workspaces import Q3, REASON, blank_to_nil, explain_all, make
from tests.end2end.command_line import CommandLine


@dataclass(frozen=True)
class Files:
    """The files of a small round, made once."""

    folder: Path
    zone: Path
    street: Path
    office: Path


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A zone, a street and the consolidating bureau hand in."""
    out = tmp_path / "out"
    out.mkdir()
    zone = _hand_in(
        make(tmp_path, "jingkai"), out, {"contract_total": "1.2亿", "contract_patent": "8,000.50"}
    )
    street = _hand_in(make(tmp_path, "tanggu"), out, {"training_visits": "120", "mediation_street": "3"})
    with make(tmp_path, "scjg", consolidates=True) as office:
        _fill(office, {"patents_invention_valid": "24105", "patents_valid": "80000"})
        office.submit("scjg", Q3, out)
        return Files(tmp_path, zone, street, office.path)


def test_figures_typed_stand_in_the_merged_workbook(zhibao: CommandLine, files: Files) -> None:
    merged = zhibao("merge", files.office, files.zone, files.street, "--json")
    assert merged.status == 0, merged.err
    assert [f["verdict"] for f in merged.data["files"]] == ["accepted", "accepted"]
    out = files.folder / "汇总.xlsx"
    exported = zhibao("export", files.office, "--period", "2024Q3", "--out", out, "--json")
    assert exported.status == 0
    totals = {total["indicator"]: total for total in exported.data["totals"]}
    assert totals["i07"]["value"] == "24105"
    assert (totals["i12"]["value"], totals["i12"]["units_reporting"], totals["i12"]["units_expected"]) == (
        None,
        0,
        2,
    )
    rows = _data_rows(out)
    assert rows["jingkai", "contract_total"] == Decimal(12000)
    assert rows["jingkai", "contract_patent"] == Decimal("8000.5")
    assert rows["tanggu", "training_visits"] == Decimal(120)


def test_status_names_who_is_missing(zhibao: CommandLine, files: Files) -> None:
    zhibao("merge", files.office, files.street)
    told = zhibao("status", files.office, "--period", "2024Q3", "--json")
    assert told.status == 1
    states = {row["unit"]: row["state"] for row in told.data["units"]}
    assert (states["tanggu"], states["scjg"]) == ("accepted", "accepted")
    assert states["jingkai"] in ("missing", "overdue")


def test_a_file_sent_twice_is_a_duplicate_and_a_revision_supersedes(
    zhibao: CommandLine, files: Files
) -> None:
    zhibao("merge", files.office, files.street)
    again = zhibao("merge", files.office, files.street, "--json")
    assert [f["verdict"] for f in again.data["files"]] == ["duplicate"]
    with Workspace.open(files.folder / "tanggu.zhibao") as unit:
        session = unit.form("tanggu", Q3)
        session.start_revision()
        session.type_figure("training_visits", "150")
        explain_all(session)
        second = unit.submit_form(session, files.street.parent).path
    taken = zhibao("merge", files.office, files.street.parent, "--json")
    by_path = {Path(f["path"]).name: f["verdict"] for f in taken.data["files"]}
    assert by_path[second.name] == "accepted"
    out = files.folder / "汇总.xlsx"
    zhibao("export", files.office, "--period", "2024Q3", "--out", out)
    assert _data_rows(out)["tanggu", "training_visits"] == Decimal(150)


def test_two_contents_with_one_revision_are_a_conflict_until_decided(
    zhibao: CommandLine, files: Files
) -> None:
    zhibao("merge", files.office, files.street)
    rival_folder = files.folder / "rival"
    rival_folder.mkdir()
    rival = _hand_in(make(rival_folder, "tanggu"), rival_folder, {"training_visits": "999"})
    told = zhibao("merge", files.office, rival, "--json")
    assert (told.status, told.data["files"][0]["verdict"]) == (1, "conflict")
    with Workspace.open(files.office) as office:
        row = next(row for row in office.board(Q3).rows if row.unit.id == "tanggu")
        assert len(row.choices) == 2
        chosen = next(d for d in row.choices if _visits(office, d) == Decimal(999))
        office.decide("tanggu", Q3, chosen, take=True, reason="演示：电话核实")
        section = office.consolidated(Q3).figures["tanggu"]
        assert section.figure("training_visits").value == Decimal(999)


def test_status_names_every_file_that_came_and_why(zhibao: CommandLine, files: Files) -> None:
    letter = files.folder / "通知.xlsx"
    letter.write_bytes(b"no workbook at all")
    zhibao("merge", files.office, files.street, letter)
    zhibao("merge", files.office, files.street, letter)
    told = zhibao("status", files.office, "--period", "2024Q3", "--files", "--json").data["files"]
    assert [(file["name"], file["verdict"]) for file in told if "市场监管局" not in file["name"]] == [
        (letter.name, "rejected"),
        (files.street.name, "accepted"),
    ]
    assert all(file["sha256"] and file["reason"] and file["received"] for file in told)
    said = zhibao("status", files.office, "--period", "2024Q3", "--files").out
    assert "通知.xlsx" in said and "未接收" in said
    assert "files" not in zhibao("status", files.office, "--period", "2024Q3", "--json").data


def test_a_cell_changed_outside_is_named(zhibao: CommandLine, files: Files) -> None:
    workbook = openpyxl.load_workbook(files.street)
    cell = next(c for row in workbook["指标报表"].iter_rows() for c in row if c.value == 120)
    cell.value = 130
    workbook.save(files.street)
    looked = zhibao("inspect", files.street, "--json")
    assert (looked.status, looked.data["content"]) == (1, "edited")
    assert looked.data["edited_cells"] == [
        {"unit": "tanggu", "element": "training_visits", "was": "120", "now": "130"}
    ]
    taken = zhibao("merge", files.office, files.street, "--json")
    assert taken.data["files"][0]["verdict"] == "accepted"
    assert taken.status == 1


def test_fill_check_explain_and_submit(zhibao: CommandLine, tmp_path: Path) -> None:
    workspace = tmp_path / "kx.zhibao"
    assert zhibao("init", workspace, "--unit", "区科协").status == 0
    filled = zhibao(
        "fill", workspace, "--period", "2024Q3", "item/39=under_way:演示：基地建设推进中", "--json"
    )
    assert filled.data["changed"] == ["item/39"]
    checked = zhibao("check", workspace, "--period", "2024Q3", "--json")
    assert checked.data["errors"] == 0
    for key in checked.data["unexplained"]:
        said = zhibao(
            "explain",
            workspace,
            "--period",
            "2024Q3",
            key,
            "--reason",
            REASON,
            "--text",
            "演示：本季按计划推进，详见进展",
        )
        assert said.status == 0
    done = zhibao("submit", workspace, "--period", "2024Q3", "--out", tmp_path, "--mail", "--json")
    assert done.status == 0, done.err
    assert Path(done.data["path"]).is_file()
    assert b"X-Unsent: 1" in Path(done.data["mail"]).read_bytes()
    assert zhibao("submit", workspace, "--period", "2024Q3", "--out", tmp_path).status == 2


def test_fill_from_a_table(zhibao: CommandLine, tmp_path: Path) -> None:
    workspace = tmp_path / "kjj.zhibao"
    zhibao("init", workspace, "--unit", "kjj")
    table = tmp_path / "数据.csv"
    table.write_bytes('代码,数值\ncontract_total,"５,000"\ncontract_patent,abc\n'.encode("gb18030"))
    filled = zhibao("fill", workspace, "--period", "2024Q3", "--from", table, "--json")
    assert filled.status == 1
    assert set(filled.data["changed"]) == {"contract_total", "contract_patent"}
    with Workspace.open(workspace) as unit:
        assert unit.form("kjj", Q3).section.figure("contract_total").value == Decimal(5000)


def test_a_task_package_starts_a_unit_with_its_issued_figures(zhibao: CommandLine, files: Files) -> None:
    from desktop.model.plan import ReferenceFigure

    with Workspace.open(files.office) as office:
        office.set_references([ReferenceFigure("patents_valid", "xinhe", Decimal(321), Q3.end)])
    package = files.folder / "任务包.xlsx"
    assert zhibao("publish", files.office, "--period", "2024Q3", "--out", package).status == 0
    looked = zhibao("inspect", package, "--json")
    assert (looked.status, looked.data["kind"]) == (0, "task_package")
    unit = files.folder / "新河.zhibao"
    assert zhibao("init", unit, "--unit", "新河街道", "--plan", package).status == 0
    with Workspace.open(unit) as workspace:
        session = workspace.form("xinhe", Q3)
        session.confirm_issued("patents_valid").saved.result()
        assert session.section.figure("patents_valid").value == Decimal(321)


def test_a_template_comes_back_as_a_submission(zhibao: CommandLine, files: Files) -> None:
    template = files.folder / "模板.xlsx"
    called = zhibao("template", "--unit", "中塘镇", "--period", "2024Q3", "--out", template)
    assert called.status == 0
    workbook = openpyxl.load_workbook(template)
    sheet = workbook["指标报表"]
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    for code, value in (("training_visits", 77), ("mediation_street", 0), ("custody_firms", 0)):
        sheet[f"{cells['本期'].column_letter}{cells[code].row}"] = value
    workbook.save(template)
    looked = zhibao("inspect", template, "--json")
    assert looked.data["content"] == "edited"
    edited = {cell["element"]: cell["now"] for cell in looked.data["edited_cells"]}
    assert edited == {"training_visits": "77", "mediation_street": "0", "custody_firms": "0"}


def _hand_in(workspace: Workspace, out: Path, figures: dict[str, str]) -> Path:
    with workspace:
        unit = workspace.own_units[0].id
        _fill(workspace, figures)
        return workspace.submit(unit, Q3, out).path


def _fill(workspace: Workspace, figures: dict[str, str]) -> None:
    session = workspace.form(workspace.own_units[0].id, Q3)
    for element, text in figures.items():
        session.type_figure(element, text)
    blank_to_nil(session)
    explain_all(session)


def _visits(office: Workspace, digest: str) -> Decimal | None:
    section = office.content(digest).sections[0]
    return section.figure("training_visits").value


def _data_rows(path: Path) -> dict[tuple[str, str], Decimal | None]:
    """(unit, element) → value of the merged workbook's long form, columns found by their headers."""
    sheet = openpyxl.load_workbook(path, data_only=True)["数据"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    start = next(i for i, row in enumerate(rows) if "单位编码" in row)
    header = rows[start]
    unit, element, value = (header.index(name) for name in ("单位编码", "数据项编码", "填报数"))
    return {
        (str(row[unit]), str(row[element])): None if row[value] is None else Decimal(str(row[value]))
        for row in rows[start + 1 :]
        if row[unit]
    }
