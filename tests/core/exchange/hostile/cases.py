"""The hostile files by name, and what each of them tries."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping

from tests.core.exchange.hostile.building import (
    RELATIONS,
    SHEET,
    STRINGS,
    TYPES,
    WORKBOOK,
    honest,
    in_sheet,
    lying_about_size,
    packed,
    parts_of,
    with_part,
)

MILLION = 1_000_000


def _rows(count: int) -> bytes:
    row = b'<row r="%d"><c r="A%d"><v>1</v></c></row>'
    return in_sheet(b"".join(row % (at, at) for at in range(1000, 1000 + count)))


def _sheets(count: int) -> bytes:
    """A workbook that lists more sheets than any office has; all of them are the one part."""
    parts = parts_of(honest())
    listed = b"".join(
        b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(100, 100 + count)
    )
    parts[WORKBOOK] = parts[WORKBOOK].replace(b"</sheets>", listed + b"</sheets>")
    return packed(parts)


def _sheet_parts(count: int) -> bytes:
    parts = parts_of(honest())
    for number in range(count):
        parts[f"xl/worksheets/extra{number}.xml"] = b"<worksheet/>"
    return packed(parts)


def _duplicate() -> bytes:
    parts = parts_of(honest())
    other = parts[SHEET].replace(b">1200<", b">9999<")
    return packed([*parts.items(), (SHEET, other)])


def _number(text: bytes) -> Callable[[], bytes]:
    """The figure of `patents` as somebody's odd number."""

    def build() -> bytes:
        def change(part: bytes) -> bytes:
            changed = re.sub(rb"<v>1200</v>", b"<v>" + text + b"</v>", part, count=1)
            assert changed != part
            return changed

        return with_part(SHEET, change)

    return build


def _typed(kind: bytes, text: bytes) -> Callable[[], bytes]:
    """The same cell with another type of cell."""

    def build() -> bytes:
        def change(part: bytes) -> bytes:
            changed = re.sub(
                rb'(<c r="[A-Z]+[0-9]+" s="[0-9]+")><v>1200</v>', rb"\1 t=%b><v>%b</v>" % (kind, text), part
            )
            assert changed != part
            return changed

        return with_part(SHEET, change)

    return build


def _shown_as_date(number: bytes) -> Callable[[], bytes]:
    """The same cell with a number that is no day, shown as one."""

    def build() -> bytes:
        parts = parts_of(_number(number)())
        parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(
            b'formatCode="#,##0"', b'formatCode="yyyy-mm-dd"'
        )
        return packed(parts)

    return build


def _once_more(content: bytes, name: str, other: str) -> bytes:
    """One more entry in the zip's directory that points to a part under another name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(name)
        end = len(content) - 22
        fixed = struct.pack(
            "<4s6H3I5H2I",
            b"PK\1\2",
            20,
            20,
            0,
            8,
            0,
            33,
            info.CRC,
            info.compress_size,
            info.file_size,
            len(other),
            0,
            0,
            0,
            0,
            0,
            info.header_offset,
        )
    number, size, start = struct.unpack_from("<HII", content, end + 10)
    entry = fixed + other.encode()
    last = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, number + 1, number + 1, size + len(entry), start, 0)
    return content[:end] + entry + last


def _packed_by(method: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, part in parts_of(honest()).items():
            archive.writestr(name, part)
    return target.getvalue()


CASES: Mapping[str, Callable[[], bytes]] = {
    # bombs
    "two hundred thousand rows": lambda: _rows(200_000),
    "rows at the far end": lambda: in_sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a cell beyond the last column": lambda: in_sheet(b'<row r="1000"><c r="ZZZZ1000"><v>1</v></c></row>'),
    "a row number of twenty digits": lambda: in_sheet(b'<row r="99999999999999999999"><c><v>1</v></c></row>'),
    "a text of eighty megabytes": lambda: with_part(
        STRINGS, lambda part: part.replace(b"</sst>", b"<si><t>" + b"x" * (80 * MILLION) + b"</t></si></sst>")
    ),
    "a million texts": lambda: with_part(
        STRINGS, lambda part: part.replace(b"</sst>", b"<si><t>x</t></si>" * MILLION + b"</sst>")
    ),
    "an attribute of fifty megabytes": lambda: with_part(
        SHEET, lambda part: part.replace(b"<sheetData>", b'<sheetData x="' + b"a" * (50 * MILLION) + b'">')
    ),
    "a hundred thousand attributes": lambda: with_part(
        SHEET,
        lambda part: part.replace(
            b"<sheetData>", b"<sheetData " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b">"
        ),
    ),
    "white space": lambda: with_part(
        SHEET, lambda part: part.replace(b"<sheetData>", b"<sheetData>" + b" " * (150 * MILLION))
    ),
    "tags within tags": lambda: with_part(
        SHEET,
        lambda part: part.replace(b"</worksheet>", b"<x>" * MILLION + b"</x>" * MILLION + b"</worksheet>"),
    ),
    "a part that says it is small": lambda: lying_about_size(
        with_part("xl/media/zeros.bin", lambda _: b"\0" * (30 * MILLION)), "xl/media/zeros.bin", 10
    ),
    "a part that says it is huge": lambda: lying_about_size(honest(), SHEET, 0xFFFFFFF0),
    "a hundred thousand sheets": lambda: _sheets(100_000),
    "three thousand parts": lambda: _sheet_parts(3_000),
    "a million styles": lambda: with_part(
        "xl/styles.xml",
        lambda part: part.replace(b"</cellXfs>", b'<xf numFmtId="0"/>' * MILLION + b"</cellXfs>"),
    ),
    "a million merged cells": lambda: with_part(
        SHEET,
        lambda part: part.replace(
            b"</sheetData>",
            b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * MILLION + b"</mergeCells>",
        ),
    ),
    # entities and references out of the file
    "entities that grow": lambda: with_part(
        SHEET, lambda part: b'<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;">]>' + part
    ),
    "an entity that reads a file": lambda: with_part(
        STRINGS, lambda part: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + part
    ),
    "a relation to the network": lambda: with_part(
        RELATIONS,
        lambda part: part.replace(
            b"</Relationships>",
            b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            b'externalLink" Target="http://192.0.2.1/x.xlsx" TargetMode="External"/></Relationships>',
        ),
    ),
    "a sheet outside the package": lambda: with_part(
        RELATIONS, lambda part: part.replace(b"worksheets/sheet1.xml", b"../../../../../etc/passwd")
    ),
    # lies
    "dimensions that lie": lambda: with_part(
        SHEET, lambda part: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>', part)
    ),
    "a part twice": _duplicate,
    "a string index beyond the table": lambda: with_part(
        SHEET, lambda part: re.sub(rb't="s"><v>0</v>', b't="s"><v>999999</v>', part)
    ),
    "a string index below nothing": lambda: with_part(
        SHEET, lambda part: re.sub(rb't="s"><v>1</v>', b't="s"><v>-1</v>', part)
    ),
    "names with folders": lambda: packed([*parts_of(honest()).items(), ("../../evil.xml", b"<x/>")]),
    "a name from the root": lambda: packed([*parts_of(honest()).items(), ("/etc/evil.xml", b"<x/>")]),
    "a name with a nul": lambda: honest().replace(b"docProps/app.xml", b"docProps/a\0p.xml"),
    "names of Windows": lambda: packed(
        [*parts_of(honest()).items(), ("C:\\evil.xml", b"<x/>"), ("..\\..\\CON", b"x"), ("a:b.xml", b"<x/>")]
    ),
    "two names for one part": lambda: _once_more(honest(), SHEET, "xl/worksheets/sheet9.xml"),
    "a part packed in another way": lambda: _packed_by(zipfile.ZIP_LZMA),
    "no content types": lambda: packed({n: p for n, p in parts_of(honest()).items() if n != TYPES}),
    "nothing but a directory": lambda: b"PK\x05\x06" + b"\0" * 18,
    # odd numbers and dates
    "infinity": _number(b"INF"),
    "not a number": _number(b"NaN"),
    "a number of a thousand digits": _number(b"9" * 1000),
    "an exponent of a million": _number(b"1E1000000"),
    "an exponent of minus a million": _number(b"1E-1000000"),
    "underscores in a number": _number(b"1_200"),
    "full-width digits": _number("１２００".encode()),
    "hexadecimal": _number(b"0x4B0"),
    "a number in white space": _number(b" 1200 "),
    "a minus zero": _number(b"-0"),
    "a date before all dates": _typed(b'"d"', b"0000-00-00"),
    "a date after all dates": _typed(b'"d"', b"99999-12-31T00:00:00"),
    "a figure shown as a date": lambda: with_part(
        "xl/styles.xml", lambda part: part.replace(b'formatCode="#,##0"', b'formatCode="yyyy-mm-dd"')
    ),
    "a day after all days": _shown_as_date(b"1E15"),
    "a day before all days": _shown_as_date(b"-1200"),
    "a truth that is none": _typed(b'"b"', b"maybe"),
    "an unknown type of cell": _typed(b'"zz"', b"1200"),
    "an error": _typed(b'"e"', b"#REF!"),
}
