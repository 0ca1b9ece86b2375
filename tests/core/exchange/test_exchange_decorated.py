"""Submissions that somebody made prettier: a chart, notes, colours, filters, and no figure changed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from desktop.exchange import ContentState, FileReading
from tests.core.exchange.submissions import cell, read, sheet, submission, written
from tests.soffice import convert

SHEET, RELATIONS = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
_DRAWING = b"""<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><xdr:oneCellAnchor><xdr:from>
<xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>30</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>
<xdr:ext cx="90000" cy="90000"/><xdr:pic>
<xdr:nvPicPr><xdr:cNvPr id="2" name="p"/><xdr:cNvPicPr/></xdr:nvPicPr>
<xdr:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm>
<a:off x="0" y="0"/><a:ext cx="90000" cy="90000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
</xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>"""
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def prettier(book: Workbook) -> None:
    """What people do to a table that they are to look at."""
    page = sheet(book)
    last = page.max_row
    chart = BarChart()
    chart.add_data(Reference(page, min_col=6, min_row=5, max_row=last), titles_from_data=True)
    page.add_chart(chart, "L5")
    cell(page, "pledges", "本期").comment = Comment("已与银行核对", "演示")
    painted = PatternFill(bgColor="FFC7CE")
    large = Rule("cellIs", operator="greaterThan", formula=["100"], dxf=DifferentialStyle(fill=painted))
    page.conditional_formatting.add(f"F6:F{last}", large)
    page.auto_filter.ref = f"A5:J{last}"
    page.freeze_panes = "C6"
    page.print_area = f"A1:J{last}"
    page.sheet_properties.tabColor = "FFC000"
    page.column_dimensions.group("I", "I", hidden=False)
    page.row_dimensions[7].height = 40
    check = DataValidation(type="decimal", operator="greaterThan", formula1="-1")
    check.add(f"F6:F{last}")
    page.add_data_validation(check)
    book.defined_names["本期数"] = DefinedName("本期数", attr_text=f"指标报表!$F$6:$F${last}")
    for row in page.iter_rows(min_row=6, max_row=last):
        for one in row:
            one.border = Border(bottom=Side("thin"))
            one.fill = PatternFill("solid", fgColor="FFF2CC")
    mine = book.create_sheet("我的分析")
    for entry in (["月份", "件数"], ["一月", 3], ["二月", 4], ["合计", "=SUM(B2:B3)"]):
        mine.append(entry)
    mine.add_table(Table(displayName="分析", ref="A1:B3"))
    mine["A6"] = "说明"
    mine["A6"].hyperlink = "https://example.invalid/"


def with_picture(path: Path) -> None:
    """A seal pasted below the table."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/media/image1.png"] = _png()
    parts["xl/drawings/drawing1.xml"] = _DRAWING
    parts["xl/drawings/_rels/drawing1.xml.rels"] = _relation("image", "../media/image1.png")
    parts[RELATIONS] = _relation("drawing", "../drawings/drawing1.xml")
    parts[SHEET] = parts[SHEET].replace(b"</worksheet>", b'<drawing r:id="rId1"/></worksheet>')
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"<Override",
        b'<Default Extension="png" ContentType="image/png"/><Override PartName="/xl/drawings/drawing1.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/><Override',
        1,
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def _relation(kind: str, target: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_KINDS}/{kind}" Target="{target}"/></Relationships>'
    ).encode()


def _png() -> bytes:
    """One red dot."""
    target = io.BytesIO(b"\x89PNG\r\n\x1a\n")
    target.seek(0, io.SEEK_END)
    for kind, data in (
        (b"IHDR", struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\xff\0\0")),
        (b"IEND", b""),
    ):
        target.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))
    return target.getvalue()


def as_it_was(reading: FileReading, *said: str) -> None:
    """The content is what it was, and no more is said than that."""
    assert reading.refusal is None, reading.reason
    assert reading.submission == submission()
    assert (reading.content, reading.edited_cells) == (ContentState.INTACT, ())
    assert {finding.code for finding in reading.findings} == set(said)


def prettified(folder: Path) -> Path:
    path = written(folder)
    book = openpyxl.load_workbook(path)
    prettier(book)
    book.save(path)
    return path


def test_a_prettier_submission_is_the_same(tmp_path: Path) -> None:
    as_it_was(read(prettified(tmp_path)), "exchange.extra_sheet", "exchange.cell_note")


def test_a_picture_below_the_table_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path)
    with_picture(path)
    as_it_was(read(path))


@pytest.mark.soffice
def test_so_it_is_after_libreoffice(tmp_path: Path) -> None:
    pretty = prettified(tmp_path)
    (tmp_path / "p").mkdir()
    pictured = written(tmp_path / "p", name="盖章.xlsx")
    with_picture(pictured)
    first, second = convert([pretty, pictured], tmp_path / "out")
    with zipfile.ZipFile(second) as archive:
        assert any(name.startswith("xl/media/") for name in archive.namelist())
    as_it_was(read(first), "exchange.extra_sheet", "exchange.cell_note")
    as_it_was(read(second))


def test_a_figure_linked_from_another_workbook_is_read_by_its_stored_result(tmp_path: Path) -> None:
    path = written(tmp_path, submission())
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not name.startswith("zhibao")}
    before = parts[SHEET]
    number = b"<v>1200</v>"
    assert before.count(number) == 1
    parts[SHEET] = before.replace(number, b"<f>[1]Sheet1!$A$1</f>" + number.replace(b"1200", b"1234"))
    parts["xl/externalLinks/externalLink1.xml"] = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="application/vnd.'
        b'openxmlformats-officedocument.spreadsheetml.externalLink+xml"/></Types>',
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    reading = read(path)
    assert reading.content is ContentState.EDITED
    assert [(c.element, c.was, c.now) for c in reading.edited_cells] == [("patents", "1,200", "1,234")]
    assert {"exchange.external_links", "exchange.formula"} <= {f.code for f in reading.findings}
