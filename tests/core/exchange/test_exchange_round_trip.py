"""A submission written and read back, untouched or with what people do to workbooks without meaning harm."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from desktop.errors import EnvironmentFault, InputError
from desktop.exchange import ContentState, FileKind, SignatureState, submission_file_name, write_submission
from desktop.model.canonical import short_digest
from desktop.model.catalogue import message
from desktop.model.content import submission_digest
from desktop.model.finding import Finding, Severity
from desktop.model.submission import Figure, Submission
from tests.core.exchange.submissions import (
    JUMP,
    PLAN,
    Q4,
    STREET,
    STREET_SECTION,
    ZONE,
    ZONE_SECTION,
    cell,
    edited,
    read,
    sheet,
    submission,
    written,
)
from tests.soffice import convert

ZONE_FILE = (ZONE_SECTION, STREET_SECTION)


@pytest.mark.parametrize("content", [submission(), submission(*ZONE_FILE)], ids=["clerk", "zone"])
def test_what_is_written_is_read(tmp_path: Path, content: Submission) -> None:
    reading = read(written(tmp_path, content))
    assert reading.submission == content
    assert reading.content is ContentState.INTACT
    assert reading.kind is FileKind.SUBMISSION
    assert reading.signature is SignatureState.NONE
    assert reading.digest == reading.claimed_digest == submission_digest(content)
    assert not reading.edited_cells
    assert not reading.findings


def test_same_content_gives_same_bytes(tmp_path: Path) -> None:
    first, second = written(tmp_path, name="a.xlsx"), written(tmp_path, name="b.xlsx")
    assert first.read_bytes() == second.read_bytes()


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_text("mine")
    with pytest.raises(InputError, match="已存在"):
        write_submission(submission(), PLAN, path)
    assert path.read_text() == "mine"
    write_submission(submission(), PLAN, path, overwrite=True)
    assert read(path).content is ContentState.INTACT


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentFault, match="磁盘已满"):
        write_submission(submission(), PLAN, tmp_path / "x.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="不存在"):
        write_submission(submission(), PLAN, tmp_path / "gone" / "x.xlsx")


def test_a_text_too_long_for_a_cell_is_refused(tmp_path: Path) -> None:
    item = replace(ZONE_SECTION.items[1], narrative="长" * 32_768)
    with pytest.raises(InputError, match="32767"):
        written(tmp_path, submission(replace(ZONE_SECTION, items={1: item})))
    assert not list(tmp_path.iterdir())


def test_file_names_come_from_unit_and_period() -> None:
    assert submission_file_name(PLAN, STREET, Q4, 3) == "知报_甲街道_2024Q4_第3版.xlsx"
    assert submission_file_name(PLAN, 'a:b/c\\d*"e', Q4, 1) == "知报_a-b-c-d-e_2024Q4_第1版.xlsx"


def test_people_see_whose_figures_these_are(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(written(tmp_path)).worksheets[0]
    head = "\n".join(str(row[0].value) for row in page.iter_rows(max_row=4))
    wanted = ("演示数据", "演示第二开发区", "2024Q4", "第2版", "演示审核人", "禁止录入涉密信息")
    assert all(text in head for text in wanted)
    assert short_digest(submission_digest(submission())) in head


def test_people_see_figures_beside_theirs(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    figures = {ZONE: {"pledges": Figure.number(Decimal("11000.25"))}}
    params = {"name": "质押登记金额", "typed": "x", "unit": "万元", "value": "1"}
    finding = Finding("reading.parentheses", Severity.WARNING, ZONE, str(Q4), "pledges", "a", params)
    write_submission(submission(), PLAN, path, previous=figures, findings=[finding])
    workbook = openpyxl.load_workbook(path)
    assert cell(sheet(workbook), "pledges", "上期").value == 11000.25
    page = sheet(workbook, "审核说明")
    assert cell(page, finding.key, "内容").value == message(finding)
    assert cell(page, JUMP, "原因").value == "确有变化"
    assert read(path).content is ContentState.INTACT


def test_numbers_are_numbers_unless_a_cell_would_cut_them(tmp_path: Path) -> None:
    page = sheet(openpyxl.load_workbook(written(tmp_path)))
    assert cell(page, "pledges", "本期").value == 12345.67
    assert cell(page, "pledges", "本期").number_format == "#,##0.00"
    assert cell(page, "oversea", "本期").value == "12345678901234567"
    assert cell(page, "licences", "本期").value == "无此项业务"


def test_typed_text_never_becomes_a_formula(tmp_path: Path) -> None:
    found = cell(sheet(openpyxl.load_workbook(written(tmp_path))), "talents", "本期")
    assert (found.value, found.data_type) == ("=1+1", "s")


def test_not_due_is_said(tmp_path: Path) -> None:
    third = replace(ZONE_SECTION, period=Q4.previous, figures={})
    path = written(tmp_path, replace(submission(third), period=Q4.previous))
    assert cell(sheet(openpyxl.load_workbook(path)), "centres", "本期").value == "本期不报"
    assert read(path).content is ContentState.INTACT


def _move_and_insert(workbook: Workbook) -> None:
    page = sheet(workbook)
    row = cell(page, "pledges", "代码").row
    moved = [one.value for one in page[row]]
    formats = [one.number_format for one in page[row]]
    page.delete_rows(row)
    for column, (value, shape) in enumerate(zip(moved, formats, strict=True), 1):
        target = page.cell(page.max_row + (column == 1), column)
        target.value, target.number_format = value, shape
    page.insert_cols(3)
    page.cell(6, 3).value = "备注"
    page.insert_rows(2, 3)


def test_moved_rows_and_inserted_columns_do_no_harm(tmp_path: Path) -> None:
    reading = edited(written(tmp_path, submission(*ZONE_FILE)), _move_and_insert)
    assert reading.content is ContentState.INTACT
    assert reading.submission == submission(*ZONE_FILE)


def test_a_renamed_sheet_is_known_by_its_headers(tmp_path: Path) -> None:
    def rename(workbook: Workbook) -> None:
        sheet(workbook).title = "我的表"

    assert edited(written(tmp_path), rename).content is ContentState.INTACT


def test_openpyxl_resave_is_intact(tmp_path: Path) -> None:
    reading = edited(written(tmp_path, submission(*ZONE_FILE)), lambda workbook: None)
    assert (reading.content, reading.findings) == (ContentState.INTACT, ())


@pytest.mark.soffice
def test_libreoffice_resaves_are_intact(tmp_path: Path) -> None:
    tricky = replace(
        ZONE_SECTION,
        figures={
            **ZONE_SECTION.figures,
            "licences": Figure.number(Decimal(999999999999999)),
            "pledges": Figure.number(Decimal("0.07")),
        },
        items={1: replace(ZONE_SECTION.items[1], narrative="  +1 _x0041_ \n\n“引号” <r>a</r> 😀 'x ")},
    )
    contents = [submission(), submission(*ZONE_FILE), submission(tricky)]
    paths = [written(tmp_path, content, f"{i}.xlsx") for i, content in enumerate(contents)]
    for content, path in zip(contents, convert(paths, tmp_path / "out"), strict=True):
        reading = read(path)
        assert reading.submission == content
        assert (reading.content, reading.edited_cells, reading.findings) == (ContentState.INTACT, (), ())
