"""Small files with masses of something beside the cells, of which a parser would make an object each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.core.exchange.hostile.building import (
    RELATIONS,
    SHEET,
    STRINGS,
    TYPES,
    WORKBOOK,
    honest,
    in_sheet,
    packed,
    parts_of,
    with_part,
)

MANY = 210_000
STYLES, CUSTOM = "xl/styles.xml", "docProps/custom.xml"
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_LONG_FORMULA = b"+".join(b"A%d" % number for number in range(1, 900))


def _before(name: str, end: bytes, piece: bytes) -> Callable[[], bytes]:
    """More in a part, before where something ends; numbered if there is a place for a number."""

    def build() -> bytes:
        more = b"".join(piece % n for n in range(200, MANY)) if b"%d" in piece else piece * MANY
        return with_part(name, lambda part: part.replace(end, more + end, 1))

    return build


def _below(name: bytes, piece: bytes) -> Callable[[], bytes]:
    """More below the cells of the first sheet, within an element of a name if there is one."""
    around = b"<%b>%%b</%b>" % (name, name) if name else b"%b"
    return lambda: with_part(
        SHEET, lambda part: part.replace(b"</sheetData>", b"</sheetData>" + around % (piece * MANY))
    )


def _followers() -> bytes:
    rows = b"".join(
        b'<row r="%d"><c r="B%d"><f t="shared" si="0"/></c></row>' % (n, n) for n in range(1001, 60_000)
    )
    first = b'<row r="1000"><c r="B1000"><f t="shared" ref="B1000:B60000" si="0">%b</f></c></row>'
    return in_sheet(first % _LONG_FORMULA + rows)


def _notes() -> bytes:
    """The same notes thirty thousand times over."""
    parts = parts_of(honest())
    note = b'<comment ref="A1"><text><t>x</t></text></comment>'
    parts["xl/comments1.xml"] = b"<comments><commentList>%b</commentList></comments>" % (note * 50_000)
    relation = f'<Relationship Id="r" Type="{_NOTES}" Target="../comments1.xml"/>'.encode()
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = b"<Relationships>%b</Relationships>" % (relation * 30_000)
    return packed(parts)


LADEN: Mapping[str, Callable[[], bytes]] = {
    "names": _before(WORKBOOK, b"</definedNames>", b'<definedName name="n%d">1</definedName>'),
    "columns": _before(SHEET, b"</cols>", b'<col min="1" max="16384" width="9"/>'),
    "fonts": _before(STYLES, b"</fonts>", b'<font><sz val="1"/></font>'),
    "formats": _before(STYLES, b"</numFmts>", b'<numFmt numFmtId="%d" formatCode="0"/>'),
    "looks": _before(STYLES, b"</styleSheet>", b"<dxfs><dxf><font><b/></font></dxf></dxfs>"),
    "relations": _before(RELATIONS, b"</Relationships>", b'<Relationship Id="x%d" Type="t" Target="t"/>'),
    "types": _before(TYPES, b"</Types>", b'<Override PartName="/x%d" ContentType="t"/>'),
    "properties": _before(
        CUSTOM,
        b"</Properties>",
        b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="%d" name="n"><vt:lpwstr/></property>',
    ),
    "checks": _below(b"dataValidations", b'<dataValidation sqref="A1" type="list"/>'),
    "conditions": _below(
        b"", b'<conditionalFormatting sqref="A1"><cfRule type="cellIs" priority="1"/></conditionalFormatting>'
    ),
    "links": _below(b"hyperlinks", b'<hyperlink ref="A1" location="x"/>'),
    "pieces of a text": lambda: with_part(
        STRINGS,
        lambda part: part.replace(b"</sst>", b"<si>%b</si></sst>" % (b"<r><t>x</t></r>" * 3 * MANY)),
    ),
    "pieces of a cell's text": lambda: in_sheet(
        b'<row r="1000"><c r="A1000" t="inlineStr"><is>%b</is></c></row>' % (b"<r><t>x</t></r>" * MANY)
    ),
    "formulas that follow one": _followers,
    "cells at the far right": lambda: in_sheet(
        b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1000, 20_000))
    ),
    "brackets in a number format": lambda: with_part(
        STYLES, lambda part: part.replace(b'formatCode="#,##0"', b'formatCode="%b"' % (b"[h" * 49_000))
    ),
    "notes": _notes,
}
