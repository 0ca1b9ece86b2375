"""Workbooks as other programs write them: what Excel opens without a word is read without one too."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from desktop.exchange import ContentState, FileReading
from desktop.exchange.parsing.bare import bare
from desktop.exchange.parsing.cells import load_book
from desktop.exchange.parsing.safety import check
from tests.core.exchange.hostile.building import (
    RELATIONS,
    SHEET,
    STRINGS,
    WORKBOOK,
    Parts,
    honest,
    packed,
    parts_of,
    with_part,
)
from tests.core.exchange.submissions import read, submission

STYLES, CORE, CUSTOM = "xl/styles.xml", "docProps/core.xml", "docProps/custom.xml"
SHEETS = tuple(f"xl/worksheets/sheet{number}.xml" for number in range(1, 6))


def put(name: str, old: bytes, new: bytes) -> bytes:
    """The submission with something else in one part."""

    def change(part: bytes) -> bytes:
        assert old in part
        return part.replace(old, new, 1)

    return with_part(name, change)


def with_parts(change: Callable[[Parts], None]) -> bytes:
    """The submission with its parts changed."""
    parts = parts_of(honest())
    change(parts)
    return packed(parts)


def renamed(change: Callable[[str], str]) -> bytes:
    """The submission with other names of parts."""
    return packed({change(name): part for name, part in parts_of(honest()).items()})


def prefixed(part: bytes) -> bytes:
    """All elements of a part with a prefix."""
    named = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", part)
    return named.replace(b' xmlns="', b' xmlns:x="', 1)


def recoded(part: bytes) -> bytes:
    """A part in UTF-16."""
    return part.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def inlined(parts: Parts) -> None:
    """Every text in its cell, and no table of texts, though the list of parts still names it."""
    texts = re.findall(rb"<si>(.*?)</si>", parts.pop(STRINGS), re.DOTALL)
    for name in SHEETS:
        parts[name] = re.sub(
            rb't="s"><v>(\d+)</v>', lambda m: b't="inlineStr"><is>%b</is>' % texts[int(m[1])], parts[name]
        )


def unnumbered(parts: Parts) -> None:
    """No row and no cell says where it is; the gaps are filled."""
    for name in SHEETS:
        rows: list[bytes] = []
        for row, inner in re.findall(rb'<row r="(\d+)"[^>]*?(?:/>|>(.*?)</row>)', parts[name], re.DOTALL):
            rows += [b"<row/>"] * (int(row) - len(rows) - 1)
            cells: list[bytes] = []
            found = re.findall(rb'<c r="([A-Z]+)\d+"([^>]*?)(/>|>.*?</c>)', inner, re.DOTALL)
            for letter, attributes, rest in found:
                cells += [b"<c/>"] * (ord(letter) - ord("A") - len(cells))
                cells.append(b"<c" + attributes + rest)
            rows.append(b"<row>" + b"".join(cells) + b"</row>")
        begin, end = parts[name].index(b"<sheetData>"), parts[name].index(b"</sheetData>")
        parts[name] = parts[name][:begin] + b"<sheetData>" + b"".join(rows) + parts[name][end:]


def packed_by_a_stream() -> bytes:
    """Sizes stand behind the parts, in 64 bits, folders are entries, fields and a comment are added."""

    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    target = Stream()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/", b"")
        for name, part in parts_of(honest()).items():
            info = zipfile.ZipInfo(name, (2024, 12, 31, 23, 59, 58))
            info.extra = b"\x55\x54\x05\x00\x01\x00\x00\x00\x00"
            with archive.open(info, "w", force_zip64=True) as file:
                file.write(part)
        archive.comment = b"by a stream"
    return target.getvalue()


def in_styles(old: bytes, new: bytes) -> bytes:
    return put(STYLES, old, new)


def with_chart_sheet(parts: Parts) -> None:
    """A sheet that is a chart, of a kind which the parser doesn't know."""
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet"
    parts[RELATIONS] = parts[RELATIONS].replace(
        b"</Relationships>",
        b'<Relationship Id="rId90" Type="' + kind + b'" Target="chartsheets/sheet1.xml"/></Relationships>',
    )
    parts[WORKBOOK] = parts[WORKBOOK].replace(
        b"</sheets>", b'<sheet name="\xe5\x9b\xbe" sheetId="90" r:id="rId90"/></sheets>'
    )
    parts["xl/chartsheets/sheet1.xml"] = b'<chartsheet xmlns="x"><odd/></chartsheet>'


FOREIGN: Mapping[str, Callable[[], bytes]] = {
    # what stands beside the cells
    "a fill without a pattern": lambda: in_styles(
        b'<fill><patternFill patternType="gray125"/></fill>', b"<fill/>"
    ),
    "a colour that is none": lambda: in_styles(b'rgb="FF595959"', b'rgb="gray"'),
    "a family of fonts that is none": lambda: in_styles(b'<family val="2"/>', b'<family val="34"/>'),
    "an alignment that is none": lambda: in_styles(b'horizontal="center"', b'horizontal="middle"'),
    "eighty thousand styles": lambda: in_styles(
        b"</cellXfs>",
        b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' * 80_000 + b"</cellXfs>",
    ),
    "a style that isn't there": lambda: put(SHEET, b'<c r="B1" s="1"/>', b'<c r="B1" s="999"/>'),
    "a condition that is none": lambda: put(
        SHEET,
        b"</sheetData>",
        b'</sheetData><conditionalFormatting sqref="A1"><cfRule type="cellIs" priority="1" operator="near">'
        b"<formula>1</formula></cfRule></conditionalFormatting>",
    ),
    "a condition on a hundred thousand cells": lambda: put(
        SHEET,
        b"</sheetData>",
        b'</sheetData><conditionalFormatting sqref="%b"/>' % b" ".join(b"A%d" % n for n in range(1, 20_000)),
    ),
    "a filter without its value": lambda: put(
        SHEET,
        b"</sheetData>",
        b'</sheetData><autoFilter ref="A5:J18"><filterColumn colId="0"><customFilters>'
        b'<customFilter operator="near" val=""/></customFilters></filterColumn></autoFilter>',
    ),
    "a margin that is none": lambda: put(
        SHEET, b"</worksheet>", b'<pageMargins left="" right="" top="" bottom=""/></worksheet>'
    ),
    "titles to print that are gone": lambda: put(WORKBOOK, "任务进展!$5:$5".encode(), b"#REF!"),
    "an unknown property of the workbook": lambda: put(WORKBOOK, b"<workbookPr ", b'<workbookPr odd="1" '),
    "a date of change that is none": lambda: put(CORE, b"2025-01-10T09:30:00Z", b"yesterday"),
    "no properties of the document": lambda: packed(
        {name: part for name, part in parts_of(honest()).items() if name != CORE}
    ),
    "a property of an unknown kind": lambda: put(CUSTOM, b"</Properties>", b"<odd/></Properties>"),
    "a sheet that is a chart": lambda: with_parts(with_chart_sheet),
    "dates that count from 1904": lambda: put(WORKBOOK, b"<workbookPr ", b'<workbookPr date1904="1" '),
    "dimensions as wide as can be": lambda: put(SHEET, b'ref="A1:J18"', b'ref="A1:XFD1048576"'),
    "a query's item in UTF-16": lambda: with_parts(
        lambda parts: parts.update({"customXml/item1.xml": '<?xml version="1.0"?><x/>'.encode("utf-16")})
    ),
    "what macOS packs along": lambda: with_parts(
        lambda parts: parts.update({"__MACOSX/xl/worksheets/._sheet1.xml": b"\0\5\x16\7\0\2\0\0Mac OS X"})
    ),
    "a drawing with a long path": lambda: with_parts(
        lambda parts: parts.update({"xl/drawings/v.vml": b'<v path="' + b"m1,2" * 50_000 + b'"/>'})
    ),
    # how parts are written
    "texts in their cells": lambda: with_parts(inlined),
    "rows and cells without numbers": lambda: with_parts(unnumbered),
    "elements with a prefix": lambda: with_parts(
        lambda parts: parts.update({name: prefixed(parts[name]) for name in (*SHEETS, STRINGS)})
    ),
    "a sheet in UTF-16": lambda: with_part(SHEET, recoded),
    "all in UTF-16": lambda: with_parts(
        lambda parts: parts.update({n: recoded(p) for n, p in parts.items() if not n.startswith("docProps")})
    ),
    "remarks and instructions": lambda: with_parts(
        lambda parts: parts.update(
            {
                name: parts[name].replace(
                    b"<worksheet", b"<?odd <sheetData>?><!-- <sheetData/> --><worksheet", 1
                )
                for name in SHEETS
            }
        )
    ),
    # how parts are named and packed
    "the table of texts in another case": lambda: renamed(
        lambda name: name.replace("sharedStrings", "SharedStrings")
    ),
    "folders in another case": lambda: renamed(lambda name: name.replace("xl/", "XL/")),
    "slashes the other way": lambda: renamed(lambda name: name.replace("/", "\\")),
    "targets from the root": lambda: put(RELATIONS, b'"worksheets/sheet1.xml', b'"/xl/worksheets/sheet1.xml'),
    "targets with the slash the other way": lambda: put(
        RELATIONS, b'"worksheets/sheet1.xml', b'"worksheets\\sheet1.xml'
    ),
    "packed by a stream": packed_by_a_stream,
}


def untouched(reading: FileReading) -> None:
    assert reading.refusal is None, reading.reason
    assert reading.submission == submission()
    assert (reading.content, reading.edited_cells) == (ContentState.INTACT, ())


@pytest.mark.parametrize("name", FOREIGN)
def test_what_another_program_writes_is_the_same_submission(name: str, tmp_path: Path) -> None:
    path = tmp_path / "报送.xlsx"
    path.write_bytes(FOREIGN[name]())
    untouched(read(path))


@pytest.mark.parametrize("name", FOREIGN)
def test_a_changed_figure_is_named_there_too(name: str, tmp_path: Path) -> None:
    path = tmp_path / "报送.xlsx"
    parts = parts_of(FOREIGN[name]())
    sheet = next(part for part in parts if part.lower().replace("\\", "/") == SHEET)
    utf16 = parts[sheet].startswith(b"\xff\xfe")
    text = parts[sheet].decode("utf-16" if utf16 else "utf-8")
    changed = re.sub(r"(<(?:x:)?v)>1200<", r"\1>1300<", text)
    assert changed != text
    parts[sheet] = changed.encode("utf-16" if utf16 else "utf-8")
    path.write_bytes(packed(parts))
    reading = read(path)
    assert [(edit.element, edit.now) for edit in reading.edited_cells] == [("patents", "1,300")]


def test_nothing_of_the_cells_is_lost_in_a_bare_workbook() -> None:
    package = check(honest(), "报送.xlsx")
    assert load_book(bare(package)) == load_book(package)
