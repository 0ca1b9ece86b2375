"""Files of other formats in a mailbox: `zhibao merge` and `zhibao inspect` name the reason and the remedy.

One such file never stops the batch, and the workspace stays as it was.
"""

from __future__ import annotations

import io
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.workspace.workspaces import Q3, blank_to_nil, explain_all, make
from tests.end2end.command_line import CommandLine

Parts = dict[str, bytes]
SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A consolidator's workspace and a good submission, made once."""
    folder = tmp_path_factory.mktemp("office")
    with make(folder, "scjg", consolidates=True) as office:
        workspace = office.path
    with make(folder, "tanggu") as unit:
        session = unit.form("tanggu", Q3)
        blank_to_nil(session)
        explain_all(session)
        return workspace, unit.submit_form(session, folder).path


@pytest.fixture
def office(good: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of the workspace."""
    return Path(shutil.copy(good[0], tmp_path / "office.zhibao"))


def _repacked(content: bytes, change: Callable[[Parts], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return packed(parts)


def packed(parts: Parts) -> bytes:
    """A zip of these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def compound(*streams: str) -> bytes:
    """A compound file, the container of .xls, .et and encrypted workbooks, with empty streams."""
    header = bytearray(SECTOR)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIIII", header, 40, 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    struct.pack_into("<109I", header, 76, 0, *[FREE] * 108)
    table = struct.pack("<128I", FAT, END, *[FREE] * 126)
    entries = b""
    for number, name in enumerate(("Root Entry", *streams)):
        encoded = (name + "\0").encode("utf-16-le")
        kind = 5 if number == 0 else 2
        child = 1 if number == 0 and streams else FREE
        right = number + 1 if 0 < number < len(streams) else FREE
        entry = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, FREE, right, child)
        entries += entry.ljust(116, b"\0") + struct.pack("<IQ", END, 0)
    return bytes(header) + table + entries.ljust(SECTOR, b"\0")


def _strict(content: bytes) -> bytes:
    def change(parts: Parts) -> None:
        for name, part in parts.items():
            part = part.replace(  # noqa: PLW2901 - two replacements in a row
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            parts[name] = part.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )

    return _repacked(content, change)


def _macros(content: bytes) -> bytes:
    def change(parts: Parts) -> None:
        types = parts["[Content_Types].xml"]
        plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        assert plain in types
        parts["[Content_Types].xml"] = types.replace(
            plain, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        )
        parts["xl/vbaProject.bin"] = compound("VBA")

    return _repacked(content, change)


def _binary(content: bytes) -> bytes:
    def change(parts: Parts) -> None:
        parts["xl/workbook.bin"] = parts.pop("xl/workbook.xml")

    return _repacked(content, change)


ODS = {
    "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": b"<office:document-content/>",
    "META-INF/manifest.xml": b"<manifest/>",
}
DOCX = {
    "[Content_Types].xml": b'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.'
    b'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "word/document.xml": b"<w:document/>",
}
NUMBERS = {"Index/Document.iwa": b"\0\x01", "Metadata/Properties.plist": b"bplist00", "preview.jpg": b"\xff"}
TABLE = "<html><body><table><tr><td>代码</td><td>本期</td></tr></table></body></html>".encode()

KINDS: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "strict": ("严格.xlsx", _strict, "Strict"),
    "xls": ("旧式.xls", lambda _: compound("Workbook"), ".xls"),
    "xls by another name": ("旧式.xlsx", lambda _: compound("Workbook"), ".xls"),
    "et": ("金山.et", lambda _: compound("Workbook", "ETExtData"), ".et"),
    "xlsb": ("二进制.xlsb", _binary, ".xlsb"),
    "ods": ("开放.ods", lambda _: packed(ODS), ".ods"),
    "ods by another name": ("开放.xlsx", lambda _: packed(ODS), ".ods"),
    "encrypted": ("加密.xlsx", lambda _: compound("EncryptionInfo", "EncryptedPackage"), "密码"),
    "xlsm": ("带宏.xlsm", _macros, "宏"),
    "macros by another name": ("带宏.xlsx", _macros, "宏"),
    "csv": ("表.csv", lambda _: "代码,本期\npatents,5\n".encode("gb18030"), ".xlsx"),
    "docx": ("文档.docx", lambda _: packed(DOCX), ".xlsx"),
    "docx by another name": ("文档.xlsx", lambda _: packed(DOCX), ".xlsx"),
    "pdf": ("扫描.pdf", lambda _: b"%PDF-1.7\n%%EOF\n", ".xlsx"),
    "html by another name": ("网页.xlsx", lambda _: TABLE, ".xlsx"),
    "numbers": ("苹果.numbers", lambda _: packed(NUMBERS), ".xlsx"),
    "numbers by another name": ("苹果.xlsx", lambda _: packed(NUMBERS), ".xlsx"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_inspect_names_reason_and_remedy(
    kind: str, good: tuple[Path, Path], tmp_path: Path, zhibao: CommandLine
) -> None:
    name, make_, word = KINDS[kind]
    path = tmp_path / name
    path.write_bytes(make_(good[1].read_bytes()))
    called = zhibao("inspect", path, "--json")
    assert called.status == 2
    assert called.data["content"] == "refused"
    assert word in called.data["reason"]
    assert "请" in called.data["reason"]
    assert called.data["reason"].endswith("。")


def _states(zhibao: CommandLine, office: Path) -> object:
    return zhibao("status", office, "--period", str(Q3), "--json").data["units"]


@pytest.mark.parametrize("kind", KINDS)
def test_merge_refuses_it_and_changes_nothing(
    kind: str, good: tuple[Path, Path], office: Path, tmp_path: Path, zhibao: CommandLine
) -> None:
    name, make_, word = KINDS[kind]
    path = tmp_path / name
    path.write_bytes(make_(good[1].read_bytes()))
    before = _states(zhibao, office)
    called = zhibao("merge", office, path, "--json")
    assert called.status == 2, "nothing of what was given could be taken"
    (file,) = called.data["files"]
    assert (file["verdict"], Path(file["path"]).name) == ("rejected", name)
    assert word in file["reason"]
    assert "请" in file["reason"]
    after = zhibao("status", office, "--period", str(Q3), "--files", "--json").data
    assert after["units"] == before, "nothing but the list of files knows of it"
    assert [(f["name"], f["verdict"]) for f in after["files"]][-1:] == [(name, "rejected")]


def test_none_of_them_stops_a_good_file(
    good: tuple[Path, Path], office: Path, tmp_path: Path, zhibao: CommandLine
) -> None:
    box = tmp_path / "邮件"
    box.mkdir()
    shutil.copy(good[1], box)
    for name, make_, _ in KINDS.values():
        (box / name).write_bytes(make_(good[1].read_bytes()))
    called = zhibao("merge", office, box, "--json")
    assert called.status == 1
    verdicts = {Path(file["path"]).name: file["verdict"] for file in called.data["files"]}
    assert verdicts.pop(good[1].name) == "accepted"
    assert set(verdicts.values()) == {"rejected"}
    # scans and letters that come along with a table are nobody's attempt to report
    assert verdicts.keys() == {name for name, _, _ in KINDS.values()} - {"扫描.pdf", "文档.docx"}
