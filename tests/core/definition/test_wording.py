"""The official wording, read from a copy in the layout in which such documents come; the text is our own."""

from __future__ import annotations

import dataclasses
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from desktop.config import DEFAULT_PLAN
from desktop.definition import Wording, bundled_plan, read_wording
from desktop.exchange.format.filereading import Refusal
from desktop.exchange.guarded.supervisor import FileReader
from desktop.model.catalogue import message
from desktop.model.plan import Plan

COPY = """\
演示文件
（2022-2024年）

（一）正文小标题
（1）正文也给自己的几点编号。
附件
\t重点任务
\t具体内容
\t责任单位

\t（一）演示行动
\t1.演示任务
\t（2）第二项的演示内容。后面还有一句。
\t演示局、演示办

\t
\t
\t（12）折行的演示内容，
到2024年（含）建成3个
TISC
网点；全部完成。
\t演示局、
演示中心
\t[bookmark: _Toc1]（90）带书签的一项。
\t演示局
"""

EXPECTED = {
    2: "第二项的演示内容。后面还有一句。",
    12: "折行的演示内容，到2024年（含）建成3个TISC网点；全部完成。",
    90: "带书签的一项。",
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The bundled plan with four items only."""
    whole = bundled_plan(DEFAULT_PLAN)
    return dataclasses.replace(whole, items=tuple(i for i in whole.items if i.number in (2, 7, 12, 90)))


def read(tmp_path: Path, plan: Plan, data: bytes, name: str = "方案.txt") -> Wording:
    path = tmp_path / name
    path.write_bytes(data)
    return read_wording(path, plan)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_items_are_found_by_number_in_any_usual_encoding(tmp_path: Path, plan: Plan, encoding: str) -> None:
    wording = read(tmp_path, plan, COPY.encode(encoding))
    assert wording.texts == EXPECTED
    assert [(f.code, f.address) for f in wording.findings] == [("plan.wording_missing", "方案.txt#7")]
    assert "第7项" in message(wording.findings[0])


def test_windows_line_ends_and_cells_side_by_side(tmp_path: Path, plan: Plan) -> None:
    text = "1.任务\t（2）同一行的单元格。\t演示局\r\n2.任务\t(12) 半角括号。\t演示办\r\n"
    assert read(tmp_path, plan, text.encode()).texts == {2: "同一行的单元格。", 12: "半角括号。"}


def test_a_copy_that_lost_its_tabs(tmp_path: Path, plan: Plan) -> None:
    text = "（2）折行的\n一项。\n演示局、演示办\n（12）另一项。\n演示局\n"
    assert read(tmp_path, plan, text.encode()).texts == {2: "折行的一项。", 12: "另一项。"}


def test_the_annex_goes_before_numbered_points_of_the_text(tmp_path: Path, plan: Plan) -> None:
    text = "（2）正文里的第二点。\n\n附件\n\t（2）附件第二项。\n\t局\n"
    assert read(tmp_path, plan, text.encode()).texts == {2: "附件第二项。"}


def test_latin_words_keep_their_space(tmp_path: Path, plan: Plan) -> None:
    assert read(tmp_path, plan, "\t（2）use\nTISC 网点。\n\t局".encode()).texts == {2: "use TISC 网点。"}


def test_an_item_that_stands_twice_is_said_and_the_first_is_taken(tmp_path: Path, plan: Plan) -> None:
    wording = read(tmp_path, plan, "\t（2）先。\n\t局\n\t（2）后。\n\t局".encode())
    assert wording.texts == {2: "先。"}
    assert "plan.wording_repeated" in {f.code for f in wording.findings}


def test_a_word_file_with_the_table(tmp_path: Path, plan: Plan) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("附件")
    table = document.add_table(rows=0, cols=3)
    for task, text, body in [
        ("1.任务", "（2）第二项的演示内容。\n后面还有一句。", "演示局"),
        ("", "（12）折行的演示内容，到2024年（含）建成3个\nTISC网点；全部完成。", "演示\n中心"),
        ("2.任务", "（90）带书签的一项。", "演示局"),
    ]:
        for cell, content in zip(table.add_row().cells, (task, text, body), strict=True):
            cell.text = content
    table.cell(0, 0).merge(table.cell(1, 0))  # a task's cell spans its items
    path = tmp_path / "方案.docx"
    document.save(str(path))
    assert read_wording(path, plan).texts == EXPECTED


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 not a zip at all",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old word",
        b"\x81\x00\xff\xff",
    ],
)
def test_an_unreadable_copy_is_one_finding_with_a_remedy(tmp_path: Path, plan: Plan, data: bytes) -> None:
    wording = read(tmp_path, plan, data)
    assert wording.texts == {}
    assert [f.code for f in wording.findings] == ["plan.wording_unreadable"]
    assert ".docx" in message(wording.findings[0])


def test_a_workbook_is_not_taken_for_a_word_file(tmp_path: Path, plan: Plan) -> None:
    import xlsxwriter

    path = tmp_path / "方案.docx"
    xlsxwriter.Workbook(str(path)).close()
    assert [f.code for f in read_wording(path, plan).findings] == ["plan.wording_unreadable"]


def test_a_missing_copy_is_a_finding(tmp_path: Path, plan: Plan) -> None:
    assert [f.code for f in read_wording(tmp_path / "无.txt", plan).findings] == ["plan.wording_unreadable"]


def word_file(path: Path, text: str) -> Path:
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(path))
    return path


def changed(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The Word file with one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(content) if name == part else content)
    return path


HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "entities": lambda part: part.replace(
        b"<w:document",
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document',
        1,
    ),
    "a bomb": lambda part: part.replace(b"</w:body>", b" " * (250 << 20) + b"</w:body>"),
    "masses": lambda part: part.replace(b"</w:body>", b"<w:p/>" * 20_000 + b"</w:body>"),
    "no xml": lambda part: part[: len(part) // 2],
    "nothing": lambda _part: b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_word_file_is_one_finding_or_its_text(name: str, tmp_path: Path, plan: Plan) -> None:
    """It is parsed in the worker, which may be late or die: this process goes on."""
    path = changed(word_file(tmp_path / "方案.docx", "（2）演示内容。"), "word/document.xml", HOSTILE[name])
    wording = read_wording(path, plan)
    if wording.texts:
        assert wording.texts == {2: "演示内容。"}
    else:
        assert [f.code for f in wording.findings] == ["plan.wording_unreadable"]
        assert "。。" not in message(wording.findings[0])


def test_a_word_file_is_read_by_the_worker_alone(
    tmp_path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = word_file(tmp_path / "方案.docx", "（2）演示内容。")
    assert read_wording(path, plan).texts == {2: "演示内容。"}
    monkeypatch.setattr(FileReader, "words", lambda *_: Refusal("exchange.worker_died"))
    (finding,) = read_wording(path, plan).findings
    assert "意外退出" in message(finding)
