"""The printed sheet: pages of A4 whose every page names the check code, no row and no text is lost."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import segno
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from desktop.workspace import Paper, PaperColumn, PaperHead, PaperRow, PaperTable
from ui import print_out
from ui.paper_blocks import code_modules
from ui.printing import MARGIN_MM, STAMP_MM, pdf_of, print_on

ReadPages = Callable[[Paper], list[str]]

CODE = "ABCD-EFAB-CDEF"
"""Letters alone: Qt 6.7 paints digits behind a letter but leaves them out of the text of a PDF."""


def sheet(rows: int = 3, narrative: str = "办了两期培训", demo: str = "") -> Paper:
    table = PaperTable(
        "一、任务进展",
        (PaperColumn("序号", 1), PaperColumn("进展情况", 5), PaperColumn("本期", 2, right=True)),
        tuple(PaperRow((f"N{n}", narrative, f"{n},000.00")) for n in range(1, rows + 1)),
        "表下注释",
    )
    return Paper(
        title="演示方案2024年第三季度报表",
        head=PaperHead(number="演示01表"),
        about=("填报单位：演示街道", f"校验码：{CODE}"),
        tables=(table,),
        signatures=(("单位负责人", "甲"), ("审核人", "乙"), ("填表人", "丙"), ("报出日期", "2024年10月5日")),
        code=CODE,
        running="演示街道　2024年第三季度　第1版",
        demo=demo,
    )


@pytest.fixture
def text_of(tmp_path: Path) -> ReadPages:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext isn't here")

    def read(paper: Paper) -> list[str]:
        path = tmp_path / "sheet.pdf"
        path.write_bytes(pdf_of(paper))
        done = subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        )
        # Qt names a glyph by the first character that has it: often a radical that looks the same
        return unicodedata.normalize("NFKC", done.stdout).rstrip("\f").split("\f")

    return read


def test_every_page_has_check_code_page_number_and_the_header_again(text_of: ReadPages) -> None:
    pages = text_of(sheet(rows=120))
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"校验码 {CODE}" in page
        last_line = page.rstrip().splitlines()[-1].replace(" ", "")
        assert f"第{number}" in last_line
        assert f"共{len(pages)}" in last_line
        assert "进展情况" in page, "the header of the table is repeated"
    everything = "".join(pages)
    assert all(f" {n},000.00" in everything for n in range(1, 121)), "no row is lost at the end of a page"
    assert "单位负责人" in pages[-1]
    assert "单位盖章" in pages[-1]


def test_a_text_longer_than_a_page_goes_on_and_nothing_of_it_is_lost(text_of: ReadPages) -> None:
    words = ["".join(chr(97 + n // 26**place % 26) for place in range(4)) for n in range(3000)]
    everything = "".join(text_of(sheet(rows=2, narrative=" ".join(words))))
    assert all(everything.count(word) == 2 for word in words)


def test_figures_end_at_the_right_edge_of_their_column(text_of: ReadPages) -> None:
    lines = [line for line in text_of(sheet(rows=12))[0].splitlines() if ",000.00" in line]
    assert len({len(line.rstrip()) for line in lines}) == 1


def test_the_office_s_fields_stand_there_only_where_given(text_of: ReadPages) -> None:
    page = text_of(sheet())[0]
    assert "表号:演示01表" in page
    assert not any(name in page for name in ("制定机关", "批准文号", "有效期至"))


def test_what_the_sheet_is_about_is_broken_between_its_parts(text_of: ReadPages) -> None:
    parts = ("AAAA" * 12, "BBBB" * 6, "CCCC" * 5)
    lines = text_of(replace(sheet(), about=parts))[0].splitlines()
    assert all(any(part in line for line in lines) for part in parts)
    assert not any(parts[0] in line and parts[2] in line for line in lines), "they don't fit into one line"


def test_synthetic_figures_are_marked_on_every_page(text_of: ReadPages) -> None:
    assert all("演示数据" in page for page in text_of(sheet(rows=120, demo="演示数据")))
    assert "演示数据" not in "".join(text_of(sheet()))


def test_a_printer_gets_the_same_pages_as_the_pdf(tmp_path: Path, text_of: ReadPages) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    paper = sheet(rows=120)
    assert print_on(printer, paper) == len(text_of(paper))


def test_without_a_printer_the_sheet_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = tmp_path / "sheet.pdf"
    parent = QWidget()
    opened: list[Path] = []

    def open_(path: Path) -> bool:
        opened.append(path)
        return True

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    monkeypatch.setattr(print_out, "open_with_system", open_)
    assert "已打开" in print_out.print_sheet(parent, sheet(), pdf)
    assert opened == [pdf]
    monkeypatch.setattr(print_out, "open_with_system", lambda path: False)
    assert str(pdf) in print_out.print_sheet(parent, sheet(), pdf), (
        "the way to it is said where nothing opens"
    )


def test_the_page_shows_the_check_code_to_a_scanner(tmp_path: Path) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm isn't here")
    path = tmp_path / "sheet.pdf"
    path.write_bytes(pdf_of(sheet()))
    subprocess.run(["pdftoppm", "-r", "300", "-gray", str(path), str(tmp_path / "page")], check=True)
    (picture,) = (QImage(str(found)) for found in tmp_path.glob("page*.pgm"))
    wanted = segno.make(CODE, error="m", micro=False).matrix
    millimetre = 300 / 25.4
    side = STAMP_MM * 0.42 * millimetre
    left = (210 - MARGIN_MM - STAMP_MM) * millimetre - 1.2 * side
    module = side / len(wanted)

    def is_code(top: int) -> bool:
        return all(
            (
                picture.pixelColor(round(left + (x + 0.5) * module), round(top + (y + 0.5) * module)).value()
                < 128
            )
            is bool(dark)
            for y, row in enumerate(wanted)
            for x, dark in enumerate(row)
        )

    assert any(is_code(top) for top in range(picture.height() - round(side)))


def test_another_code_looks_otherwise() -> None:
    assert code_modules(CODE) != code_modules(CODE[::-1])
    assert all(len(row) == len(code_modules(CODE)) for row in code_modules(CODE))
