"""Files that aren't read: each with a reason of its own and what to do about it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter import Workbook

from desktop.errors import InputError
from desktop.exchange import ContentState, FileKind, read_submission, read_two_columns
from desktop.exchange.parsing import safety
from tests.core.exchange.submissions import (
    PLAN,
    STREET_SECTION,
    ZONE_SECTION,
    edited,
    read,
    sheet,
    submission,
    written,
)
from tests.core.plans import with_changes
from tests.soffice import convert

SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"
Parts = dict[str, bytes]


def _rebuilt(path: Path, change: Callable[[Parts], None]) -> None:
    """Write the package anew with other parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _part(name: str, old: bytes, new: bytes) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    return change


def _added(name: str, content: bytes = b"<x/>") -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        parts[name] = content

    return change


def _refused(path: Path, code: str) -> None:
    reading = read(path)
    assert reading.refusal is not None, reading.content
    assert reading.refusal.code == code
    assert (reading.content, reading.kind) == (ContentState.REFUSED, FileKind.UNKNOWN)
    assert reading.submission is None
    sentence = reading.refusal.message
    assert "。" in sentence
    assert "请" in sentence  # it says what to do
    assert "{" not in sentence


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_added("xl/vbaProject.bin"), "exchange.macros"),
        (_part(TYPES, b"sheet.main+xml", b"sheet.macroEnabled.main+xml"), "exchange.macros"),
        (_added("xl/workbook.bin"), "exchange.xlsb"),
        (_added("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), "exchange.ods"),
        (_added("XL/worksheets/SHEET1.xml"), "exchange.duplicate_parts"),
        (_added("xl/notes.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "exchange.doctype"),
        (_part(SHEET, b'encoding="UTF-8"', b'encoding="cp037"'), "exchange.encoding"),
        (_part(TYPES, b'encoding="UTF-8"', b'encoding="utf-7"'), "exchange.encoding"),
        (_part(SHEET, b"<sheetData>", b'<sheetData x="' + b"a" * 100_000 + b'">'), "exchange.long_tag"),
        (_added(SHEET, "<!DOCTYPE x><x/>".encode("utf-16-le")), "exchange.encoding"),
        (lambda parts: parts.pop(TYPES), "exchange.not_xlsx"),
        (lambda parts: parts.pop("xl/workbook.xml"), "exchange.damaged"),
        (
            _part(
                "xl/workbook.xml",
                b"schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            "exchange.strict",
        ),
        (_part(SHEET, b'<row r="6"', b'<row r="2"'), "exchange.disordered"),
        (_part(SHEET, b'<row r="6"', b'<row r="1048577"'), "exchange.disordered"),
        (_part(SHEET, b"</sheetData>", b"</sheetDat>"), "exchange.damaged"),
    ],
)
def test_packages_that_are_not_read(tmp_path: Path, change: Callable[[Parts], None], code: str) -> None:
    path = written(tmp_path)
    _rebuilt(path, change)
    _refused(path, code)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "exchange.empty"),
        (b"just a text", "exchange.not_xlsx"),
        (b"PK\x03\x04 and then nothing", "exchange.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "exchange.xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "exchange.encrypted",
        ),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    _refused(path, code)


def test_macro_workbooks_by_their_name(tmp_path: Path) -> None:
    _refused(written(tmp_path, name="x.xlsm"), "exchange.macros")


def test_a_truncated_or_bit_flipped_file_is_damaged(tmp_path: Path) -> None:
    path = written(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    _refused(path, "exchange.damaged")
    start = whole.index(b"xl/worksheets/sheet1.xml") + 200
    path.write_bytes(whole[:start] + bytes([whole[start] ^ 0x10]) + whole[start + 1 :])
    _refused(path, "exchange.damaged")


def test_a_bomb_is_counted_while_it_is_inflated(tmp_path: Path) -> None:
    path = written(tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\0" * (safety.LARGEST_UNPACKED + 1))
    assert path.stat().st_size < 1 << 20
    _refused(path, "exchange.too_large_unpacked")


def test_limits_of_size_parts_and_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    monkeypatch.setattr(safety, "MOST_CELLS", 50)
    _refused(path, "exchange.too_many_cells")
    monkeypatch.setattr(safety, "MOST_PARTS", 5)
    _refused(path, "exchange.too_many_parts")
    monkeypatch.setattr(safety, "LARGEST_FILE", 1000)
    _refused(path, "exchange.too_large")


def test_a_missing_file_is_a_reading_too(tmp_path: Path) -> None:
    _refused(tmp_path / "gone.xlsx", "exchange.unopened")


def test_a_workbook_of_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = Workbook(path)
    book.add_worksheet().write_string(0, 0, "别的表")
    book.close()
    _refused(path, "exchange.no_figures")


def test_a_table_without_an_owner(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["代码", "本期"])
    book.worksheets[0].append(["pledges", 5])
    book.save(path)
    _refused(path, "exchange.no_identity")


def test_another_plan_and_an_unknown_unit(tmp_path: Path) -> None:
    _refused(written(tmp_path, replace(submission(), plan="other-plan"), "a.xlsx"), "exchange.other_plan")
    path = written(tmp_path, submission(), "b.xlsx")
    fewer = with_changes(PLAN, units=tuple(unit for unit in PLAN.units if unit.id != "zone-b"))
    assert read_submission(path, [fewer]).reason == "exchange.unknown_unit"


@pytest.mark.parametrize(
    ("row", "value", "code"),
    [("kind", "task_package", "exchange.other_kind"), ("format", "2", "exchange.newer_format")],
)
def test_files_for_another_purpose_or_program(tmp_path: Path, row: str, value: str, code: str) -> None:
    path = written(tmp_path)
    workbook = openpyxl.load_workbook(path)
    for name, content in sheet(workbook, "_zhibao").iter_rows():
        if name.value == row:
            content.value = value
    workbook.save(path)
    _refused(path, code)


def test_a_zone_file_without_its_unit_columns(tmp_path: Path) -> None:
    path = written(tmp_path, submission(ZONE_SECTION, STREET_SECTION))
    reading = edited(path, lambda workbook: sheet(workbook).delete_cols(1, 2))
    assert reading.reason == "exchange.missing_column"


@pytest.mark.soffice
def test_other_formats_of_office_programs(tmp_path: Path) -> None:
    path = written(tmp_path)
    for suffix, code in (("xls", "exchange.xls"), ("ods", "exchange.ods")):
        (other,) = convert([path], tmp_path / "out", to=suffix)
        _refused(other, code)


def test_two_columns_of_codes_and_values(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for entry in (
        ["代码", "数值"],
        ["pledges", 12.5],
        ["abnormal_share", 0.08],
        ["item/1", "推进中"],
        ["talents"],
    ):
        page.append(entry)
    page["B3"].number_format = "0%"
    book.save(path)
    assert read_two_columns(path) == [
        ("代码", "数值"),
        ("pledges", "12.5"),
        ("abnormal_share", "8%"),
        ("item/1", "推进中"),
        ("talents", ""),
    ]
    path.write_bytes(b"no workbook")
    with pytest.raises(InputError, match="另存为"):
        read_two_columns(path)


def test_nothing_is_believed_of_stated_sizes() -> None:
    """A part that says it is small is inflated no further than it says, and then its checksum is wrong."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(TYPES, b"spreadsheetml" + b" " * 100_000)
    content = target.getvalue()
    lying = content.replace((100_013).to_bytes(4, "little"), (13).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(safety.Refused) as caught:
        safety.check(lying, "x.xlsx")
    assert caught.value.refusal.code in ("exchange.damaged", "exchange.encoding")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<pageMargins left="0.5"', b'<pageMargins left="narrow"'),
        (b"<sheetView ", b'<sheetView zoomScale="wide" '),
    ],
)
def test_what_stands_beside_the_cells_never_refuses_a_file(tmp_path: Path, old: bytes, new: bytes) -> None:
    path = written(tmp_path)
    _rebuilt(path, _part(SHEET, old, new))
    reading = read(path)
    assert reading.content is ContentState.INTACT
    assert reading.submission == submission()
