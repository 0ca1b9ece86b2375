"""A workbook cut down to what its cells need, for files that a parser stumbles over beside the cells.

Excel opens many a file in which a colour, a condition, a print title or a property isn't what the standard
says, or a part is named in another case. Such a thing changes no figure, so it is left out.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers.expat import ParserCreate
from xml.sax.saxutils import escape, quoteattr

from desktop.exchange.parsing.safety import LONG_TAG, Package, Refused, has_long_tag

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TEXTS = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
_STYLE = re.compile(rb"""\ss=["']([0-9]{1,5})["']""")
_FIRST_OWN_FORMAT = 164
_LONGEST_FORMAT = 1_000
_MOST_PROPERTIES = 1_000
_WORKBOOK, _STRINGS, _STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_PROPERTIES = "docProps/custom.xml"
_UNSET = ("0", "false")


class _Relation(NamedTuple):
    kind: str
    folder: str
    stated: str

    @property
    def target(self) -> str:
        """The part's name."""
        return posixpath.normpath(posixpath.join("/", self.folder, self.stated.replace("\\", "/")))


class _Sheet(NamedTuple):
    """A worksheet: its name, whether and how it is hidden, its part's name."""

    name: str
    state: str
    part: str


def bare(package: Package) -> Package:
    """The same cells, formats, notes and text properties, and nothing else.

    Raises Refused for a part that no parser may see, and what parsers raise for what is no proper workbook.
    """
    parts = _Parts(package)
    at = parts.first(parts.relations(""), "/officeDocument", _WORKBOOK)
    root = _parsed(parts.read(at))
    relations = parts.relations(at)
    sheets = list(_sheets(root, relations))
    cells = {_path(n): _short(_cells_only(parts.sheet(sheet.part))) for n, sheet in enumerate(sheets, 1)}
    styles = parts.first(relations, "/styles", _STYLES)
    strings = parts.first(relations, "/sharedStrings", _STRINGS)
    built = {
        _WORKBOOK: _workbook(root, sheets),
        _STYLES: _styles(_parsed(parts.read(styles)) if parts.has(styles) else None, cells.values()),
        _PROPERTIES: _properties(_parsed(parts.read(_PROPERTIES)) if parts.has(_PROPERTIES) else None),
        **cells,
    }
    if parts.has(strings):
        built[_STRINGS] = parts.read(strings)
    return Package(
        _packed(built, len(sheets)),
        {_path(n): package.sheets[parts.own(sheet.part)] for n, sheet in enumerate(sheets, 1)},
        {_path(n): parts.notes(sheet.part) for n, sheet in enumerate(sheets, 1)},
    )


def _path(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


class _Parts:
    """The parts of a package by their names in whatever case and with whatever slashes."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._archive = zipfile.ZipFile(io.BytesIO(package.content))
        self._names = {_key(name): name for name in self._archive.namelist()}
        self._notes = {_key(name): notes for name, notes in package.notes.items()}

    def has(self, name: str) -> bool:
        return _key(name) in self._names

    def own(self, name: str) -> str:
        """The name as the file has it; raises KeyError."""
        return self._names[_key(name)]

    def notes(self, name: str) -> Mapping[str, str]:
        return self._notes.get(_key(name), {})

    def read(self, name: str) -> bytes:
        """A part; raises Refused if no parser may see it."""
        return self._read(name, ())

    def sheet(self, name: str) -> bytes:
        """A worksheet, of which only the cells must have no long tags."""
        return self._read(name, (LONG_TAG,))

    def _read(self, name: str, allowed: Collection[str]) -> bytes:
        own = self.own(name)
        odd = self._package.odd.get(own)
        if odd is not None and odd not in allowed:
            raise Refused(odd)
        recoded = self._package.recoded.get(own)
        return self._archive.read(own) if recoded is None else recoded

    def relations(self, name: str) -> dict[str, _Relation]:
        """What a part refers to, by id; the package's own relations for the empty name."""
        folder, _, last = name.rpartition("/")
        at = posixpath.join(folder, "_rels", f"{last}.rels")
        if not self.has(at):
            return {}
        return {
            found.get("Id", ""): _Relation(found.get("Type", ""), folder, found.get("Target", ""))
            for found in _parsed(self.read(at))
        }

    def first(self, relations: Mapping[str, _Relation], kind: str, usual: str) -> str:
        """The part that is referred to as of a kind, else the one of the usual name."""
        found = (relation.target for relation in relations.values() if relation.kind.endswith(kind))
        return next((target for target in found if self.has(target)), usual)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _parsed(part: bytes) -> Element:
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    root: Element = fromstring(part)
    return root


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _sheets(workbook: Element, relations: Mapping[str, _Relation]) -> Iterator[_Sheet]:
    for element in workbook.iter():
        if _local(element) == "sheet":
            id_ = next((value for name, value in element.items() if name.endswith("}id")), "")
            if relations[id_].kind.endswith("/worksheet"):
                yield _Sheet(element.get("name", ""), element.get("state", "visible"), relations[id_].target)


def _cells_only(part: bytes) -> bytes:
    """A worksheet with its sheetData alone, its namespaces declared as they were."""
    parser = ParserCreate()
    opened: list[str] = []
    head = root = data = ""
    begin = end = -1

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal head, root, data, begin
        opened.append(name)
        if len(opened) == 1:
            spaces = "".join(f" {k}={quoteattr(v)}" for k, v in attributes.items() if k.startswith("xmlns"))
            prefix = name[: name.rfind(":") + 1]
            # whoever finds no dimension reads to the end in search of it
            head, root = f'{_DECLARED}<{name}{spaces}><{prefix}dimension ref="A1"/>', name
        elif len(opened) == 2 and begin < 0 and name.rpartition(":")[2] == "sheetData":
            begin, data = parser.CurrentByteIndex, name

    def finish(_name: str) -> None:
        nonlocal end
        if len(opened) == 2 and end < 0 <= begin:
            end = parser.CurrentByteIndex
        opened.pop()

    parser.StartElementHandler, parser.EndElementHandler = start, finish
    parser.Parse(part, True)
    if part[end : end + 2] != b"</":  # there is none, or it is closed at once
        return f"{head}</{root}>".encode()
    return head.encode() + part[begin:end] + f"</{data}></{root}>".encode()


def _short(part: bytes) -> bytes:
    """The part itself; raises Refused if it has a long tag."""
    if has_long_tag(part):
        raise Refused(LONG_TAG)
    return part


def _workbook(root: Element, sheets: Iterable[_Sheet]) -> bytes:
    dates = next((e.get("date1904", "") for e in root.iter() if _local(e) == "workbookPr"), "")
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" state={quoteattr(sheet.state)} r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, 1)
    )
    properties = f"<workbookPr date1904={quoteattr(dates)}/>" if dates else ""
    return (
        f'{_DECLARED}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships">{properties}'
        f"<sheets>{listed}</sheets></workbook>"
    ).encode()


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() else 0


def _styles(root: Element | None, cells: Iterable[bytes]) -> bytes:
    """Number formats, what is struck out, and which cells have which; as many as the cells name."""
    groups = {_local(group): group for group in root} if root is not None else {}
    formats = {_number(e.get("numFmtId")): e.get("formatCode", "") for e in groups.get("numFmts", ())}
    formats = {id_: code for id_, code in formats.items() if len(code) <= _LONGEST_FORMAT}
    struck = {n for n, font in enumerate(groups.get("fonts", ())) if _is_struck(font)}
    pairs = [_pair(xf, formats, struck) for xf in groups.get("cellXfs", ())]
    named = max((int(found) for part in cells for found in set(_STYLE.findall(part))), default=0)
    pairs += [(0, False)] * (named + 1 - len(pairs))
    del pairs[named + 1 :]
    used = sorted({format_ for format_, _ in pairs} & formats.keys())
    own = "".join(f'<numFmt numFmtId="{id_}" formatCode={quoteattr(formats[id_])}/>' for id_ in used)
    rest = 'fillId="0" borderId="0" xfId="0"'
    xfs = "".join(f'<xf numFmtId="{id_}" fontId="{strike:d}" {rest}/>' for id_, strike in pairs)
    return (
        f'{_DECLARED}<styleSheet xmlns="{_MAIN}"><numFmts>{own}</numFmts>'
        "<fonts><font/><font><strike/></font></fonts>"
        "<fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        '<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs>{xfs}</cellXfs><cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ).encode()


def _is_struck(font: Element) -> bool:
    return any(_local(e) == "strike" and e.get("val", "1") not in _UNSET for e in font)


def _pair(xf: Element, formats: Mapping[int, str], struck: Container[int]) -> tuple[int, bool]:
    """Number format of a cell's style, the usual one where it isn't there, and whether it is struck out."""
    format_ = _number(xf.get("numFmtId"))
    known = format_ < _FIRST_OWN_FORMAT or format_ in formats
    return (format_ if known else 0, _number(xf.get("fontId")) in struck)


def _properties(root: Element | None) -> bytes:
    """The custom properties that are texts."""
    found = [
        (entry.get("name", ""), value.text or "")
        for entry in (root if root is not None else ())
        for value in entry
        if _local(value) == "lpwstr"
    ][:_MOST_PROPERTIES]
    listed = "".join(
        f'<property fmtid="{_TEXTS}" pid="{n}" name={quoteattr(name)}><vt:lpwstr>{escape(text)}</vt:lpwstr>'
        "</property>"
        for n, (name, text) in enumerate(found, 2)
    )
    return (
        f'{_DECLARED}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f"{listed}</Properties>"
    ).encode()


def _packed(parts: Mapping[str, bytes], sheets: int) -> bytes:
    """A package of the parts, not compressed: it is read once."""
    paths = [_path(n) for n in range(1, sheets + 1)]
    listed = [(_WORKBOOK, "sheet.main"), (_STYLES, "styles"), *((path, "worksheet") for path in paths)]
    listed += [(_STRINGS, "sharedStrings")] if _STRINGS in parts else []
    types = "".join(
        f'<Override PartName="/{part}" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for part, kind in listed
    )
    types += (
        f'<Override PartName="/{_PROPERTIES}" '
        'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
    )
    inner = [(f"rId{n}", "worksheet", f"/{path}") for n, path in enumerate(paths, 1)]
    inner.append(("styles", "styles", f"/{_STYLES}"))
    whole = {
        "[Content_Types].xml": f'{_DECLARED}<Types xmlns="{_PACKAGE}/content-types">{types}</Types>'.encode(),
        "_rels/.rels": _relations(
            [
                ("rId1", "officeDocument", f"/{_WORKBOOK}"),
                ("rId2", "custom-properties", f"/{_PROPERTIES}"),
            ]
        ),
        "xl/_rels/workbook.xml.rels": _relations(inner),
        **parts,
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in whole.items():
            archive.writestr(name, part)
    return target.getvalue()


def _relations(entries: Iterable[tuple[str, str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{id_}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for id_, kind, target in entries
    )
    return f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'.encode()
