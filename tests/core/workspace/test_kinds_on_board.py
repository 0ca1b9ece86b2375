"""补报 and 更正单 on the board, on the unit's page, in the merged workbook and by command."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.model.submission import SubmissionKind
from desktop.workspace import BoardRow, Workspace
from tests.core.workspace.workspaces import Q3, at, explain_all, fill_everything, make
from tests.end2end.command_line import CommandLine

LATE_DAY = "2024-12-01"


def corrected(folder: Path, numbers: int) -> list[Path]:
    """汉沽街道's regular report and so many corrections of it."""
    folder.mkdir()
    with make(folder, "hangu") as clerk:
        session = clerk.form("hangu", Q3)
        fill_everything(session)
        files = [clerk.submit_form(session, folder).path]
        for number in range(numbers):
            session = clerk.start_revision(session)
            session.type_figure("training_visits", str(5 + number))
            explain_all(session)
            files.append(clerk.submit_form(session, folder, correction=True).path)
        return files


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    """Has a 补报 of 塘沽街道, the second 更正单 of 汉沽街道, and a regular report of 新村街道."""
    (tmp_path / "late").mkdir()
    files = corrected(tmp_path / "corrected", 2)
    for unit, day in (("tanggu", LATE_DAY), ("xincun", "2024-10-05")):
        with make(tmp_path / "late", unit, today=day) as clerk:
            session = clerk.form(unit, Q3)
            fill_everything(session)
            files.append(clerk.submit_form(session, tmp_path / "late").path)
    office = make(tmp_path, "scjg", consolidates=True, today=LATE_DAY)
    assert [one.verdict for one in office.take_in(files)] == ["accepted"] * len(files)
    return office


def row(office: Workspace, unit: str) -> BoardRow:
    return next(row for row in office.board(Q3).rows if row.unit.id == unit)


def test_the_board_says_what_kind_of_report_came_and_counts_them(office: Workspace) -> None:
    assert (row(office, "tanggu").kind, row(office, "tanggu").kind_label) == (SubmissionKind.LATE, "补报")
    assert row(office, "hangu").kind_label == "第2号更正单"
    assert row(office, "xincun").kind_label == ""
    assert office.board(Q3).kinds == "其中 更正单 1，补报 1"
    revisions = office.review.unit("hangu", Q3).revisions
    assert [side.kind for side in revisions] == [
        SubmissionKind.REGULAR,
        SubmissionKind.CORRECTION,
        SubmissionKind.CORRECTION,
    ]


def test_a_correction_that_is_set_aside_is_counted_no_more(office: Workspace) -> None:
    office.review.set_aside("hangu", Q3, row(office, "hangu").accepted, reason="演示：误发")
    assert (row(office, "hangu").revision, row(office, "hangu").kind_label) == (2, "第1号更正单")


def test_the_workbook_and_the_command_line_say_it_too(
    tmp_path: Path, office: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = load_workbook(office.export(Q3, tmp_path / "merged.xlsx").path)["报送情况"]
    cells = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    said = {line[1]: line[-1] for line in cells if len(line) > 1}
    assert said["塘沽街道"].startswith("补报") and said["汉沽街道"].startswith("第2号更正单")
    again = office.totals.export_again(Q3, tmp_path / "again.xlsx")
    assert again.read_bytes() == (tmp_path / "merged.xlsx").read_bytes()
    office.close()
    call = ("status", tmp_path / "scjg.zhibao", "--period", "2024Q3")
    units = CommandLine(capsys)(*call, "--json").data["units"]
    kinds = {unit["unit"]: unit["kind"] for unit in units}
    assert (kinds["tanggu"], kinds["hangu"], kinds["xincun"], kinds["jingkai"]) == (
        "late",
        "correction",
        "regular",
        None,
    )
    text = CommandLine(capsys)(*call).out
    assert "其中 更正单 1，补报 1" in text and "塘沽街道：已接收（第1版，补报）" in text


def test_the_kind_of_what_came_before_it_was_kept_apart_is_read_from_the_content(
    tmp_path: Path, office: Workspace
) -> None:
    path = office.path
    office.close()
    strip_kinds(path)
    with Workspace.open(path, clock=at(LATE_DAY)) as again:
        assert row(again, "tanggu").kind_label == "补报"
        assert row(again, "hangu").kind_label == "第2号更正单"


def strip_kinds(path: Path) -> None:
    """Make a workspace say no more of contents than it did in earlier versions."""
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER received_content_refuses_update")
        changed = connection.execute("UPDATE received_content SET intake = json_remove(intake, '$.kind')")
        assert changed.rowcount == 5
        connection.execute(
            "CREATE TRIGGER received_content_refuses_update BEFORE UPDATE ON received_content "
            "BEGIN SELECT RAISE(ABORT, 'received_content is append-only'); END"
        )
    connection.close()
